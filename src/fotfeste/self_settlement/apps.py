"""The Django app."""

from django.apps import AppConfig


class SelfSettlementConfig(AppConfig):
    """See the package's docstring."""

    name = "fotfeste.self_settlement"
    label = "self_settlement"
