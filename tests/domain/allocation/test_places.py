"""How full a municipality is with a plan, and what stays kept."""

import pytest

from fotfeste.allocation.domain.places import (
    Against,
    Fill,
    Places,
    Planned,
    fill_of,
    kept_after,
    percent_used,
    whole_of,
)

pytestmark = pytest.mark.req("SET-15")


@pytest.mark.parametrize(
    ("persons", "percent", "fill"),
    [
        (0, 40, Fill.UNDER_HALF),
        (1, 50, Fill.OVER_HALF),
        (3, 70, Fill.OVER_HALF),
        (4, 80, Fill.NEARLY_FULL),
        (5, 90, Fill.NEARLY_FULL),
        (6, 100, Fill.FULL),
        (9, 130, Fill.FULL),
    ],
)
def test_a_municipality_is_filled_by_who_has_a_place_and_who_is_planned(persons: int, percent: int, fill: Fill) -> None:
    places = Places(decided=10, requested=20, settled=2, promised=1, asked=1)
    planned = Planned(groups=1, persons=persons)
    assert (percent_used(places, planned), fill_of(places, planned)) == (percent, fill)


def test_one_place_left_of_many_is_not_full() -> None:
    assert fill_of(Places(decided=1000, requested=None, settled=999), Planned()) is Fill.NEARLY_FULL


@pytest.mark.parametrize(
    ("places", "against", "whole"),
    [
        (Places(decided=10, requested=20), Against.DECIDED, 10),
        (Places(decided=10, requested=20), Against.REQUESTED, 20),
        (Places(decided=None, requested=20), Against.DECIDED, 20),
        (Places(decided=10, requested=None), Against.REQUESTED, None),
        (Places(decided=None, requested=None), Against.DECIDED, None),
    ],
)
def test_places_are_held_against_the_decision_or_the_request(
    places: Places, against: Against, whole: int | None
) -> None:
    assert whole_of(places, against) == whole
    assert (fill_of(places, Planned(), against) is Fill.UNKNOWN) == (whole is None)


def test_no_places_are_not_a_full_municipality() -> None:
    assert fill_of(Places(decided=0, requested=5), Planned()) is Fill.UNKNOWN


def test_those_from_the_centre_take_of_what_is_kept_for_it_and_of_no_others() -> None:
    places = Places(decided=30, requested=30, kept={"1": 6, "2": 4})
    assert kept_after(places, Planned(groups=2, persons=9, from_centres={"1": 4, "3": 5})) == 6
    assert kept_after(places, Planned(groups=2, persons=9, from_centres={"1": 9})) == 4
