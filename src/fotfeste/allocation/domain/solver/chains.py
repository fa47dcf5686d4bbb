"""Chains: a group that loses much goes where it loses less, who sits there makes way, and so on, to a gain for all.

The search for one group goes on from whoever is cheapest to move so far, by the losses and the price of the room that
is left over, and only while the chain so far is a gain. It ends where somebody fits: in room that is left, in the place
that the first has left, or unplaced.
"""

import numpy as np

from fotfeste.allocation.domain.solver.compiled import compiled, within
from fotfeste.allocation.domain.solver.instance import Floats, Integers
from fotfeste.allocation.domain.solver.room import fits, fits_without
from fotfeste.allocation.domain.solver.seats import (
    AFTER,
    HERE,
    STATE,
    TASK,
    Seating,
    State,
    Task,
    left_idle,
    own_due,
    own_idle,
    own_loss,
    rise,
    sit,
)

# Of each group: what it costs to have it make way (by the cheapest chain so far), who takes its place, by which of
# their columns, whether it is still to be looked at. Two lists of groups: to be looked at, and seen at all. Two counts
# of those, and who ends the best chain in which column. What that chain costs; what is too little to be a gain.
_SEARCH = "Tuple((f8[::1], i8[:,::1], i8[:,::1], i8[::1], f8[::1]))"
_TAKER, _BY, _IS_OPEN = 0, 1, 2
_OPEN, _SEEN, _LAST, _LAST_COLUMN = 0, 1, 2, 3
_BEST, _LEAST = 0, 1
_UNSEEN = 1e300
# How many groups are looked at for one that is unplaced, and for all of them.
_FOR_UNPLACED, _FOR_ALL_UNPLACED = 40, 10_000

type Search = tuple[Floats, Integers, Integers, Integers, Floats]


@within
def _label(search: Search, g: int, cost: float, taker: int, by: int) -> None:
    """A cheaper way to have group g make way."""
    costs, link, lists, counts, _ = search
    if costs[g] == _UNSEEN:
        lists[_SEEN, counts[_SEEN]] = g
        counts[_SEEN] += 1
    costs[g], link[g, _TAKER], link[g, _BY] = cost, taker, by
    if link[g, _IS_OPEN] == 0:
        link[g, _IS_OPEN] = 1
        lists[_OPEN, counts[_OPEN]] = g
        counts[_OPEN] += 1


@within
def _cheapest(search: Search) -> int:
    """Whoever is cheapest of those to be looked at, taken off the list."""
    costs, link, lists, counts, _ = search
    first = 0
    for i in range(1, counts[_OPEN]):
        if costs[lists[_OPEN, i]] < costs[lists[_OPEN, first]]:
            first = i
    g = lists[_OPEN, first]
    counts[_OPEN] -= 1
    lists[_OPEN, first] = lists[_OPEN, counts[_OPEN]]
    link[g, _IS_OPEN] = 0
    return int(g)


@within
def _end(search: Search, g: int, k: int, cost: float) -> None:
    """A chain that ends with group g in column k: kept where it is the best."""
    counts, ends = search[3], search[4]
    if cost < ends[_BEST]:
        ends[_BEST], counts[_LAST], counts[_LAST_COLUMN] = cost, g, k


@within
def _is_on_way(state: State, search: Search, g: int, m: int) -> bool:
    """Whether somebody in the chain up to group g leaves municipality m."""
    while g >= 0:
        if state[1][g, HERE] == m:
            return True
        g = search[1][g, _TAKER]
    return False


@within
def _into(task: Task, state: State, search: Search, g: int, k: int, cost: float, freed: float) -> None:
    """Group g into its column k: into room that is left, or where each of those who sit there would make way."""
    needed = task[4]
    room, seat, head = state
    m = task[0][g, k]
    asked = task[2][g, k]
    if fits(needed, g, room, m):
        _end(search, g, k, cost + freed - asked + own_idle(task, state, m, 0, needed[g, 0]))
    e = head[m]
    while e >= 0:
        if fits_without(needed, g, e, room, m):
            turned = own_due(task, state, e) + own_idle(task, state, m, 0, needed[g, 0] - needed[e, 0])
            new = cost - asked - own_loss(task, state, e) + turned
            if new < -search[4][_LEAST] and new < search[0][e]:
                _label(search, e, new, g, k)
        e = seat[e, AFTER]


