"""Shaking: groups taken at random change places, also to a small loss, so that other chains become possible."""

import numpy as np

from fotfeste.allocation.domain.solver.compiled import compiled, within
from fotfeste.allocation.domain.solver.instance import Integers
from fotfeste.allocation.domain.solver.room import fits, fits_without
from fotfeste.allocation.domain.solver.seats import (
    AFTER,
    COLUMN,
    HERE,
    STATE,
    TASK,
    Seating,
    State,
    Task,
    left_idle,
    own_due,
    own_idle,
    own_loss,
    rise,
    sit,
)

_NO_WAY = 1e300


@within
def _drawn(number: np.uint64) -> np.uint64:
    """The next of a row of numbers without a pattern (xorshift, Marsaglia 2003)."""
    number ^= number << np.uint64(13)
    number ^= number >> np.uint64(7)
    return number ^ (number << np.uint64(17))


@within
def _way_out(task: Task, state: State, g: int, m: int, e: int, found: Integers) -> float:
    """The least that it costs to have e leave m for g; the column goes into `found`."""
    place, loss, due, spare, needed = task[0], task[1], task[2], task[3], task[4]
    room, seat, _ = state
    best = spare[e]
    found[1] = -1
    for k in range(place.shape[1]):
        to = place[e, k]
        if to < 0:
            break
        out = needed[g, 0] if to == seat[g, HERE] else 0
        if to == m or room[to, 0] + out < needed[e, 0]:
            continue
        new = loss[e, k] - due[e, k] + own_idle(task, state, to, out, needed[e, 0])
        if new >= best:
            continue
        if fits(needed, e, room, to) or (to == seat[g, HERE] and fits_without(needed, e, g, room, to)):
            best, found[1] = new, k
    turned = own_idle(task, state, m, 0, needed[g, 0] - needed[e, 0])
    return float(best - own_loss(task, state, e) + own_due(task, state, e) + turned)


@within
def _cost(task: Task, state: State, g: int, k: int, found: Integers) -> float:
    """What it costs to have g in its column k; who must leave for it and to which column goes into `found`."""
    place, loss, due, spare, needed = task[0], task[1], task[2], task[3], task[4]
    room, seat, head = state
    found[0] = found[1] = -1
    cost = left_idle(task, state, g) - own_loss(task, state, g)
    if k < 0:
        return float(cost + spare[g])
    m = place[g, k]
    cost += loss[g, k] - due[g, k]
    if fits(needed, g, room, m):
        return float(cost + own_idle(task, state, m, 0, needed[g, 0]))
    best, e, column = _NO_WAY, head[m], -1
    while e >= 0:
        if fits_without(needed, g, e, room, m):
            new = _way_out(task, state, g, m, e, found)
            if new < best:
                best, found[0], column = new, e, found[1]
        e = seat[e, AFTER]
    found[1] = column
    return float(cost + best)


@compiled(f"u8({TASK}, {STATE}, u8, i8, f8, f8)")
def _shake(task: Task, state: State, number: np.uint64, moves: int, hot: float, cold: float) -> np.uint64:
    """So many moves tried, each allowed to lose about as much as the temperature, which falls."""
    place, seat = task[0], state[1]
    groups, width = place.shape
    found = np.empty(2, dtype=np.int64)
    for i in range(moves):
        heat = hot * (cold / hot) ** (i / moves)
        number = _drawn(number)
        g = np.int64(number >> np.uint64(20)) % groups
        number = _drawn(number)
        k = np.int64(number >> np.uint64(20)) % (width + 1) - 1
        number = _drawn(number)
        allowed = -heat * np.log((np.float64(number >> np.uint64(11)) + 1.0) / 9007199254740993.0)
        if k == seat[g, COLUMN] or (k >= 0 and place[g, k] < 0) or _cost(task, state, g, k, found) > allowed:
            continue
        rise(task, state, g)
        if found[0] >= 0:
            rise(task, state, found[0])
            sit(task, state, found[0], found[1])
        sit(task, state, g, k)
    return number


def shake(seating: Seating, number: int, moves: int, hot: float, cold: float) -> int:
    """Try so many moves while the temperature falls from hot to cold; the number to go on with.

    `number` begins a row of numbers that is always the same.
    """
    return int(_shake(seating.task, seating.state, np.uint64(number), moves, hot, cold))
