"""What a plan counts beside persons: places that are kept for integration centres, and those of a week."""

from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.allocation.domain.computing import Inputs, explained
from fotfeste.allocation.domain.computing import posed as posed_of
from fotfeste.allocation.domain.draw import proportional_draw
from fotfeste.allocation.domain.matrix import columns_of, limits, pose
from fotfeste.allocation.domain.solver.solving import solve
from fotfeste.allocation.domain.types import (
    Adult,
    Group,
    InWeek,
    Municipality,
    Needs,
    Offer,
    Open,
    Resource,
    WeekRoom,
)
from tests.domain.allocation.making import (
    DAY,
    GOAL,
    POLICY,
    WELDER,
    WORK,
    countries,
    group,
    groups,
    municipality,
)


@pytest.mark.req("SET-11")
def test_where_places_are_kept_what_is_open_to_others_is_counted() -> None:
    seen = [
        municipality("1001", left={Resource.PERSONS: 9}, kept={"c1": 4, "c2": 3}),
        municipality("1002", left={Resource.PERSONS: 5}, kept={"c1": 1}),
        municipality("1003", left={Resource.PERSONS: 7}, kept={"c3": 0}),
    ]
    columns = columns_of([group()], seen)
    one, both, two = Open(frozenset({"c1"})), Open(frozenset({"c1", "c2"})), Open(frozenset({"c2"}))
    assert columns == (Resource.PERSONS, one, both, two)
    assert limits(seen, columns, POLICY).tolist() == [[9, 5, 2, 6], [5, 4, 5, 5], [7, 7, 7, 7]]
    asked = [group(2), group(3, centre="c1"), group(1, centre="c2")]
    assert pose(asked, seen, POLICY, DAY).instance.demand.tolist() == [[2, 2, 2, 2], [3, 0, 0, 3], [1, 1, 0, 0]]


def _drawn(
    asked: list[Group], seen: Mapping[str, Municipality], seed: int
) -> Iterator[tuple[Municipality, list[Group]]]:
    """Each municipality with those whom a draw within the limits sends there."""
    placed = proportional_draw(pose(asked, list(seen.values()), POLICY, DAY).instance, seed)
    for column, each in enumerate(seen.values()):
        yield each, [group for group, at in zip(asked, placed, strict=True) if at == column]


@pytest.mark.req("SET-11")
@given(st.lists(groups(), min_size=1, max_size=9), countries(), st.integers(0, 5))
def test_no_plan_within_the_limits_fills_a_kept_place_with_another(
    asked: list[Group], seen: Mapping[str, Municipality], seed: int
) -> None:
    for each, here in _drawn(asked, seen, seed):
        left = limits([each], [Resource.PERSONS], POLICY)[0, 0]
        from_centre = {centre: sum(group.size for group in here if group.centre == centre) for centre in each.kept}
        still_kept = sum(max(0, count - from_centre[centre]) for centre, count in each.kept.items())
        if here and sum(each.kept.values()) <= left:
            assert sum(group.size for group in here) + still_kept <= left


@pytest.mark.req("SET-10")
@given(st.lists(groups(), min_size=1, max_size=9), countries(), st.integers(0, 5))
def test_no_plan_within_the_limits_sends_more_in_a_week_than_a_municipality_receives_unless_one_comes_alone(
    asked: list[Group], seen: Mapping[str, Municipality], seed: int
) -> None:
    for each, here in _drawn(asked, seen, seed):
        if each.week and here:
            comes_alone = len(here) == 1 and not each.week.planned
            assert comes_alone or sum(group.size for group in here) + each.week.planned <= each.week.most


@pytest.mark.req("SET-10")
def test_a_group_larger_than_a_week_comes_alone_in_it_and_the_others_go_elsewhere() -> None:
    wanted = municipality("1001", offers=frozenset({Offer(WORK, "industry", "welder")}), week=WeekRoom(3))
    other = municipality("1002", week=WeekRoom(20))
    needs = Needs(adults=(Adult(30, (WELDER,)),))
    asked = [group(5, needs=needs, reference="large"), *(group(1, needs=needs, reference=str(i)) for i in range(2))]
    inputs = Inputs(tuple(asked), (wanted, other), POLICY, GOAL)
    problem = posed_of(inputs)
    assert problem.columns == (Resource.PERSONS, InWeek(3))
    assert problem.instance.demand.tolist() == [[5, 3], [1, 1], [1, 1]]
    assert problem.instance.limit.tolist() == [[50, 3], [50, 50]]
    plan = solve(problem.instance)
    assert plan.is_optimal
    assert plan.municipality.tolist() == [0, 1, 1]
    large, *small = explained(inputs, problem, {}, plan)
    assert large.outcome.code == "best_of_all"
    for each in small:
        better = each.alternatives[0]
        assert better.outcome is not None
        assert (better.number, better.outcome.code) == ("1001", "week_is_filled")
        assert dict(better.outcome.fields) == {"most": 3}


def test_a_week_that_cannot_be_filled_has_no_column() -> None:
    seen = [municipality("1001", week=WeekRoom(9, 2)), municipality("1002", week=WeekRoom(4))]
    assert columns_of([group(3), group(3)], seen) == (Resource.PERSONS, InWeek(None))
    assert columns_of([group(3), group(5)], seen) == (Resource.PERSONS, InWeek(4), InWeek(None))
    assert limits(seen, columns_of([group(3), group(5)], seen), POLICY).tolist() == [[50, 50, 7], [50, 4, 50]]
    assert columns_of([group(2), group(2)], seen) == (Resource.PERSONS,)


@pytest.mark.req("SET-11")
def test_the_solver_keeps_the_centres_places_for_those_who_live_there() -> None:
    hosts = municipality("1001", left={Resource.PERSONS: 3}, kept={"c1": 2})
    asked = [group(reference=str(each)) for each in range(3)] + [group(reference="of it", centre="c1")]
    posed = pose(asked, [hosts], POLICY, GOAL)
    plan = solve(posed.instance)
    assert plan.is_optimal
    assert sorted(plan.municipality.tolist()) == [-1, -1, 0, 0]
    assert plan.municipality[3] == 0
