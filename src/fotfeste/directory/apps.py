"""The Django app."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """See the package's docstring."""

    name = "fotfeste.directory"
    label = "directory"
