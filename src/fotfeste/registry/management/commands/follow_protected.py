"""`python -m django follow_protected`: the night's tasks to name somebody for protected households, as the app role."""

from typing import Any

from django.core.management.base import BaseCommand

from fotfeste.platform.clock import now
from fotfeste.registry.public import follow_all_protected


class Command(BaseCommand):
    """Runs once. It sees nobody, and so it says nothing of them."""

    help = "Ask for somebody to be named where a day has come, and ask no more where it has passed."

    def handle(self, **options: Any) -> None:
        """Run."""
        follow_all_protected(now())
        self.stdout.write("The tasks to name somebody for protected households are as they should be today.")
