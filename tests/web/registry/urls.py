"""The addresses that the registry's pages need, with the rest of the program as pages that only have an address."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def nothing(request: HttpRequest, **kwargs: str) -> HttpResponse:
    """A page that only has an address."""
    return HttpResponse("")


_ELSEWHERE = (
    "worklist", "search", "login", "logout", "set_language", "my_centre", "centres", "ready_for_settlement", "queue",
    "my_municipality", "municipalities",
)  # fmt: skip
urlpatterns = [
    path("", include("fotfeste.directory.urls")),
    path("", include("fotfeste.registry.urls")),
    path("husstand/<str:reference>/", nothing, name="household"),
    *(path(f"ellers/{name}/", nothing, name=name) for name in _ELSEWHERE),
]
