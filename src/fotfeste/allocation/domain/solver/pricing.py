"""Finding the prices of an instance: first of a part of its groups, then of the best columns of all, pass by pass."""

import numpy as np

from fotfeste.allocation.domain.solver.columns import Columns
from fotfeste.allocation.domain.solver.entering import let_fall
from fotfeste.allocation.domain.solver.instance import Floats, Integers
from fotfeste.allocation.domain.solver.prices import settle
from fotfeste.allocation.domain.solver.problem import Problem

# Temperatures, in parts of how far scores are spread; each pass over all scores takes the columns that are best then.
_FIRST = (0.3,)
_PASSES = ((0.1,), (0.04,), (0.016,), (0.006,), (0.0025,), (0.001, 0.0005))
# A pass over more scores than this takes seconds: one fewer, each over one choice of columns.
_MANY_CELLS = 100_000_000
_FIRST_CLOSE, _CLOSE = 0.02, 0.002
# Columns that differ by no more than this, in the temperature of the pass, are drawn from. A price goes no farther than
# half of it: farther away they say nothing. Where more than this part of the prices has gone so far, columns are chosen
# anew, so often at most.
ALIKE, _REACH, _STOPPED, _ANEW = 12.0, 6.0, 0.02, 2
# Room that counts for less than this is never drawn.
_LEAST_ROOM = 0.1


def near_optimal(problem: Problem, width: int) -> Floats:
    """Prices whose bound is close to that of the plan with split groups.

    Where a municipality has none of a resource, its price is as high as shuts out who needs it, since that costs
    nothing. `width` is how many columns of each group are looked at.
    """
    groups, municipalities = problem.scores.shape
    price = np.zeros_like(problem.limit)
    if groups == 0 or municipalities == 0:
        return price
    sample = problem.sample()
    rows = problem.scores.rows(sample)
    scores, unplaced = rows[~np.isnan(rows)], problem.unplaced / problem.demand[:, 0]
    if scores.size == 0:
        return price
    price[problem.limit <= 0] = 4.0 * max(0.0, float((problem.demand[:, 0] * (scores.max() - unplaced)).max()))
    whole = float(np.concatenate([scores, unplaced, problem.steps.level]).std())
    spread = float(scores.std()) or whole
    if spread <= 0:
        return price
    _settle_sample(problem, sample, rows, price, [*_falling(whole, spread), *(heat * spread for heat in _FIRST)])
    is_large = groups * municipalities >= _MANY_CELLS
    for heats in _PASSES[:-1] if is_large else _PASSES:
        _settle_all(problem, price, width, [heat * spread for heat in heats], 1 if is_large else _ANEW)
    return price


def _settle_all(problem: Problem, price: Floats, width: int, heats: list[float], most: int) -> None:
    """Move the prices to where all groups want them at these temperatures.

    Where most groups want the same and places are worth nearly the same to them, few columns say little of the others:
    each group draws its own of those that are alike, and no price goes farther than those tell. One that is farther off
    falls to where somebody would come.
    """
    numbers = (problem.demand, problem.unplaced, problem.limit, problem.steps)
    for _ in range(most):
        columns = problem.columns(price, width, fitting=False, alike=ALIKE * heats[0]).sharing(
            room_shares(problem.limit)
        )
        low, high = np.maximum(price - _REACH * heats[0], 0.0), price + _REACH * heats[0]
        settle(columns, *numbers, price, heats[0], _CLOSE, (low, high))
        too_dear = (problem.limit > 0) & (price <= low) & (low > 0)
        is_near = np.mean(too_dear | ((problem.limit > 0) & (price >= high))) <= _STOPPED
        if most > 1 and too_dear[:, 0].any():
            let_fall(problem, price, columns, np.flatnonzero(too_dear[:, 0]))
        if is_near:
            break
    for heat in heats[1:]:
        settle(columns, *numbers, price, heat, _CLOSE, (np.minimum(low, price), high))


def room_shares(limit: Floats) -> Floats:
    """The logarithm of each municipality's room against the mean: places that are alike are sought by their room.

    Where many are, prices need not tell large ones from small, and are right while temperatures are high.
    """
    room = np.maximum(limit[:, 0], _LEAST_ROOM)
    return np.log(room / room.mean())


def _falling(whole: float, spread: float) -> list[float]:
    """Temperatures from where being unplaced is the greatest difference down to that of the scores."""
    heats = []
    while whole > 2.0 * spread:
        heats.append(whole)
        whole /= 4.0
    return heats


def _settle_sample(problem: Problem, sample: Integers, rows: Floats, price: Floats, heats: list[float]) -> None:
    """Move the prices to where a part of the groups wants them, in the same part of the room."""
    demand, unplaced = np.ascontiguousarray(problem.demand[sample]), problem.unplaced[sample]
    all_places = np.arange(problem.limit.shape[0], dtype=np.int32)
    impossible = np.isnan(rows)
    # What is not possible is worth so little that no share of a group goes there.
    value = np.where(impossible, -np.inf, demand[:, :1] * rows)
    columns = Columns(np.tile(all_places, (len(rows), 1)), value, np.zeros_like(value))
    columns = columns.sharing(room_shares(problem.limit))
    part = demand.sum(axis=0) / np.maximum(problem.demand.sum(axis=0), 1.0)
    steps = problem.steps.part(float(part[0]))
    for heat in heats:
        settle(columns, demand, unplaced, problem.limit * part, steps, price, heat, _FIRST_CLOSE)
