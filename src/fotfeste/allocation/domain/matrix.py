"""Groups against municipalities as the solver's arrays: the same numbers as fit.py and score.py give for each pair.

Thousands of groups share few backgrounds, ties, hosts and wishes. Each of those is scored once against every
municipality by the functions of score.py; a group's row is put together from them in whole numbers, so that it equals
the score of the pair exactly. The arrays are those of docs/formats/settlement-solve.md.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from fotfeste.allocation.domain import score as scoring
from fotfeste.allocation.domain.explanation import Prices
from fotfeste.allocation.domain.fit import MUST_BE_KNOWN, meets_needs
from fotfeste.allocation.domain.policy import PartKind, Policy, Unknown
from fotfeste.allocation.domain.solver.instance import Floats, Instance, Integers
from fotfeste.allocation.domain.solver.scores import MatrixScores, ScoreBlocks
from fotfeste.allocation.domain.types import (
    FREE,
    Background,
    Column,
    Group,
    Municipality,
    Open,
    Resource,
    Service,
    Steering,
    Tie,
)
from fotfeste.kernel.decisions import Outcome
from fotfeste.settlement.domain.types import Capability

type Whole = NDArray[np.int32]

BLOCK = 2000  # groups; a block against 357 municipalities is 6 MB of scores
UNITS = 1000  # thousandths of a point in a point
NOT_KNOWN = np.iinfo(np.int64).min  # of what is left: it may be below nothing, where more was promised than decided
_RANK: Mapping[Outcome, int] = {Outcome.YES: 0, Outcome.UNKNOWN: 1, Outcome.NO: 2}


@dataclass(frozen=True, slots=True)
class Posed:
    """A problem for the solver, and what its rows and columns mean, in order."""

    groups: tuple[str, ...]
    municipalities: tuple[str, ...]
    columns: tuple[Column, ...]
    instance: Instance

    def prices(self, price: Floats) -> Prices:
        """A plan's prices by municipality and what it counts, as an explanation takes them."""
        return {
            number: dict(zip(self.columns, map(float, row), strict=True))
            for number, row in zip(self.municipalities, price, strict=True)
        }


def pose(
    groups: Sequence[Group],
    municipalities: Sequence[Municipality],
    policy: Policy,
    on: date,
    *,
    steering: Steering = FREE,
    in_blocks: bool = False,
    seed: int = 0,
) -> Posed:
    """The groups that wait on a day and the municipalities, as a problem for the solver. Values are points per person.

    `in_blocks`: scores are computed whenever they are looked at and never all kept, for more than the country.
    """
    columns = columns_of(groups, municipalities)
    scores: ScoreBlocks = PairScores(groups, municipalities, policy, steering)
    if not in_blocks:
        scores = MatrixScores(scores.rows(np.arange(len(groups))))
    demand = [[group.takes(column) for column in columns] for group in groups]
    later = [scoring.waiting(group, on, policy).total / UNITS for group in groups]
    posed = Instance(
        demand=np.array(demand, dtype=np.int64).reshape(len(groups), len(columns)),
        limit=limits(municipalities, columns, policy),
        unplaced=np.array(later, dtype=np.float64),
        scores=scores,
        seed=seed,
    )
    return Posed(
        groups=tuple(group.reference for group in groups),
        municipalities=tuple(each.number for each in municipalities),
        columns=columns,
        instance=posed,
    )


def columns_of(groups: Sequence[Group], municipalities: Sequence[Municipality]) -> tuple[Column, ...]:
    """What a plan counts: persons, each other resource that some group uses and some municipality limits, and where
    places are kept for integration centres, what is open to those who are not from them (SET-11).

    Where places are kept for several, each number of them counts: what two keep together is open to neither's others.
    """
    limited = {resource for each in municipalities for resource in each.left}
    used = {resource for group in groups for resource in group.uses}
    resources = (each for each in Resource if each is Resource.PERSONS or each in limited & used)
    kept = {tuple(sorted(centre for centre, count in each.kept.items() if count)) for each in municipalities}
    some = {frozenset(part) for row in kept for count in range(len(row)) for part in combinations(row, count + 1)}
    return (*resources, *(Open(centres) for centres in sorted(some, key=sorted)))


