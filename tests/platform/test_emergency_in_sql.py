"""Emergency access, tried in SQL as the app role: whose it is, until when, and that no way leads round its record."""

from datetime import timedelta

import pytest
from django.db import connection, connections, transaction
from django.db.utils import DatabaseError

from fotfeste.access.public import EmergencyAccess, Need, NeedReason, Subject
from fotfeste.kernel.calendar import legal_day
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from tests.actions.access.emergencies import NOBODYS, OLENAS, opened, really_now
from tests.actions.registry.families import kovalenko, minor_alone
from tests.conftest import Cast
from tests.settlement_steps import placed, registered

pytestmark = [pytest.mark.django_db(databases=["default", "owner"]), pytest.mark.req("ACS-01")]

PERSON_TABLES = ("registry_person", "registry_identifier", "accommodation_stay")
CLOSED = (
    "settlement_interview",
    "settlement_settlementrequest",
    "settlement_answer",
    "registry_correction",
)


@pytest.fixture
def household(cast: Cast) -> int:
    """The Kovalenkos, who live at Voss."""
    return placed(cast, registered(cast, kovalenko()))


def counted(viewer: Viewer, sql: str, *values: int | list[int]) -> int:
    """A number, as a session of the viewer finds it today."""
    with scope(viewer, legal_day(really_now())), connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        return int(cursor.fetchone()[0])


def rows(viewer: Viewer, table: str, people: list[int]) -> int:
    """How many rows of a table about some people a session finds."""
    return counted(viewer, f"SELECT count(*) FROM {table} WHERE subject_id = ANY (%s)", people)


def test_rows_are_there_for_the_hour_and_for_one(cast: Cast, household: int) -> None:
    colleague = Viewer(
        cast.registrar.user_id,
        cast.municipality.organisation_id,
        "municipality",
        cast.municipality.roles,
        opens=cast.municipality.opens,
    )
    nobody = Viewer(None, cast.municipality.organisation_id, "municipality", opens=cast.municipality.opens)
    people = opened(cast.municipality).person_ids
    for table in PERSON_TABLES:
        assert rows(cast.municipality, table, people) >= 4, table
        for other in (colleague, nobody, cast.other_municipality):
            assert rows(other, table, people) == 0, table
    for table in CLOSED:
        assert rows(cast.municipality, table, [household, *people]) == 0, table


def test_the_instant_ends_it_whatever_the_day_says(cast: Cast, household: int) -> None:
    people = opened(cast.municipality, at=really_now() - timedelta(minutes=59, seconds=58)).person_ids
    ended = opened(cast.other_municipality, at=really_now() - timedelta(minutes=60, seconds=1)).person_ids
    assert people == ended
    assert rows(cast.municipality, "registry_person", people) == 4
    assert rows(cast.other_municipality, "registry_person", people) == 0


def test_search_finds_them_for_who_has_it_open_and_for_nobody_beside(cast: Cast, household: int) -> None:
    opened(cast.municipality)
    opened(cast.imdi, at=really_now() - timedelta(hours=1, minutes=1))
    sql = "SELECT count(*) FROM search_subjects(ARRAY[0], ARRAY['kovalenko'], ARRAY[false], 50)"
    assert counted(cast.municipality, sql) == 4
    for other in (cast.imdi, cast.other_municipality):
        assert counted(other, sql) == 0


def test_functions_that_look_past_the_fence_say_nothing_in_emergency_access(cast: Cast, household: int) -> None:
    people = opened(cast.municipality).person_ids
    for sql in (
        "SELECT session_has_need(%s)::integer",
        "SELECT count(*) FROM household_whereabouts(%s, current_date)",
        "SELECT session_may_act_on(%s)::integer",
        "SELECT cardinality(settlement_offered_before(%s))",
    ):
        assert counted(cast.municipality, sql, household) == 0, sql
    assert counted(cast.municipality, "SELECT session_has_need(%s)::integer", people[0]) == 0


def test_a_household_is_not_locked_nor_changed(cast: Cast, household: int) -> None:
    opened(cast.municipality)
    sql = "SELECT count(*) FROM (SELECT 1 FROM registry_placementgroup WHERE subject_id = %s FOR UPDATE) g"
    assert counted(cast.municipality, sql, household) == 0
    assert counted(cast.municipality, sql.replace("FOR UPDATE", ""), household) == 1
    assert counted(cast.udi, sql, household) == 1


