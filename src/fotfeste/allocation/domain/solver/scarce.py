"""Where places are few and groups are whole: group prices for the second certificate, and the proof of an optimum.

For weeks, not for the whole country: every municipality's best pattern is a small knapsack, and all scores are held as
one matrix of gains.
"""

from dataclasses import dataclass

import numpy as np

from fotfeste.allocation.domain.solver import certificate
from fotfeste.allocation.domain.solver.group_prices import STEPS, GroupPrices, Met, lowest, stepped_down, taken_whole
from fotfeste.allocation.domain.solver.instance import Floats, Instance, Integers
from fotfeste.allocation.domain.solver.patterns import MOST_STATES, Gains
from fotfeste.allocation.domain.solver.problem import Problem
from fotfeste.allocation.domain.solver.proving import proven

_MOST_CELLS = 150_000
# Groups that are always proven; places that never hold many groups; steps of the program; how scarce is scarce; steps
# that find most of what prices can.
_FEW, _SHORT, _NODES, SEVERAL, _QUICK = 40, 13, 500, 4, 100
# What sums of floats may be off by, in parts of all numbers that are added, and what counts as nothing.
_ROUNDING, _NOTHING = 1e-15, 1e-9


@dataclass(frozen=True, slots=True)
class Scarce:
    """The best plan known, whether it is proven, and the group prices (whole values) that bound every plan."""

    municipality: Integers
    is_optimal: bool
    group_price: Floats


def is_for_patterns(problem: Problem) -> bool:
    """Whether municipalities' patterns are small enough to be looked at one by one."""
    groups, municipalities = problem.scores.shape
    if not 0 < groups * municipalities <= _MOST_CELLS:
        return False
    return bool((problem.limit + 1.0).prod(axis=1).max() <= MOST_STATES)


def is_scarce(problem: Problem) -> bool:
    """Whether room is short of several times the people, so that whole groups compete for the last places."""
    return bool(problem.limit[:, 0].sum() <= SEVERAL * problem.demand[:, 0].sum())


def _has_short_patterns(problem: Problem) -> bool:
    """Whether municipalities take a few groups each: the program over patterns of many takes minutes."""
    groups, municipalities = problem.scores.shape
    return groups <= 2 * municipalities or int(problem.room[:, 0].max(initial=0)) <= _SHORT


def best_of_scarce(
    instance: Instance, problem: Problem, price: Floats, municipality: Integers, enough: float, *, is_optimal: bool
) -> Scarce:
    """From a known plan: group prices, and the best plan, proven where that is possible.

    Where there is much more room than people, a plan of few groups within `enough` of the bound is not looked at any
    further, and a plan of many is not proven: the program over long patterns takes minutes.
    Proven means: no plan is worth more than this by more than a millionth of what the best bound and the best plan
    found before differed by, and rounding.
    """
    gains = _gains(problem)
    values = problem.unplaced.sum()
    worth = certificate.objective(instance, municipality)
    met = Met()
    scarce = is_scarce(problem)
    is_for_proof = len(problem.needed) <= _FEW or (scarce and _has_short_patterns(problem))
    patience = 0.0 if scarce or not is_for_proof else enough
    # To remember patterns takes many times longer than the steps themselves.
    steps, remembered = (STEPS, met) if is_for_proof else (_QUICK, None)
    prices = stepped_down(gains, _start(problem, gains, price), worth - values, patience, remembered, steps)
    small = _NOTHING + _ROUNDING * float(np.abs(problem.unplaced).sum() + np.abs(gains.gain).max() * len(gains.needed))
    is_enough = prices.bound + values - worth <= patience
    if not is_optimal and not is_enough and is_for_proof:
        prices = lowest(gains, prices, met)
        municipality, is_optimal = _proven(instance, gains, prices, met, municipality, small)
    if instance.resources > 1:
        prices = _by_persons(problem, gains, price, prices, certificate.objective(instance, municipality) - values)
    return Scarce(municipality, is_optimal, prices.price + problem.unplaced)


def _gains(problem: Problem) -> Gains:
    """What each group gains in each municipality where it fits and where it is better than unplaced."""
    groups, municipalities = problem.scores.shape
    gain = np.full((municipalities, groups), -1.0)
    for first, block in problem.scores.blocks():
        rows = slice(first, first + len(block))
        more = problem.demand[rows, :1] * block - problem.unplaced[rows, None]
        fits = (problem.needed[rows, None, :] <= problem.room[None, :, :]).all(axis=2)
        gain[:, rows] = np.where(fits & (more > 0), more, -1.0).T
    return Gains(gain, problem.needed, problem.room, problem.costs)


def _start(problem: Problem, gains: Gains, price: Floats) -> Floats:
    """Group prices from those of places: what the best place leaves to the group."""
    net = np.where(gains.gain > 0, gains.gain - price @ problem.demand.T, 0.0)
    best: Floats = net.max(axis=0, initial=0.0)
    return best


def _proven(
    instance: Instance, gains: Gains, prices: GroupPrices, met: Met, municipality: Integers, small: float
) -> tuple[Integers, bool]:
    """The better of the known plan and those of whole patterns, and whether none can be better."""
    highest = prices.bound + float(instance.unplaced_value.sum())
    known = certificate.objective(instance, municipality)
    if highest - known > small:
        municipality, known = certificate.better(instance, municipality, taken_whole(gains, met, _NODES))
    if highest - known <= small:
        return municipality, True
    best = proven(gains, prices, highest - known)
    if best is None:
        return municipality, False
    return certificate.better(instance, municipality, best)[0], True


def _by_persons(problem: Problem, gains: Gains, price: Floats, prices: GroupPrices, reached: float) -> GroupPrices:
    """Group prices for the format's own bound, where a pattern asks for persons alone and pays for all else."""
    paid = price[:, 1:] @ problem.demand[:, 1:].T
    free = float((price[:, 1:] * problem.limit[:, 1:]).sum())
    gain = np.where(gains.gain > 0, gains.gain - paid, -1.0)
    persons = np.ascontiguousarray(gains.needed[:, :1]), np.ascontiguousarray(gains.room[:, :1])
    alone = Gains(gain, *persons, gains.costs)
    return stepped_down(alone, prices.price, reached - free, 0.0, None)
