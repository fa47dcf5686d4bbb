"""The Django app."""

from django.apps import AppConfig


class AlternativeConfig(AppConfig):
    """See the package's docstring."""

    name = "fotfeste.alternative"
    label = "alternative"
