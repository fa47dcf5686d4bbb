"""The Django app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """See the package's docstring."""

    name = "fotfeste.web"
    label = "web"
