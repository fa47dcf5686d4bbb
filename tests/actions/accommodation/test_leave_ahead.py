"""Leave that lies ahead: it can be taken back, and stands in the way of nothing until it begins."""

from datetime import date, timedelta

import pytest

from fotfeste.accommodation.public import (
    Absence,
    AbsenceKind,
    DepartureReason,
    LeaveWithdrawal,
    grant_leave,
    place_group,
    present_on,
    register_absence,
    register_departure,
    register_return,
    withdraw_leave,
)
from fotfeste.kernel.errors import NotAllowed, Refused, Stale
from fotfeste.kernel.periods import Period
from fotfeste.platform.scope import scope
from tests.actions.accommodation.people import ARRIVED, household, later, open_centre
from tests.as_owner import every_event
from tests.conftest import DAY, Cast

pytestmark = pytest.mark.django_db

BEGINS, ENDS = DAY + timedelta(days=10), DAY + timedelta(days=20)

type Family = tuple[int, list[int]]


@pytest.fixture
def family(cast: Cast) -> Family:
    """Two people at Voss, with leave from ten days ahead."""
    group_id, persons = household(cast, "Olena", "Andrij")
    open_centre(cast, cast.centre)
    with scope(cast.udi, cast.day):
        place_group(group_id, cast.centre.organisation_id, ARRIVED, by=cast.udi, at=cast.at)
    with scope(cast.centre, cast.day):
        grant_leave(group_id, persons, BEGINS, ENDS, is_abroad=True, by=cast.centre, at=cast.at)
    return group_id, persons


def periods(person: int) -> list[tuple[str, date, date | None]]:
    """What absences we hold a person to have."""
    rows = Absence.objects.current().filter(subject_id=person).order_by("period")
    return [(row.kind, row.period.start, row.period.end) for row in rows]


@pytest.mark.req("ACC-05")
def test_leave_that_has_not_begun_is_taken_back_with_its_reason(cast: Cast, family: Family) -> None:
    group_id, (olena, andrij) = family
    with scope(cast.centre, cast.day):
        withdraw_leave(group_id, [olena], LeaveWithdrawal.NOT_GOING, by=cast.centre, at=cast.at)
        assert periods(olena) == []
        assert periods(andrij) == [(AbsenceKind.LEAVE, BEGINS, None)]
        annulled = Absence.objects.get(subject_id=olena)
    assert (annulled.annul_reason, annulled.annulled_by_id) == ("leave_not_going", cast.centre.user_id)
    assert every_event().filter(type="accommodation.leave_withdrawn", subject_id=group_id).count() == 1


@pytest.mark.req("ACC-05")
def test_other_leave_can_be_granted_when_the_first_is_taken_back(cast: Cast, family: Family) -> None:
    group_id, persons = family
    tomorrow = cast.day + timedelta(days=1)
    with scope(cast.centre, cast.day):
        with pytest.raises(Refused, match="leave_lies_ahead"):
            grant_leave(group_id, persons, tomorrow, BEGINS, is_abroad=False, by=cast.centre, at=cast.at)
        withdraw_leave(group_id, persons, LeaveWithdrawal.REGISTERED_BY_MISTAKE, by=cast.centre, at=cast.at)
        grant_leave(group_id, persons, tomorrow, BEGINS, is_abroad=False, by=cast.centre, at=cast.at)
        assert periods(persons[0]) == [(AbsenceKind.LEAVE, tomorrow, None)]


@pytest.mark.req("ACC-05")
def test_an_absence_before_the_leave_lasts_until_it_begins_at_the_latest(cast: Cast, family: Family) -> None:
    group_id, (olena, andrij) = family
    with scope(cast.centre, cast.day):
        register_absence(group_id, [olena], cast.day, is_abroad=False, by=cast.centre, at=cast.at)
        assert periods(olena) == [(AbsenceKind.AWAY, cast.day, BEGINS), (AbsenceKind.LEAVE, BEGINS, None)]
        assert present_on(cast.centre.organisation_id, cast.day) == [andrij]
        register_return(group_id, [olena], cast.day + timedelta(days=2), by=cast.centre, at=later(cast, 2))
        assert periods(olena) == [
            (AbsenceKind.AWAY, cast.day, cast.day + timedelta(days=2)),
            (AbsenceKind.LEAVE, BEGINS, None),
        ]