def limits(municipalities: Sequence[Municipality], columns: Sequence[Column], policy: Policy) -> Integers:
    """What is left of each column, never below nothing.

    Where the council has not decided and unknown counts as possible, IMDi's request stands for its decision. What else
    is not declared binds nobody: as many as there are persons.
    """
    rows = [[_limit(each, column, policy) for column in columns] for each in municipalities]
    return np.array(rows, dtype=np.int64).reshape(len(municipalities), len(columns))


def _limit(municipality: Municipality, column: Column, policy: Policy) -> int:
    if isinstance(column, Open):
        all_left = _limit(municipality, Resource.PERSONS, policy)
        is_kept = column.centres <= municipality.kept.keys()
        kept = sum(municipality.kept[each] for each in column.centres) if is_kept else 0
        return max(0, all_left - kept)
    left = municipality.left.get(column)
    if left is None and column is not Resource.PERSONS:
        return _limit(municipality, Resource.PERSONS, policy)
    if left is None:
        is_asked = policy.unknown is Unknown.POSSIBLE and municipality.requested is not None
        left = (municipality.requested or 0) - municipality.taken if is_asked else 0
    return max(0, left)


class PairScores:
    """Points per person of each pair, NaN where it is not possible: the solver's `ScoreBlocks`, made when asked for."""

    def __init__(
        self,
        groups: Sequence[Group],
        municipalities: Sequence[Municipality],
        policy: Policy,
        steering: Steering = FREE,
    ) -> None:
        self._groups = groups
        self._rows = _Rows(tuple(municipalities), policy, steering)

    @property
    def shape(self) -> tuple[int, int]:
        """Groups and municipalities."""
        return len(self._groups), len(self._rows.municipalities)

    def blocks(self) -> Iterator[tuple[int, Floats]]:
        """All rows in order, some at a time: nothing of a block is kept when the next is made."""
        for start in range(0, len(self._groups), BLOCK):
            yield start, self._rows.scores(self._groups[start : start + BLOCK])

    def rows(self, groups: Integers) -> Floats:
        """The rows of some groups."""
        found = np.empty((len(groups), self.shape[1]))
        for start in range(0, len(groups), BLOCK):
            some = [self._groups[int(group)] for group in groups[start : start + BLOCK]]
            found[start : start + len(some)] = self._rows.scores(some)
        return found


@dataclass(slots=True)
class _Known[K]:
    """Rows that are made once for each key and gathered by groups: one number for each municipality."""

    make: Callable[[K], Whole]
    places: dict[K, int] = field(default_factory=dict)
    rows: list[Whole] = field(default_factory=list)

    def gather(self, keys: Sequence[K]) -> Whole:
        """A row for each key, in order."""
        where = [self._place(key) for key in keys]
        return np.stack(self.rows)[where]

    def row(self, key: K) -> Whole:
        """The row of one key."""
        return self.rows[self._place(key)]

    def _place(self, key: K) -> int:
        found = self.places.get(key)
        if found is None:
            made = self.make(key)  # which may make rows of its own
            found = self.places[key] = len(self.rows)
            self.rows.append(made)
        return found


