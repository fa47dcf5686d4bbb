"""The best plan of few groups, by trying all that can still be better: depth first, with bounds."""

import numpy as np

from fotfeste.allocation.domain.solver.columns import Places
from fotfeste.allocation.domain.solver.compiled import compiled, within
from fotfeste.allocation.domain.solver.crowding import idle_at
from fotfeste.allocation.domain.solver.instance import Floats, Integers
from fotfeste.allocation.domain.solver.problem import Problem, charges
from fotfeste.allocation.domain.solver.room import enter, fits, idled, leave

GROUPS = 24
_NODES = 3_000_000
# Of all numbers that are added: what sums of prices and room may be off by.
_ROUNDING = 1e-9


@within
def _next(place: Places, needed: Integers, room: Integers, g: int, k: int) -> int:
    """The next column that group g fits in; the width itself for staying unplaced; past it there is nothing more."""
    width = place.shape[1]
    k += 1
    while k < width and place[g, k] >= 0 and not fits(needed, g, room, place[g, k]):
        k += 1
    return width if k < width and place[g, k] < 0 else k


@within
def _crowded(place: Places, needed: Integers, room: Integers, costs: Floats, start: Integers, g: int, k: int) -> float:
    """What crowding costs when group g comes to its column k, the width for staying unplaced."""
    if k == place.shape[1]:
        return 0.0
    return float(idled(costs, start, room[place[g, k], 0], place[g, k], needed[g, 0]))


@compiled(
    "b1(i4[:,::1], f8[:,::1], f8[:,::1], f8[::1], i8[:,::1], f8, f8[::1], f8[::1], i8[:,::1], i8, f8, i8[::1],"
    "f8[::1], i8[::1])"
)
def _search(
    place: Places,
    value: Floats,
    charge: Floats,
    unplaced: Floats,
    needed: Integers,
    held: float,
    ahead: Floats,
    priced_ahead: Floats,
    room: Integers,
    nodes: int,
    rounding: float,
    best: Integers,
    costs: Floats,
    start: Integers,
) -> bool:
    """Fill `best` with the column of each group (-1 unplaced) in the best plan; whether all was looked at.

    `ahead[g]` is what the groups from g on are worth at most without limits, `priced_ahead[g]` the same less prices;
    `charge` the price of each column, `held` what all room is worth at the prices; `costs` and `start` the crowding.
    """
    groups, width = place.shape
    slot, sits = np.full(groups + 1, -1, dtype=np.int64), np.zeros(groups + 1, dtype=np.bool_)
    worth, left = np.zeros(groups + 1), np.full(groups + 1, held)
    most, g = -np.inf, 0
    while g >= 0:
        if g == groups:
            if worth[g] > most:
                most = worth[g]
                for each in range(groups):
                    best[each] = slot[each] if sits[each] else -1
            g -= 1
            continue
        if sits[g]:
            leave(needed, g, room, place[g, slot[g]])
            sits[g] = False
        slot[g] = _next(place, needed, room, g, slot[g])
        k = slot[g]
        if k > width:
            slot[g] = -1
            g -= 1
            continue
        nodes -= 1
        if nodes < 0:
            return False
        # In what all room is worth crowding is paid for already.
        crowded = _crowded(place, needed, room, costs, start, g, k)
        worth[g + 1] = worth[g] + (value[g, k] if k < width else unplaced[g]) - crowded
        left[g + 1] = left[g] - (charge[g, k] if k < width else 0.0) + crowded
        if worth[g + 1] + ahead[g + 1] > most and worth[g + 1] + left[g + 1] + priced_ahead[g + 1] > most - rounding:
            if k < width:
                enter(needed, g, room, place[g, k])
                sits[g] = True
            g += 1
    return True


def best_of_few(problem: Problem, price: Floats) -> tuple[Integers, bool]:
    """The municipality of each group in the best plan, and whether that is proven; for few groups (GROUPS).

    Proven means that every plan was looked at or cannot be worth more, as floats add up. The prices only make it
    quicker. After so many steps that it would take seconds the best found so far is given, unproven.
    """
    groups, municipalities = problem.scores.shape
    columns = problem.columns(price, municipalities, fitting=True, alike=0.0)
    free = np.where(problem.limit > 0, price, 0.0)
    charge = charges(problem, columns, free)
    inside = columns.place >= 0
    value = np.where(inside, columns.value, -np.inf)
    top = np.maximum(problem.unplaced, value.max(axis=1, initial=-np.inf))
    priced = np.maximum(problem.unplaced, (value - charge).max(axis=1, initial=-np.inf))
    # Who has most at stake first: what follows is then bounded closely.
    turn = np.argsort(problem.unplaced - top, kind="stable")
    scale = np.abs(value[inside]).sum() + np.abs(problem.unplaced).sum() + np.abs(free * problem.limit).sum()
    slot = np.full(groups, -1, dtype=np.int64)
    is_proven = _search(
        np.ascontiguousarray(columns.place[turn]),
        np.ascontiguousarray(columns.value[turn]),
        np.ascontiguousarray(charge[turn]),
        np.ascontiguousarray(problem.unplaced[turn]),
        np.ascontiguousarray(problem.needed[turn]),
        _held(problem, free),
        _ahead(top[turn]),
        _ahead(priced[turn]),
        problem.room.copy(),
        _NODES,
        _ROUNDING * float(scale),
        slot,
        *problem.costs,
    )
    municipality = np.full(groups, -1, dtype=np.int64)
    sits = np.flatnonzero(slot >= 0)
    municipality[turn[sits]] = columns.place[turn[sits], slot[sits]]
    return municipality, bool(is_proven)


def _held(problem: Problem, price: Floats) -> float:
    """What all room is worth at these prices, less the crowding that pays."""
    idle = idle_at(problem.costs, problem.room[:, 0], np.ascontiguousarray(price[:, 0]))
    if len(idle.start) == 0:
        return float((price * problem.limit).sum())
    return float((price[:, 1:] * problem.limit[:, 1:]).sum() + idle.number[idle.start + problem.room[:, 0]].sum())


def _ahead(best: Floats) -> Floats:
    """Sums from each group to the last."""
    return np.append(np.cumsum(best[::-1])[::-1], 0.0)