@within
def _look(task: Task, state: State, search: Search, source: int, g: int, freed: float) -> None:
    """All that group g can do when it makes way; `freed` is what it costs that the first one's room is left, where
    that is no gain: a gain is in the cost from the beginning.
    """
    place, loss, due, spare, needed = task[0], task[1], task[2], task[3], task[4]
    room, seat, _ = state
    home, cost = seat[source, HERE], search[0][g]
    if g != source or home >= 0:
        _end(search, g, -1, cost + spare[g] + freed)
    for k in range(place.shape[1]):
        m = place[g, k]
        if m < 0:
            break
        if m == home:
            if g != source and fits_without(needed, g, source, room, m):
                gained = min(0.0, left_idle(task, state, source))
                turned = own_due(task, state, source) + own_idle(task, state, m, 0, needed[g, 0] - needed[source, 0])
                _end(search, g, k, cost - gained + loss[g, k] + turned - due[g, k])
        elif cost + loss[g, k] < 0.0 and not _is_on_way(state, search, g, m):
            _into(task, state, search, g, k, cost + loss[g, k], freed)


@within
def _is_simple(task: Task, state: State, search: Search, source: int) -> bool:
    """Whether the best chain touches no municipality twice: a part of it may have been made cheaper since."""
    link, counts = search[1], search[3]
    last, column = counts[_LAST], counts[_LAST_COLUMN]
    goal = task[0][last, column] if column >= 0 else -1
    if goal >= 0 and goal != state[1][source, HERE] and _is_on_way(state, search, last, goal):
        return False
    g, steps = last, 0
    while g >= 0 and steps < 100:
        m, taker = state[1][g, HERE], link[g, _TAKER]
        if m >= 0 and _is_on_way(state, search, taker, m):
            return False
        g, steps = taker, steps + 1
    return bool(steps < 100)


@within
def _carry_out(task: Task, state: State, search: Search) -> None:
    """Everybody in the best chain rises, then each sits down in the new place."""
    link, counts = search[1], search[3]
    g = counts[_LAST]
    while g >= 0:
        rise(task, state, g)
        g = link[g, _TAKER]
    g, k = counts[_LAST], counts[_LAST_COLUMN]
    while g >= 0:
        sit(task, state, g, k)
        g, k = link[g, _TAKER], link[g, _BY]


@within
def _from_one(task: Task, state: State, search: Search, source: int, most: int) -> bool:
    """The best chain that begins with one group, carried out where it is a gain."""
    costs, link, lists, counts, ends = search
    counts[_OPEN] = counts[_SEEN] = 0
    counts[_LAST] = -1
    ends[_BEST] = -ends[_LEAST]
    freed = left_idle(task, state, source)
    _label(search, source, min(0.0, freed) - own_loss(task, state, source), -1, -1)
    freed = max(0.0, freed)
    looked = 0
    while counts[_OPEN] > 0 and looked < most:
        _look(task, state, search, source, _cheapest(search), freed)
        looked += 1
    is_gain = counts[_LAST] >= 0 and _is_simple(task, state, search, source)
    if is_gain:
        _carry_out(task, state, search)
    for i in range(counts[_SEEN]):
        costs[lists[_SEEN, i]] = _UNSEEN
        link[lists[_SEEN, i], _IS_OPEN] = 0
    return bool(is_gain)


@compiled(f"i8({TASK}, {STATE}, {_SEARCH}, i8[::1], i8, i8)")
def _from_all(task: Task, state: State, search: Search, turn: Integers, most: int, most_unplaced: int) -> int:
    """From each group in turn that loses something; how many gains were made."""
    gains = 0
    for g in turn:
        lost = own_loss(task, state, g) - min(0.0, left_idle(task, state, g))
        looks = most if state[1][g, HERE] >= 0 else most_unplaced
        if lost > search[4][_LEAST] and _from_one(task, state, search, g, looks):
            gains += 1
    return gains


def follow_chains(seating: Seating, least: float, most: int) -> int:
    """Make the plan better by chains, beginning with who loses most; how many gains were made.

    `least` is what is too little to be a gain, `most` how many groups are looked at in one search; more where they are
    few who have no place, since nothing is lost as dearly.
    """
    groups, unplaced = len(seating.at), int((seating.at < 0).sum())
    most_unplaced = max(most, min(_FOR_UNPLACED, _FOR_ALL_UNPLACED // max(1, unplaced)))
    search = (
        np.full(groups, _UNSEEN),
        np.zeros((groups, 3), dtype=np.int64),
        np.zeros((2, groups), dtype=np.int64),
        np.zeros(4, dtype=np.int64),
        np.array([0.0, least]),
    )
    turn = np.argsort(-seating.losses(), kind="stable").astype(np.int64)
    return int(_from_all(seating.task, seating.state, search, turn, most, most_unplaced))
