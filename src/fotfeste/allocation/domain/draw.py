"""A plain proportional draw: what a plan is held against (fairness, and how much choosing is worth)."""

import numpy as np

from fotfeste.allocation.domain.solver.certificate import UNPLACED
from fotfeste.allocation.domain.solver.instance import Instance, Integers

ROWS = 1000  # groups looked at together


def proportional_draw(instance: Instance, seed: int) -> Integers:
    """Each group, in an order drawn by lot, to a municipality drawn by lot among those possible for it with room left.

    The chance of a municipality is its share of the places for persons that are left. Gives the place of the
    municipality for each group, -1 where none has room. The same instance and seed give the same draw.
    """
    lots = np.random.default_rng(seed)
    order = lots.permutation(instance.groups)
    found = np.full(instance.groups, UNPLACED, dtype=np.int64)
    left = instance.limit.copy()
    for start in range(0, len(order), ROWS):
        some = order[start : start + ROWS]
        for group, scores in zip(some, instance.scores.rows(some), strict=True):
            has_room = (left >= instance.demand[group]).all(axis=1) & ~np.isnan(scores)
            chances = np.where(has_room, left[:, 0], 0)
            total = chances.sum()
            if total:
                found[group] = lots.choice(len(chances), p=chances / total)
                left[found[group]] -= instance.demand[group]
    return found
