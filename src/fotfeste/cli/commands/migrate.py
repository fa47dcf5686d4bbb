"""Bring the database's tables, rights and reference data up to date."""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command has no options."""


def run(_arguments: argparse.Namespace) -> int:
    """Migrate as the owner."""
    from fotfeste.cli.project import database, migrate, set_up_django

    with database() as urls:
        set_up_django()
        migrate(urls)
    print("The database is up to date.")
    return 0
