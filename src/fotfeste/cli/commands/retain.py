"""Anonymise households past their purpose, and delete what is too old; serve and demo do it each night.

docs/retention.md says what goes when, and how an installation confirms the rules.
"""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument("--dry-run", action="store_true", help="only say what would be done")


def run(arguments: argparse.Namespace) -> int:
    """Run once, as the owner of the database."""
    from django.core.management import CommandError, call_command

    from fotfeste.cli.problems import CommandProblem
    from fotfeste.cli.project import database, set_up_django

    with database():
        set_up_django()
        try:
            call_command("retain", dry_run=arguments.dry_run)
        except CommandError as error:
            raise CommandProblem(str(error)) from error
    return 0
