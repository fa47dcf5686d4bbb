"""A plan around those who are pinned: they have their places, and what is left is solved for the others.

So nothing in the numbers stands for a pin: no price, certificate or average knows of one that was made up. What the
pinned take is out of the room and of the crowding before the others come; what they are worth is in the objective and
in the bound alike.
"""

from dataclasses import replace

import numpy as np

from fotfeste.allocation.domain.solver.certificate import UNPLACED, objective
from fotfeste.allocation.domain.solver.crowding import Crowding
from fotfeste.allocation.domain.solver.instance import Floats, Instance, Integers
from fotfeste.allocation.domain.solver.plan import Plan
from fotfeste.allocation.domain.solver.scores import MatrixScores
from fotfeste.allocation.domain.solver.solving import solve


def the_others(instance: Instance, pinned: Integers) -> Instance:
    """The groups that are not pinned, with the room that the pinned leave; where they no longer fit is not possible.

    `pinned`: the place of each group's municipality, -1 for those who are free.
    """
    if (pinned == UNPLACED).all():
        return instance
    free, held = pinned == UNPLACED, pinned != UNPLACED
    taken = np.zeros_like(instance.limit)
    np.add.at(taken, pinned[held], instance.demand[held])
    limit, demand = instance.limit - taken, instance.demand[free]
    scores: Floats = instance.scores.rows(np.flatnonzero(free)).astype(np.float64)
    for at in np.flatnonzero(taken.any(axis=1)):
        scores[(demand > limit[at]).any(axis=1), at] = np.nan
    return Instance(
        demand=demand,
        limit=limit,
        unplaced=instance.unplaced[free],
        scores=MatrixScores(scores),
        seed=instance.seed,
        crowding=instance.crowding and _after(instance.crowding, taken[:, 0]),
    )


def together(pinned: Integers, others: Integers) -> Integers:
    """The municipality of each group, of where the others were placed."""
    found = pinned.copy()
    found[pinned == UNPLACED] = others
    return found


def solve_around(instance: Instance, pinned: Integers) -> Plan:
    """The best plan found in which the pinned are where they are, with its certificate.

    Prices are those of the others for the room that is left, nothing where none is; no plan that keeps the pins is
    worth more than the bound.
    """
    if (pinned == UNPLACED).all():
        return solve(instance)
    rest = the_others(instance, pinned)
    found = solve(rest)
    municipality = together(pinned, found.municipality)
    worth = objective(instance, municipality)
    return replace(
        found,
        municipality=municipality,
        # Who does not fit there is not asked any more, so a price of no room says nothing and shuts nobody out.
        price=np.where(rest.limit > 0, found.price, 0.0),
        group_price=None,
        objective=worth,
        bound=worth + (found.bound - found.objective),
    )


def _after(crowding: Crowding, persons: Integers) -> Crowding:
    """The crowding that is left for others when so many have come to each municipality."""
    return Crowding.of([crowding.row(m)[count:] for m, count in enumerate(persons.tolist())])
