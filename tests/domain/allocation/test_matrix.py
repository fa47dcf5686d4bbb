"""The solver's arrays: the same as each pair by itself, in any blocks, and quick for the whole country."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from itertools import product
from math import isnan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.allocation.domain.computing import Inputs, explained
from fotfeste.allocation.domain.computing import posed as posed_of
from fotfeste.allocation.domain.draw import proportional_draw
from fotfeste.allocation.domain.explaining import explain
from fotfeste.allocation.domain.fit import counts_as_possible, possible
from fotfeste.allocation.domain.matrix import columns_of, limits, pose
from fotfeste.allocation.domain.pair_scores import BLOCK, PairScores
from fotfeste.allocation.domain.policy import PartKind, Policy, change
from fotfeste.allocation.domain.score import score, waiting
from fotfeste.allocation.domain.solver.certificate import objective
from fotfeste.allocation.domain.solver.instance import check
from fotfeste.allocation.domain.solver.solving import solve
from fotfeste.allocation.domain.types import (
    Group,
    Municipality,
    Resource,
)
from tests.domain.allocation.making import (
    DAY,
    GOAL,
    POLICY,
    a_steering,
    countries,
    group,
    groups,
    municipality,
    policies,
)
from tests.domain.allocation.reading import NAMES, ON, household, real_country
from tests.domain.allocation.reading import policy as policy_of_the_real

IMPOSSIBLE = change(POLICY, {"unknown_counts": "impossible"}, reason="Prøve.", source="IMDi", on=DAY).policy


@pytest.mark.req("SET-15")
@given(st.lists(groups(), min_size=1, max_size=7), countries(), policies(), st.booleans(), st.integers(0, 2**32))
def test_the_arrays_are_the_score_of_every_pair(
    asked: list[Group], seen: Mapping[str, Municipality], policy: Policy, is_strict: bool, number: int
) -> None:
    steering = a_steering(number, asked)
    if is_strict:
        strict = {"unknown_counts": IMPOSSIBLE.parameters["unknown_counts"]}
        policy = replace(policy, parameters={**policy.parameters, **strict})
    posed = pose(asked, list(seen.values()), policy, DAY, steering=steering)
    scores = posed.instance.scores.rows(np.arange(len(asked)))
    for (row, each), (column, place) in product(enumerate(asked), enumerate(seen.values())):
        decision = possible(each, place, steering)
        worth = scores[row, column]
        if counts_as_possible(decision, policy):
            # The arrays have spread for the first person; what the others of the group count less is crowding.
            first = replace(each, uses={Resource.PERSONS: 1})
            assert worth == score(first, place, seen, policy, decision).total / 1000
        else:
            assert isnan(worth)
    waits = [waiting(each, DAY, policy).total / 1000 for each in asked]
    assert posed.instance.unplaced.tolist() == waits
    assert posed.municipalities == tuple(seen)
    assert posed.groups == tuple(each.reference for each in asked)
    check(posed.instance)


@pytest.mark.req("SET-09")
@given(st.lists(groups(), min_size=1, max_size=7), countries(), policies(), st.integers(0, 5))
def test_a_plan_is_worth_the_scores_of_its_groups_as_they_come_one_after_the_other(
    asked: list[Group], seen: Mapping[str, Municipality], policy: Policy, seed: int
) -> None:
    """In any order: what spread comes to depends on how many a municipality is given, and on nothing else."""
    posed = pose(asked, list(seen.values()), policy, DAY)
    placed = proportional_draw(posed.instance, seed)
    total, planned = 0, Counter[str]()
    for each, at in reversed(list(zip(asked, placed, strict=True))):
        if at < 0:
            total += each.size * waiting(each, DAY, policy).total
            continue
        place = posed.municipalities[at]
        total += each.size * score(each, seen[place], seen, policy, planned=planned[place]).total
        planned[place] += each.size
    # A group's part is rounded down to a thousandth per person.
    rounding = policy.weight(PartKind.SPREAD) * sum(each.size for each in asked) / 1000
    assert 0 <= objective(posed.instance, placed) - total / 1000 + 1e-6 <= rounding + 1e-5


@pytest.mark.req("SET-09")
def test_what_is_explained_counts_each_group_as_the_last() -> None:
    seen = {each.number: each for each in (municipality("1001", requested=20), municipality("1002", requested=20))}
    asked = [group(4, reference=str(place)) for place in range(4)]
    inputs = Inputs(tuple(asked), tuple(seen.values()), POLICY, GOAL)
    problem = posed_of(inputs)
    found = list(explained(inputs, problem, {}, solve(problem.instance)))
    assert Counter(each.place for each in found) == {"1001": 2, "1002": 2}
    for each in found:
        assert each.score is not None
        part = each.score.part(PartKind.SPREAD)
        assert part.value == (800 + 750 + 700 + 650) // 4
        other = each.alternatives[0]
        assert [gap.kind for gap in other.lacks] == [PartKind.SPREAD]
        assert other.score.part(PartKind.SPREAD).value == (600 + 550 + 500 + 450) // 4


@pytest.mark.req("SET-15")
def test_scores_in_blocks_are_the_same_as_kept_and_are_asked_for_again() -> None:
    some = [household(name).group for name in NAMES]
    asked = [some[place % len(some)] for place in range(BLOCK + 3)]
    seen = list(real_country().values())
    kept = pose(asked, seen, policy_of_the_real(), ON).instance.scores
    computed = pose(asked, seen, policy_of_the_real(), ON, in_blocks=True).instance.scores
    assert isinstance(computed, PairScores)
    assert computed.shape == kept.shape == (BLOCK + 3, 357)
    for _time in range(2):
        blocks = dict(computed.blocks())
        assert list(blocks) == [0, BLOCK]
        assert np.array_equal(np.concatenate(list(blocks.values())), kept.rows(np.arange(BLOCK + 3)), equal_nan=True)
    order = np.array([BLOCK, 4, 0])
    assert np.array_equal(computed.rows(order), kept.rows(order), equal_nan=True)


@pytest.mark.req("SET-15")
def test_the_solver_places_the_written_households_where_they_are_worth_most() -> None:
    asked = [household(name).group for name in NAMES]
    posed = pose(asked, list(real_country().values()), policy_of_the_real(), ON)
    plan = solve(posed.instance)
    assert plan.is_optimal
    placed = {
        each: posed.municipalities[at] for each, at in zip(posed.groups, plan.municipality, strict=True) if at >= 0
    }
    assert placed["mamot_in_levanger"] == "5037"
    assert placed["integration_centre_larvik"] == "3909"
    assert placed["past_the_goal"] == "1833"


@pytest.mark.req("SET-15")
def test_persons_come_first_and_what_nobody_limits_or_uses_has_no_column() -> None:
    asked = [group(3, uses={Resource.SCHOOL_PLACES: 1}), group(1, uses={Resource.ADAPTED_HOMES: 1})]
    seen = [
        municipality("1001", left={Resource.PERSONS: 9, Resource.SCHOOL_PLACES: 2, Resource.MINORS: 3}),
        municipality("1002", left={Resource.PERSONS: -2}),
    ]
    columns = columns_of(asked, seen)
    assert columns == (Resource.PERSONS, Resource.SCHOOL_PLACES)
    assert limits(seen, columns, POLICY).tolist() == [[9, 2], [0, 0]]
    posed = pose(asked, seen, POLICY, DAY)
    assert posed.instance.demand.tolist() == [[3, 1], [1, 0]]
    assert posed.columns == columns


@pytest.mark.req("SET-10")
def test_imdis_request_stands_for_a_decision_that_is_not_made_where_unknown_is_possible() -> None:
    undecided = municipality(left={}, requested=20, taken=5)
    assert limits([undecided], [Resource.PERSONS], POLICY).tolist() == [[15]]
    assert limits([undecided], [Resource.PERSONS], IMPOSSIBLE).tolist() == [[0]]
    assert limits([municipality(left={})], [Resource.PERSONS], POLICY).tolist() == [[0]]


@pytest.mark.req("SET-15")
def test_a_plan_with_scarce_places_is_explained_by_its_own_prices() -> None:
    few = {number: replace(seen, left={Resource.PERSONS: 2}) for number, seen in real_country().items()}
    welder = household("welder").group
    asked = [replace(welder, reference=str(place), uses={Resource.PERSONS: 1}) for place in range(12)]
    posed = pose(asked, list(few.values()), policy_of_the_real(), ON)
    plan = solve(posed.instance)
    prices = posed.prices(plan.price)
    assert set(prices) == set(few)
    outcomes: Counter[str] = Counter()
    for each, at in zip(asked, plan.municipality, strict=True):
        found = explain(each, posed.municipalities[at], few, policy_of_the_real(), ON, prices)
        outcomes[found.outcome.code] += 1
        better = [other for other in found.alternatives if found.score and other.score.total > found.score.total]
        assert {other.outcome.code for other in better if other.outcome} <= {"wanted_by_others", "filled_otherwise"}
    assert outcomes["best_of_all"] == 2
    assert outcomes["best_that_was_left"] == 10
