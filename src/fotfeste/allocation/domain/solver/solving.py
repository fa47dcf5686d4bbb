"""Solving an instance: prices, a plan of whole groups, an exact search where there are few, an integer program of a
week that is not close to its bound, and the certificate.
"""

import numpy as np

from fotfeste.allocation.domain.solver import certificate
from fotfeste.allocation.domain.solver.choosing import chosen_whole, is_for_choosing
from fotfeste.allocation.domain.solver.columns import Places
from fotfeste.allocation.domain.solver.exact import GROUPS, best_of_few
from fotfeste.allocation.domain.solver.improving import improved
from fotfeste.allocation.domain.solver.instance import Floats, Instance, Integers
from fotfeste.allocation.domain.solver.plan import Plan
from fotfeste.allocation.domain.solver.pricing import near_optimal
from fotfeste.allocation.domain.solver.problem import Problem, losses_at
from fotfeste.allocation.domain.solver.rounding import rounded
from fotfeste.allocation.domain.solver.scarce import best_of_scarce, is_for_patterns
from fotfeste.allocation.domain.solver.seats import Seating

# A plan this close to its bound is not improved any more, one of many groups somewhat sooner; and where places are few,
# not proven.
_ENOUGH, _ENOUGH_OF_MANY, _ENOUGH_OF_FEW = 1e-4, 3e-4, 5e-4
_MANY = 5_000
# What sums of floats may be off by, as a part of all that is added.
_ROUNDING = 1e-15
_WIDTH, _WIDTH_OF_MANY_RESOURCES = 16, 24


def solve(instance: Instance) -> Plan:
    """The best plan found for a checked instance, with its certificate.

    The same instance and seed give the same plan: nothing depends on the clock.
    """
    problem = Problem.of(instance)
    width = _WIDTH if instance.resources == 1 else _WIDTH_OF_MANY_RESOURCES
    # What nobody here uses costs nothing: around those who are pinned it may be theirs alone.
    price = np.where(instance.demand.any(axis=0), near_optimal(problem, width), 0.0)
    highest = by_places = certificate.bound(instance, price)
    municipality, is_optimal = _first_plan(problem, price, width, highest)
    worth, group_price = certificate.objective(instance, municipality), None
    enough = _ENOUGH_OF_FEW * abs(highest)
    if highest - worth > enough and is_for_patterns(problem):
        scarce = best_of_scarce(instance, problem, price, municipality, enough, is_optimal=is_optimal)
        municipality, is_optimal = scarce.municipality, scarce.is_optimal
        worth = certificate.objective(instance, municipality)
        by_groups = certificate.bound_by_group_prices(instance, price, scarce.group_price)
        if by_groups < highest:
            highest, group_price = by_groups, scarce.group_price
    if not is_optimal and highest - worth > enough and is_for_choosing(problem):
        chosen = chosen_whole(problem, losses_at(problem, price, width), by_places - worth)
        municipality, worth = certificate.better(instance, municipality, chosen)
    added = np.abs(instance.unplaced_value).sum() + abs(highest) + (price * problem.limit).sum()
    is_optimal = is_optimal or highest - worth <= _ROUNDING * added
    # Rounding alone can put a bound below what it bounds.
    return Plan(municipality, price, group_price, worth, max(worth, highest), bool(is_optimal))


def _first_plan(problem: Problem, price: Floats, width: int, highest: float) -> tuple[Integers, bool]:
    """The best plan of few groups, else one of whole groups from the prices; and whether it is proven."""
    if len(problem.needed) <= GROUPS:
        municipality, is_proven = best_of_few(problem, price)
        if is_proven:
            return municipality, True
    enough = _ENOUGH_OF_MANY if len(problem.needed) > _MANY else _ENOUGH
    return _of_whole_groups(problem, price, width, enough * abs(highest)), False


def _of_whole_groups(problem: Problem, price: Floats, width: int, enough: float) -> Integers:
    losses = losses_at(problem, price, width)
    seating = Seating.of(problem, losses, rounded(problem, losses))
    return municipalities_of(losses.place, improved(seating, problem.seed, enough).at)


def municipalities_of(place: Places, at: Integers) -> Integers:
    """The municipality of each group by the column it is in; -1 where it is in none."""
    return np.where(at < 0, certificate.UNPLACED, np.take_along_axis(place, np.maximum(at, 0)[:, None], 1)[:, 0])
