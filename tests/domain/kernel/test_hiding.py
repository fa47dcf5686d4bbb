"""Nobody works out a small count from what is shown: not from the sum and the other lines, either."""

from collections.abc import Sequence
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.insight.domain.figures import (
    Count,
    Municipality,
    by_size,
    top_places,
    without_telling,
)
from fotfeste.kernel.hiding import LeftOut, left_out

pytestmark = pytest.mark.req("INS-01")
LARGEST = 7
FEW, MORE = range(1, 5), range(5, 4 * LARGEST)


def answers(counts: Sequence[int], found: LeftOut, rest: int) -> list[tuple[int, ...]]:
    """Everything that the lines and those of no line could be, for a reader of what is shown."""
    lines = [FEW if 0 < count < 5 else MORE if place in found.places else [count] for place, count in enumerate(counts)]
    total = sum(counts) + rest
    return [each for each in product(*lines, *[FEW] * rest) if sum(each) == total]


@given(st.lists(st.integers(0, LARGEST), min_size=1, max_size=4), st.integers(0, 2))
def test_each_small_count_could_be_another(counts: list[int], rest: int) -> None:
    rest = rest if any(0 < count < 5 for count in counts) else 0  # those of no line are not more than the lines
    found = left_out(counts, total=sum(counts) + rest, rest=rest)
    if found.is_sum:
        return
    could_be = answers(counts, found, rest)
    for place, count in enumerate(counts):
        assert count not in FEW or len({each[place] for each in could_be}) > 1


@pytest.mark.parametrize(
    ("counts", "left", "is_sum"),
    [
        ([470, 9, 3], {1}, False),  # 482 in all: the three would be what is left
        ([470, 9, 3, 2], set(), False),  # five between two: nobody knows who has how many
        ([470, 9, 1, 1], {1}, False),  # two between two: one each
        ([470, 9, 0], set(), False),
        ([3], set(), True),
        ([4, 4], set(), True),
    ],
)
def test_another_count_or_the_sum_is_left_out_where_it_would_tell(
    counts: list[int], left: set[int], is_sum: bool
) -> None:
    assert left_out(counts, total=sum(counts)) == LeftOut(frozenset(left), is_sum)


def test_ones_own_is_shown_and_hides_nobody_elses() -> None:
    assert left_out([9, 6, 3, 2], total=20, own=2) == LeftOut(frozenset({1}), is_sum=False)
    assert left_out([9, 6, 3], total=18, own=2) == LeftOut(frozenset(), is_sum=False)


def test_a_municipality_of_no_line_may_have_what_is_missing() -> None:
    assert left_out([470, 3], total=475, rest=1) == LeftOut(frozenset(), is_sum=False)
    assert left_out([470, 1], total=472, rest=1) == LeftOut(frozenset({0}), is_sum=False)


def test_the_lines_of_a_scheme_and_its_people_are_left_out_together() -> None:
    place = {number: Municipality(number, name, people, 3) for number, name, people in PLACES}
    counts = {"0301": 470, "5037": 189, "5038": 3}
    lines, (sizes,), people = without_telling(
        top_places(counts, place, None), [by_size(counts, place.values())], people=662, many=3
    )

    assert [line.places.shown for line in lines] == [470, None, None]
    assert [line.places.shown for line in sizes] == [0, None, None]
    assert people.shown == 662
    few = {"5037": 4, "5038": 4}
    lines, (sizes,), people = without_telling(
        top_places(few, place, None), [by_size(few, place.values())], people=8, many=2
    )
    assert [each.places for each in sizes] == [Count(0), Count(4, is_left_out=True), Count(4, is_left_out=True)]
    assert people.shown is None


def test_the_order_of_those_who_are_few_tells_nothing() -> None:
    place = {number: Municipality(number, name, people, 3) for number, name, people in PLACES}
    found = top_places({"5037": 1, "5038": 4, "0301": 2}, place, None)

    assert [line.municipality.name for line in found] == ["Levanger", "Oslo", "Verdal"]


PLACES = [("0301", "Oslo", 717_710), ("5037", "Levanger", 20_000), ("5038", "Verdal", 19_999)]
