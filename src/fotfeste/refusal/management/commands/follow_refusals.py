"""`python -m django follow_refusals`: the night's tasks of open refusals, as the app role."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from fotfeste.platform.clock import now
from fotfeste.refusal.public import follow_the_day


class Command(BaseCommand):
    """Runs once, and says how many: nobody is named. Exit code 1 where one could not be followed."""

    help = "Bring the tasks of open refusals in line with the day."

    def handle(self, **options: Any) -> None:
        """Run. Raises CommandError."""
        night = follow_the_day(now())
        self.stdout.write(
            f"Open refusals: {night.looked_at}, with tasks that a day has changed: {night.followed},"
            f" failed: {night.failed}, seen by nobody at UDI: {night.unseen}."
        )
        if night.failed:
            raise CommandError(
                "Some refusals could not be followed: the log has their keys, the next night tries again."
            )
