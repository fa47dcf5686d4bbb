"""Who waits now, by step and by family: nobody works out how few are over their goal, or within it."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.insight.domain.figures import Both
from fotfeste.insight.domain.standing import Waiting, waiting_by_family, waiting_by_step, waiting_for_decision
from fotfeste.insight.domain.waiting import Family, Step

pytestmark = pytest.mark.req("INS-02")
ADULTS, CHILDREN, ALONE = Family.ADULTS, Family.WITH_CHILDREN, Family.UNACCOMPANIED


def waits(step: Step, people: int, over: int = 0, family: Family = ADULTS) -> list[Waiting]:
    """People who wait on a step, some of them over their goal."""
    rows = ((over, True), (people - over, False))
    return [Waiting(step, family, True, is_over, Both(many)) for many, is_over in rows if many]


def test_who_waits_stands_by_step_and_family_and_those_before_the_decision_apart() -> None:
    rows = [
        *waits(Step.QUEUE, 50, 10),
        *waits(Step.REQUEST, 20, 6, CHILDREN),
        Waiting(Step.QUEUE, CHILDREN, False, False, Both(9)),
    ]
    steps, everybody = waiting_by_step(rows)
    families, _everybody = waiting_by_family(rows)

    assert [step for step, _standing in steps] == [step for step in Step if step is not Step.PERMIT]
    told = {step: (standing.people.shown, standing.over.shown) for step, standing in steps if standing.people.number}
    assert told == {Step.QUEUE: (50, 10), Step.REQUEST: (20, 6)}
    assert (everybody.people.shown, everybody.over.shown) == (70, 16)
    assert {family: standing.people.shown for family, standing in families} == {ALONE: 0, CHILDREN: 20, ADULTS: 50}
    assert waiting_for_decision(rows).shown == 9


SMALL, ANY = range(1, 5), range(16)
type Line = tuple[int, int]  # over their goal, within it


def could_be(shown: Sequence[tuple[int | None, int | None]], people: int | None, over: int | None) -> list[set[Line]]:
    """What each line could be, for a reader of what is shown who may think of every number."""
    lines = [
        {
            (late, all_ - late)
            for all_ in (ANY if told[0] is None else [told[0]])
            for late in range(all_ + 1)
            if told[1] in (None, late)
        }
        for told in shown
    ]

    def fits(line: Line, others: set[Line]) -> bool:
        sums = [(line[0] + late, sum(line) + late + within) for late, within in others]
        return any(over in (None, late) and people in (None, all_) for late, all_ in sums)

    return [
        {line for line in lines[place] if fits(line, added(lines[:place] + lines[place + 1 :]))}
        for place in range(len(lines))
    ]


def added(lines: Sequence[set[Line]]) -> set[Line]:
    """Everything that some lines could come to."""
    found = {(0, 0)}
    for line in lines:
        found = {(late + over, within + rest) for late, within in found for over, rest in line}
    return found


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), min_size=3, max_size=3))
def test_a_small_number_over_the_goal_or_within_it_could_be_another(lines: list[Line]) -> None:
    rows = [
        row
        for family, (over, within) in zip(Family, lines, strict=True)
        for row in waits(Step.QUEUE, over + within, over, family)
    ]
    found, everybody = waiting_by_family(rows)
    shown = [(standing.people.shown, standing.over.shown) for _family, standing in found]
    possible = could_be(shown, everybody.people.shown, everybody.over.shown)

    for place, line in enumerate(lines):
        for part in (0, 1):
            assert line[part] not in SMALL or len({each[part] for each in possible[place]}) > 1
