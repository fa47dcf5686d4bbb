"""Occupancy always names what it counts against."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.accommodation.domain.occupancy import Denominator, Occupancy, first_day_closed, room_for, total
from fotfeste.kernel.periods import Period

counts = st.integers(min_value=0, max_value=2000)


@pytest.mark.parametrize(
    ("people", "of", "free", "over", "percent"),
    [(0, 150, 150, 0, 0), (75, 150, 75, 0, 50), (1, 200, 199, 0, 1), (160, 150, 0, 10, 107), (3, 0, 0, 3, None)],
)
@pytest.mark.req("ACC-06")
def test_occupancy_is_counted_against_what_it_names(
    people: int, of: int, free: int, over: int, percent: int | None
) -> None:
    occupancy = Occupancy(people, of, Denominator.PLACES)
    assert (occupancy.free, occupancy.over, occupancy.percent) == (free, over, percent)


@given(st.lists(st.tuples(counts, counts)))
@pytest.mark.req("ACC-06")
def test_the_total_of_centres_is_the_sum_of_people_and_of_places(parts: list[tuple[int, int]]) -> None:
    whole = total((Occupancy(p, of, Denominator.PLACES) for p, of in parts), Denominator.PLACES)
    assert (whole.people, whole.of) == (sum(p for p, _ in parts), sum(of for _, of in parts))


def test_places_and_beds_are_never_added_together() -> None:
    with pytest.raises(ValueError, match="cannot add"):
        total([Occupancy(1, 2, Denominator.USABLE_BEDS)], Denominator.PLACES)


@given(counts, counts, counts)
def test_people_fit_exactly_when_the_fullest_day_stays_within_the_maximum(new: int, now: int, most: int) -> None:
    assert room_for(new, now_and_later=now, maximum=most) == (new + now <= most)


@pytest.mark.req("ACC-08")
def test_a_stay_is_within_operation_only_where_the_periods_leave_no_day_between_them() -> None:
    march, april, may = (Period(date(2024, month, 1), date(2024, month + 1, 1)) for month in (3, 4, 5))
    from_march = Period(date(2024, 3, 10), None)
    assert first_day_closed([], from_march) == from_march.start
    assert first_day_closed([april, march], from_march) == may.start
    assert first_day_closed([april, march], from_march.with_end(may.start)) is None
    assert first_day_closed([march, may], from_march.with_end(date(2024, 5, 2))) == april.start
    assert first_day_closed([march, Period(april.start, None)], from_march) is None
