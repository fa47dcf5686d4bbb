"""The test database, reached as the app role, and the cast: a case worker in the right place, one in another."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management.commands import flush
from django.core.management.sql import emit_post_migrate_signal
from django.db import connections
from django.db.backends.postgresql.operations import DatabaseOperations
from django.template import Context, Template
from django.test.signals import template_rendered
from django.test.utils import setup_databases, teardown_databases
from django.utils.safestring import SafeString
from django.utils.translation import override
from pytest_django import DjangoDbBlocker, Settings

import fotfeste
from fotfeste.access.loading import load_staff
from fotfeste.access.public import Role, viewer_for
from fotfeste.directory.public import Municipality, Organisation, OrganisationKind, User
from fotfeste.kernel.calendar import legal_day
from fotfeste.platform.i18n import compile_all
from fotfeste.platform.postgres.grants import grant_app
from fotfeste.platform.viewer import Viewer
from tests import standing
from tests.as_owner import make_views
from tests.chromium import launch_arguments
from tests.kept_plans import keep_plans
from tests.made_once import MadeOnce

AT = datetime(2024, 3, 14, 9, 0, tzinfo=UTC)
DAY = legal_day(AT)
STAFF_FROM = date(2024, 1, 1)


def pytest_configure(config: pytest.Config) -> None:
    """Compile the translations that have changed, before Django reads them; keep plans over rollbacks.

    Playwright leaves an event loop in the thread of the tests; Django would take it for asynchronous code.
    """
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    compile_all(Path(fotfeste.__file__).parent)
    keep_plans()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes a minute comes before what takes a moment, so that no worker is idle at the end.

    Tests that commit come first, not last as pytest-django would have them: the longest are among them, and what they
    commit is gone after each. Then the others in the database; else the order stays the random one.
    """
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    fixtures, marker = getattr(item, "fixturenames", ()), item.get_closest_marker("django_db")
    if "transactional_db" in fixtures or (marker and marker.kwargs.get("transaction")):
        return 0
    if "db" in fixtures or marker:
        return 1
    is_of_one_page = item.path.name == "test_pages.py"
    return (3 if is_of_one_page else 2) if item.path.parent.name == "journeys" else 4


@pytest.fixture(autouse=True)
def norwegian() -> Iterator[None]:
    """Every test begins in Norwegian, whatever language the last answer was in."""
    with override("nb"):
        yield


@pytest.fixture(autouse=True)
def passwords(settings: Settings) -> None:
    """Users may log in with passwords, as where no provider of logins is configured; they are quick to look at."""
    settings.HAS_PASSWORDS = True
    settings.PASSWORD_HASHERS = ["tests.quick_passwords.QuickPasswords"]


@pytest.fixture(autouse=True, scope="session")
def told_of_whole_pages(django_test_environment: None) -> Iterator[None]:
    """Answers keep the contexts of templates that stand alone, not those of the parts that these include.

    Django's test client is told of every part, hundreds on a page with a long list of choices, and copies all
    that the part knows each time.
    """

    def render(template: Template, context: Context) -> SafeString:
        if context.template is template:
            template_rendered.send(sender=template, template=template, context=context)
        return template.nodelist.render(context)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", render)
        yield


@pytest.fixture(autouse=True, scope="session")
def put_back_by_deleting() -> Iterator[None]:
    """After a test that commits, what stood in the database before stands there: Django would truncate all tables.

    Its own types and permissions stand there too, and it need not make them.
    """

    def sql_flush(operations: DatabaseOperations, style: object, tables: list[str], **options: bool) -> list[str]:
        assert not options.get("reset_sequences")
        with operations.connection.cursor() as cursor:
            return standing.putting_back(cursor)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", sql_flush)
        patch.setattr(flush, "emit_post_migrate_signal", lambda *which: None)
        yield


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    """The Chromium of this machine."""
    return {**browser_type_launch_args, **launch_arguments()}


