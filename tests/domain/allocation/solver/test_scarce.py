"""Weeks with few and small places: the plan is proven best, and the second certificate says so."""

from typing import Any

import highspy
import numpy as np
import pytest

from fotfeste.allocation.domain.solver.solving import solve
from tests.domain.allocation.solver.checking import bound, bound_by_groups, is_within_limits, worth
from tests.domain.allocation.solver.making import Made, drawn, instance_of


def week(groups: int, municipalities: int, seed: int, resources: int = 1) -> Made:
    """Places for one to five persons in each municipality; scores by profession, which many share, and by place."""
    made = drawn(groups, municipalities, seed, resources=resources)
    draw = np.random.default_rng(seed + 1)
    made["limit"] = np.column_stack(
        [
            draw.integers(1, 6, municipalities),
            *(draw.integers(0, 3, municipalities) for _ in range(resources - 1)),
        ]
    )
    shared = draw.normal(size=(groups, 4)) @ draw.normal(size=(4, municipalities))
    made["score"] = 0.2 * shared + 0.3 * draw.normal(size=municipalities) + 0.1 * made["score"]
    return made


def best_by_a_general_solver(made: Made) -> float:
    """Every pair a yes or a no, as a general integer program."""
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, setting in (("output_flag", False), ("mip_rel_gap", 0.0), ("threads", 1)):
        solver.setOptionValue(option, setting)
    demand, persons = made["demand"], made["demand"][:, 0].astype(float)
    fits = (demand[:, None, :] <= made["limit"][None, :, :]).all(axis=2)
    group, municipality = np.nonzero(fits)
    count = len(group)
    for g, m in zip(group, municipality, strict=True):
        solver.addVar(0.0, 1.0)
        worth_of_pair = persons[g] * (made["score"][g, m] - made["unplaced"][g])
        solver.changeColCost(solver.getNumCol() - 1, -float(worth_of_pair))
    solver.changeColsIntegrality(count, np.arange(count, dtype=np.int32), np.ones(count, dtype=np.uint8))
    for one in range(len(demand)):
        mine = np.flatnonzero(group == one).astype(np.int32)
        solver.addRow(-np.inf, 1.0, len(mine), mine, np.ones(len(mine)))
    for place, r in np.ndindex(made["limit"].shape):
        mine = np.flatnonzero(municipality == place).astype(np.int32)
        solver.addRow(-np.inf, float(made["limit"][place, r]), len(mine), mine, demand[group[mine], r].astype(float))
    if solver.run() == highspy.HighsStatus.kError:
        highspy.Highs.resetGlobalScheduler(True)
        solver.run()
    return float((persons * made["unplaced"]).sum() - solver.getObjectiveValue())


@pytest.mark.req("SET-15")
@pytest.mark.parametrize("resources", [1, 2])
def test_a_small_week_is_as_good_as_a_general_solver_finds(resources: int) -> None:
    made = week(30, 25, 3, resources)
    plan = solve(instance_of(made))
    assert plan.is_optimal
    assert is_within_limits(made, plan.municipality)
    assert plan.objective == pytest.approx(worth(made, plan.municipality), rel=1e-12)
    assert plan.objective == pytest.approx(best_by_a_general_solver(made), abs=1e-5)


@pytest.mark.req("SET-15")
@pytest.mark.parametrize("seed", [1, 2])
def test_a_whole_week_of_tight_places_is_proven(seed: int) -> None:
    """250 groups, 357 municipalities with room for one to five."""
    made = week(250, 357, seed)
    plan = solve(instance_of(made))
    assert plan.is_optimal
    assert plan.group_price is not None
    assert is_within_limits(made, plan.municipality)
    by_groups = bound_by_groups(made, plan.price, plan.group_price)
    assert plan.bound == pytest.approx(by_groups, rel=1e-12)
    assert by_groups < bound(made, plan.price)
    # What is left is the part that no group prices can close.
    assert plan.objective <= plan.bound <= plan.objective + 0.002 * abs(plan.objective)


def test_it_is_proven_where_far_more_wait_than_there_are_municipalities() -> None:
    made = week(250, 80, 3)
    plan = solve(instance_of(made))
    assert plan.is_optimal
    assert is_within_limits(made, plan.municipality)
    assert plan.objective <= plan.bound <= plan.objective + 0.002 * abs(plan.objective)


def test_it_is_proven_where_each_place_takes_many_groups() -> None:
    """Far more wait than there is room for, and a municipality's patterns are long."""
    made = week(250, 60, 2)
    made["limit"] = np.random.default_rng(2).integers(1, 14, (60, 1))
    plan = solve(instance_of(made))
    assert plan.is_optimal
    assert is_within_limits(made, plan.municipality)
    assert plan.objective <= plan.bound <= plan.objective + 0.002 * abs(plan.objective)


def test_it_is_proven_where_somebody_else_has_used_highs_with_more_threads() -> None:
    """HiGHS has its threads once for a process, and refuses another number."""
    highspy.Highs.resetGlobalScheduler(True)
    other: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    other.setOptionValue("output_flag", False)
    other.setOptionValue("threads", 2)
    other.addVar(0.0, 1.0)
    other.run()
    plan = solve(instance_of(week(60, 50, 4)))
    assert plan.is_optimal


def test_a_plan_of_scarce_places_is_the_same_again() -> None:
    made = week(120, 100, 5, 2)
    first, second = solve(instance_of(made)), solve(instance_of(made))
    assert (first.municipality == second.municipality).all()
    assert first.bound == second.bound
