"""Proving: of all patterns that can be in a plan better than the best one known, the best plan of whole patterns.

A plan is worth the bound at some group prices less, for each municipality, how much worse its pattern is than its best
one, less the prices of the groups that stay unplaced. So a plan better than one that is known, short of the bound by a
gap, has no pattern that is worse by more than the gap, and leaves no group whose price is more. What is left is a small
integer program that HiGHS solves; its costs are these shortfalls in parts of the gap, so that tolerances are small.
"""

import numpy as np

from fotfeste.allocation.domain.solver.group_prices import GroupPrices
from fotfeste.allocation.domain.solver.instance import Integers
from fotfeste.allocation.domain.solver.patterns import Gains, near_best_patterns
from fotfeste.allocation.domain.solver.programs import Packing

MOST_PATTERNS = 150_000
_NODES = 20_000
# In parts of the gap: what a better plan must be better by to count, and what listing allows for rounding.
_CLOSE, _MARGIN = 1e-6, 1e-6


def proven(gains: Gains, prices: GroupPrices, gap: float) -> Integers | None:
    """The municipality of each group (-1 none) in the best plan, or None where that could not be shown.

    `gap` is how far a known plan is below the bound at these prices, above 0. No plan is better than the one given by
    more than 1e-6 of the gap, and rounding.
    """
    listed = near_best_patterns(gains, prices.price, prices.total, gap * (1.0 + _MARGIN), MOST_PATTERNS)
    if listed is None:
        return None
    where, members, worse = listed
    groups, municipalities = len(prices.price), len(gains.room)
    may_wait = np.flatnonzero(prices.price <= gap * (1.0 + _MARGIN))
    inside = members >= 0
    # Every municipality takes one pattern, if only the empty one; every group is in one, or waits.
    pattern, _ = np.nonzero(inside)
    owners = np.concatenate([pattern, np.arange(len(where)), len(where) + np.arange(len(may_wait))])
    rows = np.concatenate([members[inside], groups + where, may_wait])
    order = np.argsort(owners, kind="stable")
    first = np.searchsorted(owners[order], np.arange(len(where) + len(may_wait)))
    program = Packing(np.ones(groups + municipalities), exactly=True)
    program.add(np.concatenate([worse, prices.price[may_wait]]) / gap, first, rows[order])
    taken, is_proven = program.whole(_NODES, _CLOSE)
    if not is_proven:
        return None
    municipality = np.full(groups, -1, dtype=np.int64)
    for column in taken[taken < len(where)]:
        municipality[members[column][inside[column]]] = where[column]
    return municipality
