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

from fotfeste.allocation.domain.curve import curve
from fotfeste.allocation.domain.draw import proportional_draw
from fotfeste.allocation.domain.explanation import Explanation, explain
from fotfeste.allocation.domain.fairness import beside_draws, fates
from fotfeste.allocation.domain.households import Fate, Household
from fotfeste.allocation.domain.matrix import Posed, pose
from fotfeste.allocation.domain.policy import Policy
from fotfeste.allocation.domain.solver.certificate import UNPLACED
from fotfeste.allocation.domain.solver.crowding import Crowding
from fotfeste.allocation.domain.solver.instance import Instance, check
from fotfeste.allocation.domain.solver.plan import Plan as Solved
from fotfeste.allocation.domain.solver.scores import MatrixScores
from fotfeste.allocation.domain.solver.solving import solve
from fotfeste.allocation.domain.tradeoff import Weighed
from fotfeste.allocation.domain.types import FREE, Group, Municipality, Steering

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


def posed(inputs: Inputs) -> Posed:
    """The inputs as the solver's arrays."""
    return pose(inputs.groups, inputs.municipalities, inputs.policy, inputs.on, steering=inputs.steering)


def as_arrays(problem: Posed) -> Mapping[str, NDArray[Any]]:
    """The solver's numbers by name, as they are kept: nobody is in them."""
    instance = problem.instance
    every = np.arange(instance.groups)
    crowding = instance.crowding
    crowded = {} if crowding is None else {"crowding": crowding.less, "crowding_first": crowding.first}
    return crowded | {
        "demand": instance.demand,
        "limit": instance.limit,
        "score": instance.scores.rows(every),
        "unplaced": instance.unplaced,
    }


def solved(arrays: Mapping[str, NDArray[Any]]) -> Solved:
    """The best plan found for kept numbers, with its certificate. Raises UnusableInstance."""
    crowding = Crowding(arrays["crowding"], arrays["crowding_first"]) if "crowding" in arrays else None
    scores = MatrixScores(arrays["score"])
    instance = Instance(arrays["demand"], arrays["limit"], arrays["unplaced"], scores, crowding=crowding)
    check(instance)
    return solve(instance)


def places_of(problem: Posed, found: Solved) -> tuple[str | None, ...]:
    """The municipality's number for each group, in their order; None for those left for a later week."""
    return tuple(None if at == UNPLACED else problem.municipalities[at] for at in found.municipality.tolist())


def explained(inputs: Inputs, problem: Posed, found: Solved) -> Iterator[Explanation]:
    """Why, for each group in their order."""
    country = {each.number: each for each in inputs.municipalities}
    prices, places = problem.prices(found.price), places_of(problem, found)
    planned = Counter[str]()
    for group, place in zip(inputs.groups, places, strict=True):
        if place is not None:
            planned[place] += group.size
    for group, place in zip(inputs.groups, places, strict=True):
        yield explain(group, place, country, inputs.policy, inputs.on, prices, inputs.steering, planned)


def weighed(inputs: Inputs) -> tuple[Weighed, ...]:
    """What the same groups would have had at each point of the policy's curve. One solution for each point."""
    return tuple(
        Weighed(each.weight, each.is_chosen, each.accuracy, each.room, each.unevenness)
        for each in curve(inputs.groups, inputs.municipalities, inputs.policy, inputs.on, inputs.steering)
    )


def fated(inputs: Inputs, problem: Posed, found: Solved, households: Sequence[Household]) -> tuple[Fate, ...]:
    """What becomes of each group beside plain draws of the same places: settled from the day of the plan, or a week
    later at the earliest.
    """
    days = {"settled_on": inputs.on, "later_on": inputs.on + NEXT_WEEK}
    instance = problem.instance
    draws = [fates(instance, inputs.groups, proportional_draw(instance, seed), **days) for seed in range(DRAWS)]
    return beside_draws(households, fates(instance, inputs.groups, found.municipality, **days), draws)
