"""The Django app."""

from django.apps import AppConfig


class SettlementConfig(AppConfig):
    """See the package's docstring."""

    name = "fotfeste.settlement"
    label = "settlement"
