"""Entry prices: how far a municipality that is too dear must fall before as many come as it has room for.

Newton's steps see nobody who would come to it: shares fall to nothing a few temperatures from the best, and so does
what they tell. So it is asked of every group at which price it would come; the rest of the prices stand meanwhile.
"""

import numpy as np

from fotfeste.allocation.domain.solver.columns import Columns
from fotfeste.allocation.domain.solver.crowding import Steps
from fotfeste.allocation.domain.solver.instance import Floats, Integers
from fotfeste.allocation.domain.solver.problem import Problem, charges


def let_fall(problem: Problem, price: Floats, columns: Columns, which: Integers) -> None:
    """Lower the prices for persons of these municipalities to where their room is sought; none rises.

    `columns` are each group's best at these prices or near them.
    """
    entry = _entry_prices(problem, price, columns, which)
    for m, asked in zip(which, entry.T, strict=True):
        turn = np.argsort(-asked, kind="stable")
        come = np.cumsum(problem.demand[turn, 0])
        enough = np.flatnonzero(come >= _filled(problem.steps, problem.limit[m, 0], int(m), asked[turn]))
        sought = asked[turn[enough[0]]] if len(enough) else 0.0
        price[m, 0] = min(price[m, 0], max(sought, 0.0))


def _entry_prices(problem: Problem, price: Floats, columns: Columns, which: Integers) -> Floats:
    """The price for a person at which each group would as soon have each of these municipalities as its best other."""
    persons, every = problem.demand[:, :1], np.arange(len(problem.demand))
    net = np.where(columns.place < 0, -np.inf, columns.value - charges(problem, columns, price))
    net = np.column_stack([net, problem.unplaced])
    place = np.column_stack([columns.place, np.full(len(net), -1)])
    top = np.argmax(net, axis=1)
    here, best = place[every, top], net[every, top]
    net[every, top] = -np.inf
    second = net.max(axis=1, initial=-np.inf)
    entry = np.empty((len(net), len(which)))
    for first, block in problem.scores.blocks():
        rows = slice(first, first + len(block))
        other = np.where(here[rows, None] == which, second[rows, None], best[rows, None])
        gain = persons[rows] * block[:, which] - problem.demand[rows] @ price[which].T - other
        entry[rows] = price[which, 0] + gain / persons[rows]
    return np.where(np.isfinite(entry), entry, -np.inf)


def _filled(steps: Steps, limit: float, m: int, price: Floats) -> Floats:
    """How much of a municipality's room for persons pays at each of these prices."""
    if len(steps.first) == 0 or steps.first[m] == steps.first[m + 1]:
        return np.full(len(price), limit)
    own = slice(steps.first[m], steps.first[m + 1])
    until = np.append(0.0, np.cumsum(steps.places[own]))
    return np.asarray(until[np.searchsorted(steps.level[own], price)], dtype=np.float64)
