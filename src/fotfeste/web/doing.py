"""Who may do a task: its page is asked, so that no link leads to a closed door."""

from collections.abc import Sequence
from functools import cache

from django.urls import resolve, reverse

from fotfeste.access.public import PERMISSIONS, ROLE_BELONGS_TO
from fotfeste.platform.viewer import Viewer
from fotfeste.platform.views import StaffView
from fotfeste.web.words import role_name


def may_do(viewer: Viewer, url_name: str) -> bool:
    """Whether the page where a task is done is open to the viewer."""
    view = _view(url_name)
    return view is None or view.is_open_to(viewer)


def who_does(viewer: Viewer, url_name: str) -> Sequence[str]:
    """The roles in the viewer's own organisation that the page is open to; none where it is open to everybody."""
    view = _view(url_name)
    needed = set(view.permissions()) if view else set()
    return [
        role_name(role)
        for role, permissions in PERMISSIONS.items()
        if needed & permissions and viewer.organisation_kind in ROLE_BELONGS_TO[role]
    ]


@cache
def _view(url_name: str) -> type[StaffView] | None:
    view = getattr(resolve(reverse(url_name, kwargs={"reference": "x"})).func, "view_class", None)
    return view if isinstance(view, type) and issubclass(view, StaffView) else None
