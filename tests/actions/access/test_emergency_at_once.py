"""Somebody sends the form twice at once; and a record is changed by nobody, its owner least."""

from datetime import timedelta

import pytest
from django.db import connections
from django.db.utils import DatabaseError

from fotfeste.access.public import EmergencyAccess, Need, NeedReason, ProtectionLevel
from fotfeste.kernel.calendar import legal_day
from fotfeste.platform.scope import scope
from fotfeste.registry.public import PlacementGroup, protect_household
from tests.actions.access.emergencies import ANDRIJS, NOBODYS, OLENAS, opened, really_now
from tests.actions.at_once import DONE, HOUSEHOLD, committed, one_after_the_other
from tests.actions.registry.families import kovalenko
from tests.conftest import Cast
from tests.settlement_steps import placed, registered

__all__ = ["committed"]

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "owner"]), pytest.mark.req("ACS-01")]

USER = "SELECT 1 FROM directory_user WHERE id = %s FOR UPDATE"


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


@pytest.mark.req("REG-08")
@pytest.mark.parametrize("is_protected_first", [True, False])
def test_whom_somebody_protects_at_the_same_moment_is_not_reached(cast: Cast, is_protected_first: bool) -> None:
    group, at = placed(cast, registered(cast, kovalenko())), really_now()

    def protects() -> None:
        with scope(cast.udi, cast.day):
            protect_household(group, ProtectionLevel.CONFIDENTIAL, cast.day, by=cast.udi, at=cast.at)

    acts = [protects, lambda: opened(cast.municipality, OLENAS, at)]
    assert one_after_the_other(HOUSEHOLD, group, acts if is_protected_first else acts[::-1]) == [DONE, DONE]
    assert EmergencyAccess.objects.using("owner").get().is_found is not is_protected_first
    with scope(cast.municipality, legal_day(at)):
        assert not PlacementGroup.objects.filter(pk=group).exists()
    # Neither unmarked nor, where they were protected first, at all.
    left = Need.objects.using("owner").filter(reason=NeedReason.EMERGENCY)
    assert left.filter(is_protected=False).count() == 0
    assert left.count() == (0 if is_protected_first else 5)


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
