"""Whoever is away is to be back on a day: the centre has a task to find out, late from that day (ACC-10)."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from time_machine import travel

from fotfeste.accommodation.public import (
    DepartureReason,
    LeaveWithdrawal,
    annul_departure,
    grant_leave,
    place_group,
    register_absence,
    register_departure,
    register_return,
    withdraw_leave,
)
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.worklist.public import Task
from tests.actions.accommodation.people import ARRIVED, household, later, open_centre
from tests.actions.registry.test_protection import protected
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.req("ACC-10")]


@pytest.fixture
def family(cast: Cast) -> tuple[int, list[int]]:
    """Two people at Voss."""
    group_id, persons = household(cast, "Olena", "Andrij")
    open_centre(cast, cast.centre)
    with scope(cast.udi, cast.day):
        place_group(group_id, cast.centre.organisation_id, ARRIVED, by=cast.udi, at=cast.at)
    return group_id, persons


def asked(cast: Cast, group: int, viewer: Viewer | None = None) -> list[tuple[date | None, str, str]]:
    """When the open tasks to find out are due, by which rule, and why they are there."""
    who = viewer or cast.centre
    with scope(who, cast.day):
        tasks = Task.objects.filter(kind="follow_absence", subject_id=group, closed_at=None)
        return list(tasks.values_list("due_on", "due_rule", "cause"))


def on_leave(cast: Cast, group: int, persons: list[int], starts: int, back: int) -> None:
    """They are granted leave, from and until so many days from today."""
    days = (cast.day + timedelta(days=starts), cast.day + timedelta(days=back))
    with scope(cast.centre, cast.day):
        grant_leave(group, persons, *days, is_abroad=False, by=cast.centre, at=cast.at)


def away(cast: Cast, group: int, persons: list[int], since: date) -> None:
    """They are away without leave."""
    with scope(cast.centre, cast.day):
        register_absence(group, persons, since, is_abroad=False, by=cast.centre, at=cast.at)


def night(cast: Cast, days: int) -> None:
    """The night's work some days from today, as the supervisor starts it."""
    with travel(cast.at + timedelta(days=days), tick=False):
        call_command("follow_leave", verbosity=0)


def test_leave_is_followed_up_on_the_agreed_day(cast: Cast, family: tuple[int, list[int]]) -> None:
    group, persons = family
    on_leave(cast, group, persons, 0, 9)
    assert asked(cast, group) == [(cast.day + timedelta(days=9), "agreed_return", "accommodation.leave_granted")]


def test_leave_that_lies_ahead_is_followed_up_from_the_night_it_begins(
    cast: Cast, family: tuple[int, list[int]]
) -> None:
    group, persons = family
    on_leave(cast, group, persons, 2, 9)
    assert asked(cast, group) == []
    night(cast, 1)
    assert asked(cast, group) == []
    night(cast, 2)
    night(cast, 2)
    assert asked(cast, group) == [(cast.day + timedelta(days=9), "agreed_return", "accommodation.leave_granted")]
    night(cast, 12)
    assert len(asked(cast, group)) == 1


def test_a_night_that_failed_is_made_up_for(cast: Cast, family: tuple[int, list[int]]) -> None:
    group, persons = family
    on_leave(cast, group, persons, 2, 9)
    night(cast, 11)
    assert [due for due, _, _ in asked(cast, group)] == [cast.day + timedelta(days=9)]


def test_the_night_leaves_what_is_due_before(cast: Cast, family: tuple[int, list[int]]) -> None:
    group, (olena, andrij) = family
    away(cast, group, [olena], cast.day)
    on_leave(cast, group, [andrij], 1, 9)
    before = asked(cast, group)
    night(cast, 1)
    assert asked(cast, group) == before


def test_the_night_asks_for_whoever_is_back_before_the_others(cast: Cast, family: tuple[int, list[int]]) -> None:
    group, (olena, andrij) = family
    on_leave(cast, group, [olena], 0, 20)
    on_leave(cast, group, [andrij], 1, 4)
    night(cast, 1)
    assert [due for due, _, _ in asked(cast, group)] == [cast.day + timedelta(days=4)]


def test_nobody_is_asked_after_by_night_who_has_left_or_is_back(cast: Cast, family: tuple[int, list[int]]) -> None:
    group, (olena, andrij) = family
    on_leave(cast, group, [olena, andrij], 0, 4)
    with scope(cast.centre, cast.day):
        register_return(group, [olena], cast.day, by=cast.centre, at=cast.at)
        register_departure(group, [andrij], cast.day, DepartureReason.LEFT_COUNTRY, by=cast.centre, at=cast.at)
    night(cast, 5)
    assert asked(cast, group) == []


