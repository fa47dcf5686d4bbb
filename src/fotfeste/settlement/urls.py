"""Addresses of settlement."""

from fotfeste.settlement import urls_interview

urlpatterns = [*urls_interview.urlpatterns]
