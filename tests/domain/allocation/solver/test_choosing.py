"""Weeks into what is left of a year's places: no plan in the columns that are looked at is better."""

import numpy as np
import pytest
from hypothesis import given, settings
from numpy.typing import NDArray

from fotfeste.allocation.domain.solver import certificate
from fotfeste.allocation.domain.solver.choosing import NODES, chosen_whole, is_for_choosing
from fotfeste.allocation.domain.solver.exact import best_of_few
from fotfeste.allocation.domain.solver.instance import Floats, Instance
from fotfeste.allocation.domain.solver.pricing import near_optimal
from fotfeste.allocation.domain.solver.problem import Problem, losses_at
from fotfeste.allocation.domain.solver.solving import solve
from tests.domain.allocation.solver.checking import best_of_all, bound, bound_by_groups, is_within_limits, worth
from tests.domain.allocation.solver.making import Made, drawn, instance_of, small

WIDTH = 16


def posed(made: Made) -> tuple[Instance, Problem, Floats, float]:
    """With prices, and how far the plan that leaves everybody is from their bound."""
    instance = instance_of(made)
    problem = Problem.of(instance)
    price = np.where(instance.demand.any(axis=0), near_optimal(problem, WIDTH), 0.0)
    nobody = np.full(instance.groups, certificate.UNPLACED)
    return instance, problem, price, certificate.bound(instance, price) - certificate.objective(instance, nobody)


def chosen(made: Made, nodes: int = NODES) -> NDArray[np.int64]:
    """What the program finds from the plan that leaves everybody."""
    _, problem, price, waste = posed(made)
    return chosen_whole(problem, losses_at(problem, price, WIDTH), waste, nodes)


def week(seed: int, groups: int = 250, municipalities: int = 90) -> Made:
    """Room for five times the people, most of it where few want to go; scores by profession, which many share."""
    made = drawn(groups, municipalities, seed, part=5.0)
    draw = np.random.default_rng(seed + 1)
    shared = draw.normal(size=(groups, 4)) @ draw.normal(size=(4, municipalities))
    made["score"] = 0.2 * shared + 0.3 * draw.normal(size=municipalities) + 0.1 * made["score"]
    return made


@pytest.mark.req("SET-15")
@settings(max_examples=100)
@given(small(resources=2))
def test_with_all_columns_it_is_the_best_of_all_plans(made: Made) -> None:
    instance, problem, price, waste = posed(made)
    if not instance.groups or not instance.municipalities or waste <= 0:
        return
    municipality = chosen_whole(problem, losses_at(problem, price, WIDTH), waste)
    assert is_within_limits(made, municipality)
    added = np.abs(instance.unplaced_value).sum()
    assert worth(made, municipality) == pytest.approx(best_of_all(made), abs=1e-3 * waste + 1e-9 * added)


@pytest.mark.req("SET-15")
@pytest.mark.parametrize("resources", [1, 2])
def test_it_is_worth_what_the_exact_search_finds(resources: int) -> None:
    made = drawn(20, 8, 5, part=0.8, resources=resources)
    instance, problem, price, waste = posed(made)
    exact, is_proven = best_of_few(problem, price)
    assert is_proven
    found = certificate.objective(instance, chosen(made))
    assert found == pytest.approx(certificate.objective(instance, exact), abs=1e-3 * waste)


@pytest.mark.req("SET-15")
@pytest.mark.parametrize("seed", range(3))
def test_a_week_into_what_is_left_is_as_close_to_its_bound_as_is_aimed_at(seed: int) -> None:
    made = week(seed)
    plan = solve(instance_of(made))
    assert is_within_limits(made, plan.municipality)
    assert plan.objective == pytest.approx(worth(made, plan.municipality), rel=1e-12)
    assert plan.bound - plan.objective < 5e-4 * abs(plan.bound)
    bounds = [bound(made, plan.price)]
    if plan.group_price is not None:
        bounds.append(bound_by_groups(made, plan.price, plan.group_price))
    assert plan.bound == pytest.approx(max(min(bounds), plan.objective), rel=1e-12)


def test_the_same_week_is_chosen_the_same_way() -> None:
    made = week(1)
    assert (chosen(made) == chosen(made)).all()


def test_a_search_that_gives_up_places_nobody_and_the_known_plan_is_kept() -> None:
    made = week(1)
    instance = instance_of(made)
    nothing, known = chosen(made, nodes=0), chosen(made)
    assert (nothing == certificate.UNPLACED).all()
    kept, reached = certificate.better(instance, known, nothing)
    assert (kept == known).all()
    assert reached == pytest.approx(worth(made, known), rel=1e-12)


def test_many_groups_scarce_or_crowded_places_and_huge_needs_have_no_program() -> None:
    crowded, huge = week(1), week(1)
    crowded["crowding"] = [0.1 * np.arange(int(places)) for places in crowded["limit"][:, 0]]
    huge["demand"][0, 0] = huge["limit"][0, 0] = 2**40
    assert is_for_choosing(Problem.of(instance_of(week(1))))
    for made in (week(1, groups=301), drawn(250, 90, 1), crowded, huge):
        assert not is_for_choosing(Problem.of(instance_of(made)))
