"""The Django app."""

from django.apps import AppConfig

from fotfeste.platform import shown


class AccessConfig(AppConfig):
    """See the package's docstring. Keeps the looks of every page."""

    name = "fotfeste.access"
    label = "access"

    def ready(self) -> None:
        """From now on every page tells its looks here."""
        from fotfeste.access.looks import keep_look

        shown.kept_by(keep_look)
