"""Prices of the coming months: what a place is worth to those who are expected, so that a week's plan keeps it.

A week sees its own groups alone, and gives them what fits them a little and would have fitted others much. So places
are priced first: by this week's groups and those expected in the rest of the year, against all that is left of it. The
week is then planned with scores less those prices. Its certificate holds for this week's groups at these prices. It
says nothing of whether the prices were right; that is measured against hindsight (docs/benchmarks.md).

Expected are groups like those of late, each standing for as many as are to come. That is the price of the average of
all years that could be drawn from them, and needs no drawing.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from fotfeste.allocation.domain.solver.columns import Columns, best_columns
from fotfeste.allocation.domain.solver.crowding import NO_STEPS
from fotfeste.allocation.domain.solver.instance import Floats, Instance, Integers
from fotfeste.allocation.domain.solver.prices import settle
from fotfeste.allocation.domain.solver.pricing import ALIKE
from fotfeste.allocation.domain.solver.scores import MatrixScores, ScoreBlocks

# Temperatures in parts of how far scores are spread. The last one is warm on purpose: colder prices follow whom the
# sample happens to have in it, and do worse for those who really come.
_FIRST, WARM = (1.0, 0.3, 0.1), 0.05
_WIDTH = 48  # municipalities that are looked at for each group, the best at the prices so far
_SAMPLE = 800  # groups that are looked at in every municipality first
_FIRST_CLOSE, _CLOSE = 0.01, 0.002


@dataclass(frozen=True, slots=True)
class Coming:
    """Groups like those that are expected, in the solver's numbers. Each stands for `count` of them, or a part of one.

    `scores` give the value per person in each municipality, `unplaced` that of having no place in the year.
    """

    demand: Integers
    scores: ScoreBlocks
    unplaced: Floats
    count: Floats


def coming_prices(now: Instance, coming: Coming, start: Floats | None = None, heat: float = WARM) -> Floats:
    """What one unit of each resource in each municipality is worth to this week's groups and the expected together.

    0 where there is nothing to keep, and everywhere where nobody is expected. `start`: the prices of the week before,
    which are near: a quarter of the time. `heat`: how warm the last prices are, in parts of how far scores are spread;
    colder where it is known who comes. The same numbers give the same prices.
    """
    price = np.zeros(now.limit.shape)
    wanted = _Wanted.of(now, coming)
    if not (coming.count > 0).any() or not now.municipalities:
        return price
    spread, whole = wanted.spreads()
    if spread <= 0:
        return price
    if start is None:
        sample = np.linspace(0, len(wanted.demand) - 1, min(len(wanted.demand), _SAMPLE)).astype(np.int64)
        some = wanted.part(sample)
        for hot in (*_falling(whole, spread), *_FIRST):
            some.settle(price, hot * spread, now.municipalities, _FIRST_CLOSE)
        for hot in _between(_FIRST[-1], heat):
            wanted.settle(price, hot * spread, _WIDTH, _CLOSE)
    else:
        price[:] = np.where(now.limit > 0, start, 0.0)
    wanted.settle(price, heat * spread, _WIDTH, _CLOSE)
    return price


def priced(instance: Instance, price: Floats) -> Instance:
    """The instance with each score less what the places cost the group there, per person."""
    if not price.any():
        return instance
    return replace(instance, scores=_PricedScores(instance.scores, instance.demand, price))


def less_prices(score: Floats, demand: Integers, price: Floats) -> Floats:
    """Scores per person less the price of what the groups use, by rows of groups."""
    return np.ascontiguousarray(score - (demand @ price.T) / demand[:, :1], dtype=np.float64)


@dataclass(frozen=True, slots=True)
class _PricedScores:
    """Scores less prices, made when they are asked for."""

    scores: ScoreBlocks
    demand: Integers
    price: Floats

    @property
    def shape(self) -> tuple[int, int]:
        """Groups and municipalities."""
        return self.scores.shape

    def blocks(self) -> Iterator[tuple[int, Floats]]:
        """All rows in order, in the blocks that the scores come in."""
        for first, block in self.scores.blocks():
            yield first, less_prices(block, self.demand[first : first + len(block)], self.price)

    def rows(self, groups: Integers) -> Floats:
        """The rows of some groups."""
        return less_prices(self.scores.rows(groups), self.demand[groups], self.price)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """This week's groups and the expected ones, the first each once and the others as often as they are expected.

    `limit` is what they share; `room` is what a municipality has left, which a group must fit into by itself.
    """

    scores: ScoreBlocks
    demand: Floats
    unplaced: Floats
    count: Floats
    limit: Floats
    room: Floats

    @classmethod
    def of(cls, now: Instance, coming: Coming) -> "_Wanted":
        here = np.flatnonzero(coming.count > 0)
        every = np.arange(now.groups)
        scores = np.concatenate([now.scores.rows(every), coming.scores.rows(here)])
        demand = np.concatenate([now.demand, coming.demand[here]]).astype(np.float64)
        unplaced = np.concatenate([now.unplaced, coming.unplaced[here]]) * demand[:, 0]
        count = np.concatenate([np.ones(now.groups), coming.count[here]])
        room = now.limit.astype(np.float64)
        return cls(MatrixScores(scores), demand, unplaced, count, np.minimum(room, count @ demand), room)

    def part(self, groups: Integers) -> "_Wanted":
        """Some of the groups, with the same part of the room."""
        demand, count = np.ascontiguousarray(self.demand[groups]), self.count[groups]
        limit = self.limit * ((count @ demand) / np.maximum(self.count @ self.demand, 1.0))
        return _Wanted(MatrixScores(self.scores.rows(groups)), demand, self.unplaced[groups], count, limit, self.room)

    def spreads(self) -> tuple[float, float]:
        """How far scores are spread, and how far they are from being unplaced; 0 where nothing is possible."""
        sample = np.linspace(0, len(self.demand) - 1, min(len(self.demand), _SAMPLE)).astype(np.int64)
        scores = self.scores.rows(sample)
        scores = scores[~np.isnan(scores)]
        if not scores.size:
            return 0.0, 0.0
        apart = float(np.abs(scores.mean() - self.unplaced / self.demand[:, 0]).max())
        return float(scores.std()) or apart, apart

    def settle(self, price: Floats, heat: float, width: int, close: float) -> None:
        """Move the prices to where these groups fill the room, each in its best columns at the prices until now."""
        numbers = self.scores, self.demand, self.unplaced, self.room, price
        columns = best_columns(*numbers, width=width, fitting=True, alike=ALIKE * heat)
        weighed = Columns(columns.place, columns.value * self.count[:, None], columns.others)
        demand = np.ascontiguousarray(self.demand * self.count[:, None])
        # What crowds a municipality this week is the week's own; what is priced here is that places run out.
        settle(weighed, demand, self.unplaced * self.count, self.limit, NO_STEPS, price, heat, close)


def _falling(whole: float, spread: float) -> Iterator[float]:
    """Temperatures, in parts of the spread, from where being unplaced is the greatest difference down to it."""
    heat = whole / spread
    while heat > 2.0:
        yield heat
        heat /= 4.0


def _between(hot: float, cold: float) -> Iterator[float]:
    """Temperatures from the hot one down, above the cold one."""
    while hot > cold:
        yield hot
        hot /= 3.0
