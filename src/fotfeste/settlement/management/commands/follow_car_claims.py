"""`python -m django follow_car_claims`: the night's tasks about claims for own cars, as the app role."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from fotfeste.platform.clock import now
from fotfeste.settlement.public import follow_all_claims


class Command(BaseCommand):
    """Runs once, and says how many: nobody is named. Exit code 1 where one could not be followed."""

    help = "Bring the tasks about claims for own cars in line with who sees the household today."

    def handle(self, **options: Any) -> None:
        """Run. Raises CommandError."""
        night = follow_all_claims(now())
        self.stdout.write(
            f"Households with claims for own cars to ask for: {night.looked_at}, with tasks that a day has changed:"
            f" {night.followed}, failed: {night.failed}, seen by nobody at UDI: {night.unseen}."
        )
        if night.failed:
            raise CommandError("Some could not be followed: the log has their keys, the next night tries again.")
