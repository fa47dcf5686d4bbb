"""The Django app."""

from django.apps import AppConfig


class WorklistConfig(AppConfig):
    """See the package's docstring."""

    name = "fotfeste.worklist"
    label = "worklist"
