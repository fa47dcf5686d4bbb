"""The log of looks, tried in SQL: nothing of it is changed or taken away, and who reads which of it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection, connections, transaction
from django.db.utils import DatabaseError

from fotfeste.access.looks import keep_look
from fotfeste.access.public import Look, NeedReason, SubjectKind, create_subject
from fotfeste.platform.scope import scope
from fotfeste.platform.shown import Shown, Whom
from fotfeste.platform.viewer import Viewer
from tests.as_owner import need_given
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db(databases=["default", "owner"]), pytest.mark.req("ACS-03")]


@pytest.fixture
def household(cast: Cast) -> Iterator[int]:
    """A household that lives at Voss, has UDI's and IMDi's case and is asked for in Levanger; each has looked once."""
    group = create_subject(SubjectKind.GROUP).pk
    for viewer, reason in known(cast):
        need_given([group], organisation_id=viewer.organisation_id, reason=reason, from_on=cast.day, at=cast.at)
        keep_look(Shown("household", frozenset({"identity"}), Whom(group, (), frozenset({reason}))), viewer, cast.at)
    yield group
    with connections["owner"].cursor() as cursor:  # the way of retention
        cursor.execute("DELETE FROM access_look WHERE household_id = %s", [group])


def known(cast: Cast) -> list[tuple[Viewer, NeedReason]]:
    """Who knows of the household, and why."""
    return [
        (cast.centre, NeedReason.LIVES_HERE),
        (cast.udi, NeedReason.PROTECTION_CASE),
        (cast.imdi, NeedReason.SETTLEMENT_CASE),
        (cast.municipality, NeedReason.ASKED_TO_SETTLE),
    ]


def organisations_read(cast: Cast, viewer: Viewer, household: int) -> set[int]:
    """Whose looks at the household a viewer's session finds."""
    with scope(viewer, cast.day):
        return set(Look.objects.filter(household_id=household).values_list("organisation_id", flat=True))


@pytest.mark.parametrize("alias", ["default", "owner"])
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE access_look SET user_id = 0 WHERE household_id = %s",
        "UPDATE access_look SET looked_at = looked_at WHERE household_id = %s",
        "UPDATE access_look SET compartments = '{}' WHERE household_id = %s",
    ],
)
def test_a_look_is_never_changed_by_anybody(cast: Cast, household: int, alias: str, sql: str) -> None:
    with (
        scope(cast.centre, cast.day),
        pytest.raises(DatabaseError, match=r"append-only|permission denied"),
        transaction.atomic(using=alias),
        connections[alias].cursor() as cursor,
    ):
        cursor.execute(sql, [household])


@pytest.mark.parametrize("sql", ["DELETE FROM access_look", "TRUNCATE access_look", "DELETE FROM access_lookreview"])
def test_the_role_of_the_pages_takes_nothing_away(cast: Cast, household: int, sql: str) -> None:
    with (
        scope(cast.centre, cast.day),
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_only_its_owner_whom_no_policy_binds_may_delete_a_look_and_only_by_its_purpose(household: int) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("DELETE FROM access_look WHERE household_id = %s", [household])
        assert cursor.rowcount == 4


def test_a_look_is_written_in_nobody_elses_name(cast: Cast) -> None:
    row = Look(
        looked_at=cast.at,
        organisation_id=cast.municipality.organisation_id,
        roles=[],
        reasons=[],
        person_ids=[],
        compartments=[],
        page="household",
    )
    for viewer in (cast.centre, cast.udi):
        with (
            scope(viewer, cast.day),
            pytest.raises(DatabaseError, match="row-level security"),
            transaction.atomic(),
        ):
            row.save(force_insert=True)
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        row.save(force_insert=True)


def test_who_may_show_them_reads_everyones_looks_and_others_their_own(cast: Cast, household: int) -> None:
    everyone = {viewer.organisation_id for viewer, _ in known(cast)}
    for viewer in (cast.centre, cast.udi):
        assert organisations_read(cast, viewer, household) == everyone
    for viewer in (cast.imdi, cast.municipality, cast.centre_administrator):
        assert organisations_read(cast, viewer, household) == {viewer.organisation_id}
    for viewer in (cast.other_municipality, cast.other_centre, cast.registrar):
        assert organisations_read(cast, viewer, household) == set()
    assert Look.objects.filter(household_id=household).count() == 0


def test_a_household_that_has_left_is_shown_its_looks_elsewhere(cast: Cast, household: int) -> None:
    later = cast.day + timedelta(days=1)
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "UPDATE every_need SET period = daterange(lower(period), %s), ended_at = %s"
            " WHERE subject_id = %s AND reason = 'lives_here'",
            [later, cast.at, household],
        )
    with scope(cast.centre, later):
        read = set(Look.objects.filter(household_id=household).values_list("organisation_id", flat=True))
    assert read == {cast.centre.organisation_id}
