"""Every address of the program."""

from django.urls import URLPattern, URLResolver, include, path

from fotfeste.platform.gallery import act_gallery, gallery
from fotfeste.platform.health import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("health", health, name="health"),
    path("galleri/", gallery, name="gallery"),
    path("galleri/handling/", act_gallery, name="act_gallery"),
    path("", include("fotfeste.web.urls")),
    path("", include("fotfeste.directory.urls")),
    path("", include("fotfeste.access.urls")),
    path("", include("fotfeste.letters.urls")),
    path("", include("fotfeste.registry.urls")),
    path("", include("fotfeste.accommodation.urls")),
    path("", include("fotfeste.alternative.urls")),
    path("", include("fotfeste.settlement.urls")),
    path("", include("fotfeste.self_settlement.urls")),
    path("", include("fotfeste.allocation.urls")),
    path("", include("fotfeste.refusal.urls")),
    path("", include("fotfeste.grants.urls")),
    path("", include("fotfeste.ledger.urls")),
    path("", include("fotfeste.insight.urls")),
    path("", include("fotfeste.retention.urls")),
]
