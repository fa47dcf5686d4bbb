"""The addresses that settlement's pages need, with the rest of the program as pages that only have an address."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def nothing(request: HttpRequest, **kwargs: str) -> HttpResponse:
    """A page that only has an address."""
    return HttpResponse("")


_ELSEWHERE = (
    "worklist", "households", "search", "login", "logout", "set_language", "register_group", "my_centre", "centres",
    "duplicates", "queue", "my_municipality", "municipalities",
)  # fmt: skip
urlpatterns = [
    path("", include("fotfeste.directory.urls")),
    path("", include("fotfeste.settlement.urls")),
    path("husstand/<str:reference>/", nothing, name="household"),
    *(path(f"ellers/{name}/", nothing, name=name) for name in _ELSEWHERE),
]
