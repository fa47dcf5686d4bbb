"""Addresses of settlement."""

from fotfeste.settlement import urls_interview, urls_offers

urlpatterns = [*urls_interview.urlpatterns, *urls_offers.urlpatterns]
