"""The Django app."""

from django.apps import AppConfig


class PlatformConfig(AppConfig):
    """Events and the glue."""

    name = "fotfeste.platform"
    label = "platform"
