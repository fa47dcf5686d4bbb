"""Occupancy always names what it counts against."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.accommodation.domain.occupancy import Denominator, Occupancy, room_for, total

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
