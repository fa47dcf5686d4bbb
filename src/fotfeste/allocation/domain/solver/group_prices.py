"""Group prices: what a place is worth to each group, where municipalities take whole groups and have few places.

The sum of all group prices and of each municipality's best pattern at them is a bound. It is brought down first by
steps along the slope (a group in two best patterns becomes dearer, one in none cheaper), then to its minimum by a
linear program over the patterns that have been met, to which the best patterns at its prices are added until none is
new.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from fotfeste.allocation.domain.solver.columns import Places
from fotfeste.allocation.domain.solver.instance import Floats, Integers
from fotfeste.allocation.domain.solver.patterns import Gains, best_patterns
from fotfeste.allocation.domain.solver.programs import Packing

type Pattern = tuple[int, ...]

STEPS, _PATIENCE, _SHORTEST = 400, 10, 0.02
_ROUNDS = 60
# How far the bound may stay above the linear program, as a part of it.
_CLOSE = 1e-7


@dataclass(frozen=True, slots=True)
class GroupPrices:
    """Prices of groups above what they are worth unplaced, and each municipality's best total at them."""

    price: Floats
    total: Floats

    @property
    def bound(self) -> float:
        """What no plan can gain more than."""
        return float(self.price.sum() + self.total.sum())


@dataclass(slots=True)
class Met:
    """Patterns that have been met, each once: municipality and groups, in the order of meeting."""

    patterns: dict[Pattern, None] = field(default_factory=dict)

    def add(self, members: Places, municipalities: Iterable[int]) -> list[Pattern]:
        """Remember the patterns of these municipalities; those that are new."""
        new = []
        for m in municipalities:
            pattern = (int(m), *sorted(int(g) for g in members[m] if g >= 0))
            if len(pattern) > 1 and pattern not in self.patterns:
                self.patterns[pattern] = None
                new.append(pattern)
        return new


def stepped_down(
    gains: Gains, price: Floats, reached: float, enough: float, met: Met | None, steps: int = STEPS
) -> GroupPrices:
    """The best of so many steps along the slope, each as long as the distance to what a plan has reached says.

    Over as soon as the bound is no more than `enough` above what a plan has reached. Patterns of all but the first
    steps are remembered in `met`.
    """
    best, now = None, price
    length, idle = 1.0, 0
    for step in range(steps):
        total, members = best_patterns(gains, now)
        here = GroupPrices(now, total)
        idle += 1
        if best is None or here.bound < best.bound - 1e-6 * abs(best.bound):
            best, idle = here, 0
        if met is not None and step >= steps // 4:
            met.add(members, range(len(total)))
        wanted = np.bincount(members[members >= 0], minlength=len(now)).astype(np.float64)
        slope = np.where((now > 0) | (wanted > 1), 1.0 - wanted, 0.0)
        steepness = float(slope @ slope)
        if steepness == 0 or length < _SHORTEST or best.bound - reached <= enough:
            break
        if idle >= _PATIENCE:
            length, idle, now = length / 2, 0, best.price
            continue
        now = np.maximum(now - length * max(here.bound - reached, 0.0) / steepness * slope, 0.0)
    return best if best is not None else GroupPrices(price, best_patterns(gains, price)[0])


def lowest(gains: Gains, start: GroupPrices, met: Met) -> GroupPrices:
    """The prices of the lowest bound, by the linear program over the patterns met."""
    groups = len(start.price)
    program = Packing(np.ones(groups + len(gains.room)))
    _add(program, gains, list(met.patterns))
    best = start
    for _ in range(_ROUNDS):
        cost, worth = program.relaxed()
        dual = np.maximum(worth[:groups], 0.0)
        # Half of the way from the best prices so far: the program's own jump about.
        new: list[Pattern] = []
        for price in (0.5 * (best.price + dual), dual):
            total, members = best_patterns(gains, price)
            if (here := GroupPrices(price, total)).bound < best.bound:
                best = here
            new += met.add(members, range(len(total)))
        if not new or best.bound + cost <= _CLOSE * abs(cost):
            break
        _add(program, gains, new)
    return best


def _add(program: Packing, gains: Gains, patterns: list[Pattern]) -> None:
    groups = len(gains.needed)
    worth = [gains.worth(pattern[0], pattern[1:]) for pattern in patterns]
    rows = [row for pattern in patterns for row in (*pattern[1:], groups + pattern[0])]
    first = np.cumsum([0, *(len(pattern) for pattern in patterns)])[:-1]
    program.add(-np.array(worth), first, np.array(rows, dtype=np.int64))


def taken_whole(gains: Gains, met: Met, nodes: int) -> Integers:
    """The municipality of each group (-1 none) in the best plan of patterns that have been met."""
    groups = len(gains.needed)
    program = Packing(np.ones(groups + len(gains.room)))
    patterns = list(met.patterns)
    _add(program, gains, patterns)
    municipality = np.full(groups, -1, dtype=np.int64)
    for column in program.whole(nodes, 0.0)[0]:
        municipality[list(patterns[column][1:])] = patterns[column][0]
    return municipality
