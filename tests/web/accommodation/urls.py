"""Every address that the pages of accommodation speak of, theirs among them."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from fotfeste.config.urls import urlpatterns as known

_OTHERS = (
    "worklist",
    "register_group",
    "households",
    "my_centre",
    "ready_for_settlement",
    "queue",
    "my_municipality",
    "municipalities",
    "duplicates",
    "search",
    "login",
    "logout",
    "set_language",
)


def elsewhere(request: HttpRequest, reference: str = "") -> HttpResponse:
    """A page of another package."""
    return HttpResponse(reference)


urlpatterns = [
    *known,
    path("", include("fotfeste.accommodation.urls")),
    path("husstand/<str:reference>/", elsewhere, name="household"),
    *(path(f"elsewhere/{name}/", elsewhere, name=name) for name in _OTHERS),
]
