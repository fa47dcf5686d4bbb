"""The Django app."""

from django.apps import AppConfig


class RefusalConfig(AppConfig):
    """See the package's docstring."""

    name = "fotfeste.refusal"
    label = "refusal"
