"""Prices: what one unit of each resource in each municipality is worth, from the dual of the plan with split groups.

The dual, sum(price x limit) + sum over groups of the best value less price, has corners where a group is torn between
two places. It is smoothed by a temperature: each group takes the soft maximum of its columns. The temperature shrinks,
and at each the minimum over prices >= 0 is found by Newton's method, its equations solved by conjugate gradients:
nothing larger than the columns is ever held. Places that people crowd into are smoothed alike: each is filled as far as
the price pays for it.
"""

import numpy as np
from numpy.typing import NDArray

from fotfeste.allocation.domain.solver.columns import Columns, Places
from fotfeste.allocation.domain.solver.compiled import compiled, within
from fotfeste.allocation.domain.solver.crowding import Steps
from fotfeste.allocation.domain.solver.instance import Floats, Integers
from fotfeste.allocation.domain.solver.room import charge

# Newton's steps at one temperature, conjugate gradients for one of them, and halvings of its length.
_STEPS, _GRADIENTS, _HALVINGS = 6, 60, 10
# How far a price may move in one step, in temperatures: farther away a share is nothing, and its slope tells nothing.
_FARTHEST = 30.0
_NO_SHARE = 1e-9


@within
def _soft_best(
    place: Places, value: Floats, demand: Floats, unplaced: Floats, price: Floats, heat: float, g: int, share: Floats
) -> float:
    """The soft maximum of one group, and the share of each of its columns in it."""
    count, best = 0, unplaced[g]
    for k in range(place.shape[1]):
        if place[g, k] < 0:
            break
        share[g, k] = value[g, k] - charge(demand, g, price, place[g, k])
        best = max(best, share[g, k])
        count += 1
    scale = 1.0 / (heat * demand[g, 0])
    mass = np.exp((unplaced[g] - best) * scale)
    for k in range(count):
        part = (share[g, k] - best) * scale
        share[g, k] = np.exp(part) if part > -40.0 else 0.0
        mass += share[g, k]
    for k in range(count):
        share[g, k] /= mass
    return float(best + np.log(mass) / scale)


@within
def _smooth_room(
    limit: Floats,
    price: Floats,
    heat: float,
    level: Floats,
    count: Floats,
    first: Integers,
    slack: Floats,
    bend: Floats,
) -> float:
    """What all room is worth; how much of it is filled into `slack`, how that changes with the price into `bend`."""
    total = 0.0
    for m in range(limit.shape[0]):
        for r in range(limit.shape[1]):
            slack[m, r], bend[m, r] = limit[m, r], 0.0
            if r > 0 or len(first) == 0 or first[m] == first[m + 1]:
                total += limit[m, r] * price[m, r]
        if len(first) == 0 or first[m] == first[m + 1]:
            continue
        slack[m, 0] = 0.0
        for i in range(first[m], first[m + 1]):
            over = (price[m, 0] - level[i]) / heat
            mass = np.exp(-abs(over))
            filled = (1.0 if over > 0.0 else mass) / (1.0 + mass)
            total += count[i] * heat * (max(over, 0.0) + np.log1p(mass))
            slack[m, 0] += count[i] * filled
            bend[m, 0] += count[i] * filled * (1.0 - filled) / heat
    return total


@compiled(
    "f8(i4[:,::1], f8[:,::1], f8[:,::1], f8[::1], f8[:,::1], f8[::1], f8[::1], i8[::1], f8[:,::1], f8, f8[:,::1],"
    "f8[:,::1], f8[:,::1])"
)
def _smoothed(
    place: Places,
    value: Floats,
    demand: Floats,
    unplaced: Floats,
    limit: Floats,
    level: Floats,
    count: Floats,
    first: Integers,
    price: Floats,
    heat: float,
    share: Floats,
    slack: Floats,
    bend: Floats,
) -> float:
    """The smoothed dual; its slope (room less what is asked for) into `slack`, the columns' shares into `share`, what
    the room itself adds to its second derivative into `bend`.
    """
    total = _smooth_room(limit, price, heat, level, count, first, slack, bend)
    for g in range(place.shape[0]):
        total += _soft_best(place, value, demand, unplaced, price, heat, g, share)
        for k in range(place.shape[1]):
            if place[g, k] < 0:
                break
            if share[g, k] > 0.0:
                for r in range(demand.shape[1]):
                    slack[place[g, k], r] -= share[g, k] * demand[g, r]
    return total


