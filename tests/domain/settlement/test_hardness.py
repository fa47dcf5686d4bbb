"""How hard a household is to place: needs that few can meet, a large household, little time."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.settlement.domain.candidates import GroupNeeds
from fotfeste.settlement.domain.goals import Waiting, waiting
from fotfeste.settlement.domain.hardness import Supply, hardness
from fotfeste.settlement.domain.parameters import book
from fotfeste.settlement.domain.types import Capability

pytestmark = pytest.mark.req("SET-09")
PERMIT_ON = date(2024, 3, 2)
PETS, STAFFED, ALONE = Capability.PETS, Capability.STAFFED_HOUSING, Capability.UNACCOMPANIED_MINORS
SUPPLY = Supply(
    (
        *[frozenset({PETS})] * 6,
        *[frozenset({PETS, STAFFED})] * 1,
        *[frozenset({STAFFED, ALONE})] * 2,
        frozenset(),
    )
)
groups = st.builds(
    GroupNeeds, st.integers(1, 12), st.just(False), st.frozensets(st.sampled_from([PETS, STAFFED, ALONE]))
)
days_waited = st.none() | st.integers(0, 500)


def after(days: int | None, *, has_minors: bool = True) -> Waiting | None:
    """Waited so many days, against three months; None before the decision."""
    if days is None:
        return None
    return waiting(PERMIT_ON, PERMIT_ON + timedelta(days=days), has_minors=has_minors, book=book())


def needing(*capabilities: Capability, size: int = 1) -> GroupNeeds:
    """A household with some needs."""
    return GroupNeeds(size, is_unaccompanied=False, capabilities=frozenset(capabilities))


@pytest.mark.parametrize(
    ("needs", "able", "points"),
    [
        ((), 10, 0),
        ((PETS,), 7, 30),
        ((STAFFED,), 3, 70),
        ((ALONE,), 2, 80),
        ((PETS, STAFFED), 1, 90),
        ((PETS, ALONE), 0, 100),
    ],
)
def test_what_few_municipalities_can_meet_is_hard_and_all_at_once_harder(
    needs: tuple[Capability, ...], able: int, points: int
) -> None:
    found = hardness(needing(*needs), after(0), SUPPLY)

    assert found.points == points
    assert SUPPLY.able(frozenset(needs)) == able
    expected = {"needed": " ".join(sorted(needs)), "able": able, "of": 10}
    assert [(reason.code, reason.fields) for reason in found.reasons] == ([("few_can_meet", expected)] if needs else [])


@pytest.mark.parametrize(("size", "points"), [(1, 0), (4, 0), (5, 10), (6, 20), (9, 50), (14, 50)])
def test_from_five_persons_a_household_is_large(size: int, points: int) -> None:
    found = hardness(needing(size=size), None, SUPPLY)

    assert found.points == points
    assert [reason.code for reason in found.reasons] == (["large_household"] if points else [])


@pytest.mark.parametrize(
    ("days", "points", "why"),
    [
        (0, 0, []),
        (68, 73, []),
        (69, 75, ["little_time"]),
        (92, 100, ["little_time"]),
        (93, 101, ["over_goal"]),
        (400, 200, ["over_goal"]),
    ],
)
def test_time_counts_as_the_part_of_the_way_to_the_goal_that_is_used(days: int, points: int, why: list[str]) -> None:
    found = hardness(needing(), after(days), SUPPLY)

    assert found.points == points
    assert [reason.code for reason in found.reasons] == why


def test_once_a_municipality_has_said_yes_time_alone_is_left() -> None:
    found = hardness(needing(PETS, size=9), after(93), SUPPLY, has_municipality=True)

    assert (found.points, [reason.code for reason in found.reasons]) == (101, ["over_goal"])


def test_before_the_decision_no_time_counts() -> None:
    assert hardness(needing(PETS), None, SUPPLY).points == 30


def test_where_no_municipality_is_known_nothing_is_said_of_needs() -> None:
    assert hardness(needing(PETS), after(46), Supply(())).points == 50


@given(groups, days_waited, st.sampled_from([PETS, STAFFED, ALONE]))
def test_nobody_is_easier_to_place_for_another_need_another_person_or_another_day(
    group: GroupNeeds, days: int | None, more: Capability
) -> None:
    points = hardness(group, after(days), SUPPLY).points
    needier = GroupNeeds(group.size, group.is_unaccompanied, group.capabilities | {more})
    larger = GroupNeeds(group.size + 1, group.is_unaccompanied, group.capabilities)

    assert hardness(needier, after(days), SUPPLY).points >= points
    assert hardness(larger, after(days), SUPPLY).points >= points
    assert hardness(group, after((days or 0) + 1), SUPPLY).points >= points


@given(groups, days_waited)
def test_whoever_has_points_has_a_reason_but_for_time_that_is_plenty(group: GroupNeeds, days: int | None) -> None:
    found = hardness(group, after(days), SUPPLY)

    assert bool(found.reasons) == bool(group.capabilities or found.size or found.time >= 75)
