"""Small instances of every kind: the plan is the best there is, and its certificate holds."""

import numpy as np
import pytest
from hypothesis import example, given, settings

from fotfeste.allocation.domain.solver.certificate import UNPLACED
from fotfeste.allocation.domain.solver.solving import solve
from tests.domain.allocation.solver.checking import best_of_all, bound, bound_by_groups, is_within_limits, worth
from tests.domain.allocation.solver.making import Made, crowded, drawn, instance_of, small

NOT_A_PLACE = {
    "demand": np.array([[2, 1]]),
    "limit": np.array([[0, 5], [5, 0], [9, 9]]),
    "score": np.array([[9.0, 9.0, np.nan]]),
    "unplaced": np.array([-1.0]),
}
WAITING_COSTS_BILLIONS = {
    "demand": np.array([[9, 0], [9, 0], [1, 0], [9, 3], [9, 0]]),
    "limit": np.array([[2**40, 2], [4, 1], [0, 0]]),
    "score": np.array([[np.nan] * 3, [np.nan] * 3, [np.nan, -1.0, np.nan], [-1.0, 0.0, np.nan], [np.nan] * 3]),
    "unplaced": np.array([-1.0, -1.0, -1e9, -1e9, -1.0]),
}


def holds(made: Made) -> None:
    """Solved, checked against all plans and by the certificates' definitions."""
    plan = solve(instance_of(made))
    best = best_of_all(made)
    close = 1e-9 * max(1.0, np.abs(made["demand"][:, 0] * made["unplaced"]).sum())
    assert plan.is_optimal
    assert is_within_limits(made, plan.municipality)
    assert abs(worth(made, plan.municipality) - best) <= close
    assert abs(plan.objective - best) <= close
    assert (plan.price >= 0).all()
    assert plan.price.shape == made["limit"].shape
    bounds = [bound(made, plan.price)]
    if plan.group_price is not None:
        bounds.append(bound_by_groups(made, plan.price, plan.group_price))
    assert plan.bound >= plan.objective
    # Where waiting costs billions a bound near 0 is a difference of billions, as exact as floats have them.
    added = np.abs(made["demand"][:, 0] * made["unplaced"]).sum()
    assert abs(plan.bound - max(min(bounds), plan.objective)) <= 1e-9 * max(1.0, abs(min(bounds))) + 1e-15 * added


@pytest.mark.req("SET-15")
@settings(max_examples=150)
@given(small())
@example(NOT_A_PLACE)
@example(WAITING_COSTS_BILLIONS)
def test_the_plan_is_the_best_of_all(made: Made) -> None:
    holds(made)


@pytest.mark.req("SET-15")
@settings(max_examples=150)
@given(small(7, 4, 2))
def test_the_plan_is_the_best_of_all_of_up_to_seven_groups_in_four_municipalities(made: Made) -> None:
    holds(made)


@pytest.mark.req("SET-09")
@settings(max_examples=150)
@given(crowded())
def test_the_plan_is_the_best_of_all_where_each_next_person_is_worth_less(made: Made) -> None:
    holds(made)


@pytest.mark.req("SET-09")
@settings(max_examples=150)
@given(crowded(7, 4, 2))
def test_the_plan_is_the_best_of_all_where_seven_groups_crowd_four_municipalities(made: Made) -> None:
    holds(made)


@pytest.mark.req("SET-15")
@pytest.mark.parametrize("seed", range(3))
def test_seven_groups_in_four_municipalities_with_two_resources(seed: int) -> None:
    """As large as every plan can still be made in a test; tight, so that the best is not everybody's first choice."""
    holds(drawn(7, 4, seed, part=0.7, resources=2))


def test_what_nobody_uses_has_no_price_and_costs_no_certainty() -> None:
    """Around those who are pinned, places in school may be left that none of the others uses."""
    made = drawn(5, 60, 1, part=20.0, resources=2)
    made["demand"][:, 1] = 0
    plan = solve(instance_of(made))
    assert (plan.price[:, 1] == 0).all()
    assert plan.bound - plan.objective < 1e-3 * abs(plan.objective)


def test_who_is_better_off_later_stays_unplaced() -> None:
    made = drawn(5, 3, 1, part=9.0)
    made["unplaced"][2] = 2.0
    municipality = solve(instance_of(made)).municipality
    assert municipality[2] == UNPLACED
    assert (np.delete(municipality, 2) != UNPLACED).all()


def test_nobody_and_nowhere_are_plans_too() -> None:
    """No groups are worth nothing; without municipalities everybody waits."""
    nobody = {
        "demand": np.zeros((0, 1), int),
        "limit": np.array([[3]]),
        "score": np.zeros((0, 1)),
        "unplaced": np.zeros(0),
    }
    plan = solve(instance_of(nobody))
    assert (plan.objective, plan.bound, plan.municipality.shape, plan.price.shape) == (0.0, 0.0, (0,), (1, 1))
    nowhere = {
        "demand": np.array([[2]]),
        "limit": np.zeros((0, 1), int),
        "score": np.zeros((1, 0)),
        "unplaced": np.array([-3.0]),
    }
    plan = solve(instance_of(nowhere))
    assert (plan.objective, plan.bound, plan.municipality.tolist()) == (-6.0, -6.0, [UNPLACED])
