"""The addresses of self_settlement."""

from fotfeste.self_settlement.urls_asked import asked_urlpatterns
from fotfeste.self_settlement.urls_terms import terms_urlpatterns

urlpatterns = [*terms_urlpatterns, *asked_urlpatterns]
