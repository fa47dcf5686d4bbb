"""The Django app."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """See the package's docstring."""

    name = "fotfeste.registry"
    label = "registry"

    def ready(self) -> None:
        """From now on each need that is opened or ended asks whether somebody must be named."""
        from fotfeste.access.public import needs_heard_by
        from fotfeste.registry.actions.protection import follow_protected

        needs_heard_by(follow_protected)