@pytest.mark.req("ACC-05")
def test_an_absence_is_open_again_when_the_leave_after_it_is_taken_back(cast: Cast, family: Family) -> None:
    group_id, (olena, _) = family
    with scope(cast.centre, cast.day):
        register_absence(group_id, [olena], cast.day, is_abroad=False, by=cast.centre, at=cast.at)
        withdraw_leave(group_id, [olena], LeaveWithdrawal.NO_LONGER_GRANTED, by=cast.centre, at=cast.at)
        assert periods(olena) == [(AbsenceKind.AWAY, cast.day, None)]


@pytest.mark.req("ACC-05")
def test_a_return_from_the_leave_leaves_the_absence_before_it_as_it_was(cast: Cast, family: Family) -> None:
    group_id, (olena, _) = family
    back_on = BEGINS + timedelta(days=1)
    with scope(cast.centre, cast.day):
        register_absence(group_id, [olena], cast.day, is_abroad=False, by=cast.centre, at=cast.at)
        register_return(group_id, [olena], back_on, by=cast.centre, at=later(cast, 11))
        assert periods(olena) == [(AbsenceKind.AWAY, cast.day, BEGINS), (AbsenceKind.LEAVE, BEGINS, back_on)]


@pytest.mark.req("ACC-05")
def test_a_departure_before_the_leave_takes_it_away(cast: Cast, family: Family) -> None:
    group_id, (olena, andrij) = family
    with scope(cast.centre, cast.day):
        register_absence(group_id, [olena], cast.day - timedelta(days=3), is_abroad=False, by=cast.centre, at=cast.at)
        register_departure(
            group_id, [olena, andrij], cast.day, DepartureReason.LEFT_COUNTRY, by=cast.centre, at=cast.at
        )
        assert periods(olena) == [(AbsenceKind.AWAY, cast.day - timedelta(days=3), cast.day)]
        assert periods(andrij) == []


def test_a_return_from_leave_that_has_not_begun_says_what_to_do_instead(cast: Cast, family: Family) -> None:
    group_id, persons = family
    with scope(cast.centre, cast.day), pytest.raises(Refused) as refused:
        register_return(group_id, persons, cast.day, by=cast.centre, at=cast.at)
    assert (refused.value.code, refused.value.field) == ("leave_not_begun", "persons")
    assert refused.value.params == {"day": BEGINS}


def test_leave_that_has_begun_is_not_taken_back(cast: Cast, family: Family) -> None:
    group_id, persons = family
    with scope(cast.centre, cast.day), pytest.raises(Refused, match="no_leave_ahead"):
        withdraw_leave(group_id, persons, LeaveWithdrawal.NOT_GOING, by=cast.centre, at=later(cast, 10))


def test_an_old_form_is_told_that_somebody_else_saved(cast: Cast, family: Family) -> None:
    group_id, persons = family
    with scope(cast.centre, cast.day), pytest.raises(Stale):
        withdraw_leave(group_id, persons, LeaveWithdrawal.NOT_GOING, by=cast.centre, at=cast.at, version=1)


@pytest.mark.req("ACS-01")
def test_only_their_own_centre_takes_leave_back(cast: Cast, family: Family) -> None:
    group_id, persons = family
    with scope(cast.udi, cast.day), pytest.raises(NotAllowed):
        withdraw_leave(group_id, persons, LeaveWithdrawal.NOT_GOING, by=cast.udi, at=cast.at)


def test_the_period_of_an_absence_ends_where_leave_begins_in_the_database_too(cast: Cast, family: Family) -> None:
    group_id, (olena, _) = family
    with scope(cast.centre, cast.day):
        (made,) = register_absence(group_id, [olena], cast.day, is_abroad=False, by=cast.centre, at=cast.at)
        made.refresh_from_db()
    assert made.period == Period(cast.day, BEGINS)
