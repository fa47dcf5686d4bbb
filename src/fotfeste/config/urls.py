"""Every address of the program."""

from django.urls import URLPattern, URLResolver, path

from fotfeste.platform.health import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("health", health, name="health"),
]
