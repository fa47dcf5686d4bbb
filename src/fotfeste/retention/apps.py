"""The Django app."""

from django.apps import AppConfig


class RetentionConfig(AppConfig):
    """See the package's docstring."""

    name = "fotfeste.retention"
    label = "retention"
