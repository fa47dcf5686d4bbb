"""The project's folder, the database and Django, for the commands that need them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fotfeste.cli.problems import CommandProblem
from fotfeste.platform.postgres import Urls, ensure, export, export_for_tests, grant_app
from fotfeste.platform.postgres.state import Purpose, kept_passwords, locked, state_folder
from fotfeste.platform.postgres.urls import DatabaseUrl

ROOT = Path(__file__).resolve().parents[3]
SOURCES = ROOT / "src" / "fotfeste"


def named_file(name: str) -> Path:
    """A file as the user named it: from the folder they stood in, not from the project's."""
    return Path(os.environ.get("FOTFESTE_CALLED_FROM", "."), name).resolve()


@contextmanager
def database(purpose: Purpose = "demo") -> Iterator[Urls]:
    """Have the server for as long as the block runs, and tell the settings where it is."""
    with ensure(purpose) as urls:
        export_for_tests(urls) if purpose == "test" else export(urls)
        yield urls


def set_up_django() -> None:
    """Django with its settings; after `database`, because the settings read the addresses.

    Raises CommandProblem where the environment does not say enough of a provider of logins, or names rules of the
    installation's own that cannot be used.
    """
    import django

    from fotfeste.platform.own_rules import OwnRulesNotUsable
    from fotfeste.web.providers import LoginNotConfigured

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fotfeste.config.settings")
    secrets = kept_passwords(state_folder("demo") / "secrets.json", ("django",))
    # Kept, so that sessions outlive a restart and all processes of the server share them.
    os.environ.setdefault("FOTFESTE_SECRET_KEY", secrets["django"])
    try:
        django.setup()
    except (LoginNotConfigured, OwnRulesNotUsable) as error:
        raise CommandProblem(str(error)) from error


def migrate(urls: Urls) -> None:
    """Bring tables, rights and reference data up to date, as the owner; one command at a time."""
    from django.core.management import call_command
    from django.db import connections

    from fotfeste.directory.loading import load_reference
    from fotfeste.settlement.loading import load_municipality_years

    with locked(state_folder("demo") / "migrate.lock"):
        call_command("migrate", database="owner", interactive=False, verbosity=0)
        with connections["owner"].cursor() as cursor:
            grant_app(cursor, DatabaseUrl.parse(urls.app).user)
        load_reference(using="owner")
        load_municipality_years(using="owner")
        connections.close_all()
