"""What every step works on: the instance in the numbers of the kernels, made once."""

from dataclasses import dataclass

import numpy as np

from fotfeste.allocation.domain.solver.columns import Columns, Places, best_columns
from fotfeste.allocation.domain.solver.crowding import NO_TABLE, Steps, Table, costs_of, idle_at, steps_of
from fotfeste.allocation.domain.solver.instance import Floats, Instance, Integers
from fotfeste.allocation.domain.solver.scores import ScoreBlocks

# The part that is looked at first: so many scores, and at least as many groups as municipalities.
_SAMPLE_CELLS = 200_000
# In parts of how far scores are spread: columns that are alike to a group when a plan of whole groups is made.
_ALIKE = 0.015


@dataclass(frozen=True, slots=True)
class Problem:
    """An instance with its limits cut to what all groups together can use, as integers and as floats.

    `steps` and `costs` are its crowding, within the room.
    """

    scores: ScoreBlocks
    demand: Floats
    limit: Floats
    needed: Integers
    room: Integers
    unplaced: Floats
    seed: int
    steps: Steps
    costs: Table

    @classmethod
    def of(cls, instance: Instance) -> "Problem":
        """Of a checked instance."""
        wanted = np.minimum(instance.demand.sum(axis=0, dtype=np.float64), 2.0**62)
        room = np.minimum(instance.limit, wanted.astype(np.int64))
        return cls(
            scores=instance.scores,
            demand=instance.demand.astype(np.float64),
            limit=room.astype(np.float64),
            needed=np.ascontiguousarray(instance.demand),
            room=np.ascontiguousarray(room),
            unplaced=instance.unplaced_value,
            seed=instance.seed % 2**63,
            steps=steps_of(instance.crowding, room[:, 0]),
            costs=costs_of(instance.crowding, room[:, 0]),
        )

    def columns(self, price: Floats, width: int, *, fitting: bool, alike: float) -> Columns:
        """One pass over the scores: the best columns at these prices."""
        numbers = self.demand, self.unplaced, self.limit, price
        return best_columns(self.scores, *numbers, width=width, fitting=fitting, alike=alike)

    def sample(self) -> Integers:
        """A part of the groups, from all through the list. There are some groups and some municipalities."""
        groups, municipalities = self.scores.shape
        size = min(groups, max(municipalities, _SAMPLE_CELLS // municipalities))
        return np.linspace(0, groups - 1, size).astype(np.int64)

    def spread(self) -> float:
        """How far the scores of that part are spread; 0 where nothing is possible."""
        if 0 in self.scores.shape:
            return 0.0
        rows = self.scores.rows(self.sample())
        scores = rows[~np.isnan(rows)]
        return float(scores.std()) if scores.size else 0.0


@dataclass(frozen=True, slots=True)
class Losses:
    """What each group loses against its best at these prices, in each municipality worth looking at.

    A plan is worth the bound less all losses of its groups less the price of all room that is left; so improving a plan
    is making that waste smaller. `due` is what the room is worth that a group takes in a column, `spare` the loss of a
    group that stays unplaced. What there is none of has price 0 here. With crowding the room for persons has price 0
    here and is in `idle`, by how much of it is left.
    """

    place: Places
    value: Floats
    loss: Floats
    due: Floats
    spare: Floats
    price: Floats
    idle: Table = NO_TABLE


def losses_at(problem: Problem, price: Floats, width: int) -> Losses:
    """The losses in the best fitting columns of each group."""
    columns = problem.columns(price, width, fitting=True, alike=_ALIKE * problem.spread())
    free = np.where(problem.limit > 0, price, 0.0)
    asked = charges(problem, columns, free)
    net = np.where(columns.place < 0, -np.inf, columns.value - asked)
    best = np.maximum(problem.unplaced, net.max(axis=1, initial=-np.inf))
    loss = np.where(columns.place < 0, 0.0, best[:, None] - net)
    idle = idle_at(problem.costs, problem.room[:, 0], np.ascontiguousarray(free[:, 0]))
    if len(idle.start):
        free = free.copy()
        free[:, 0] = 0.0
        asked = charges(problem, columns, free)
    return Losses(columns.place, columns.value, np.ascontiguousarray(loss), asked, best - problem.unplaced, free, idle)


def charges(problem: Problem, columns: Columns, price: Floats) -> Floats:
    """What each group pays in each of its columns."""
    if len(price) == 0:
        return np.zeros_like(columns.value)
    return np.ascontiguousarray(np.einsum("gr,gkr->gk", problem.demand, price[columns.place]))
