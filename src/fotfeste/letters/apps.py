"""The Django app."""

from django.apps import AppConfig


class LettersConfig(AppConfig):
    """See the package's docstring."""

    name = "fotfeste.letters"
    label = "letters"
