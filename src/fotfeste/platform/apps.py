"""The Django app."""

from django.apps import AppConfig


class PlatformConfig(AppConfig):
    """Events and the glue."""

    name = "fotfeste.platform"
    label = "platform"

    def ready(self) -> None:
        """The installation's own rules hold, or nothing begins."""
        from fotfeste.platform.own_rules import check_own_rules

        check_own_rules()
