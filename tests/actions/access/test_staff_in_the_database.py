"""What the database refuses about users and roles, tried from SQL."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError, IntegrityError

from fotfeste.access.models import Employment, RoleAssignment
from fotfeste.access.public import Role
from fotfeste.kernel.periods import Period
from fotfeste.platform.viewer import Viewer
from tests.actions.access.stage import BEGAN, colleague, employment_of, role_of
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.req("ACS-02")]

INSERT = """
    INSERT INTO access_roleassignment
        (reference, user_id, role, period, given_at, given_by_id, recorded_at, recorded_by_id, reported_by_id,
         annul_reason)
    VALUES (substr(md5(random()::text), 1, 12), %s, %s, daterange(%s, %s), %s, %s, %s, %s, %s, '')
"""


def give(
    cast: Cast, user_id: int, role: str, *, given_by: Viewer, start: date = BEGAN, end: date | None = None
) -> None:
    """As the application's role, past the act."""
    by = given_by.user_id
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(INSERT, [user_id, role, start, end, cast.at, by, cast.at, by, given_by.organisation_id])


def test_a_case_role_that_one_gives_oneself_is_refused_and_any_other_is_not(cast: Cast) -> None:
    me = cast.centre_administrator
    with pytest.raises(IntegrityError, match="case_role_for_oneself"):
        give(cast, me.user_id or 0, Role.CENTRE_STAFF, given_by=me)
    give(cast, colleague(cast).user_id, Role.CENTRE_STAFF, given_by=me)
    keeper = cast.udi
    give(cast, keeper.user_id or 0, Role.DIRECTORY_KEEPER, given_by=keeper)


@pytest.mark.parametrize("role", ["udi_caseworker", "refugee_service", "user_administrator", "king"])
def test_a_role_that_the_organisation_does_not_have_is_refused(cast: Cast, role: str) -> None:
    kari = colleague(cast)
    with pytest.raises(IntegrityError, match="no such role in the organisation"):
        give(cast, kari.user_id, role, given_by=cast.centre_administrator)


def test_a_role_is_not_held_twice_at_once_and_two_roles_are(cast: Cast) -> None:
    kari, by = colleague(cast).user_id, cast.centre_administrator
    give(cast, kari, Role.CENTRE_STAFF, given_by=by, end=date(2024, 5, 1))
    with pytest.raises(IntegrityError, match="role_is_held_once"):
        give(cast, kari, Role.CENTRE_STAFF, given_by=by, start=date(2024, 4, 30))
    give(cast, kari, Role.CENTRE_STAFF, given_by=by, start=date(2024, 5, 1))
    for role in (Role.REGISTRAR, Role.CENTRE_ADMINISTRATOR):
        give(cast, kari, role, given_by=by)


def test_every_role_has_a_number_of_its_own_in_the_constraint(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT hashtextextended(role, 0) FROM unnest(%s::text[]) role", [[str(role) for role in Role]])
        assert len({number for (number,) in cursor.fetchall()}) == len(Role)


def test_nobody_is_employed_twice_at_once(cast: Cast) -> None:
    mine = employment_of(cast.centre)
    told = {"recorded_at": cast.at, "reported_by_id": cast.centre.organisation_id}
    with pytest.raises(IntegrityError, match="one_employment_at_a_time"), transaction.atomic():
        Employment.objects.create(user_id=mine.user_id, period=Period(date(2025, 1, 1)), **told)


@pytest.mark.parametrize("table", ["access_roleassignment", "access_employment"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {table} SET period = daterange('2020-01-01', NULL)",
        "UPDATE {table} SET user_id = user_id + 1",
        "DELETE FROM {table}",
    ],
)
def test_what_is_told_of_users_is_annulled_never_changed(cast: Cast, table: str, statement: str) -> None:
    refused = pytest.raises(DatabaseError, match="a fact is annulled, never")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table=table))
    assert role_of(cast.centre, Role.CENTRE_STAFF).period == Period(BEGAN)
    assert RoleAssignment.objects.filter(annulled_at__isnull=False).count() == 0
