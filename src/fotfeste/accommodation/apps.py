"""The Django app."""

from django.apps import AppConfig


class AccommodationConfig(AppConfig):
    """See the package's docstring."""

    name = "fotfeste.accommodation"
    label = "accommodation"
