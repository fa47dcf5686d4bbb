"""Who is looking: the viewer of the request, and the scope under which its rows are visible."""

from collections.abc import Callable
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy

from fotfeste.access.public import viewer_for
from fotfeste.directory.public import User
from fotfeste.kernel.calendar import legal_day
from fotfeste.platform.clock import now
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer


class StaffRequest(HttpRequest):
    """A request by somebody who is logged in: views take the viewer, the instant and the legal day from it."""

    viewer: Viewer
    at: datetime
    day: date
    user: User


_ONLY_ASKING = reverse_lazy("session_left")


def viewer_and_scope(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Read the clock once, build the viewer, and run the view in the viewer's scope."""

    def fenced(request: HttpRequest) -> HttpResponse:
        at = now()
        request.at, request.day = at, legal_day(at)  # type: ignore[attr-defined]
        if not isinstance(request.user, User):
            return get_response(request)
        viewer = viewer_for(request.user, legal_day(at))
        request.viewer = viewer  # type: ignore[attr-defined]
        if request.method != "GET" or request.path != str(_ONLY_ASKING):
            request.session.go_on()  # type: ignore[attr-defined]
        with scope(viewer, legal_day(at)):
            response = get_response(request)
            if hasattr(response, "render") and not getattr(response, "is_rendered", True):
                response = response.render()
        return response

    return fenced
