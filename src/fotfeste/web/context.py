"""What the frame around every page needs: who looks, their organisation, their menu and its counts."""

from django.conf import settings
from django.http import HttpRequest

from fotfeste.access.public import Role
from fotfeste.directory.public import Organisation
from fotfeste.platform.viewer import Viewer
from fotfeste.web.menu import menu_for
from fotfeste.web.words import role_name
from fotfeste.worklist.public import counts_for


def frame(request: HttpRequest) -> dict[str, object]:
    """The viewer, the organisation's name, and the menu with the number of open tasks."""
    viewer: Viewer | None = getattr(request, "viewer", None)
    if viewer is None:
        return {"is_demo": settings.IS_DEMO}
    counts = counts_for(viewer, request.day)  # type: ignore[attr-defined]
    organisation: Organisation = request.user.organisation  # type: ignore[union-attr]
    return {
        "is_demo": settings.IS_DEMO,
        "viewer": viewer,
        "organisation_name": organisation.name,
        "role_name": ", ".join(sorted(role_name(Role(role)) for role in viewer.roles)),
        "task_counts": counts,
        "session_seconds": settings.SESSION_COOKIE_AGE,
        "menu": menu_for(viewer, request.path, counts.total),
    }
