"""The Django app."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """See the package's docstring."""

    name = "fotfeste.access"
    label = "access"
