"""The test database, reached as the app role, and the cast: a case worker in the right place, one in another."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import connections
from django.test.utils import setup_databases, teardown_databases
from django.utils.translation import override
from pytest_django import DjangoDbBlocker, Settings

import fotfeste
from fotfeste.access.loading import load_staff
from fotfeste.access.public import Role, viewer_for
from fotfeste.directory.public import Municipality, Organisation, OrganisationKind, User
from fotfeste.kernel.calendar import legal_day
from fotfeste.platform.i18n import compile_all
from fotfeste.platform.postgres.grants import grant_app
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from tests.as_owner import make_views

AT = datetime(2024, 3, 14, 9, 0, tzinfo=UTC)
DAY = legal_day(AT)


def pytest_configure(config: pytest.Config) -> None:
    """Compile the translations that have changed, before Django reads them.

    Playwright leaves an event loop in the thread of the tests; Django would take it for asynchronous code.
    """
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    compile_all(Path(fotfeste.__file__).parent)


@pytest.fixture(autouse=True)
def norwegian() -> Iterator[None]:
    """Every test begins in Norwegian, whatever language the last answer was in."""
    with override("nb"):
        yield


@pytest.fixture(autouse=True)
def passwords(settings: Settings) -> None:
    """Users may log in with passwords, as where no provider of logins is configured."""
    settings.HAS_PASSWORDS = True


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    """The system's Chromium where there is one, else the one that Playwright installed."""
    chromium = os.environ.get("FOTFESTE_CHROMIUM") or shutil.which("chromium")
    found: dict[str, object] = {"executable_path": chromium} if chromium else {}
    return {**browser_type_launch_args, **found, "args": ["--no-sandbox"]}


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: DjangoDbBlocker,
    django_db_keepdb: bool,
    django_db_createdb: bool,
) -> Iterator[None]:
    """Make the test database as the owner, whichever tests are selected; load the reference data once."""
    from fotfeste.directory.loading import load_reference

    keep = django_db_keepdb and not django_db_createdb
    with django_db_blocker.unblock():
        made = setup_databases(
            verbosity=0,
            interactive=False,
            keepdb=keep,
            aliases=["default", "owner"],  # type: ignore[arg-type]
            serialized_aliases=set(),
        )
        with connections["owner"].cursor() as cursor:
            app_role = str(connections["default"].settings_dict["USER"])
            grant_app(cursor, app_role)
            make_views(cursor, app_role)
        load_reference(using="owner")
        connections["owner"].close()
    yield
    with django_db_blocker.unblock():
        for alias in ("default", "owner"):
            _end_other_sessions(alias)
        connections.close_all()
        if not django_db_keepdb:
            teardown_databases(made, verbosity=0)


def _end_other_sessions(alias: str) -> None:
    """End the role's other sessions in the test database: those opened under a browser's event loop are not ours."""
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"
        )


@dataclass(frozen=True)
class Cast:
    """Organisations and those who act for them, on 14 March 2024."""

    at: datetime
    day: date
    registrar: Viewer
    udi: Viewer
    imdi: Viewer
    centre: Viewer
    centre_administrator: Viewer
    other_centre: Viewer
    municipality: Viewer
    other_municipality: Viewer


@pytest.fixture
def cast(db: None) -> Cast:
    """The cast, in the database."""
    return make_cast()


def make_cast() -> Cast:
    """Make the organisations and users; each organisation has one user for each role it uses."""
    police = organisation(OrganisationKind.POLICE, "Politiets utlendingsenhet")
    udi = organisation(OrganisationKind.UDI, "UDI")
    imdi = organisation(OrganisationKind.IMDI, "IMDi")
    voss = organisation(OrganisationKind.CENTRE, "Voss akuttinnkvartering", "4621")
    raade = organisation(OrganisationKind.CENTRE, "Råde mottak", "3112")
    levanger = organisation(OrganisationKind.MUNICIPALITY, "Levanger", "5037")
    verdal = organisation(OrganisationKind.MUNICIPALITY, "Verdal", "5038")
    return Cast(
        at=AT,
        day=DAY,
        registrar=staff(police, Role.REGISTRAR, "registrator"),
        udi=staff(udi, Role.UDI_CASEWORKER, "udi"),
        imdi=staff(imdi, Role.IMDI_CASEWORKER, "imdi"),
        centre=staff(voss, Role.CENTRE_STAFF, "voss"),
        centre_administrator=staff(voss, Role.CENTRE_ADMINISTRATOR, "voss-admin"),
        other_centre=staff(raade, Role.CENTRE_STAFF, "raade"),
        municipality=staff(levanger, Role.REFUGEE_SERVICE, "levanger"),
        other_municipality=staff(verdal, Role.REFUGEE_SERVICE, "verdal"),
    )


def organisation(kind: OrganisationKind, name: str, municipality: str | None = None) -> Organisation:
    """An organisation; a municipality's own exists already from the reference data."""
    place = Municipality.objects.get(number=municipality) if municipality else None
    if kind is OrganisationKind.MUNICIPALITY:
        return Organisation.objects.get(kind=kind, municipality=place)
    return Organisation.objects.create(kind=kind, name=name, sort_key=name.lower(), municipality=place)


def staff(place: Organisation, role: Role, username: str) -> Viewer:
    """A user of an organisation with a role since the start of 2024, as the viewer they are on the day."""
    user = User.objects.create(username=username, name=username.title(), organisation=place)
    load_staff([(user, role)], from_on=date(2024, 1, 1), at=AT)
    return viewer_for(user, DAY)


@pytest.fixture
def as_centre(cast: Cast) -> Iterator[Viewer]:
    """The scope of the centre's staff."""
    with scope(cast.centre, cast.day):
        yield cast.centre
