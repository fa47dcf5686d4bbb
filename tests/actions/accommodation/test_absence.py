"""Leave, absence and return."""

from datetime import date, timedelta

import pytest

from fotfeste.accommodation.public import (
    Absence,
    AbsenceKind,
    grant_leave,
    place_group,
    present_on,
    register_absence,
    register_return,
    staying_members,
)
from fotfeste.kernel.errors import NotAllowed, Refused
from fotfeste.platform.scope import scope
from tests.actions.accommodation.people import ARRIVED, household, later, open_centre
from tests.as_owner import every_event
from tests.conftest import Cast

pytestmark = pytest.mark.django_db

LEFT_ON = date(2024, 3, 10)


@pytest.fixture
def family(cast: Cast) -> tuple[int, list[int]]:
    """Two people at Voss."""
    group_id, persons = household(cast, "Olena", "Andrij")
    open_centre(cast, cast.centre)
    with scope(cast.udi, cast.day):
        place_group(group_id, cast.centre.organisation_id, ARRIVED, by=cast.udi, at=cast.at)
    return group_id, persons


@pytest.mark.req("ACC-05")
def test_leave_is_granted_with_dates_and_may_lie_ahead(cast: Cast, family: tuple[int, list[int]]) -> None:
    group_id, persons = family
    from_on, return_on = cast.day + timedelta(days=5), cast.day + timedelta(days=12)
    with scope(cast.centre, cast.day):
        grant_leave(group_id, persons, from_on, return_on, is_abroad=True, by=cast.centre, at=cast.at)
        rows = list(Absence.objects.current())
    assert {(row.kind, row.period.start, row.expected_return_on) for row in rows} == {
        (AbsenceKind.LEAVE, from_on, return_on)
    }
    assert every_event().filter(type="accommodation.leave_granted", subject_id=group_id).count() == 1


@pytest.mark.req("ACC-05")
def test_who_is_away_still_has_the_place_until_somebody_registers_a_departure(
    cast: Cast, family: tuple[int, list[int]]
) -> None:
    group_id, (olena, andrij) = family
    with scope(cast.centre, cast.day):
        register_absence(group_id, [andrij], date(2024, 2, 10), is_abroad=True, by=cast.centre, at=cast.at)
        assert present_on(cast.centre.organisation_id, cast.day) == [olena]
        assert staying_members(group_id, cast.day) == [olena, andrij]


@pytest.mark.req("ACC-05")
def test_a_return_ends_the_absence_on_its_day(cast: Cast, family: tuple[int, list[int]]) -> None:
    group_id, persons = family
    with scope(cast.centre, cast.day):
        register_absence(group_id, persons, LEFT_ON, is_abroad=False, by=cast.centre, at=cast.at)
        register_return(group_id, persons, date(2024, 3, 12), by=cast.centre, at=cast.at)
        assert {row.period.end for row in Absence.objects.current()} == {date(2024, 3, 12)}
        assert present_on(cast.centre.organisation_id, cast.day) == persons


def test_a_return_on_the_first_day_means_that_nobody_was_away(cast: Cast, family: tuple[int, list[int]]) -> None:
    group_id, persons = family
    with scope(cast.centre, cast.day):
        register_absence(group_id, persons, LEFT_ON, is_abroad=False, by=cast.centre, at=cast.at)
        register_return(group_id, persons, LEFT_ON, by=cast.centre, at=cast.at)
        assert not Absence.objects.current().exists()


def test_nobody_is_absent_twice_at_once(cast: Cast, family: tuple[int, list[int]]) -> None:
    group_id, persons = family
    with scope(cast.centre, cast.day):
        register_absence(group_id, persons[:1], LEFT_ON, is_abroad=False, by=cast.centre, at=cast.at)
        with pytest.raises(Refused, match="one_absence_at_a_time"):
            grant_leave(
                group_id,
                persons,
                cast.day,
                cast.day + timedelta(days=3),
                is_abroad=True,
                by=cast.centre,
                at=later(cast, 0),
            )


@pytest.mark.parametrize(
    ("from_on", "code"),
    [(date(2024, 1, 31), "absence_before_arrival"), (date(2024, 3, 15), "absence_in_future")],
)
def test_absence_out_of_order_is_refused(cast: Cast, family: tuple[int, list[int]], from_on: date, code: str) -> None:
    group_id, persons = family
    with scope(cast.centre, cast.day), pytest.raises(Refused) as refused:
        register_absence(group_id, persons, from_on, is_abroad=False, by=cast.centre, at=cast.at)
    assert (refused.value.code, refused.value.field) == (code, "from_on")


@pytest.mark.parametrize(
    ("on", "code"),
    [(date(2024, 3, 9), "return_before_absence"), (date(2024, 3, 15), "return_in_future")],
)
def test_a_return_out_of_order_is_refused(cast: Cast, family: tuple[int, list[int]], on: date, code: str) -> None:
    group_id, persons = family
    with scope(cast.centre, cast.day):
        register_absence(group_id, persons, LEFT_ON, is_abroad=False, by=cast.centre, at=cast.at)
        with pytest.raises(Refused, match=code):
            register_return(group_id, persons, on, by=cast.centre, at=cast.at)


def test_who_is_not_away_does_not_return(cast: Cast, family: tuple[int, list[int]]) -> None:
    group_id, persons = family
    with scope(cast.centre, cast.day), pytest.raises(Refused, match="not_absent"):
        register_return(group_id, persons, cast.day, by=cast.centre, at=cast.at)


@pytest.mark.parametrize(("chosen", "code"), [([], "nobody_selected"), ([987_654_321], "not_staying_here")])
def test_only_those_who_stay_here_can_be_away(
    cast: Cast, family: tuple[int, list[int]], chosen: list[int], code: str
) -> None:
    group_id, _ = family
    with scope(cast.centre, cast.day), pytest.raises(Refused, match=code):
        register_absence(group_id, chosen, cast.day, is_abroad=False, by=cast.centre, at=cast.at)


def test_the_directorate_registers_no_absence(cast: Cast, family: tuple[int, list[int]]) -> None:
    group_id, persons = family
    with scope(cast.udi, cast.day), pytest.raises(NotAllowed):
        register_absence(group_id, persons, cast.day, is_abroad=False, by=cast.udi, at=cast.at)
