"""The addresses that the frame and the gallery need, without the rest of the program."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from fotfeste.platform.gallery import act_gallery, gallery


def nothing(request: HttpRequest) -> HttpResponse:
    """A page that only has an address."""
    return HttpResponse("")


def broken(request: HttpRequest) -> HttpResponse:
    """A page with a mistake in it."""
    raise RuntimeError("planted")


urlpatterns = [
    path("galleri/", gallery, name="gallery"),
    path("galleri/handling/", act_gallery, name="act_gallery"),
    path("sok/", nothing, name="search"),
    path("oppgaver/", nothing, name="worklist"),
    path("ut/", nothing, name="logout"),
    path("feil/", broken),
    path("i18n/", include("django.conf.urls.i18n")),
]