@pytest.mark.parametrize(
    "values",
    [
        {"user_id": None},
        {"until_at": "opened_at + interval '61 minutes'", "ended_at": "opened_at + interval '61 minutes'"},
        {"until_at": "NULL", "ended_at": "opened_at"},
        {"until_at": "opened_at", "ended_at": "opened_at"},
        {"ended_at": "NULL"},
        {"reason": "'lives_here'"},
    ],
)
def test_it_is_always_one_persons_for_an_hour_at_most_and_nothing_else_is(
    cast: Cast, household: int, values: dict[str, str | None]
) -> None:
    row = {
        "subject_id": str(household),
        "organisation_id": str(cast.municipality.organisation_id),
        "reason": "'emergency'",
        "period": "daterange(current_date, current_date + 2)",
        "opened_at": "now()",
        "ended_at": "now() + interval '1 hour'",
        "user_id": str(cast.municipality.user_id),
        "until_at": "now() + interval '1 hour'",
    } | {name: (value or "NULL").replace("opened_at", "now()") for name, value in values.items()}
    sql = f"INSERT INTO access_need ({', '.join(row)}) VALUES ({', '.join(row.values())})"
    with (
        pytest.raises(DatabaseError, match="emergency_of_one_for_an_hour"),
        transaction.atomic(using="owner"),
        connections["owner"].cursor() as cursor,
    ):
        cursor.execute(sql)


def test_no_session_opens_it_without_the_record(cast: Cast, household: int) -> None:
    day = legal_day(really_now())
    with scope(cast.udi, day), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Need.objects.create(
            subject_id=household,
            organisation_id=cast.udi.organisation_id,
            reason=NeedReason.EMERGENCY,
            period=(day, None),
            opened_at=really_now(),
            ended_at=really_now(),
            user_id=cast.udi.user_id,
            until_at=really_now(),
        )


@pytest.mark.parametrize(
    "changes",
    [
        {"user_id": "registrar"},
        {"organisation_id": "udi"},
        {"opened_at": "later"},
        {"is_found": False},
    ],
)
def test_a_record_is_ones_own_of_now_and_before_anybody_is_found(
    cast: Cast, household: int, changes: dict[str, object]
) -> None:
    known = {
        "registrar": cast.registrar.user_id,
        "udi": cast.udi.organisation_id,
        "later": really_now() + timedelta(minutes=2),
    }
    row = {
        "organisation_id": cast.municipality.organisation_id,
        "user_id": cast.municipality.user_id,
        "opened_at": really_now(),
    } | {name: known[value] if isinstance(value, str) else value for name, value in changes.items()}
    with (
        scope(cast.municipality, cast.day),
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
    ):
        EmergencyAccess.objects.create(roles=[], asked=OLENAS, cause="life", words="Fare.", **row)


def test_a_record_is_looked_by_once_and_by_who_made_it(cast: Cast, household: int) -> None:
    with scope(cast.municipality, cast.day):
        mine = EmergencyAccess.objects.create(
            organisation_id=cast.municipality.organisation_id,
            user_id=cast.municipality.user_id or 0,
            roles=[],
            asked=OLENAS,
            cause="life",
            words="Fare.",
            opened_at=cast.at,
        )
    sql, values = "SELECT look_in_emergency(%s, %s)", (mine.pk, cast.at + timedelta(hours=1))
    for viewer, refused in ((cast.other_municipality, True), (cast.municipality, False), (cast.municipality, True)):
        with scope(viewer, cast.day), connection.cursor() as cursor:
            if not refused:
                cursor.execute(sql, values)
                continue
            with pytest.raises(DatabaseError, match="no record"), transaction.atomic():
                cursor.execute(sql, values)


@pytest.mark.parametrize("sql", ["UPDATE access_emergencyaccess SET words = '-'", "DELETE FROM access_emergencyaccess"])
def test_the_role_of_the_pages_changes_no_record(cast: Cast, household: int, sql: str) -> None:
    opened(cast.municipality, NOBODYS)
    with (
        scope(cast.municipality, cast.day),
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_an_organisation_reads_its_own_records_and_nobody_without_a_scope_any(cast: Cast, household: int) -> None:
    opened(cast.municipality)
    sql = "SELECT count(*) FROM access_emergencyaccess"
    assert counted(cast.municipality, sql) == 1
    for other in (cast.centre, cast.udi, cast.other_municipality, cast.registrar):
        assert counted(other, sql) == 0
    with connection.cursor() as cursor:
        cursor.execute(sql)
        assert cursor.fetchone() == (0,)


def test_whom_to_call_is_open_and_what_is_decided_is_not(cast: Cast) -> None:
    group = registered(cast, minor_alone())
    people = opened(cast.municipality, Subject.objects.get(pk=group).reference).person_ids
    assert rows(cast.municipality, "registry_outsidecontact", people) == 1
    assert rows(cast.municipality, "registry_correction", people) == 0
