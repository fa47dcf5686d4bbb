"""Serve the pages and run the worker, without demo data and without one-click login.

Brings the database up to date first. FOTFESTE_HOSTS names the host names it answers to.
"""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, metavar="P", help="the port (the first free one from 8000)")


def run(arguments: argparse.Namespace) -> int:
    """Serve until somebody says stop; logs go to standard error."""
    from fotfeste.cli.preparation import prepare
    from fotfeste.cli.project import database, migrate, set_up_django
    from fotfeste.cli.serving import Place, free_port, serve

    place = Place(arguments.host, free_port(arguments.port, arguments.host))
    prepare()
    with database() as urls:
        set_up_django()
        migrate(urls)
        serve(place, announce=lambda: print(f"Fotfeste is at {place.address}{_who_can_come()}", flush=True))
    return 0


def _who_can_come() -> str:
    """A sentence where nobody can log in yet."""
    from django.conf import settings

    has_way_in = settings.LOGIN_PROVIDERS or settings.HAS_PASSWORDS
    return "" if has_way_in else "\nNobody can log in yet: docs/login.md tells how a provider of logins is named."
