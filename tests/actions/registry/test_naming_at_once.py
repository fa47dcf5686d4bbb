"""Two name somebody for one protected household at once: one wins, the other is told. REG-08."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection, connections, transaction

from fotfeste.access.public import ProtectionLevel, Role, UnnamingReason
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.actions.protection import follow_all_protected
from fotfeste.registry.public import name_follower, unname_follower
from tests.acting import end_role
from tests.actions.access.stage import employment_of, role_of
from tests.actions.at_once import DONE, begin, committed, one_after_the_other, wait_until_waiting
from tests.actions.registry.test_protection import colleague, protected, reference_of, sees
from tests.actions.registry.test_protection_by_the_day import another_need, followed, is_asked
from tests.conftest import Cast

__all__ = ["committed"]

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "owner"]), pytest.mark.req("REG-08")]
NAMING = "SELECT pg_advisory_xact_lock(hashtextextended('naming', %s))"


def named(cast: Cast, group: int, who: Viewer, by: Viewer) -> None:
    """Somebody in UDI names somebody."""
    with scope(by, cast.day):
        name_follower(reference_of(group), employment_of(who).reference, by=by, at=cast.at)


def test_of_two_who_name_the_last_that_may_be_one_is_told_that_there_are_enough(cast: Cast) -> None:
    group = protected(cast, ProtectionLevel.STRICTLY_CONFIDENTIAL)
    other = colleague(cast.udi, Role.UDI_CASEWORKER, "udi-2")
    keepers = [colleague(cast.centre, Role.CENTRE_STAFF, f"voss-{place}") for place in range(3)]
    for who in (other, cast.centre, keepers[0]):
        named(cast, group, who, cast.udi)
    last = zip(keepers[1:], (cast.udi, other), strict=True)
    acts = [lambda who=who, by=by: named(cast, group, who, by) for who, by in last]
    assert one_after_the_other(NAMING, group, acts) == [DONE, "enough_are_named"]
    assert [sees(each, group, cast.day) for each in keepers] == [True, True, False]


def test_of_two_who_name_the_same_one_the_second_is_told(cast: Cast) -> None:
    group = protected(cast, ProtectionLevel.STRICTLY_CONFIDENTIAL)
    other = colleague(cast.udi, Role.UDI_CASEWORKER, "udi-2")
    named(cast, group, other, cast.udi)
    acts = [lambda by=by: named(cast, group, cast.centre, by) for by in (cast.udi, other)]
    assert one_after_the_other(NAMING, group, acts) == [DONE, "named_already"]


def while_another_is_at_work(first: Callable[[], object], second: Callable[[], object]) -> list[str]:
    """The first has acted and not ended when the second comes; how the second ended."""
    with transaction.atomic():
        first()
        actor = begin(second)
        wait_until_waiting(actor)
    actor.thread.join(timeout=60)
    return actor.outcome


@pytest.mark.parametrize(("gone", "later"), [(1, 1), (60, 46)])
def test_the_night_goes_on_where_an_act_of_the_same_moment_ended_a_naming_or_asked_for_another(
    cast: Cast, gone: int, later: int
) -> None:
    group, by = followed(cast, cast.centre), cast.centre_administrator
    end_role(role_of(cast.centre, Role.CENTRE_STAFF).reference, cast.day + timedelta(days=gone), by=by, at=cast.at)
    with connections["owner"].cursor() as cursor:
        cursor.execute("UPDATE worklist_task SET closed_at = opened_at, outcome = 'done' WHERE closed_at IS NULL")
    night = cast.at + timedelta(days=later)
    told = while_another_is_at_work(lambda: another_need(cast, group, later), lambda: follow_all_protected(night))
    assert told == [DONE]
    assert is_asked(by, group, cast, later)
    assert sees(cast.centre, group, cast.day + timedelta(days=later)) is (gone > later)


def test_of_two_who_make_a_protection_strict_the_second_finds_it_so(cast: Cast) -> None:
    group = protected(cast)

    def is_made_strict() -> None:
        with transaction.atomic(), scope(cast.udi, cast.day), connection.cursor() as cursor:
            cursor.execute("SELECT protect_household(%s, 'strictly_confidential', %s, %s)", [group, cast.day, cast.at])

    assert while_another_is_at_work(is_made_strict, is_made_strict) == [DONE]
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT level, count(*) FROM access_protection WHERE annulled_at IS NULL"
            " GROUP BY subject_id, level"
        )
        assert cursor.fetchall() == [("strictly_confidential", 1)]


def test_of_two_who_are_named_one_is_taken_out_while_the_other_ends_and_another_is_asked_for(cast: Cast) -> None:
    by, other = cast.centre_administrator, colleague(cast.centre, Role.CENTRE_STAFF, "voss-2")
    group = followed(cast, cast.centre, other)
    role = role_of(cast.centre, Role.CENTRE_STAFF).reference
    told = while_another_is_at_work(
        lambda: taken_out(cast, group, other), lambda: end_role(role, cast.day, by=by, at=cast.at)
    )
    assert told == [DONE]
    assert not sees(cast.centre, group, cast.day)
    assert is_asked(by, group, cast)


def test_the_last_one_is_not_taken_out_while_the_work_of_the_other_ends(cast: Cast) -> None:
    by, other = cast.centre_administrator, colleague(cast.centre, Role.CENTRE_STAFF, "voss-2")
    group = followed(cast, cast.centre, other)
    role = role_of(cast.centre, Role.CENTRE_STAFF).reference
    told = while_another_is_at_work(
        lambda: end_role(role, cast.day, by=by, at=cast.at), lambda: taken_out(cast, group, other)
    )
    assert told == ["last_named"]
    assert sees(other, group, cast.day)


def test_who_is_named_while_their_last_role_ends_is_named_no_more_and_another_is_asked_for(cast: Cast) -> None:
    by, group = cast.centre_administrator, protected(cast)
    role = role_of(cast.centre, Role.CENTRE_STAFF).reference
    told = while_another_is_at_work(
        lambda: named(cast, group, cast.centre, by), lambda: end_role(role, cast.day, by=by, at=cast.at)
    )
    assert told == [DONE]
    assert not sees(cast.centre, group, cast.day)
    assert is_asked(by, group, cast)


def test_of_two_sessions_that_take_one_out_each_from_sql_the_second_finds_the_last_one(cast: Cast) -> None:
    other, by = colleague(cast.centre, Role.CENTRE_STAFF, "voss-2"), cast.centre_administrator
    group = followed(cast, cast.centre, other)

    def take_out(who: Viewer) -> None:
        with transaction.atomic(), scope(by, cast.day), connection.cursor() as cursor:
            cursor.execute("SELECT unname_follower(%s, %s, %s, 'away')", [group, who.user_id, cast.at])

    [told] = while_another_is_at_work(lambda: take_out(other), lambda: take_out(cast.centre))
    assert "the last one who is named" in told
    assert sees(cast.centre, group, cast.day)


def taken_out(cast: Cast, group: int, who: Viewer) -> None:
    """The administrator at Voss takes somebody out."""
    by = cast.centre_administrator
    with scope(by, cast.day):
        unname_follower(reference_of(group), who.user_id or 0, reason=UnnamingReason.AWAY, by=by, at=cast.at)
