"""The forecast of the coming weeks: worked cases by hand."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.accommodation.domain.forecast import Assumption, Basis, Change, Forecast, Movement, Room, forecast
from fotfeste.kernel.calendar import Week
from fotfeste.kernel.decisions import RuleRef
from fotfeste.kernel.periods import Period

pytestmark = pytest.mark.req("ACC-06")

THURSDAY = date(2024, 3, 14)  # week 11; it ends on Sunday the 17th
RULE = RuleRef("forecast_pace_weeks", "1", "chosen by us", "demo")
VOSS, RAADE = 1, 2


def assumed(came: int = 0, left: int = 0, weeks: int = 8) -> Assumption:
    """So many came and left in the weeks before."""
    return Assumption(RULE, THURSDAY, weeks, came, left)


def opened(places: int = 100, maximum: int = 120, until: date | None = None, centre: int = VOSS) -> Room:
    """Places since the start of the year."""
    return Room(centre, Period(date(2024, 1, 1), until), places, maximum)


def of(
    people: int, *movements: Movement, rooms: tuple[Room, ...] = (opened(),), by: Assumption | None = None
) -> Forecast:
    """The forecast of three weeks."""
    return forecast(THURSDAY, people, rooms, movements, by or assumed(), weeks=3)


def leaving(people: int, by_on: date, basis: Basis = Basis.JOURNEY) -> Movement:
    """People who leave Voss."""
    return Movement(VOSS, basis, people, by_on)


def test_without_anything_known_everyone_stays() -> None:
    found = of(90)
    assert [line.week for line in found.lines] == [Week(2024, 11), Week(2024, 12), Week(2024, 13)]
    assert [(line.people, line.places, line.free) for line in found.lines] == [(90, 100, 10)] * 3
    assert [line.expected_people for line in found.lines] == [90] * 3


def test_each_leaves_in_the_week_of_the_day_or_of_the_offer_and_stays_away() -> None:
    found = of(
        90,
        leaving(4, date(2024, 3, 16)),  # Saturday of this week
        leaving(3, date(2024, 3, 24), Basis.OFFER_ACCEPTED),  # in week 12
        leaving(2, date(2024, 3, 31), Basis.OFFER_MADE),  # in week 13
        leaving(5, date(2024, 3, 20)),
    )
    assert [line.people for line in found.lines] == [86, 78, 76]
    assert [line.left for line in found.lines] == [4, 8, 2]
    assert found.lines[1].leaving == {
        Basis.JOURNEY: 5,
        Basis.OFFER_ACCEPTED: 3,
        Basis.OFFER_MADE: 0,
        Basis.STAY_ENDS: 0,
    }


def test_those_who_should_have_left_are_in_the_first_week_and_told_apart() -> None:
    found = of(90, leaving(4, date(2024, 3, 10)), leaving(1, THURSDAY))
    assert found.lines[0].left == 5
    assert found.overdue == 4  # today is not over


def test_those_who_leave_after_the_last_week_are_only_counted() -> None:
    found = of(90, leaving(7, date(2024, 4, 1)))
    assert [line.people for line in found.lines] == [90] * 3
    assert found.later == 7


def test_those_who_are_placed_ahead_come() -> None:
    found = of(90, Movement(VOSS, Basis.PLACED, 6, date(2024, 3, 18)))
    assert [(line.arriving, line.people) for line in found.lines] == [(0, 90), (6, 96), (0, 96)]
    assert found.overdue == found.later == 0


def test_places_are_those_of_the_end_of_each_week_and_each_change_is_told() -> None:
    closing = opened(40, 40, until=date(2024, 3, 20), centre=RAADE)
    growing = (opened(100, 120, until=date(2024, 3, 25)), Room(VOSS, Period(date(2024, 3, 25)), 110, 130))
    found = of(130, rooms=(closing, *growing))
    assert found.places == 140
    assert [(line.places, line.maximum) for line in found.lines] == [(140, 160), (100, 120), (110, 130)]
    assert [line.free for line in found.lines] == [10, -30, -20]
    assert found.changes == (Change(date(2024, 3, 20), RAADE, -40), Change(date(2024, 3, 25), VOSS, 10))


def test_what_changes_nothing_or_comes_after_the_last_week_is_no_change() -> None:
    same = (opened(100, until=date(2024, 3, 20)), Room(VOSS, Period(date(2024, 3, 20)), 100, 140))
    later = Room(RAADE, Period(date(2024, 5, 1)), 50, 50)
    assert of(90, rooms=(*same, later)).changes == ()


def test_the_expected_follow_the_pace_of_the_weeks_before_apart_from_what_is_known() -> None:
    # 56 left and 28 came in 56 days: one leaves each day, one comes every other day. Three days are left of week 11.
    found = of(90, by=assumed(came=28, left=56))
    assert [(line.expected_leaving, line.expected_arriving) for line in found.lines] == [(3, 2), (7, 3), (7, 4)]
    assert [line.expected_people for line in found.lines] == [89, 85, 82]
    assert [line.people for line in found.lines] == [90] * 3


def test_whoever_is_known_to_leave_is_among_the_expected_and_not_added_to_them() -> None:
    found = of(90, leaving(5, date(2024, 3, 20)), leaving(30, date(2024, 3, 27)), by=assumed(left=56))
    # 3, 10, 17 are expected in all; 0, 5, 35 are known in all.
    assert [line.expected_leaving for line in found.lines] == [3, 7, 25]
    assert [line.expected_people for line in found.lines] == [87, 80, 55]


def test_a_pace_is_rounded_to_whole_people_halves_up_and_not_week_by_week() -> None:
    by = assumed(left=4)  # one in a fortnight
    assert [by.expected(by.left, days) for days in (3, 7, 10, 14, 17)] == [0, 1, 1, 1, 1]
    assert of(90, by=by).lines[-1].expected_people == 89


def test_no_centre_holds_fewer_than_nobody() -> None:
    assert of(2, by=assumed(left=560)).lines[-1].expected_people == 0


def test_the_assumption_says_which_days_it_rests_on() -> None:
    assert assumed().since_on == date(2024, 1, 19)  # 56 days, the 14th of March included
    assert (assumed().until_on - assumed().since_on).days == 55


MOVEMENTS = st.lists(
    st.builds(
        Movement,
        st.just(VOSS),
        st.sampled_from(list(Basis)),
        st.integers(0, 20),
        st.dates(date(2024, 2, 1), date(2024, 6, 1)),
    ),
    max_size=12,
)


@given(people=st.integers(0, 500), movements=MOVEMENTS, came=st.integers(0, 99), left=st.integers(0, 99))
def test_the_weeks_add_up_and_the_expected_never_stand_below_the_known(
    people: int, movements: list[Movement], came: int, left: int
) -> None:
    found = of(people, *movements, by=assumed(came, left))
    total = people
    for line in found.lines:
        total += line.arriving - line.left
        assert line.people == total
        assert line.expected_leaving >= 0
        assert line.expected_arriving >= 0
    assert sum(line.expected_leaving for line in found.lines) >= sum(line.left for line in found.lines)
    assert sum(line.expected_arriving for line in found.lines) >= sum(line.arriving for line in found.lines)
    leaving_all = sum(each.people for each in movements if each.basis is not Basis.PLACED)
    assert sum(line.left for line in found.lines) + found.later == leaving_all