@pytest.fixture(scope="session")
def made_once(
    worker_id: str, django_db_modify_db_settings: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[MadeOnce | None]:
    """Where the workers share what the first of them has made; None for who works alone."""
    if worker_id == "master":
        yield None
        return
    name = str(connections["owner"].settings_dict["TEST"]["NAME"])
    once = MadeOnce(settings.OWNER_URL, name, tmp_path_factory.getbasetemp().parent)
    yield once
    once.forget()


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: DjangoDbBlocker,
    django_db_keepdb: bool,
    django_db_createdb: bool,
    made_once: MadeOnce | None,
) -> Iterator[None]:
    """Make the test database as the owner, whichever tests are selected; load the reference data once."""
    keep = django_db_keepdb and not django_db_createdb
    with django_db_blocker.unblock():
        if made_once is None or keep:
            made = _set_up(keep=keep, loads=True)
        else:
            with made_once.alone():
                is_copy = made_once.copied()
                made = _set_up(keep=is_copy, loads=not is_copy)
                if not is_copy:
                    made_once.keep()
    yield
    with django_db_blocker.unblock():
        with connections["owner"].cursor() as cursor:
            left = [each for each in standing.changed(cursor) if each not in standing.ALWAYS_COMMITTED]
        for alias in ("default", "owner"):
            _end_other_sessions(alias)
        connections.close_all()
        if not django_db_keepdb:
            teardown_databases(made, verbosity=0)
    assert not left, f"tests have left what they committed, or taken what stands: {', '.join(left)}"


def _set_up(*, keep: bool, loads: bool) -> Any:
    """What Django makes of an empty database, or leaves as it is where it has all migrations; nobody stays in it."""
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
        if loads:
            _fill(cursor)
    connections.close_all()
    return made


def _fill(cursor: Any) -> None:
    """Load the reference data, and keep it. What a run that was killed has left in a database from before goes."""
    from fotfeste.directory.loading import load_reference

    if standing.is_kept(cursor):
        standing.put_back(cursor)
        emit_post_migrate_signal(0, False, "owner")  # there may be new models since
    load_reference(using="owner")
    standing.keep(cursor)


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
    approver: Viewer


@pytest.fixture
def cast(db: None) -> Cast:
    """The cast, in the database."""
    return make_cast()


def make_cast() -> Cast:
    """Make the organisations and users; each organisation has one user for each role it uses.

    Nearly every test begins with them: all are written together, and nobody is read back.
    """
    police = _made(OrganisationKind.POLICE, "Politiets utlendingsenhet")
    udi = _made(OrganisationKind.UDI, "UDI")
    imdi = _made(OrganisationKind.IMDI, "IMDi")
    voss = _made(OrganisationKind.CENTRE, "Voss akuttinnkvartering", "4621")
    raade = _made(OrganisationKind.CENTRE, "Råde mottak", "3112")
    Organisation.objects.bulk_create([police, udi, imdi, voss, raade])
    places = Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY, municipality__in=["5037", "5038"])
    levanger, verdal = places.order_by("municipality")
    given = [
        (police, Role.REGISTRAR, "registrator"),
        (udi, Role.UDI_CASEWORKER, "udi"),
        (imdi, Role.IMDI_CASEWORKER, "imdi"),
        (voss, Role.CENTRE_STAFF, "voss"),
        (voss, Role.CENTRE_ADMINISTRATOR, "voss-admin"),
        (raade, Role.CENTRE_STAFF, "raade"),
        (levanger, Role.REFUGEE_SERVICE, "levanger"),
        (verdal, Role.REFUGEE_SERVICE, "verdal"),
        (udi, Role.GRANT_APPROVER, "godkjenner"),
    ]
    users = [User(username=username, name=username.title(), organisation=place) for place, _, username in given]
    User.objects.bulk_create(users)
    load_staff([(user, role) for user, (_, role, _) in zip(users, given, strict=True)], from_on=STAFF_FROM, at=AT)
    viewers = [_as_told(user, role) for user, (_, role, _) in zip(users, given, strict=True)]
    return Cast(AT, DAY, *viewers)


def _made(kind: OrganisationKind, name: str, municipality: str | None = None) -> Organisation:
    return Organisation(kind=kind, name=name, sort_key=name.lower(), municipality_id=municipality)


def _as_told(user: User, role: Role) -> Viewer:
    """The viewer of a user who has just been given a role: as after a login, which brings both along."""
    period = {"start": STAFF_FROM.isoformat(), "end": None}
    vars(user).update(employed=[period], assignments=[{"role": role, **period}])
    return viewer_for(user, DAY)


def organisation(kind: OrganisationKind, name: str, municipality: str | None = None) -> Organisation:
    """An organisation; a municipality's own exists already from the reference data."""
    place = Municipality.objects.get(number=municipality) if municipality else None
    if kind is OrganisationKind.MUNICIPALITY:
        return Organisation.objects.get(kind=kind, municipality=place)
    return Organisation.objects.create(kind=kind, name=name, sort_key=name.lower(), municipality=place)


def staff(place: Organisation, role: Role, username: str) -> Viewer:
    """A user of an organisation with a role since the start of 2024, as the viewer they are on the day."""
    user = User.objects.create(username=username, name=username.title(), organisation=place)
    load_staff([(user, role)], from_on=STAFF_FROM, at=AT)
    return viewer_for(user, DAY)
