"""`python -m tests.journeys.preparation`: what the launcher does to an empty database, in one process."""

from django.conf import settings
from django.core.management import call_command

from fotfeste.cli.project import migrate, set_up_django
from fotfeste.platform.postgres import Urls

PEOPLE = 300


def prepare() -> None:
    """Tables, rights, reference data and a synthetic country in the database that the environment names."""
    set_up_django()
    migrate(Urls(settings.OWNER_URL, settings.APP_URL, kind="given", server_version=0, bin_dir=None))
    call_command("load_demo", people=PEOPLE)


if __name__ == "__main__":
    prepare()
