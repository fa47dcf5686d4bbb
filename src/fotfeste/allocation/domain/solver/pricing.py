"""Finding the prices of an instance: first of a part of its groups, then of the best columns of all, pass by pass."""

import numpy as np

from fotfeste.allocation.domain.solver.columns import Columns
from fotfeste.allocation.domain.solver.instance import Floats, Integers
from fotfeste.allocation.domain.solver.prices import settle, smoothed
from fotfeste.allocation.domain.solver.problem import Problem

# Temperatures, in parts of how far scores are spread; each pass over all scores takes the columns that are best then.
_FIRST = (0.3, 0.06)
_PASSES = ((0.04, 0.02, 0.01, 0.004), (0.004, 0.002, 0.001), (0.001, 0.0005))
# A pass over more scores than this takes seconds: one fewer, for a hundred thousandth of the bound.
_MANY_CELLS = 100_000_000
_FIRST_CLOSE, _CLOSE = 0.02, 0.002
# By how much new columns may raise the dual before a pass is made hot once more, and how often that is done.
_OFF, _HOT_AGAIN = 1e-3, 4
# How far a price may go, in the temperature that columns are chosen for: farther away they say nothing. Where more than
# this part of the prices has gone so far, columns are chosen anew, so often at most.
_REACH, _STOPPED, _ANEW = 4.0, 0.02, 3
# Crowding makes many municipalities nearly alike to a group: it looks at twice as many then, as long as that is quick.
_MOST_WIDE = 1_000_000


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
    passes = _PASSES if groups * municipalities < _MANY_CELLS else _PASSES[:-1]
    _settle_all(problem, price, width, [tuple(heat * spread for heat in heats) for heats in passes])
    return price


def _settle_all(problem: Problem, price: Floats, width: int, passes: list[tuple[float, ...]]) -> None:
    """Move the prices to where all groups want them, each pass over the columns that are best when it begins.

    A municipality that was among few groups' columns may have become far too cheap: where the next columns show that,
    the pass is made as hot as the first, since cold ones move prices but little. Where most groups want the same and
    places are worth nearly the same to them, few columns say little of the others: no price goes farther than where
    each group has drawn its own of those that are alike.
    """
    numbers = (problem.demand, problem.unplaced, problem.limit, problem.steps)
    hot, again, anew = passes[0], _HOT_AGAIN, _ANEW
    heat, reached = 0.0, np.inf
    while passes:
        heats, reach = passes[0], _REACH * passes[0][0]
        columns = problem.columns(price, width, fitting=False, alike=reach)
        is_off = heat > 0 and smoothed(columns, *numbers, price, heat) > reached + _OFF * abs(reached)
        if is_off and again > 0:
            heats, again, reach = hot, again - 1, _REACH * hot[0]
            if len(problem.steps.first) and 2 * width * len(problem.demand) <= _MOST_WIDE:
                width = 2 * width
        within = np.maximum(price - reach, 0.0), price + reach
        settle(columns, *numbers, price, heats[0], _CLOSE, within)
        if anew > 0 and _stopped(problem, price, within) > _STOPPED:
            anew, heat = anew - 1, 0.0
            continue
        if heats is passes[0]:
            passes = passes[1:]
        for heat in heats[1:]:
            settle(columns, *numbers, price, heat, _CLOSE, within)
        heat = heats[-1]
        reached = smoothed(columns, *numbers, price, heat)


def _stopped(problem: Problem, price: Floats, within: tuple[Floats, Floats]) -> float:
    """The part of the prices that would have gone farther than they may."""
    low, high = within
    return float(np.mean((problem.limit > 0) & (((price <= low) & (low > 0)) | (price >= high))))


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
    columns = Columns(np.tile(all_places, (len(rows), 1)), value)
    part = demand.sum(axis=0) / np.maximum(problem.demand.sum(axis=0), 1.0)
    steps = problem.steps.part(float(part[0]))
    for heat in heats:
        settle(columns, demand, unplaced, problem.limit * part, steps, price, heat, _FIRST_CLOSE)
