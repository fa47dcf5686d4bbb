"""`python -m django retain`: a night's run of retention, in a process of its own that connects as the owner."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from fotfeste.kernel.parameters import ParameterError
from fotfeste.platform.clock import now
from fotfeste.retention.night import Report
from fotfeste.retention.run import CannotRun, run


class Command(BaseCommand):
    """Runs once, and says what it did."""

    help = "Anonymise what is past its purpose."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether it only looks."""
        parser.add_argument("--dry-run", action="store_true", help="only say what would be done")

    def handle(self, **options: Any) -> None:
        """Run."""
        own = settings.RETENTION_RULES
        try:
            report = run(
                at=now(),
                own_rules=Path(own) if own else None,
                is_dry=options["dry_run"],
            )
        except (CannotRun, ParameterError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(told(report))


def told(report: Report) -> str:
    """The report as lines: rule, outcome, why, how many."""
    head = f"{report.day}: {'nothing is done, this is what would be' if report.is_dry else 'done'}"
    lines = [
        f"  {rule}: {outcome}{f' ({reason})' if reason else ''}: {number}"
        for (rule, outcome, reason), number in sorted(report.counts.items())
    ]
    return "\n".join([head, *(lines or ["  nothing is past its purpose"])])
