"""Certificates: what no plan can be worth more than, computed from prices by the format's own formulas.

Plain NumPy and nothing else, so that it can be read beside docs/formats/settlement-solve.md. Any prices >= 0 and any
group prices give a true bound; good ones give a close one.
"""

import numpy as np

from fotfeste.allocation.domain.solver.instance import Floats, Instance, Integers

UNPLACED = -1


def objective(instance: Instance, municipality: Integers) -> float:
    """What a plan is worth: persons x score where a group is placed and x unplaced where it is not, less crowding."""
    persons = instance.demand[:, 0]
    worth = instance.unplaced_value
    for first, block in instance.scores.blocks():
        chosen = municipality[first : first + len(block)]
        placed = np.flatnonzero(chosen != UNPLACED)
        worth[first + placed] = persons[first + placed] * block[placed, chosen[placed]]
    return float(worth.sum()) - _crowded(instance, municipality)


def better(instance: Instance, one: Integers, other: Integers) -> tuple[Integers, float]:
    """The plan of two that is worth more, the first where they are worth the same, and what it is worth."""
    worths = objective(instance, one), objective(instance, other)
    return (other, worths[1]) if worths[1] > worths[0] else (one, worths[0])


def _crowded(instance: Instance, municipality: Integers) -> float:
    if instance.crowding is None:
        return 0.0
    placed = municipality != UNPLACED
    persons = np.zeros(instance.municipalities, dtype=np.int64)
    np.add.at(persons, municipality[placed], instance.demand[placed, 0])
    return instance.crowding.total(persons)


def bound(instance: Instance, price: Floats) -> float:
    """sum(price x limit) + sum over groups of the best of unplaced and value less price in a possible municipality.

    Where people crowd a municipality, price x limit is only what is left of it when as many as pay have crowded in.
    """
    best = instance.unplaced_value
    for first, block in instance.scores.blocks():
        demand = instance.demand[first : first + len(block)]
        net = demand[:, :1] * block
        net -= demand @ price.T
        rows = slice(first, first + len(block))
        best[rows] = np.fmax(best[rows], np.fmax.reduce(net, axis=1, initial=-np.inf))
    return float(_room(instance, price).sum() + best.sum())


def _room(instance: Instance, price: Floats) -> Floats:
    """What the room of each municipality is worth at these prices."""
    worth: Floats = (price * instance.limit).sum(axis=1)
    if instance.crowding is not None:
        crowded = instance.crowding.places > 0
        others = (price[:, 1:] * instance.limit[:, 1:]).sum(axis=1)
        worth[crowded] = (others + instance.crowding.rent(price[:, 0]))[crowded]
    return worth


def bound_by_group_prices(instance: Instance, price: Floats, group_price: Floats) -> float:
    """The format's bound2: group prices, and for each municipality its best set of groups by persons alone."""
    total = (price[:, 1:] * instance.limit[:, 1:]).sum() + np.maximum(group_price, instance.unplaced_value).sum()
    nothing = np.zeros(0)
    return float(total) + sum(
        best_set(
            instance.demand[groups, 0],
            worth,
            int(instance.limit[m, 0]),
            nothing if instance.crowding is None else instance.crowding.row(m),
        )
        for m, groups, worth in _wanted(instance, price, group_price)
    )


def _wanted(instance: Instance, price: Floats, group_price: Floats) -> list[tuple[int, Integers, Floats]]:
    """For each municipality the groups that are worth more than their price there, and by how much."""
    rows, columns = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    worths = [np.zeros(0)]
    for first, block in instance.scores.blocks():
        demand = instance.demand[first : first + len(block)]
        net = demand[:, :1] * block
        net -= demand[:, 1:] @ price[:, 1:].T
        net -= group_price[first : first + len(block), None]
        row, column = np.nonzero(net > 0)
        rows.append(row + first)
        columns.append(column)
        worths.append(net[row, column])
    row, column, worth = np.concatenate(rows), np.concatenate(columns), np.concatenate(worths)
    order = np.argsort(column, kind="stable")
    ends = np.searchsorted(column[order], np.arange(instance.municipalities + 1))
    parts = [order[ends[m] : ends[m + 1]] for m in range(instance.municipalities)]
    return [(m, row[part], worth[part]) for m, part in enumerate(parts) if len(part)]


def best_set(persons: Integers, worth: Floats, places: int, crowding: Floats) -> float:
    """The best total of a set of groups whose persons fit the places (a knapsack), less crowding; worths are positive.

    `crowding` is empty, or has what each next person costs.
    """
    fits = persons <= places
    persons, worth = persons[fits], worth[fits]
    if int(persons.sum()) <= places:
        if len(crowding) == 0:
            return float(worth.sum())
        places = int(persons.sum())
    best = np.zeros(places + 1)
    for size in np.unique(persons):
        # Of groups of one size no more than fit are ever in a best set, and those are the best of them.
        for each in np.sort(worth[persons == size])[::-1][: places // size]:
            best[size:] = np.maximum(best[size:], best[:-size] + each)
    if len(crowding):
        best[1:] -= np.cumsum(crowding[:places])
    return float(best.max())
