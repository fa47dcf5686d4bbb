"""Other ways to place groups: in turn, by a draw, and by general solvers on the ten best columns of each group."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fotfeste.allocation.domain.solver.columns import Columns
from fotfeste.allocation.domain.solver.instance import Instance
from fotfeste.allocation.domain.solver.pricing import near_optimal
from fotfeste.allocation.domain.solver.problem import Problem

type Municipalities = NDArray[np.int64]

LIMIT_S, BEST = 20.0, 10


def greedy(instance: Instance) -> Municipalities:
    """Each group in turn takes its best place that still has room, if that is better than waiting."""
    room = instance.limit.copy()
    chosen = np.full(instance.groups, -1, dtype=np.int64)
    for first, block in instance.scores.blocks():
        for g, scores in enumerate(block, first):
            fits = (room >= instance.demand[g]).all(axis=1) & (scores > instance.unplaced[g])
            if fits.any():
                chosen[g] = int(np.argmax(np.where(fits, scores, -np.inf)))
                room[chosen[g]] -= instance.demand[g]
    return chosen


def _best_columns(instance: Instance) -> Columns:
    """The ten best of each group at our prices: better than a general solver could choose for itself."""
    problem = Problem.of(instance)
    return problem.columns(near_optimal(problem, 16), BEST, fitting=True, alike=0.0)


def by_highs(instance: Instance) -> Municipalities:
    """HiGHS on those columns, for so many seconds."""
    import highspy

    columns = _best_columns(instance)
    group, slot = np.nonzero(columns.place >= 0)
    place, groups = columns.place[group, slot].astype(np.int64), instance.groups
    count, resources = len(group), instance.resources
    # Each column takes one row of its group, and one of each resource of its municipality.
    rows = np.column_stack([group, groups + place[:, None] * resources + np.arange(resources)]).astype(np.int32)
    uses = np.column_stack([np.ones(count), instance.demand[group]]).astype(np.float64)
    gain = columns.value[group, slot] - instance.unplaced_value[group]
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, setting in (("output_flag", False), ("time_limit", LIMIT_S), ("threads", 2)):
        solver.setOptionValue(option, setting)
    upper = np.concatenate([np.ones(groups), instance.limit.ravel().astype(np.float64)])
    none = np.zeros(0, dtype=np.int32)
    solver.addRows(len(upper), np.full(len(upper), -np.inf), upper, 0, none, none, np.zeros(0))
    starts = (np.arange(count) * (resources + 1)).astype(np.int32)
    solver.addCols(count, -gain, np.zeros(count), np.ones(count), rows.size, starts, rows.ravel(), uses.ravel())
    solver.changeColsIntegrality(count, np.arange(count, dtype=np.int32), np.ones(count, dtype=np.uint8))
    solver.run()
    taken = np.asarray(solver.getSolution().col_value)
    chosen = np.full(groups, -1, dtype=np.int64)
    if taken.size:
        here = np.flatnonzero(taken > 0.5)
        chosen[group[here]] = place[here]
    return chosen


def has_cpsat() -> bool:
    """Whether OR-Tools is installed: it is none of our dependencies."""
    return find_spec("ortools") is not None


def by_cpsat(instance: Instance) -> Municipalities:
    """CP-SAT on those columns, for so many seconds; values rounded to a hundred thousandth."""
    cp_model: Any = import_module("ortools.sat.python.cp_model")
    columns = _best_columns(instance)
    model = cp_model.CpModel()
    of_group: list[list[Any]] = [[] for _ in range(instance.groups)]
    of_place: list[list[tuple[int, Any]]] = [[] for _ in range(instance.municipalities)]
    gains, where = [], []
    for g, k in zip(*np.nonzero(columns.place >= 0), strict=True):
        chosen = model.new_bool_var("")
        of_group[g].append(chosen)
        of_place[columns.place[g, k]].append((int(g), chosen))
        gains.append(round(1e5 * float(columns.value[g, k] - instance.unplaced_value[g])) * chosen)
        where.append((int(g), int(columns.place[g, k]), chosen))
    for mine in of_group:
        model.add_at_most_one(mine)
    for m, mine in enumerate(of_place):
        for r in range(instance.resources):
            model.add(sum(int(instance.demand[g, r]) * one for g, one in mine) <= int(instance.limit[m, r]))
    model.maximize(sum(gains))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = LIMIT_S
    solver.parameters.num_workers = 2
    status = solver.solve(model)
    found = np.full(instance.groups, -1, dtype=np.int64)
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        for g, m, one in where:
            if solver.value(one):
                found[g] = m
    return found
