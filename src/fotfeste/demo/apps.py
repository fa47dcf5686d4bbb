"""The Django app."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """See the package's docstring."""

    name = "fotfeste.demo"
    label = "demo"