class _Rows:
    """The scores of a country under a policy, by what groups have in common."""

    def __init__(self, municipalities: tuple[Municipality, ...], policy: Policy, steering: Steering) -> None:
        self.municipalities, self.policy, self.steering = municipalities, policy, steering
        self.country: Mapping[str, Municipality] = {each.number: each for each in municipalities}
        self.places = {each.number: place for place, each in enumerate(municipalities)}
        self.left = {
            resource: np.array([each.left.get(resource, NOT_KNOWN) for each in municipalities], dtype=np.int64)
            for resource in Resource
        }
        self.spread = self._each(lambda seen: scoring.spread(seen, policy).value)
        self.matches = _Known[Background](
            lambda key: self._each(lambda seen: scoring.match(key, seen.offers, policy).value)
        )
        self.ties = _Known[Tie](lambda key: self._each(lambda seen: scoring.tie_reach(key, seen, policy)))
        self.work = _Known[tuple[tuple[Background, ...], ...]](self._work)
        self.relations = _Known[tuple[Tie, ...]](self._relations)
        self.hosts = _Known[str](
            lambda key: self._each(lambda seen: scoring.continuity(key, seen, self.country, policy).value)
        )
        self.services = _Known[frozenset[Service]](
            lambda key: self._each(lambda seen: scoring.services(key, seen, policy).value)
        )
        self.needs = _Known[frozenset[Capability]](
            lambda key: self._each(lambda seen: _RANK[meets_needs(key, seen).outcome])
        )
        self.room = _Known[tuple[frozenset[tuple[Resource, int]], str]](self._room)

    def scores(self, groups: Sequence[Group]) -> Floats:
        """Points per person of each group in each municipality; NaN where it is not possible."""
        policy = self.policy
        total = policy.weight(PartKind.SPREAD) * np.tile(self.spread, (len(groups), 1))
        total += policy.weight(PartKind.RELATIONS) * self.relations.gather([each.needs.ties for each in groups])
        total += policy.weight(PartKind.WORK) * self.work.gather([self._counted(each) for each in groups])
        total += policy.weight(PartKind.CONTINUITY) * self.hosts.gather([each.host for each in groups])
        total += policy.weight(PartKind.SERVICES) * self.services.gather([each.needs.services for each in groups])
        for place, group in enumerate(groups):
            if group.lives_in in self.places:
                total[place, self.places[group.lives_in]] += scoring.WHOLE * policy.weight(PartKind.RESIDENCE)
        rank = self._ranks(groups)
        total -= scoring.WHOLE * policy.weight(PartKind.CERTAINTY) * (rank == _RANK[Outcome.UNKNOWN])
        worst = Outcome.UNKNOWN if policy.unknown is Unknown.POSSIBLE else Outcome.YES
        return np.where(rank <= _RANK[worst], total / UNITS, np.nan)

    def _ranks(self, groups: Sequence[Group]) -> Whole:
        """Yes, unknown or no of each pair, as ranks: the worst of its needs, its room and an earlier no."""
        found = np.maximum(
            self.needs.gather([each.needs.hard for each in groups]),
            self.room.gather([(frozenset(each.uses.items()), each.centre) for each in groups]),
        )
        for place, group in enumerate(groups):
            for number in group.said_no & self.places.keys():
                found[place, self.places[number]] = _RANK[Outcome.NO]
        self._steer(groups, found)
        return found

    def _steer(self, groups: Sequence[Group], found: Whole) -> None:
        """Shut out what a case worker has closed, forbidden, or pinned elsewhere."""
        no = _RANK[Outcome.NO]
        found[:, [self.places[number] for number in self.steering.closed & self.places.keys()]] = no
        forbidden: dict[str, list[int]] = {}
        for reference, number in self.steering.forbidden:
            if number in self.places:
                forbidden.setdefault(reference, []).append(self.places[number])
        for place, group in enumerate(groups):
            if group.reference in forbidden:
                found[place, forbidden[group.reference]] = no
            pinned = self.steering.pinned.get(group.reference)
            if pinned is not None:
                found[place, [each for number, each in self.places.items() if number != pinned]] = no

    def _each(self, value: Callable[[Municipality], int]) -> Whole:
        return np.array([value(each) for each in self.municipalities], dtype=np.int32)

    def _counted(self, group: Group) -> tuple[tuple[Background, ...], ...]:
        return tuple(adult.backgrounds for adult in scoring.counted(group.needs.adults, self.policy))

    def _work(self, adults: tuple[tuple[Background, ...], ...]) -> Whole:
        nothing = np.zeros(len(self.municipalities), dtype=np.int32)
        total = nothing.copy()
        for backgrounds in adults:
            total += np.max([nothing, *(self.matches.row(each) for each in backgrounds)], axis=0)
        return total // max(1, len(adults))

    def _relations(self, ties: tuple[Tie, ...]) -> Whole:
        total = np.zeros(len(self.municipalities), dtype=np.int32)
        for tie in ties:
            total += self.ties.row(tie)
        return np.minimum(total, scoring.WHOLE)

    def _room(self, key: tuple[frozenset[tuple[Resource, int]], str]) -> Whole:
        uses, centre = key
        rank = np.full(len(self.municipalities), _RANK[Outcome.YES], dtype=np.int32)
        for resource, used in uses:
            left = self.left[resource]
            if resource is Resource.PERSONS:
                left = np.where(left == NOT_KNOWN, left, left - self._each(lambda seen: seen.kept_from(centre)))
            if resource in MUST_BE_KNOWN:
                rank = np.maximum(rank, np.where(left == NOT_KNOWN, _RANK[Outcome.UNKNOWN], rank))
            rank = np.where((left != NOT_KNOWN) & (left < used), _RANK[Outcome.NO], rank)
        return rank.astype(np.int32)
