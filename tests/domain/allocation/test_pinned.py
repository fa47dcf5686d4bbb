"""A plan around those who are pinned: they have the room first, and nothing that people read stands for a pin."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.allocation.domain.arrays import from_bytes, to_bytes
from fotfeste.allocation.domain.computing import Inputs, as_arrays, explained, fated, solved
from fotfeste.allocation.domain.computing import posed as posed_of
from fotfeste.allocation.domain.fit import counts_as_possible, possible
from fotfeste.allocation.domain.households import Household
from fotfeste.allocation.domain.matrix import limits, pose
from fotfeste.allocation.domain.pinned import solve_around, the_others
from fotfeste.allocation.domain.solver.certificate import UNPLACED, objective
from fotfeste.allocation.domain.solver.instance import Instance
from fotfeste.allocation.domain.solver.scores import MatrixScores
from fotfeste.allocation.domain.solver.solving import solve
from fotfeste.allocation.domain.steering import LONGEST_REASON, PinNotPossible, check_pin, checked_reason
from fotfeste.allocation.domain.types import Adult, Group, Municipality, Needs, Offer, Resource, Steering
from fotfeste.kernel.errors import Refused
from fotfeste.settlement.domain.types import Capability
from tests.domain.allocation.making import (
    DAY,
    GOAL,
    PERMIT,
    POLICY,
    WELDER,
    WORK,
    a_steering,
    countries,
    group,
    groups,
    municipality,
)


@pytest.mark.req("SET-15")
@given(st.lists(groups(), min_size=1, max_size=7), countries(), st.integers(0, 2**32))
def test_who_is_pinned_has_the_place_that_there_is_room_for_whoever_else_wants_it(
    asked: list[Group], seen: Mapping[str, Municipality], number: int
) -> None:
    named = [replace(each, reference=str(place)) for place, each in enumerate(asked)]
    steering = a_steering(number, named)
    posed = pose(named, list(seen.values()), POLICY, DAY, steering=steering)
    plan = solve_around(posed.instance, posed.pinned)
    assert plan.objective == pytest.approx(objective(posed.instance, plan.municipality))
    assert plan.objective <= plan.bound
    found = zip(posed.groups, plan.municipality, strict=True)
    places = {each: posed.municipalities[at] if at >= 0 else "" for each, at in found}
    first = [each for each, at in zip(posed.groups, posed.pinned, strict=True) if at >= 0]
    assert {each: places[each] for each in first} == {each: steering.pinned[each] for each in first}
    assert all(places[each] in ("", steering.pinned[each]) for each in steering.pinned)
    alone = [each for each in steering.pinned if list(steering.pinned.values()).count(steering.pinned[each]) == 1]
    for each in (each for each in alone if steering.pinned[each] in seen):
        one = next(group for group in named if group.reference == each)
        is_possible = counts_as_possible(possible(one, seen[steering.pinned[each]], steering), POLICY)
        fits = (posed.instance.demand[int(each)] <= limits([seen[steering.pinned[each]]], posed.columns, POLICY)).all()
        assert (each in first) == (is_possible and fits)


@pytest.mark.req("SET-15")
def test_of_those_who_are_pinned_where_there_is_room_for_one_the_longest_waiting_has_it() -> None:
    asked = [group(4, reference="later"), group(4, reference="sooner", due_since_on=PERMIT - timedelta(days=1))]
    scarce = municipality("1001", left={Resource.PERSONS: 6})
    steering = Steering(pinned={each.reference: "1001" for each in asked})
    assert pose(asked, [scarce], POLICY, GOAL, steering=steering).pinned.tolist() == [-1, 0]


@pytest.mark.req("SET-15")
def test_what_a_municipality_has_not_said_hinders_no_pin_and_a_no_does() -> None:
    asked = group(needs=Needs(hard=frozenset({Capability.PETS})))
    check_pin(asked, municipality(), Steering())
    with pytest.raises(PinNotPossible) as refused:
        check_pin(asked, municipality(capabilities={Capability.PETS: False}), Steering())
    assert "capability_not_offered" in [reason.code for reason in refused.value.reasons]


@pytest.mark.req("SET-15")
@pytest.mark.parametrize("reason", ["", "  \n ", "x" * (LONGEST_REASON + 1)])
def test_nothing_is_steered_without_a_reason(reason: str) -> None:
    with pytest.raises(Refused, match="steering_reason_missing"):
        checked_reason(reason)
    assert checked_reason("  Bror i byen. ") == "Bror i byen."


@pytest.mark.req("SET-15")
def test_no_number_that_people_read_stands_for_a_pin() -> None:
    """One is pinned to the one place that both want: what is told of it are points that somebody could have had."""
    scarce = municipality("1001", left={Resource.PERSONS: 4}, requested=40, offers=frozenset({Offer(WORK, "industry")}))
    other = municipality("1002", left={Resource.PERSONS: 4}, requested=40, offers=frozenset())
    adults = Needs(adults=(Adult(30, (WELDER,)),))
    asked = [group(4, reference=str(place), needs=adults) for place in range(3)]
    inputs = Inputs(tuple(asked), (scarce, other), POLICY, GOAL, Steering(pinned={"0": "1001"}))
    problem = posed_of(inputs)
    arrays = as_arrays(inputs, problem)
    plan = solved(arrays)
    again = solved(from_bytes(to_bytes(**arrays)))
    assert again.municipality.tolist() == plan.municipality.tolist()
    assert (again.price == plan.price).all()
    assert plan.municipality.tolist()[0] == 0
    assert sorted(plan.municipality.tolist()[1:]) == [-1, 1]
    scores, waits = problem.instance.scores.rows(np.arange(3)), problem.instance.unplaced
    lowest, highest = min(np.nanmin(scores), waits.min()), max(np.nanmax(scores), waits.max())
    fates = fated(inputs, problem, plan, [Household((), is_unaccompanied=False)] * 3)
    assert all(lowest <= points <= highest for each in fates for points in (each.points, each.drawn_points))
    assert plan.price.max() <= highest - lowest
    assert 12 * lowest <= plan.objective <= plan.bound <= 12 * highest
    told = [each.pin for each in explained(inputs, problem, arrays, plan)]
    assert told[0] is not None
    assert told[0].code == "unpinned_same"
    assert told[1:] == [None, None]


@pytest.mark.req("SET-15")
def test_pins_crowd_a_municipality_for_those_who_come_after() -> None:
    seen = [municipality(number, left={Resource.PERSONS: 40}, requested=20) for number in ("1001", "1002")]
    asked = [group(4, reference=str(place)) for place in range(3)]
    posed = pose(asked, seen, POLICY, GOAL, steering=Steering(pinned={"0": "1001"}))
    plan = solve_around(posed.instance, posed.pinned)
    worths = [objective(posed.instance, np.array([0, *others])) for others in product((-1, 0, 1), repeat=2)]
    assert plan.objective == pytest.approx(max(worths))
    assert plan.bound >= max(worths) - 1e-9
    assert plan.is_optimal
    assert plan.municipality[0] == 0
    assert 1 in plan.municipality


@pytest.mark.req("SET-15")
def test_a_plan_around_pins_may_miss_as_much_as_the_plan_of_the_others() -> None:
    lots = np.random.default_rng(7)
    demand, limit = lots.integers(1, 7, (40, 1)), np.full((5, 1), 20)
    instance = Instance(demand, limit, np.zeros(40), MatrixScores(lots.random((40, 5))))
    pinned = np.full(40, UNPLACED)
    pinned[:2] = (0, 1)
    plan, others = solve_around(instance, pinned), solve(the_others(instance, pinned))
    assert others.bound > others.objective
    assert plan.bound - plan.objective == pytest.approx(others.bound - others.objective)
    assert plan.municipality.tolist() == [0, 1, *others.municipality]


@pytest.mark.req("SET-15")
def test_the_others_have_the_room_and_the_crowding_that_the_pinned_leave() -> None:
    seen = [municipality(number, left={Resource.PERSONS: 6}, requested=6) for number in ("1001", "1002")]
    asked = [group(4, reference="0"), group(3, reference="1"), group(2, reference="2")]
    posed = pose(asked, seen, POLICY, GOAL, steering=Steering(pinned={"0": "1001"}))
    instance, others = posed.instance, the_others(posed.instance, posed.pinned)
    assert others.limit[:, 0].tolist() == [2, 6]
    assert np.isnan(others.scores.rows(np.arange(2))).tolist() == [[True, False], [False, False]]
    assert instance.crowding is not None
    assert others.crowding is not None
    assert [others.crowding.row(m).tolist() for m in (0, 1)] == [
        instance.crowding.row(0)[4:].tolist(),
        instance.crowding.row(1).tolist(),
    ]
    assert instance.crowding.row(0)[4] > instance.crowding.row(0)[0]
