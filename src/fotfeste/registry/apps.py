"""The Django app."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """See the package's docstring."""

    name = "fotfeste.registry"
    label = "registry"
