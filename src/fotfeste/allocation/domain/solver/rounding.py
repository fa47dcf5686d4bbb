"""A first plan of whole groups: who has most to lose by the second best choice chooses first."""

import numpy as np

from fotfeste.allocation.domain.solver.columns import Places
from fotfeste.allocation.domain.solver.compiled import compiled
from fotfeste.allocation.domain.solver.instance import Floats, Integers
from fotfeste.allocation.domain.solver.problem import Losses, Problem
from fotfeste.allocation.domain.solver.room import enter, fits, idled


@compiled("void(i4[:,::1], f8[:,::1], f8[::1], i8[:,::1], i8[::1], i8[:,::1], i8[::1], f8[::1], i8[::1])")
def _place_in_turn(
    place: Places,
    loss: Floats,
    spare: Floats,
    needed: Integers,
    turn: Integers,
    room: Integers,
    at: Integers,
    idle: Floats,
    start: Integers,
) -> None:
    """Each group in its turn takes the column of least loss that still has room; more than pays is a loss too."""
    for g in turn:
        least, chosen = spare[g], -1
        for k in range(place.shape[1]):
            m = place[g, k]
            if m < 0:
                break
            if loss[g, k] < least and fits(needed, g, room, m):
                lost = loss[g, k] + max(0.0, idled(idle, start, room[m, 0], m, needed[g, 0]))
                if lost < least:
                    least, chosen = lost, k
        at[g] = chosen
        if chosen >= 0:
            enter(needed, g, room, place[g, chosen])


def rounded(problem: Problem, losses: Losses) -> Integers:
    """The column of each group (-1 unplaced).

    In the order of regret, what the second best choice would lose; larger groups first among equals.
    """
    at, room = np.full(len(problem.needed), -1, dtype=np.int64), problem.room.copy()
    known = np.where(losses.place < 0, np.inf, losses.loss)
    choices = np.sort(np.column_stack([known, losses.spare]), axis=1)
    regret = choices[:, 1] - choices[:, 0] if choices.shape[1] > 1 else losses.spare
    turn = np.lexsort((-problem.needed[:, 0], -regret)).astype(np.int64)
    _place_in_turn(losses.place, losses.loss, losses.spare, problem.needed, turn, room, at, *losses.idle)
    return at
