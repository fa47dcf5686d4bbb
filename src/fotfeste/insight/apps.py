"""The Django app."""

from django.apps import AppConfig


class InsightConfig(AppConfig):
    """See the package's docstring."""

    name = "fotfeste.insight"
    label = "insight"
