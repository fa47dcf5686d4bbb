"""Who sits where: a plan in the making, that whole groups enter and leave at a small cost.

`TASK` is what does not change: columns, what each loses and what its room is worth, what staying unplaced loses, needs,
prices, and with crowding how idle room for persons is (problem.Losses).
`STATE` is what does: the room that is left; of each group its column (-1 unplaced), its municipality (-1), and who sits
after and before it there; the first who sits in each municipality.
"""

from typing import NamedTuple

import numpy as np

from fotfeste.allocation.domain.solver.columns import Places
from fotfeste.allocation.domain.solver.compiled import compiled, within
from fotfeste.allocation.domain.solver.instance import Floats, Integers
from fotfeste.allocation.domain.solver.problem import Losses, Problem
from fotfeste.allocation.domain.solver.room import enter, idled, leave

TASK = "Tuple((i4[:,::1], f8[:,::1], f8[:,::1], f8[::1], i8[:,::1], f8[:,::1], f8[::1], i8[::1]))"
STATE = "Tuple((i8[:,::1], i8[:,::1], i8[::1]))"
COLUMN, HERE, AFTER, BEFORE = 0, 1, 2, 3
NOBODY = -1

type Task = tuple[Places, Floats, Floats, Floats, Integers, Floats, Floats, Integers]
type State = tuple[Integers, Integers, Integers]


@within
def sit(task: Task, state: State, g: int, k: int) -> None:
    """Let an unplaced group have its column k; -1 leaves it unplaced."""
    place, needed = task[0], task[4]
    room, seat, head = state
    seat[g, COLUMN] = k
    if k < 0:
        return
    m = place[g, k]
    seat[g, HERE], seat[g, AFTER], seat[g, BEFORE] = m, head[m], NOBODY
    if head[m] >= 0:
        seat[head[m], BEFORE] = g
    head[m] = g
    enter(needed, g, room, m)


@within
def rise(task: Task, state: State, g: int) -> None:
    """Let a group leave its place, if it has one."""
    room, seat, head = state
    m = seat[g, HERE]
    if m < 0:
        return
    after, before = seat[g, AFTER], seat[g, BEFORE]
    if before >= 0:
        seat[before, AFTER] = after
    else:
        head[m] = after
    if after >= 0:
        seat[after, BEFORE] = before
    leave(task[4], g, room, m)
    seat[g, COLUMN] = seat[g, HERE] = -1


@within
def own_loss(task: Task, state: State, g: int) -> float:
    """What a group loses where it is now."""
    k = state[1][g, COLUMN]
    return float(task[1][g, k] if k >= 0 else task[3][g])


@within
def own_due(task: Task, state: State, g: int) -> float:
    """What the room is worth that a group has now; nothing where it is unplaced."""
    k = state[1][g, COLUMN]
    return float(task[2][g, k] if k >= 0 else 0.0)


@within
def own_idle(task: Task, state: State, m: int, out: int, more: int) -> float:
    """By how much more room is idle in municipality m when so many more persons come after so many have left."""
    return float(idled(task[6], task[7], state[0][m, 0] + out, m, more))


@within
def left_idle(task: Task, state: State, g: int) -> float:
    """What it costs that a group leaves where it is now: its room's price, and how idle it is then. 0 if unplaced."""
    m = state[1][g, HERE]
    if m < 0:
        return 0.0
    return float(own_due(task, state, g) + own_idle(task, state, m, 0, -task[4][g, 0]))


@within
def idle_with(task: Task, m: int, left: int) -> float:
    """What it costs that room for so many persons is left in municipality m."""
    crowded = task[6][task[7][m] + left] if len(task[7]) else 0.0
    return float(task[5][m, 0] * left + crowded)


@within
def waste_of(task: Task, state: State, m: int) -> float:
    """What municipality m wastes: what those lose who are there, and the room for persons that is left."""
    waste, g = idle_with(task, m, state[0][m, 0]), state[2][m]
    while g >= 0:
        waste += own_loss(task, state, g)
        g = state[1][g, AFTER]
    return float(waste)


@compiled(f"void({TASK}, {STATE}, i8[::1])")
def _seat_all(task: Task, state: State, at: Integers) -> None:
    for g in range(len(at)):
        sit(task, state, g, at[g])


class Seating(NamedTuple):
    """A plan in the making, as the kernels take it."""

    task: Task
    state: State

    @classmethod
    def of(cls, problem: Problem, losses: Losses, at: Integers) -> "Seating":
        """Seat every group in its column."""
        groups, municipalities = len(at), len(problem.room)
        task = (losses.place, losses.loss, losses.due, losses.spare, problem.needed, losses.price, *losses.idle)
        seat = np.full((groups, 4), -1, dtype=np.int64)
        state = (problem.room.copy(), seat, np.full(municipalities, NOBODY, dtype=np.int64))
        _seat_all(task, state, at)
        return cls(task, state)

    @property
    def at(self) -> Integers:
        """The column of each group."""
        return self.state[1][:, COLUMN]

    @property
    def is_crowded(self) -> bool:
        """Whether the next person in some municipality is worth less than the first."""
        return len(self.task[7]) > 0

    def losses(self) -> Floats:
        """What each group loses where it is now."""
        loss, spare = self.task[1], self.task[3]
        return np.where(self.at < 0, spare, np.take_along_axis(loss, np.maximum(self.at, 0)[:, None], 1)[:, 0])

    def waste(self) -> float:
        """All losses, and the price of all room that is left: how much less than the bound this is worth."""
        idle, start = self.task[6:]
        unused = idle[start + self.state[0][:, 0]].sum() if len(start) else 0.0
        return float(self.losses().sum() + (self.task[5] * self.state[0]).sum() + unused)

    def copy(self) -> "Seating":
        """The same plan, to try something with."""
        room, seat, head = self.state
        return Seating(self.task, (room.copy(), seat.copy(), head.copy()))
