"""Choosing: the best plan of a week in the few best columns of each group, as an integer program.

Chains and shaking move a few groups at a time. Where some hundred share what is left of the year's places, the last
tenth of a per cent is many that move at once, and HiGHS finds them at its root. Each group may have the columns that
lose no more at the prices than the known plan wastes in all: no better plan has any other. Of those only the best few
of each are looked at, so what is found is not proven; certificates say how good it is.

Not where people crowd a municipality: with the steps of crowding the program takes seconds for a hundredth of a per
cent. Not where room is scarce: whole groups are then weighed against each other for many seconds.
"""

import numpy as np

from fotfeste.allocation.domain.solver.instance import Integers
from fotfeste.allocation.domain.solver.problem import Losses, Problem
from fotfeste.allocation.domain.solver.programs import Packing
from fotfeste.allocation.domain.solver.scarce import SEVERAL

_MOST_GROUPS, _BEST = 300, 10
# HiGHS counts a millionth as nothing; of so many people and needs in all that hides none of them.
_MOST_IN_ALL = 100_000
# Where the search gives up; in parts of what the known plan wastes, what it may miss.
NODES, _CLOSE = 1, 1e-3


def is_for_choosing(problem: Problem) -> bool:
    """Whether the program is small: a few hundred groups, far more of everything than they need, and none who crowd."""
    if not 0 < len(problem.needed) <= _MOST_GROUPS or len(problem.costs.start):
        return False
    wanted, room = problem.demand.sum(axis=0), problem.limit.sum(axis=0)
    return bool(wanted.max() <= _MOST_IN_ALL and ((room > SEVERAL * wanted) | (wanted == 0)).all())


def chosen_whole(problem: Problem, losses: Losses, waste: float, nodes: int = NODES) -> Integers:
    """The municipality of each group (-1 unplaced) in the best plan found that wastes no more than this, above 0.

    The same problem gives the same plan. `nodes` is where the search gives up; without a plan nobody is placed.
    """
    groups, resources = problem.needed.shape
    near = (losses.place >= 0) & (losses.loss <= waste)
    near[:, _BEST:] = False
    group, column = np.nonzero(near)
    place = losses.place[group, column].astype(np.int64)
    rows = np.column_stack([group, groups + place[:, None] * resources + np.arange(resources)])
    taken = np.column_stack([np.ones(len(group)), problem.demand[group]])
    # Against staying unplaced, and with no price: the room itself is in the program.
    cost = losses.loss[group, column] - losses.due[group, column] - losses.spare[group]
    program = Packing(np.concatenate([np.ones(groups), problem.limit.ravel()]))
    program.add(cost / waste, np.arange(len(group)) * (resources + 1), rows.ravel(), taken.ravel())
    municipality = np.full(groups, -1, dtype=np.int64)
    columns, _ = program.whole(nodes, _CLOSE)
    municipality[group[columns]] = place[columns]
    return municipality
