"""`python -m django load_demo`: fill an empty database with the synthetic country."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from fotfeste.demo.public import DEMO_PEOPLE, DEMO_SEED, AlreadyLoaded, let_some_ask, load_country
from fotfeste.platform.bulk import vacuum
from fotfeste.platform.clock import today


class Command(BaseCommand):
    """Loads people who do not exist, in one transaction, as the owner role; then some of them ask a municipality."""

    help = "Fill an empty database with the synthetic country."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many people, from which seed, until which day."""
        parser.add_argument("--people", type=int, default=DEMO_PEOPLE, help="how many people (default 5000)")
        parser.add_argument("--seed", type=int, default=DEMO_SEED, help="another seed, other people")
        parser.add_argument(
            "--today", type=date.fromisoformat, default=None, help="the day after the last (default today)"
        )

    def handle(self, *, people: int, seed: int, **options: Any) -> None:
        """Load, and say what was loaded."""
        if people < 1:
            raise CommandError("A country has at least one person: --people 1 or more.")
        try:
            loaded = load_country(people, options["today"] or today(), seed)
        except AlreadyLoaded:
            message = "There are people in the database already. Load the synthetic country into an empty one."
            raise CommandError(message) from None
        let_some_ask(loaded.world)
        vacuum()
        self.stdout.write(f"{loaded.people} people in {loaded.households} households, {loaded.total} rows.")
