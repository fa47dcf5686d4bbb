"""Columns: the few municipalities worth looking at for each group, found by one pass over all scores."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fotfeste.allocation.domain.solver.compiled import compiled, within
from fotfeste.allocation.domain.solver.instance import Floats
from fotfeste.allocation.domain.solver.room import charge
from fotfeste.allocation.domain.solver.scores import ScoreBlocks

type Places = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Columns:
    """For each group its best municipalities by value less price, best first, in rows of equal width.

    `place[g, k]` is -1 where a group has fewer than the width; `value` is persons x score.
    """

    place: Places
    value: Floats


@within
def _is_within(demand: Floats, g: int, limit: Floats, m: int) -> bool:
    """Whether the group by itself is within every limit."""
    for r in range(demand.shape[1]):  # noqa: SIM110 - numba compiles no generators
        if demand[g, r] > limit[m, r]:
            return False
    return True


@compiled("void(f8[:,::1], f8[:,::1], f8[::1], f8[:,::1], f8[:,::1], b1, i4[:,::1], f8[:,::1], f8[::1])")
def _best_of_rows(
    score: Floats,
    demand: Floats,
    least: Floats,
    price: Floats,
    limit: Floats,
    fitting: bool,
    place: Places,
    value: Floats,
    reduced: Floats,
) -> None:
    """Fill the rows of one block: the width best columns whose value is more than `least` of the group."""
    width = place.shape[1]
    for g in range(score.shape[0]):
        found, worst = 0, -np.inf
        for m in range(score.shape[1]):
            worth = demand[g, 0] * score[g, m]
            # Persons first: most columns are out already, and NaN compares as no.
            if not worth - demand[g, 0] * price[m, 0] > worst or not worth > least[g]:
                continue
            net = worth - charge(demand, g, price, m)
            if not net > worst or (fitting and not _is_within(demand, g, limit, m)):
                continue
            k = found if found < width else width - 1
            while k > 0 and reduced[k - 1] < net:
                reduced[k], place[g, k], value[g, k] = reduced[k - 1], place[g, k - 1], value[g, k - 1]
                k -= 1
            reduced[k], place[g, k], value[g, k] = net, m, worth
            found = min(found + 1, width)
            if found == width:
                worst = reduced[width - 1]


def best_columns(
    source: ScoreBlocks,
    demand: Floats,
    unplaced: Floats,
    limit: Floats,
    price: Floats,
    *,
    width: int,
    fitting: bool,
) -> Columns:
    """The best columns of every group at these prices, from one pass over the scores.

    `demand`, `limit` and `price` by resource, `unplaced` as value of the whole group. With `fitting`, only where the
    group by itself is within every limit.
    """
    groups, municipalities = source.shape
    width = max(1, min(width, municipalities))
    place = np.full((groups, width), -1, dtype=np.int32)
    value = np.zeros((groups, width))
    reduced = np.empty(width)
    for first, block in source.blocks():
        rows = slice(first, first + len(block))
        _best_of_rows(block, demand[rows], unplaced[rows], price, limit, fitting, place[rows], value[rows], reduced)
    return Columns(place, value)
