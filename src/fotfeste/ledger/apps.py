"""The Django app."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """See the package's docstring."""

    name = "fotfeste.ledger"
    label = "ledger"
