"""`python -m tests.journeys.preparation`: what the launcher does to an empty database, in one process.

With `stages`: households at every step of the way, in a country that stands; with `paid`: some whose municipalities
have had money for them; with `waiting`: some in the queue; with `refusing`: some who said no weeks ago. All print the
references of their pages.
"""

import json
import sys

from django.conf import settings
from django.core.management import call_command

from fotfeste.cli.project import migrate, set_up_django
from fotfeste.platform.postgres import Urls

PEOPLE = 300


def prepare() -> None:
    """Tables, rights, reference data and a synthetic country in the database that the environment names."""
    migrate(Urls(settings.OWNER_URL, settings.APP_URL, kind="given", server_version=0, bin_dir=None))
    call_command("load_demo", people=PEOPLE)


def make_stages() -> None:
    """Households at every step; their modules are read when Django is set up."""
    from tests.journeys.stages import Stages

    json.dump(Stages().make(), sys.stdout)


def make_paid() -> None:
    """Households who lived privately, and a run that is paid."""
    from tests.journeys.paid import Paid

    json.dump(Paid().make(), sys.stdout)


def make_waiting() -> None:
    """Households in the queue, and municipalities with room for them."""
    from tests.journeys.waiting import Waiting

    json.dump(Waiting().make(), sys.stdout)


def make_refusing() -> None:
    """Households who have said no, at the point where the notice of eviction can be sent."""
    from tests.journeys.refusing import Refusing

    json.dump(Refusing().make(), sys.stdout)


PARTS = {"stages": make_stages, "paid": make_paid, "waiting": make_waiting, "refusing": make_refusing}

if __name__ == "__main__":
    set_up_django()
    PARTS[sys.argv[1]]() if sys.argv[1:] else prepare()
