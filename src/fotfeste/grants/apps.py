"""The Django app."""

from django.apps import AppConfig


class GrantsConfig(AppConfig):
    """See the package's docstring."""

    name = "fotfeste.grants"
    label = "grants"