@compiled("void(i4[:,::1], f8[:,::1], f8[:,::1], f8, f8[:,::1], f8[:,::1])")
def _curved(place: Places, demand: Floats, share: Floats, heat: float, step: Floats, out: Floats) -> None:
    """The smoothed dual's second derivative times `step`."""
    width = place.shape[1]
    along = np.empty(width)
    out[:] = 0.0
    for g in range(place.shape[0]):
        mean, count = 0.0, 0
        for k in range(width):
            if place[g, k] < 0:
                break
            count += 1
            along[k] = 0.0
            if share[g, k] > _NO_SHARE:
                along[k] = charge(demand, g, step, place[g, k])
                mean += share[g, k] * along[k]
        for k in range(count):
            if share[g, k] > _NO_SHARE:
                pull = (along[k] - mean) * share[g, k] / (heat * demand[g, 0])
                for r in range(demand.shape[1]):
                    out[place[g, k], r] += pull * demand[g, r]


@compiled("void(i4[:,::1], f8[:,::1], f8[:,::1], f8, f8[:,::1])")
def _diagonal(place: Places, demand: Floats, share: Floats, heat: float, out: Floats) -> None:
    """The diagonal of the second derivative."""
    out[:] = 0.0
    for g in range(place.shape[0]):
        for k in range(place.shape[1]):
            if place[g, k] < 0:
                break
            spread = share[g, k] * (1.0 - share[g, k]) / (heat * demand[g, 0])
            for r in range(demand.shape[1]):
                out[place[g, k], r] += spread * demand[g, r] * demand[g, r]


def _direction(
    columns: Columns, demand: Floats, share: Floats, heat: float, slack: Floats, bend: Floats, free: NDArray[np.bool_]
) -> Floats:
    """Newton's step over the free prices, by preconditioned conjugate gradients."""
    diagonal, curved = np.empty_like(slack), np.empty_like(slack)
    _diagonal(columns.place, demand, share, heat, diagonal)
    diagonal += bend
    diagonal += 1e-6 * diagonal.max() + 1e-30
    step, rest = np.zeros_like(slack), np.where(free, -slack, 0.0)
    along = rest / diagonal
    product = first = float(np.vdot(rest, along))
    for _ in range(_GRADIENTS):
        if product <= 1e-4 * first:
            break
        _curved(columns.place, demand, share, heat, along, curved)
        # A little of the diagonal keeps directions that nobody pulls at from running away.
        bent = np.where(free, curved + bend * along + 1e-3 * diagonal * along, 0.0)
        length = product / float(np.vdot(along, bent))
        step += length * along
        rest -= length * bent
        scaled = rest / diagonal
        last, product = product, float(np.vdot(rest, scaled))
        along = scaled + (product / last) * along
    return step


def _weighed(columns: Columns, demand: Floats, heat: float) -> Floats:
    """The columns' values, more where one stands for others like it: their shares add up."""
    return np.ascontiguousarray(columns.value + heat * demand[:, :1] * columns.others)


def settle(
    columns: Columns,
    demand: Floats,
    unplaced: Floats,
    limit: Floats,
    steps: Steps,
    price: Floats,
    heat: float,
    close: float,
    reach: tuple[Floats, Floats] | None = None,
) -> None:
    """Move `price` towards the minimum of the dual smoothed by this temperature.

    `close` is the part of all persons by which what is asked for may miss the limits. Prices of what has no limit above
    0 stay as they are. `reach` is the lowest and the highest that each may become.
    """
    task = columns.place, _weighed(columns, demand, heat), demand, unplaced, limit, *steps
    missed = close * float(demand[:, 0].sum())
    share, tried = np.zeros(columns.place.shape), np.zeros(columns.place.shape)
    slack, fresh = np.empty_like(price), np.empty_like(price)
    bend, bent = np.empty_like(price), np.empty_like(price)
    total = _smoothed(*task, price, heat, share, slack, bend)
    low, high = reach or (np.zeros_like(price), np.full_like(price, np.inf))
    for _ in range(_STEPS):
        moves = (limit > 0) & ((price > low) | (low <= 0) | (slack < 0)) & ((price < high) | (slack > 0))
        # What is almost free and not sought goes to 0 by itself, else it would turn Newton's step uphill.
        free = moves & ((price > heat) | (slack < 0))
        falling = moves & ~free
        if np.abs(slack[free]).sum() + slack[falling] @ price[falling] / heat <= missed:
            return
        step = _direction(columns, demand, share, heat, slack, bend, free)
        step = np.where(falling, -price, step.clip(-_FARTHEST * heat, _FARTHEST * heat))
        for halving in range(_HALVINGS):
            there = np.minimum(np.maximum(price + 0.4**halving * step, low), high)
            new = _smoothed(*task, there, heat, tried, fresh, bent)
            if new <= total + 1e-4 * float(np.vdot(slack, there - price)):
                break
        if new >= total:
            return
        price[:], total = there, new
        share, tried, slack, fresh, bend, bent = tried, share, fresh, slack, bent, bend
