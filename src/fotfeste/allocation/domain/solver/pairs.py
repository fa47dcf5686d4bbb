"""Pairs: two municipalities share their groups anew, the best way there is.

A chain moves one group for one. That two small households make way for a large one, it does not find. Of two
municipalities only those groups can move to a gain that would lose less than both waste now, and they are few. So the
best way is found exactly, by how many persons move on balance (a knapsack); crowding is counted by what is left.

For persons alone: with more resources there would be too many balances.
"""

import numpy as np
from numpy.typing import NDArray

from fotfeste.allocation.domain.solver.compiled import compiled, within
from fotfeste.allocation.domain.solver.instance import Floats, Integers
from fotfeste.allocation.domain.solver.seats import (
    AFTER,
    STATE,
    TASK,
    Seating,
    State,
    Task,
    idle_with,
    own_loss,
    rise,
    sit,
    waste_of,
)

# Of the groups that may move: the group, its column in the other municipality, persons into the first municipality
# (less than 0 where they leave it); what each loses more there. `least[i, d]`: what the first i of them lose more at
# least where d persons, counted from as many as can leave, have come.
_MOVES = "Tuple((i8[:,::1], f8[::1], f8[:,::1]))"
_WHO, _TO, _COME = 0, 1, 2
_MOST_MOVES, _MOST_PERSONS = 256, 2048
_NO_WAY = 1e300

type Moves = tuple[Integers, Floats, Floats]
type Flags = NDArray[np.bool_]


@within
def _column_of(task: Task, g: int, m: int) -> int:
    """Group g's column in municipality m; -1 where it has none."""
    for k in range(task[0].shape[1]):
        if task[0][g, k] == m:
            return k
    return -1


@within
def _gather(task: Task, state: State, home: int, other: int, below: float, sign: int, moves: Moves, count: int) -> int:
    """Add the groups at home that would lose less than so much in the other municipality; how many there are then."""
    who, more, _ = moves
    g = state[2][home]
    while g >= 0 and count < _MOST_MOVES:
        k = _column_of(task, g, other)
        if k >= 0 and task[1][g, k] < below:
            who[count, _WHO], who[count, _TO], who[count, _COME] = g, k, sign * task[4][g, 0]
            more[count] = task[1][g, k] - own_loss(task, state, g)
            count += 1
        g = state[1][g, AFTER]
    return count


@within
def _fill(moves: Moves, count: int, leave: int, width: int) -> None:
    """The least that the first groups lose more, for every balance of persons."""
    who, more, least = moves
    least[0, :width] = _NO_WAY
    least[0, leave] = 0.0
    for i in range(count):
        come = who[i, _COME]
        for d in range(width):
            best = least[i, d]
            if 0 <= d - come < width:
                best = min(best, least[i, d - come] + more[i])
            least[i + 1, d] = best


@within
def _balance(
    task: Task, state: State, pair: tuple[int, int], least: Floats, leave: int, width: int, gain: float
) -> int:
    """The balance that gains most, and more than so much, counted from as many as can leave; -1 where none does."""
    a, b = pair
    left_a, left_b = state[0][a, 0], state[0][b, 0]
    now = idle_with(task, a, left_a) + idle_with(task, b, left_b)
    best, found = -gain, -1
    for d in range(max(0, leave - left_b), min(width, left_a + leave + 1)):
        if least[d] < _NO_WAY:
            new = least[d] + idle_with(task, a, left_a - d + leave) + idle_with(task, b, left_b + d - leave) - now
            if new < best:
                best, found = new, d
    return found


@within
def _shared(task: Task, state: State, a: int, b: int, below: float, gain: float, moves: Moves) -> bool:
    """Share the groups of two municipalities in the best way, where that is a gain."""
    who, _, least = moves
    count = _gather(task, state, b, a, below, 1, moves, 0)
    count = _gather(task, state, a, b, below, -1, moves, count)
    leave, width = 0, 1
    for i in range(count):
        leave -= min(0, who[i, _COME])
        width += abs(who[i, _COME])
    if count == 0 or width > _MOST_PERSONS:
        return False
    _fill(moves, count, leave, width)
    d = _balance(task, state, (a, b), least[count], leave, width, gain)
    if d < 0:
        return False
    for i in range(count - 1, -1, -1):
        # Whoever stays is taken off the list by a column of none.
        if least[i + 1, d] == least[i, d]:
            who[i, _TO] = -1
        else:
            d -= who[i, _COME]
            rise(task, state, who[i, _WHO])
    for i in range(count):
        if who[i, _TO] >= 0:
            sit(task, state, who[i, _WHO], who[i, _TO])
    return True


@within
def _others(task: Task, state: State, waste: Floats, a: int, is_tried: Flags, others: Integers) -> int:
    """Into `others`: the municipalities, not yet tried with this one, that somebody here may move to; how many."""
    count, g = 0, state[2][a]
    while g >= 0:
        for k in range(task[0].shape[1]):
            m = task[0][g, k]
            if m < 0:
                break
            if m != a and not is_tried[a, m] and task[1][g, k] < waste[a] + waste[m]:
                is_tried[a, m] = is_tried[m, a] = True
                others[count] = m
                count += 1
        g = state[1][g, AFTER]
    return count


@compiled(f"i8({TASK}, {STATE}, {_MOVES}, b1[:,::1], i8[::1], f8[::1], f8)")
def _share_all(
    task: Task, state: State, moves: Moves, is_tried: Flags, others: Integers, waste: Floats, gain: float
) -> int:
    """Every municipality with each that somebody may move to; how many gains were made."""
    gains = 0
    for m in range(len(waste)):
        waste[m] = waste_of(task, state, m)
    for a in range(len(waste)):
        for i in range(_others(task, state, waste, a, is_tried, others)):
            b = others[i]
            if _shared(task, state, a, b, waste[a] + waste[b], gain, moves):
                waste[a], waste[b] = waste_of(task, state, a), waste_of(task, state, b)
                gains += 1
    return gains


def share_anew(seating: Seating, least: float) -> int:
    """Make the plan better, two municipalities at a time; how many gains of more than `least` were made."""
    municipalities, resources = seating.state[0].shape
    if resources > 1:
        return 0
    who = np.zeros((_MOST_MOVES, 3), dtype=np.int64)
    moves = who, np.zeros(_MOST_MOVES), np.zeros((_MOST_MOVES + 1, _MOST_PERSONS))
    is_tried = np.zeros((municipalities, municipalities), dtype=np.bool_)
    others, waste = np.zeros(municipalities, dtype=np.int64), np.zeros(municipalities)
    return int(_share_all(seating.task, seating.state, moves, is_tried, others, waste, least))
