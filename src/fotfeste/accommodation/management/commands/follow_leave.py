"""`python -m django follow_leave`: the night's tasks to see that people are back from leave, as the app role."""

from typing import Any

from django.core.management.base import BaseCommand

from fotfeste.accommodation.public import follow_begun_leave
from fotfeste.platform.clock import now


class Command(BaseCommand):
    """Runs once. It sees nobody, and so it says nothing of them."""

    help = "Ask the centres after those whose leave has begun."

    def handle(self, **options: Any) -> None:
        """Run."""
        follow_begun_leave(now())
        self.stdout.write("Each centre is asked after those who are on leave today.")
