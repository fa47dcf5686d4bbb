"""The scores of many pairs at once, equal to score.py's for each: made from what groups have in common.

Thousands of groups share few backgrounds, ties, hosts and wishes. Each of those is scored once against every
municipality by the functions of score.py; a group's row is put together from them in whole numbers, so that it equals
the score of the pair exactly.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from fotfeste.allocation.domain import score as scoring
from fotfeste.allocation.domain.fit import MUST_BE_KNOWN, meets_needs
from fotfeste.allocation.domain.policy import PartKind, Policy, Unknown
from fotfeste.allocation.domain.solver.instance import Floats, Integers
from fotfeste.allocation.domain.types import (
    FREE,
    Background,
    Group,
    Municipality,
    Needs,
    Resource,
    Service,
    Steering,
    Tie,
)
from fotfeste.kernel.decisions import Outcome
from fotfeste.settlement.domain.types import Capability

type Whole = NDArray[np.signedinteger]

BLOCK = 2000  # groups; a block against 357 municipalities is 6 MB of scores
UNITS = 1000  # thousandths of a point in a point
NOT_KNOWN = np.iinfo(np.int64).min  # of what is left: it may be below nothing, where more was promised than decided
_RANK: Mapping[Outcome, int] = {Outcome.YES: 0, Outcome.UNKNOWN: 1, Outcome.NO: 2}


class PairScores:
    """Points per person of each pair, NaN where it is not possible: the solver's `ScoreBlocks`, made when asked for.

    With spread as it is for the first person; what the next ones count less is the instance's crowding.
    """

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
    """Rows by key, gathered by groups: one number for each municipality. Kept where there are few keys in all."""

    make: Callable[[K], Whole]
    is_kept: bool = True
    made: dict[K, Whole] = field(default_factory=dict)

    def gather(self, keys: Sequence[K]) -> Whole:
        """A row for each key, in order; each different one is made once."""
        places = {key: place for place, key in enumerate(dict.fromkeys(keys))}
        return np.stack([self.row(key) for key in places])[[places[key] for key in keys]]

    def row(self, key: K) -> Whole:
        """The row of one key."""
        found = self.made.get(key)
        if found is None:
            found = self.make(key)
            if self.is_kept:
                self.made[key] = found
        return found


class _Rows:
    """The scores of a country under a policy, by what groups have in common."""

    def __init__(self, municipalities: tuple[Municipality, ...], policy: Policy, steering: Steering) -> None:
        self.municipalities, self.policy, self.steering = municipalities, policy, steering
        self.country: Mapping[str, Municipality] = {each.number: each for each in municipalities}
        self.places = {each.number: place for place, each in enumerate(municipalities)}
        self.near: dict[str, list[int]] = {}  # where somebody close is felt: there and next door
        for place, each in enumerate(municipalities):
            for number in {each.number, *each.neighbours}:
                self.near.setdefault(number, []).append(place)
        self.left = {
            resource: np.array([each.left.get(resource, NOT_KNOWN) for each in municipalities], dtype=np.int64)
            for resource in Resource
        }
        self.spread = self._each(lambda seen: scoring.spread(seen, policy).value)
        self.matches = _Known[Background](
            lambda key: self._each(lambda seen: scoring.match(key, seen.offers, policy).value)
        )
        self.ties = _Known[Tie](self._tie)
        # Of these there are nearly as many as there are groups.
        self.work = _Known[tuple[tuple[Background, ...], ...]](self._work, is_kept=False)
        self.relations = _Known[tuple[Tie, ...]](self._relations, is_kept=False)
        self.hosts = _Known[str](
            lambda key: self._each(lambda seen: scoring.continuity(key, seen, self.country, policy).value)
        )
        self.services = _Known[frozenset[Service]](
            lambda key: self._each(lambda seen: scoring.services(key, seen, policy).value)
        )
        self.needs = _Known[frozenset[Capability]](
            lambda key: self._each(lambda seen: _RANK[meets_needs(key, seen).outcome]).astype(np.int8)
        )
        self.room = _Known[tuple[frozenset[tuple[Resource, int]], str]](self._room)

    def scores(self, groups: Sequence[Group]) -> Floats:
        """Points per person of each group in each municipality; NaN where it is not possible."""
        policy, needs = self.policy, [each.needs for each in groups]
        total = np.tile(policy.weight(PartKind.SPREAD) * self.spread, (len(groups), 1))
        self._add(total, PartKind.RELATIONS, self.relations, [each.ties for each in needs])
        self._add(total, PartKind.WORK, self.work, [self._counted(each) for each in needs])
        self._add(total, PartKind.CONTINUITY, self.hosts, [each.host for each in groups])
        self._add(total, PartKind.SERVICES, self.services, [each.services for each in needs])
        for place, group in enumerate(groups):
            if group.lives_in in self.places:
                total[place, self.places[group.lives_in]] += scoring.WHOLE * policy.weight(PartKind.RESIDENCE)
        rank = self._ranks(groups)
        total[rank == _RANK[Outcome.UNKNOWN]] -= scoring.WHOLE * policy.weight(PartKind.CERTAINTY)
        worst = Outcome.UNKNOWN if policy.unknown is Unknown.POSSIBLE else Outcome.YES
        points = total / UNITS
        points[rank > _RANK[worst]] = np.nan
        return points

    def _add[K](self, total: Whole, kind: PartKind, known: "_Known[K]", keys: Sequence[K]) -> None:
        """Add a part for the groups that have something of it: an empty key is nothing everywhere."""
        rows = [place for place, key in enumerate(keys) if key]
        if rows:
            total[rows] += self.policy.weight(kind) * known.gather([keys[place] for place in rows])

    def _ranks(self, groups: Sequence[Group]) -> Whole:
        """Yes, unknown or no of each pair, as ranks: the worst of its needs, its room and an earlier no."""
        found = np.maximum(
            self.needs.gather([each.needs.hard for each in groups]),
            self.room.gather([(frozenset(each.uses.items()), each.centre) for each in groups]),
        )
        for place, group in enumerate(groups):
            for said in group.said_no:
                if said.municipality in self.places:
                    found[place, self.places[said.municipality]] = _RANK[Outcome.NO]
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

    def _counted(self, needs: Needs) -> tuple[tuple[Background, ...], ...]:
        return tuple(adult.backgrounds for adult in scoring.counted(needs.adults, self.policy))

    def _work(self, adults: tuple[tuple[Background, ...], ...]) -> Whole:
        nothing = np.zeros(len(self.municipalities), dtype=np.int32)
        total = nothing.copy()
        for backgrounds in adults:
            total += np.max([nothing, *(self.matches.row(each) for each in backgrounds)], axis=0)
        return total // max(1, len(adults))

    def _tie(self, tie: Tie) -> Whole:
        row = np.zeros(len(self.municipalities), dtype=np.int32)
        for place in self.near.get(tie.municipality, ()):
            row[place] = scoring.tie_reach(tie, self.municipalities[place], self.policy)
        return row

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
            if resource is Resource.PERSONS:
                full = np.array([_is_full_week(each, used) for each in self.municipalities])
                rank = np.where(full, _RANK[Outcome.NO], rank)
        return rank.astype(np.int8)


def _is_full_week(municipality: Municipality, persons: int) -> bool:
    return municipality.week is not None and not municipality.week.has_room(persons)
