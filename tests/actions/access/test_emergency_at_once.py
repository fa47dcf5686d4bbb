"""Somebody sends the form twice at once; and a record is changed by nobody, its owner least."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.db.utils import DatabaseError

from fotfeste.access.public import EmergencyAccess, Need, NeedReason
from fotfeste.directory.loading import load_reference
from tests.actions.access.emergencies import ANDRIJS, NOBODYS, OLENAS, opened, really_now
from tests.actions.registry.families import kovalenko
from tests.actions.test_concurrency import DONE, one_after_the_other
from tests.conftest import Cast
from tests.settlement_steps import placed, registered

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "owner"]), pytest.mark.req("ACS-01")]

USER = "SELECT 1 FROM directory_user WHERE id = %s FOR UPDATE"


@pytest.fixture(autouse=True)
def committed(transactional_db: None) -> Iterator[None]:
    """The reference data for every connection to see, before the cast is made."""
    load_reference(using="owner")
    yield
    connection.close()


def test_what_is_sent_twice_at_once_is_opened_once(cast: Cast) -> None:
    placed(cast, registered(cast, kovalenko()))
    at, user = really_now(), cast.municipality.user_id or 0
    acts = [lambda number=number: opened(cast.municipality, number, at) for number in (OLENAS, ANDRIJS)]
    assert sorted(one_after_the_other(USER, user, acts)) == [DONE, "emergency_is_open"]
    assert EmergencyAccess.objects.using("owner").count() == 1
    assert Need.objects.using("owner").filter(reason=NeedReason.EMERGENCY).count() == 5


def test_the_last_that_may_be_is_given_once(cast: Cast) -> None:
    at, user = really_now(), cast.municipality.user_id or 0
    for minute in range(4):
        opened(cast.municipality, NOBODYS, at - timedelta(minutes=minute + 1))
    acts = [lambda: opened(cast.municipality, NOBODYS, at) for _ in range(2)]
    assert one_after_the_other(USER, user, acts) == [DONE, "too_many_emergencies"]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE access_emergencyaccess SET words = '-'",
        "UPDATE access_emergencyaccess SET is_found = NULL",
        "UPDATE access_emergencyaccess SET is_found = true",
        "UPDATE access_emergencyaccess SET until_at = until_at + interval '1 hour'",
    ],
)
def test_a_record_is_never_changed_by_its_owner_who_may_delete_it_by_its_purpose(cast: Cast, sql: str) -> None:
    opened(cast.municipality, NOBODYS)
    with connections["owner"].cursor() as cursor:
        with pytest.raises(DatabaseError, match="never changed"):
            cursor.execute(sql)
        cursor.execute("DELETE FROM access_emergencyaccess")
        assert cursor.rowcount == 1
