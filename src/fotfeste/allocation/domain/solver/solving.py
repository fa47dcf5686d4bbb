"""Solving an instance: prices, a plan of whole groups, an exact search where there are few, and the certificate."""

import numpy as np

from fotfeste.allocation.domain.solver import certificate
from fotfeste.allocation.domain.solver.columns import Places
from fotfeste.allocation.domain.solver.exact import GROUPS, best_of_few
from fotfeste.allocation.domain.solver.improving import improved
from fotfeste.allocation.domain.solver.instance import Floats, Instance, Integers
from fotfeste.allocation.domain.solver.plan import Plan
from fotfeste.allocation.domain.solver.pricing import near_optimal
from fotfeste.allocation.domain.solver.problem import Problem, losses_at
from fotfeste.allocation.domain.solver.rounding import rounded
from fotfeste.allocation.domain.solver.seats import Seating

# A plan this close to its bound is not improved any more.
_ENOUGH = 1e-4
_WIDTH, _WIDTH_OF_MANY_RESOURCES = 16, 24


def solve(instance: Instance) -> Plan:
    """The best plan found for a checked instance, with its certificate.

    The same instance and seed give the same plan: nothing depends on the clock.
    """
    problem = Problem.of(instance)
    width = _WIDTH if instance.resources == 1 else _WIDTH_OF_MANY_RESOURCES
    price = near_optimal(problem, width)
    highest = certificate.bound(instance, price)
    if instance.groups <= GROUPS:
        municipality, is_optimal = best_of_few(problem, price)
    else:
        municipality, is_optimal = _of_whole_groups(problem, price, width, _ENOUGH * abs(highest)), False
    worth = certificate.objective(instance, municipality)
    # Rounding alone can put a bound below what it bounds.
    bound = max(worth, highest)
    return Plan(municipality, price, None, worth, bound, is_optimal)


def _of_whole_groups(problem: Problem, price: Floats, width: int, enough: float) -> Integers:
    losses = losses_at(problem, price, width)
    seating = Seating.of(problem, losses, rounded(problem, losses))
    return municipalities_of(losses.place, improved(seating, problem.seed, enough).at)


def municipalities_of(place: Places, at: Integers) -> Integers:
    """The municipality of each group by the column it is in; -1 where it is in none."""
    return np.where(at < 0, certificate.UNPLACED, np.take_along_axis(place, np.maximum(at, 0)[:, None], 1)[:, 0])
