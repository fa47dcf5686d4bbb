"""A plan computed from what was read: the solver's numbers, what it found, and why for each group (SET-15).

Pure: the same inputs give the same plan, to the last bit, as often as it is asked for.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fotfeste.allocation.domain.coming import Coming, coming_prices, priced
from fotfeste.allocation.domain.curve import curve
from fotfeste.allocation.domain.draw import proportional_draw
from fotfeste.allocation.domain.expected import NOBODY, Expected
from fotfeste.allocation.domain.explaining import explain
from fotfeste.allocation.domain.explanation import Explanation
from fotfeste.allocation.domain.fairness import beside_draws, fates
from fotfeste.allocation.domain.households import Fate, Household
from fotfeste.allocation.domain.matrix import Posed, pose
from fotfeste.allocation.domain.pair_scores import PairScores
from fotfeste.allocation.domain.pinned import solve_around, the_others, together
from fotfeste.allocation.domain.policy import Policy
from fotfeste.allocation.domain.solver.certificate import UNPLACED, objective
from fotfeste.allocation.domain.solver.crowding import Crowding
from fotfeste.allocation.domain.solver.instance import Instance, check
from fotfeste.allocation.domain.solver.plan import Plan as Solved
from fotfeste.allocation.domain.solver.scores import MatrixScores
from fotfeste.allocation.domain.tradeoff import Weighed
from fotfeste.allocation.domain.types import FREE, Group, InWeek, Municipality, Steering

DRAWS = 20  # a single draw would say as much of its luck as of the plan
NEXT_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that a plan rests on, as it was read on a day."""

    groups: tuple[Group, ...]
    municipalities: tuple[Municipality, ...]
    policy: Policy
    on: date
    steering: Steering = FREE
    expected: Expected = NOBODY


def posed(inputs: Inputs) -> Posed:
    """The inputs as the solver's arrays."""
    return pose(inputs.groups, inputs.municipalities, inputs.policy, inputs.on, steering=inputs.steering)


def as_arrays(inputs: Inputs, problem: Posed) -> Mapping[str, NDArray[Any]]:
    """The solver's numbers by name, as they are kept: nobody is in them.

    Where somebody is expected, their numbers are there as well (`coming_...`), and the prices that they give each place
    (`coming_price`), so that anybody can compute both again; and where somebody has a place by a pin, where (`pinned`).
    """
    instance = problem.instance
    every = np.arange(instance.groups)
    crowding = instance.crowding
    crowded = {} if crowding is None else {"crowding": crowding.less, "crowding_first": crowding.first}
    return (
        crowded
        | ({"pinned": problem.pinned} if (problem.pinned != UNPLACED).any() else {})
        | _expected_arrays(inputs, problem)
        | {
            "demand": instance.demand,
            "limit": instance.limit,
            "score": instance.scores.rows(every),
            "unplaced": instance.unplaced,
        }
    )


def _expected_arrays(inputs: Inputs, problem: Posed) -> dict[str, NDArray[Any]]:
    expected = inputs.expected
    if not expected.groups:
        return {}
    scores = PairScores(expected.groups, inputs.municipalities, inputs.policy)
    this_week = np.array([isinstance(column, InWeek) for column in problem.columns])
    demand = [[group.takes(column) for column in problem.columns] for group in expected.groups]
    found = {
        # What a municipality receives in this week is none of theirs.
        "coming_demand": np.where(this_week, 0, np.array(demand, dtype=np.int64)),
        "coming_score": scores.rows(np.arange(len(expected.groups))),
        # Who is not here yet loses nothing by a place that is not held: it is held for what they would gain by it.
        "coming_unplaced": np.zeros(len(expected.groups)),
        "coming_count": np.full(len(expected.groups), expected.each),
    }
    price = coming_prices(the_others(problem.instance, problem.pinned), coming_of(found))
    return found | {"coming_price": np.where(this_week, 0.0, price)}


def coming_of(arrays: Mapping[str, NDArray[Any]]) -> Coming:
    """Those who are expected, of kept numbers. Raises KeyError where nobody was."""
    scores = MatrixScores(arrays["coming_score"])
    return Coming(arrays["coming_demand"], scores, arrays["coming_unplaced"], arrays["coming_count"])


def solved(arrays: Mapping[str, NDArray[Any]]) -> Solved:
    """The best plan found for kept numbers, with its certificate. Raises UnusableInstance.

    Where places are held for those who are expected, scores are less what the places cost: objective, bound and prices
    are those of the priced scores. The pinned have their places, and prices are those of the others.
    """
    crowding = Crowding(arrays["crowding"], arrays["crowding_first"]) if "crowding" in arrays else None
    scores = MatrixScores(arrays["score"])
    instance = Instance(arrays["demand"], arrays["limit"], arrays["unplaced"], scores, crowding=crowding)
    check(instance)
    pinned = arrays.get("pinned", np.full(instance.groups, UNPLACED, dtype=np.int64))
    return solve_around(priced(instance, arrays["coming_price"]) if "coming_price" in arrays else instance, pinned)


def worth(problem: Posed, found: Solved) -> float:
    """What a plan is worth in the points that pages show, summed over persons: whatever places were held."""
    return objective(problem.instance, found.municipality)


def places_of(problem: Posed, found: Solved) -> tuple[str | None, ...]:
    """The municipality's number for each group, in their order; None for those left for a later week."""
    return tuple(None if at == UNPLACED else problem.municipalities[at] for at in found.municipality.tolist())


def explained(
    inputs: Inputs, problem: Posed, arrays: Mapping[str, NDArray[Any]], found: Solved
) -> Iterator[Explanation]:
    """Why, for each group in their order."""
    country = {each.number: each for each in inputs.municipalities}
    places = places_of(problem, found)
    held = problem.by_column(arrays["coming_price"]) if "coming_price" in arrays else {}
    prices = problem.prices(found.price)
    planned = Counter[str]()
    for group, place in zip(inputs.groups, places, strict=True):
        if place is not None:
            planned[place] += group.size
    for group, place in zip(inputs.groups, places, strict=True):
        yield explain(group, place, country, inputs.policy, inputs.on, prices, inputs.steering, planned, held)


def weighed(inputs: Inputs, arrays: Mapping[str, NDArray[Any]]) -> tuple[Weighed, ...]:
    """What the same groups would have had at each point of the policy's curve. One solution for each point."""
    held = arrays.get("coming_price")
    return tuple(
        Weighed(each.weight, each.is_chosen, each.accuracy, each.room, each.unevenness)
        for each in curve(inputs.groups, inputs.municipalities, inputs.policy, inputs.on, inputs.steering, held)
    )


def fated(inputs: Inputs, problem: Posed, found: Solved, households: Sequence[Household]) -> tuple[Fate, ...]:
    """What becomes of each group beside plain draws of the same places, around the same pins: settled from the day of
    the plan, or a week later at the earliest.
    """
    days = {"settled_on": inputs.on, "later_on": inputs.on + NEXT_WEEK}
    instance = problem.instance
    others = the_others(instance, problem.pinned)
    drawn = (together(problem.pinned, proportional_draw(others, seed)) for seed in range(DRAWS))
    draws = [fates(instance, inputs.groups, each, **days) for each in drawn]
    return beside_draws(households, fates(instance, inputs.groups, found.municipality, **days), draws)
