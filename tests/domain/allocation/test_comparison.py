"""Two plans beside each other: who gets another place, the greatest change first, and what made it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.allocation.domain.comparison import Proposed, compared, greatest_part
from fotfeste.allocation.domain.policy import PartKind
from fotfeste.allocation.domain.score import Part, Score

pytestmark = pytest.mark.req("SET-15")
PLACES = st.one_of(st.none(), st.integers(1, 4))


def proposed(key: int, place: int | None, total: int = 0, size: int = 1) -> Proposed:
    return Proposed(key, size, place, None if place is None else total)


def test_who_loses_a_place_stands_first_then_who_gets_one_then_the_greatest_change() -> None:
    before = [proposed(1, 1, 5000), proposed(2, 1, 5000), proposed(3, None), proposed(4, 1, 9000), proposed(5, 2, 700)]
    after = [proposed(1, 2, 5100), proposed(2, 3, 1000), proposed(3, 1, 10), proposed(4, None), proposed(5, 2, 900)]
    found = compared(before, after)
    assert [each.before.subject_id for each in found.changed] == [4, 3, 2, 1]
    assert [each.more for each in found.changed] == [None, None, -4000, 100]


def test_the_sums_are_of_persons_and_of_those_who_are_placed() -> None:
    found = compared([proposed(1, 1, 2000, size=3), proposed(2, None, size=4)], [proposed(1, 1, 2500, size=3)])
    assert (found.before.groups, found.before.persons, found.before.placed_persons) == (2, 7, 3)
    assert (found.before.points, found.after.points) == (6000, 7500)
    assert [each.subject_id for each in found.gone] == [2]


@given(st.dictionaries(st.integers(1, 9), PLACES), st.dictionaries(st.integers(1, 9), PLACES))
def test_everybody_is_told_of_once_or_has_the_same_place(
    first: dict[int, int | None], second: dict[int, int | None]
) -> None:
    found = compared(
        [proposed(key, place) for key, place in first.items()], [proposed(key, place) for key, place in second.items()]
    )
    changed = {each.before.subject_id for each in found.changed}
    assert {each.subject_id for each in found.new} == second.keys() - first.keys()
    assert {each.subject_id for each in found.gone} == first.keys() - second.keys()
    assert changed == {key for key in first.keys() & second.keys() if first[key] != second[key]}
    back = compared(
        [proposed(key, place) for key, place in second.items()], [proposed(key, place) for key, place in first.items()]
    )
    assert {each.before.subject_id for each in back.changed} == changed


def test_the_part_that_made_most_of_the_difference_is_named() -> None:
    before = Score((Part(PartKind.WORK, 1000, 25), Part(PartKind.SPREAD, 500, 10)))
    after = Score((Part(PartKind.WORK, 0, 25), Part(PartKind.SPREAD, 900, 10)))
    assert greatest_part(before, after) == (PartKind.WORK, -25_000)
    assert greatest_part(before, before) is None
