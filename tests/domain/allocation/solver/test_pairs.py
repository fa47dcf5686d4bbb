"""Two municipalities that share their groups anew: no other way to share the same groups between them is better."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings

from fotfeste.allocation.domain.solver.instance import Integers
from fotfeste.allocation.domain.solver.pairs import share_anew
from fotfeste.allocation.domain.solver.pricing import near_optimal
from fotfeste.allocation.domain.solver.problem import Losses, Problem, losses_at
from fotfeste.allocation.domain.solver.rounding import rounded
from fotfeste.allocation.domain.solver.seats import Seating
from tests.domain.allocation.solver.making import Made, crowded, instance_of, small


def posed(made: Made) -> tuple[Problem, Losses]:
    """With what each group loses at the solver's own prices."""
    problem = Problem.of(instance_of(made))
    return problem, losses_at(problem, near_optimal(problem, 16), 16)


def wastes(problem: Problem, losses: Losses, at: Integers) -> list[float]:
    """Of every plan that shares the groups of this one otherwise: those who are placed stay so, in room that is."""
    ways = [[-1] if at[g] < 0 else [k for k, place in enumerate(losses.place[g]) if place >= 0] for g in range(len(at))]
    found = []
    for way in product(*ways):
        used = np.zeros_like(problem.room)
        for g, k in enumerate(way):
            if k >= 0:
                used[losses.place[g, k]] += problem.needed[g]
        if (used <= problem.room).all():
            found.append(Seating.of(problem, losses, np.array(way, dtype=np.int64)).waste())
    return found


@pytest.mark.req("SET-15")
@settings(max_examples=100)
@given(small(7, 2, 1))
def test_no_other_way_to_share_is_better(made: Made) -> None:
    shared_best(made)


@pytest.mark.req("SET-09")
@settings(max_examples=100)
@given(crowded(7, 2, 1))
def test_no_other_way_to_share_is_better_where_people_crowd(made: Made) -> None:
    shared_best(made)


def shared_best(made: Made) -> None:
    """Shared anew, the plan from the prices is the best of all that share the same groups; its room is what is left."""
    problem, losses = posed(made)
    if not len(problem.needed) or not len(problem.room):
        return
    at = rounded(problem, losses)
    seating = Seating.of(problem, losses, at)
    before = seating.waste()
    small_gain = 1e-9 * (1.0 + abs(before))
    gains = share_anew(seating, small_gain)
    assert seating.waste() == pytest.approx(min(wastes(problem, losses, at)), abs=2 * small_gain, rel=1e-9)
    assert (gains > 0) == (seating.waste() < before)
    assert (seating.state[0] == Seating.of(problem, losses, seating.at.copy()).state[0]).all()


def test_two_small_households_make_way_for_a_large_one() -> None:
    """Room for four in each; the large one wants to be where two small ones are, and they mind less."""
    losses = Losses(
        place=np.array([[0, 1], [1, 0], [1, 0]], dtype=np.int32),
        value=np.zeros((3, 2)),
        loss=np.array([[0.0, 1.0], [0.0, 0.2], [0.0, 0.3]]),
        due=np.zeros((3, 2)),
        spare=np.full(3, 9.0),
        price=np.zeros((2, 1)),
    )
    made: Made = {
        "demand": np.array([[4], [2], [2]]),
        "limit": np.array([[4], [4]]),
        "score": np.zeros((3, 2)),
        "unplaced": np.full(3, -1.0),
    }
    seating = Seating.of(Problem.of(instance_of(made)), losses, np.array([1, 1, 1]))
    assert share_anew(seating, 1e-9) == 1
    assert seating.at.tolist() == [0, 0, 0]


def test_plans_of_more_resources_are_left_alone() -> None:
    made: Made = {
        "demand": np.array([[1, 1]]),
        "limit": np.array([[1, 1], [1, 1]]),
        "score": np.array([[0.0, 1.0]]),
        "unplaced": np.full(1, -1.0),
    }
    problem, losses = posed(made)
    seating = Seating.of(problem, losses, np.array([1]))
    assert share_anew(seating, 1e-9) == 0
    assert seating.at.tolist() == [1]