def test_absence_without_leave_is_followed_up_when_they_may_be_gone(cast: Cast, family: tuple[int, list[int]]) -> None:
    group, persons = family
    away(cast, group, persons[:1], cast.day)
    due = cast.day + timedelta(days=3)
    assert asked(cast, group) == [(due, "absence_abroad_days_until_place_lost", "accommodation.absence_registered")]


def test_of_two_who_are_away_the_one_who_is_to_be_back_first_counts(cast: Cast, family: tuple[int, list[int]]) -> None:
    group, (olena, andrij) = family
    on_leave(cast, group, [olena], 0, 9)
    on_leave(cast, group, [andrij], 0, 4)
    assert [due for due, _, _ in asked(cast, group)] == [cast.day + timedelta(days=4)]
    with scope(cast.centre, cast.day):
        register_return(group, [andrij], cast.day, by=cast.centre, at=cast.at)
    assert [due for due, _, _ in asked(cast, group)] == [cast.day + timedelta(days=9)]


def test_absence_that_leave_ends_is_followed_up_with_the_leave(cast: Cast, family: tuple[int, list[int]]) -> None:
    group, persons = family
    on_leave(cast, group, persons, 2, 9)
    away(cast, group, persons, cast.day)
    assert asked(cast, group) == []
    night(cast, 2)
    assert [rule for _, rule, _ in asked(cast, group)] == ["agreed_return"]


def test_leave_that_lies_after_the_day_they_may_be_gone_does_not_hide_it(
    cast: Cast, family: tuple[int, list[int]]
) -> None:
    group, persons = family
    on_leave(cast, group, persons, 8, 9)
    away(cast, group, persons, cast.day)
    assert [due for due, _, _ in asked(cast, group)] == [cast.day + timedelta(days=3)]


def test_whoever_is_back_is_asked_for_no_more(cast: Cast, family: tuple[int, list[int]]) -> None:
    group, persons = family
    away(cast, group, persons, cast.day - timedelta(days=1))
    with scope(cast.centre, cast.day):
        register_return(group, persons, cast.day, by=cast.centre, at=cast.at)
    assert asked(cast, group) == []


def test_leave_that_is_taken_back_is_nothing_to_follow(cast: Cast, family: tuple[int, list[int]]) -> None:
    group, persons = family
    on_leave(cast, group, persons, 2, 9)
    with scope(cast.centre, cast.day):
        withdraw_leave(group, persons, LeaveWithdrawal.NOT_GOING, by=cast.centre, at=cast.at)
    night(cast, 3)
    assert asked(cast, group) == []


def test_a_departure_is_the_answer_and_is_open_again_when_it_never_was(
    cast: Cast, family: tuple[int, list[int]]
) -> None:
    group, persons = family
    away(cast, group, persons, cast.day - timedelta(days=2))
    before, reason = asked(cast, group), DepartureReason.NO_ADDRESS
    with scope(cast.centre, cast.day):
        register_departure(group, persons, cast.day, reason, by=cast.centre, at=cast.at)
    assert asked(cast, group) == []
    with scope(cast.centre, cast.day):
        annul_departure(group, persons, reason="wrong_choice", by=cast.centre, at=later(cast, 0))
    assert asked(cast, group) == before


def test_the_centre_that_they_are_moved_from_asks_no_more(cast: Cast, family: tuple[int, list[int]]) -> None:
    group, persons = family
    away(cast, group, persons, cast.day - timedelta(days=1))
    open_centre(cast, cast.other_centre)
    with scope(cast.udi, cast.day):
        place_group(group, cast.other_centre.organisation_id, cast.day, by=cast.udi, at=cast.at)
    assert asked(cast, group, cast.udi) == []


def test_the_same_said_twice_is_one_task(cast: Cast, family: tuple[int, list[int]]) -> None:
    group, (olena, andrij) = family
    away(cast, group, [olena], cast.day)
    away(cast, group, [andrij], cast.day)
    assert len(asked(cast, group)) == 1


@pytest.mark.parametrize(("who", "tasks"), [("udi", 1), ("centre", 1), ("imdi", 0), ("municipality", 0)])
def test_that_somebody_is_away_is_told_to_nobody_by_the_task(
    cast: Cast, family: tuple[int, list[int]], who: str, tasks: int
) -> None:
    group, persons = family
    away(cast, group, persons, cast.day)
    assert len(asked(cast, group, getattr(cast, who))) == tasks


def test_the_night_forgets_nobody_who_is_protected(cast: Cast, family: tuple[int, list[int]]) -> None:
    group, persons = family
    on_leave(cast, group, persons, 2, 9)
    protected(cast, group=group)
    night(cast, 2)
    assert [rule for _, rule, _ in asked(cast, group, cast.udi)] == ["agreed_return"]
