"""The Django app."""

from django.apps import AppConfig


class AllocationConfig(AppConfig):
    """See the package's docstring."""

    name = "fotfeste.allocation"
    label = "allocation"
