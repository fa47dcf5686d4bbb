"""Patterns: the sets of groups that a municipality can take together, where its places are few.

With a price for each group, a pattern is worth what its groups gain there less their prices. The best pattern of a
municipality is a knapsack over all its resources; all patterns that are not much worse can be listed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fotfeste.allocation.domain.solver.columns import Places
from fotfeste.allocation.domain.solver.compiled import compiled, within
from fotfeste.allocation.domain.solver.crowding import Table
from fotfeste.allocation.domain.solver.instance import Floats, Integers

# How much of each resource may be left, as one number; with more than so many it is no small knapsack.
MOST_STATES = 2_000


@dataclass(frozen=True, slots=True)
class Gains:
    """What placing each group gains against leaving it, by municipality; negative where it cannot be placed.

    `costs`: what crowding takes off, by the places for persons that are left.
    """

    gain: Floats
    needed: Integers
    room: Integers
    costs: Table

    @property
    def longest(self) -> int:
        """The most groups that any pattern can have."""
        most = int(self.room[:, 0].max()) if len(self.room) else 0
        return min(most, len(self.needed))

    def worth(self, m: int, groups: Sequence[int]) -> float:
        """What a set of groups gains in municipality m."""
        total = sum(float(self.gain[m, g]) for g in groups)
        if len(self.costs.start):
            left = self.room[m, 0] - sum(int(self.needed[g, 0]) for g in groups)
            total -= float(self.costs.number[self.costs.start[m] + left])
        return total


@within
def _strides(room: Integers, m: int, stride: Integers) -> int:
    """What one unit of each resource counts for in the number of a state; how many states there are."""
    states = 1
    for r in range(room.shape[1]):
        stride[r] = states
        states *= room[m, r] + 1
    return states


@within
def _can_take(needed: Integers, g: int, room: Integers, m: int, stride: Integers, state: int) -> bool:
    """Whether what is left in this state is enough for group g."""
    for r in range(needed.shape[1]):  # noqa: SIM110 - numba compiles no generators
        if needed[g, r] > (state // stride[r]) % (room[m, r] + 1):
            return False
    return True


@within
def _taken(needed: Integers, g: int, stride: Integers) -> int:
    """By how much the number of the state falls when group g is taken."""
    total = 0
    for r in range(needed.shape[1]):
        total += needed[g, r] * stride[r]
    return total


@within
def _add_item(
    gain: float,
    needed: Integers,
    g: int,
    room: Integers,
    m: int,
    stride: Integers,
    before: Floats,
    best: Floats,
    states: int,
) -> None:
    """The best of each state when group g may be taken too."""
    step = _taken(needed, g, stride)
    for state in range(states):
        best[state] = before[state]
        if state < step or before[state - step] + gain <= best[state]:
            continue
        if _can_take(needed, g, room, m, stride, state):
            best[state] = before[state - step] + gain


@within
def _begin(costs: Floats, start: Integers, room: Integers, m: int, last: Floats) -> None:
    """What each state is worth when nobody more comes: less what those cost by crowding who have come."""
    last[:] = 0.0
    if len(start) > 0:
        for state in range(len(last)):
            last[state] = -costs[start[m] + state % (room[m, 0] + 1)]


@within
def _wanted(gain: Floats, price: Floats, m: int, items: Integers) -> int:
    """The groups that are worth more than their price in municipality m; how many."""
    count = 0
    for g in range(gain.shape[1]):
        if gain[m, g] > price[g]:
            items[count] = g
            count += 1
    return count


@within
def _fit_together(needed: Integers, items: Integers, count: int, room: Integers, m: int) -> bool:
    """Whether there is room for all of them."""
    for r in range(room.shape[1]):
        total = 0
        for i in range(count):
            total += needed[items[i], r]
        if total > room[m, r]:
            return False
    return True


@within
def _knapsack(
    gain: Floats,
    needed: Integers,
    room: Integers,
    price: Floats,
    m: int,
    items: Integers,
    count: int,
    stride: Integers,
    costs: Floats,
    start: Integers,
    members: Places,
) -> float:
    """The best pattern of municipality m of these groups; its total."""
    states = _strides(room, m, stride)
    best = np.zeros((count + 1, states))
    _begin(costs, start, room, m, best[0])
    for i in range(count):
        net = gain[m, items[i]] - price[items[i]]
        _add_item(net, needed, items[i], room, m, stride, best[i], best[i + 1], states)
    state, found = states - 1, 0
    for i in range(count - 1, -1, -1):
        if best[i + 1, state] != best[i, state]:
            members[m, found] = items[i]
            found += 1
            state -= _taken(needed, items[i], stride)
    return float(best[count, states - 1])


@compiled("void(f8[:,::1], i8[:,::1], i8[:,::1], f8[::1], i8[::1], f8[::1], f8[::1], i4[:,::1])")
def _best_patterns(
    gain: Floats,
    needed: Integers,
    room: Integers,
    costs: Floats,
    start: Integers,
    price: Floats,
    total: Floats,
    members: Places,
) -> None:
    """The best pattern of every municipality at these group prices: its total, and its groups into rows of -1."""
    stride = np.empty(room.shape[1], dtype=np.int64)
    items = np.empty(gain.shape[1], dtype=np.int64)
    for m in range(gain.shape[0]):
        count = _wanted(gain, price, m, items)
        if len(start) > 0 or not _fit_together(needed, items, count, room, m):
            total[m] = _knapsack(gain, needed, room, price, m, items, count, stride, costs, start, members)
            continue
        total[m] = 0.0
        for i in range(count):
            total[m] += gain[m, items[i]] - price[items[i]]
            members[m, i] = items[i]


@within
def _listed(
    items: Integers, chosen: Integers, depth: int, short: float, members: Places, worse: Floats, found: int
) -> None:
    """Write one pattern down."""
    worse[found] = max(short, 0.0)
    for k in range(members.shape[1]):
        members[found, k] = items[chosen[k] - 1] if k < depth else -1


@compiled("i8(f8[:,::1], i8[:,::1], i8[:,::1], f8[::1], i8[::1], f8[::1], i8, i8[::1], f8, f8, i4[:,::1], f8[::1], i8)")
def _list_patterns(
    gain: Floats,
    needed: Integers,
    room: Integers,
    costs: Floats,
    start: Integers,
    price: Floats,
    m: int,
    items: Integers,
    best: float,
    gap: float,
    members: Places,
    worse: Floats,
    found: int,
) -> int:
    """List municipality m's patterns that are worse than its best by no more than the gap; -1 where there are too many.

    `items` are the groups that may be in one, those that gain most first. Filled from `found` on.
    """
    stride = np.empty(room.shape[1], dtype=np.int64)
    states, count, longest = _strides(room, m, stride), len(items), members.shape[1]
    ahead = np.zeros((count + 1, states))
    _begin(costs, start, room, m, ahead[count])
    for i in range(count - 1, -1, -1):
        net = gain[m, items[i]] - price[items[i]]
        _add_item(net, needed, items[i], room, m, stride, ahead[i + 1], ahead[i], states)
    # At each depth: the item to look at next, what is left, and what is chosen so far is worth.
    chosen, state = np.zeros(longest + 2, dtype=np.int64), np.zeros(longest + 2, dtype=np.int64)
    total = np.zeros(longest + 2)
    state[0], depth, is_new = states - 1, 0, True
    while depth >= 0:
        here = total[depth] + ahead[count, state[depth]]
        if is_new and here >= best - gap:
            if found == len(worse):
                return -1
            _listed(items, chosen, depth, best - here, members, worse, found)
            found += 1
        i = chosen[depth]
        while i < count and not _can_take(needed, items[i], room, m, stride, state[depth]):
            i += 1
        is_new = False
        if i >= count:
            depth -= 1
            continue
        net, left = gain[m, items[i]] - price[items[i]], state[depth] - _taken(needed, items[i], stride)
        is_new = total[depth] + net + ahead[i + 1, left] >= best - gap
        # Those after it gain less still: where it loses and that is too much, no other will do, but to crowd less.
        chosen[depth] = i + 1 if is_new or net >= 0 or len(start) > 0 else count
        if is_new:
            depth += 1
            total[depth], state[depth], chosen[depth] = total[depth - 1] + net, left, i + 1
    return found


def best_patterns(gains: Gains, price: Floats) -> tuple[Floats, Places]:
    """Each municipality's best total at these group prices, and its groups (rows ending in -1)."""
    municipalities = len(gains.room)
    total = np.zeros(municipalities)
    members = np.full((municipalities, max(1, gains.longest)), -1, dtype=np.int32)
    _best_patterns(gains.gain, gains.needed, gains.room, *gains.costs, price, total, members)
    return total, members


def near_best_patterns(
    gains: Gains, price: Floats, total: Floats, gap: float, most: int
) -> tuple[Integers, Places, Floats] | None:
    """All patterns, the empty ones too, that are worse than their municipality's best by no more than the gap.

    Their municipalities, their groups, and by how much they are worse; None where there are more than `most`.
    """
    members = np.full((most, max(1, gains.longest)), -1, dtype=np.int32)
    worse, where = np.zeros(most), np.zeros(most, dtype=np.int64)
    found = 0
    for m in range(len(gains.room)):
        net = gains.gain[m] - price
        items = np.flatnonzero((gains.gain[m] > 0) & (net >= -gap))
        items = np.ascontiguousarray(items[np.argsort(-net[items], kind="stable")])
        arguments = (gains.gain, gains.needed, gains.room, *gains.costs, price, m, items, float(total[m]), gap)
        upto = _list_patterns(*arguments, members, worse, found)
        if upto < 0:
            return None
        where[found:upto] = m
        found = upto
    return where[:found], members[:found], worse[:found]
