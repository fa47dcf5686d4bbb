"""Columns: the few municipalities worth looking at for each group, found by one pass over all scores."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fotfeste.allocation.domain.solver.compiled import compiled, within
from fotfeste.allocation.domain.solver.instance import Floats
from fotfeste.allocation.domain.solver.room import charge
from fotfeste.allocation.domain.solver.scores import ScoreBlocks

type Places = NDArray[np.int32]

# A column that was drawn stands for no more than a thousand.
_LEAST_CHANCE = 1e-3


@dataclass(frozen=True, slots=True)
class Columns:
    """For each group its best municipalities by value less price, best first, in rows of equal width.

    `place[g, k]` is -1 where a group has fewer than the width; `value` is persons x score. `others` is the logarithm of
    how many columns each stands for, itself and those like it that were not drawn; 0 where nothing was drawn.
    """

    place: Places
    value: Floats
    others: Floats

    def sharing(self, weight: Floats) -> "Columns":
        """The same columns, each standing for more by what its municipality weighs (a logarithm)."""
        return Columns(self.place, self.value, self.others + weight[self.place])


@within
def _is_within(demand: Floats, g: int, limit: Floats, m: int) -> bool:
    """Whether the group by itself is within every limit."""
    for r in range(demand.shape[1]):  # noqa: SIM110 - numba compiles no generators
        if demand[g, r] > limit[m, r]:
            return False
    return True


@within
def _drawn(g: int, m: int) -> float:
    """A number from 0 to 1 without a pattern, always the same for the same group and municipality."""
    number = np.uint64(g) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(m) * np.uint64(0xC2B2AE3D27D4EB4F)
    number ^= number >> np.uint64(31)
    number *= np.uint64(0xBF58476D1CE4E5B9)
    number ^= number >> np.uint64(29)
    number *= np.uint64(0x94D049BB133111EB)
    return float(number >> np.uint64(11)) * 2.0**-53


@within
def _put_best_first(
    demand: Floats,
    g: int,
    price: Floats,
    place: Places,
    value: Floats,
    others: Floats,
    best_place: int,
    best_value: float,
    blur: float,
    worst: float,
) -> None:
    """One group's columns in order, with the best one in the last one's place where it was not drawn.

    A column that was drawn by a chance stands for as many as the chance says; the best one for itself.
    """
    if not (place == best_place).any():
        place[-1], value[-1] = best_place, best_value
    net = np.empty(len(place))
    for k in range(len(place)):
        net[k] = value[k] - charge(demand, g, price, place[k])
    order = np.argsort(-net)
    place[:], value[:] = place[order], value[order]
    for k in range(len(place)):
        chance = 1.0 - (worst - net[order[k]]) / blur
        others[k] = -np.log(max(chance, _LEAST_CHANCE)) if chance < 1.0 and place[k] != best_place else 0.0


@compiled(
    "void(f8[:,::1], f8[:,::1], f8[::1], f8[:,::1], f8[:,::1], b1, f8, i8, i4[:,::1], f8[:,::1], f8[:,::1], f8[::1])"
)
def _best_of_rows(
    score: Floats,
    demand: Floats,
    least: Floats,
    price: Floats,
    limit: Floats,
    fitting: bool,
    alike: float,
    number: int,
    place: Places,
    value: Floats,
    others: Floats,
    reduced: Floats,
) -> None:
    """Fill the rows of one block: the width best columns whose value is more than `least` of the group.

    `number` is the first group's. The best column is among them, whatever is drawn.
    """
    width = place.shape[1]
    for g in range(score.shape[0]):
        found, worst, blur = 0, -np.inf, alike * demand[g, 0]
        best, best_place, best_value = -np.inf, -1, 0.0
        for m in range(score.shape[1]):
            worth = demand[g, 0] * score[g, m]
            # Persons first: most columns are out already, and NaN compares as no.
            if not worth - demand[g, 0] * price[m, 0] + blur > worst or not worth > least[g]:
                continue
            net = worth - charge(demand, g, price, m)
            if not net + blur > worst or (fitting and not _is_within(demand, g, limit, m)):
                continue
            if net > best:
                best, best_place, best_value = net, m, worth
            net += blur * _drawn(number + g, m)
            if not net > worst:
                continue
            k = found if found < width else width - 1
            while k > 0 and reduced[k - 1] < net:
                reduced[k], place[g, k], value[g, k] = reduced[k - 1], place[g, k - 1], value[g, k - 1]
                k -= 1
            reduced[k], place[g, k], value[g, k] = net, m, worth
            found = min(found + 1, width)
            if found == width:
                worst = reduced[width - 1]
        if blur > 0.0 and found > 0:
            here = place[g, :found], value[g, :found], others[g, :found]
            _put_best_first(demand, g, price, *here, best_place, best_value, blur, worst)


def best_columns(
    source: ScoreBlocks,
    demand: Floats,
    unplaced: Floats,
    limit: Floats,
    price: Floats,
    *,
    width: int,
    fitting: bool,
    alike: float,
) -> Columns:
    """The best columns of every group at these prices, from one pass over the scores.

    Of columns that differ by no more than `alike` per person, each group draws its own: where many municipalities are
    worth the same to many, all groups would look at the same few, and the others would seem to be sought by nobody. One
    that was drawn by a chance stands for others by that chance (`Columns.others`).

    `demand`, `limit` and `price` by resource, `unplaced` as value of the whole group. With `fitting`, only where the
    group by itself is within every limit.
    """
    groups, municipalities = source.shape
    width = max(1, min(width, municipalities))
    place = np.full((groups, width), -1, dtype=np.int32)
    value, others = np.zeros((groups, width)), np.zeros((groups, width))
    reduced = np.empty(width)
    for first, block in source.blocks():
        rows = slice(first, first + len(block))
        task = block, demand[rows], unplaced[rows], price, limit, fitting, alike, first
        _best_of_rows(*task, place[rows], value[rows], others[rows], reduced)
    return Columns(place, value, others)
