"""An agreed return is moved to another day: with a reason, the first day kept, and the task follows (ACC-10)."""

from datetime import date, timedelta

import pytest

from fotfeste.accommodation.public import (
    Absence,
    ReturnMoved,
    grant_leave,
    move_return,
    place_group,
    register_absence,
    register_return,
)
from fotfeste.kernel.errors import NotAllowed, Refused, Stale
from fotfeste.platform.scope import scope
from fotfeste.worklist.public import Task, take_task
from tests.actions.accommodation.people import ARRIVED, household, later, open_centre
from tests.actions.accommodation.test_absence_followed import asked, night
from tests.as_owner import every_event
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.req("ACC-10")]

type Family = tuple[int, list[int]]


@pytest.fixture
def family(cast: Cast) -> Family:
    """Two people at Voss, on leave since today, to be back in nine days."""
    group_id, persons = household(cast, "Olena", "Andrij")
    open_centre(cast, cast.centre)
    with scope(cast.udi, cast.day):
        place_group(group_id, cast.centre.organisation_id, ARRIVED, by=cast.udi, at=cast.at)
    with scope(cast.centre, cast.day):
        grant_leave(group_id, persons, cast.day, ahead(cast, 9), is_abroad=False, by=cast.centre, at=cast.at)
    return group_id, persons


def ahead(cast: Cast, days: int) -> date:
    """A day so many from today."""
    return cast.day + timedelta(days=days)


def moved(
    cast: Cast, group: int, persons: list[int], to: int, reason: ReturnMoved = ReturnMoved.ASKED, after: int = 0
) -> None:
    """They are to be back another day, agreed on so many days from today."""
    with scope(cast.centre, ahead(cast, after)):
        move_return(group, persons, ahead(cast, to), reason, by=cast.centre, at=later(cast, after))


def agreed(cast: Cast, person: int) -> list[tuple[date, str]]:
    """The days that a return was and is agreed for, the first first, with why it is that day no more."""
    with scope(cast.centre, cast.day):
        rows = Absence.objects.filter(subject_id=person).order_by("pk")
        return list(rows.values_list("expected_return_on", "annul_reason"))


def test_the_day_that_was_agreed_first_is_kept_with_the_reason(cast: Cast, family: Family) -> None:
    group, (olena, andrij) = family
    moved(cast, group, [olena], 12, ReturnMoved.HINDERED)
    moved(cast, group, [olena], 14)
    assert agreed(cast, olena) == [
        (ahead(cast, 9), "return_hindered"),
        (ahead(cast, 12), "return_asked"),
        (ahead(cast, 14), ""),
    ]
    assert agreed(cast, andrij) == [(ahead(cast, 9), "")]
    told = every_event().filter(type="accommodation.return_moved", subject_id=group).order_by("pk")
    assert [each.holds_on for each in told] == [ahead(cast, 12), ahead(cast, 14)]


@pytest.mark.parametrize("to", [3, 20])
def test_the_task_is_due_on_the_new_day_and_stays_with_whoever_took_it(cast: Cast, family: Family, to: int) -> None:
    group, persons = family
    with scope(cast.centre, cast.day):
        task = Task.objects.get(kind="follow_absence", subject_id=group)
        take_task(task.reference, by=cast.centre, at=cast.at)
    moved(cast, group, persons, to)
    assert asked(cast, group) == [(ahead(cast, to), "agreed_return", "accommodation.leave_granted")]
    with scope(cast.centre, cast.day):
        task.refresh_from_db()
    assert (task.closed_at, task.taken_by_id) == (None, cast.centre.user_id)


def test_a_task_that_is_late_is_late_no_more(cast: Cast, family: Family) -> None:
    group, persons = family
    moved(cast, group, persons, 15, after=12)
    assert [due for due, _, _ in asked(cast, group)] == [ahead(cast, 15)]


