"""Instances of allocation to measure with: of 2024's real figures, and of sizes and tightness that are asked for."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fotfeste.directory.reference import settlement_requests

type Arrays = dict[str, NDArray[Any]]

SIZES, PARTS = np.arange(1, 9), (0.35, 0.15, 0.15, 0.13, 0.10, 0.06, 0.04, 0.02)
WAITING = -1.0


def persons_of(groups: int, draw: np.random.Generator) -> NDArray[np.int64]:
    """Sizes of groups: 2.8 persons on average."""
    return draw.choice(SIZES, groups, p=PARTS).astype(np.int64)


def scores_by_profession(groups: int, municipalities: int, draw: np.random.Generator) -> NDArray[np.float64]:
    """What groups share with others of their profession, what all want, and a little that is their own."""
    shared = draw.normal(size=(groups, 6)) @ draw.normal(size=(6, municipalities))
    wanted = draw.normal(size=municipalities)
    return np.asarray(0.2 * shared + 0.3 * wanted + 0.1 * draw.normal(size=shared.shape), dtype=np.float64)


def spread_out(room: float, municipalities: int, draw: np.random.Generator) -> NDArray[np.int64]:
    """Room for so many persons in municipalities of very different size."""
    sizes = draw.lognormal(0.0, 1.0, municipalities)
    return np.floor(sizes / sizes.sum() * room).astype(np.int64) + 1


def country(resources: int = 1) -> Arrays:
    """12,000 groups in 357 municipalities, dense scores, room for 105 per cent."""
    draw = np.random.default_rng(2024)
    persons = persons_of(12_000, draw)
    room = spread_out(1.05 * float(persons.sum()), 357, draw)
    demand, limit = [persons], [room]
    for _ in range(resources - 1):
        needs = np.minimum(persons, (draw.random(len(persons)) < 0.3) * draw.integers(1, 3, len(persons)))
        demand.append(needs)
        limit.append(np.ceil(room / room.sum() * 1.1 * needs.sum()).astype(np.int64))
    return _arrays(np.column_stack(demand), np.column_stack(limit), draw.random((len(persons), 357)))


def real_year() -> Arrays:
    """As many persons as were settled in 2024, in the places that municipalities had decided; scores by profession."""
    draw = np.random.default_rng(2024)
    decided, settled = _of_2024()
    persons = persons_of(12_000, draw)
    persons = persons[: int(np.searchsorted(np.cumsum(persons), settled.sum()))]
    return _arrays(persons[:, None], decided[:, None], scores_by_profession(len(persons), len(decided), draw))


def real_week() -> Arrays:
    """250 groups against what was left of those places in the copy of November."""
    draw = np.random.default_rng(47)
    decided, settled = _of_2024()
    left = np.maximum(decided - settled, 0)
    return _arrays(persons_of(250, draw)[:, None], left[:, None], scores_by_profession(250, len(left), draw))


def tight_week(resources: int = 1) -> Arrays:
    """250 groups, places for one to five persons in each municipality."""
    draw = np.random.default_rng(5)
    demand, limit = [persons_of(250, draw)], [draw.integers(1, 6, 357)]
    for _ in range(resources - 1):
        demand.append(np.minimum(demand[0], (draw.random(250) < 0.3) * draw.integers(1, 3, 250)))
        limit.append(draw.integers(0, 3, 357))
    return _arrays(np.column_stack(demand), np.column_stack(limit), scores_by_profession(250, 357, draw))


def _arrays(demand: NDArray[np.int64], limit: NDArray[np.int64], score: NDArray[np.float64]) -> Arrays:
    return {"demand": demand, "limit": limit, "score": score, "unplaced": np.full(len(demand), WAITING)}


def _of_2024() -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Decided and settled by municipality; what is not reported, or suppressed, counts as none."""
    rows = settlement_requests()
    decided = [row.decided_total.value or 0 for row in rows]
    settled = [sum(each.total.value or 0 for each in row.settled if each.year == 2024) for row in rows]
    return np.array(decided, dtype=np.int64), np.array(settled, dtype=np.int64)


@dataclass(frozen=True)
class ComputedScores:
    """Scores of ten times the country, computed from what groups and places are, a block at a time."""

    groups: NDArray[np.float64]
    places: NDArray[np.float64]

    @property
    def shape(self) -> tuple[int, int]:
        """Groups and municipalities."""
        return len(self.groups), len(self.places)

    def blocks(self) -> Iterator[tuple[int, NDArray[np.float64]]]:
        """256 groups at a time."""
        for first in range(0, len(self.groups), 256):
            yield first, self.groups[first : first + 256] @ self.places.T

    def rows(self, groups: NDArray[np.int64]) -> NDArray[np.float64]:
        """Of some groups."""
        return np.asarray(self.groups[groups] @ self.places.T, dtype=np.float64)


def ten_times() -> tuple[Arrays, ComputedScores]:
    """120,000 groups in 3,570 municipalities, room for 105 per cent; twelve properties make the scores."""
    draw = np.random.default_rng(10)
    persons = persons_of(120_000, draw)
    room = spread_out(1.05 * float(persons.sum()), 3_570, draw)
    scores = ComputedScores(0.2 * draw.normal(size=(len(persons), 12)), draw.normal(size=(3_570, 12)))
    return {"demand": persons[:, None], "limit": room[:, None], "unplaced": np.full(len(persons), WAITING)}, scores