def test_whoever_is_to_be_back_first_counts_still(cast: Cast, family: Family) -> None:
    group, (olena, _) = family
    moved(cast, group, [olena], 20)
    assert [due for due, _, _ in asked(cast, group)] == [ahead(cast, 9)]


def test_leave_that_lies_ahead_is_followed_on_the_new_day(cast: Cast, family: Family) -> None:
    group, persons = family
    with scope(cast.centre, cast.day):
        register_return(group, persons, cast.day, by=cast.centre, at=cast.at)
        grant_leave(group, persons, ahead(cast, 2), ahead(cast, 9), is_abroad=True, by=cast.centre, at=cast.at)
    moved(cast, group, persons, 11)
    assert asked(cast, group) == []
    night(cast, 2)
    assert [due for due, _, _ in asked(cast, group)] == [ahead(cast, 11)]


@pytest.mark.parametrize(
    ("to", "reason", "code"),
    [
        (9, ReturnMoved.ASKED, "return_as_agreed"),
        (0, ReturnMoved.WRONG_DAY, "return_before_absence"),
        (4, ReturnMoved.ASKED, "agreed_return_is_past"),
    ],
)
def test_a_day_that_cannot_be_is_refused(cast: Cast, family: Family, to: int, reason: ReturnMoved, code: str) -> None:
    group, persons = family
    with pytest.raises(Refused) as refused:
        moved(cast, group, persons, to, reason, after=5)
    assert (refused.value.code, refused.value.field) == (code, "return_on")
    assert agreed(cast, persons[0]) == [(ahead(cast, 9), "")]


def test_a_day_that_was_written_wrongly_may_be_past(cast: Cast, family: Family) -> None:
    group, persons = family
    moved(cast, group, persons, 4, ReturnMoved.WRONG_DAY, after=5)
    assert [due for due, _, _ in asked(cast, group)] == [ahead(cast, 4)]


def test_who_is_away_without_leave_or_back_has_no_return_to_move(cast: Cast, family: Family) -> None:
    group, (olena, andrij) = family
    with scope(cast.centre, cast.day):
        register_return(group, [olena, andrij], cast.day, by=cast.centre, at=cast.at)
        register_absence(group, [olena], cast.day, is_abroad=False, by=cast.centre, at=cast.at)
    for person in (olena, andrij):
        with pytest.raises(Refused) as refused:
            moved(cast, group, [person], 12)
        assert (refused.value.code, refused.value.field) == ("no_agreed_return", "persons")


def test_who_was_away_until_the_leave_began_has_the_return_of_the_leave(cast: Cast, family: Family) -> None:
    group, (olena, _) = family
    with scope(cast.centre, cast.day):
        register_return(group, [olena], cast.day, by=cast.centre, at=cast.at)
        grant_leave(group, [olena], ahead(cast, 2), ahead(cast, 9), is_abroad=True, by=cast.centre, at=cast.at)
        register_absence(group, [olena], cast.day, is_abroad=True, by=cast.centre, at=cast.at)
    moved(cast, group, [olena], 11)
    with scope(cast.centre, cast.day):
        rows = Absence.objects.current().filter(subject_id=olena).order_by("period")
        assert [(row.kind, row.expected_return_on) for row in rows] == [("away", None), ("leave", ahead(cast, 11))]


def test_an_old_form_is_told_that_somebody_else_saved(cast: Cast, family: Family) -> None:
    group, persons = family
    with scope(cast.centre, cast.day), pytest.raises(Stale):
        move_return(group, persons, ahead(cast, 12), ReturnMoved.ASKED, by=cast.centre, at=cast.at, version=1)


@pytest.mark.req("ACS-01")
def test_only_their_own_centre_moves_a_return(cast: Cast, family: Family) -> None:
    group, persons = family
    with scope(cast.udi, cast.day), pytest.raises(NotAllowed):
        move_return(group, persons, ahead(cast, 12), ReturnMoved.ASKED, by=cast.udi, at=cast.at)
