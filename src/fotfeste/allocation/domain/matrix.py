"""Groups and municipalities as a problem for the solver: what is counted, what is left of it, what each pair is worth.

The arrays are those of docs/formats/settlement-solve.md; the scores are made in pair_scores.py.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

import numpy as np

from fotfeste.allocation.domain import score as scoring
from fotfeste.allocation.domain.explanation import Prices
from fotfeste.allocation.domain.pair_scores import UNITS, PairScores
from fotfeste.allocation.domain.policy import PartKind, Policy, Unknown
from fotfeste.allocation.domain.solver.certificate import UNPLACED
from fotfeste.allocation.domain.solver.crowding import Crowding
from fotfeste.allocation.domain.solver.instance import Floats, Instance, Integers
from fotfeste.allocation.domain.solver.scores import MatrixScores, ScoreBlocks
from fotfeste.allocation.domain.types import (
    FREE,
    Column,
    Group,
    InWeek,
    Municipality,
    Open,
    Resource,
    Steering,
)


@dataclass(frozen=True, slots=True)
class Posed:
    """A problem for the solver, and what its rows and columns mean, in order. `pinned`: the place of the municipality
    that each group has before all others, -1 for those who have none.
    """

    groups: tuple[str, ...]
    municipalities: tuple[str, ...]
    columns: tuple[Column, ...]
    instance: Instance
    pinned: Integers

    def prices(self, price: Floats) -> Prices:
        """A plan's prices by municipality and what it counts, as an explanation takes them: what is asked beside what
        crowding takes off, where there are too few places.
        """
        scarce = price.copy()
        if self.instance.crowding is not None:
            scarce[:, 0] = np.maximum(price[:, 0] - self.instance.crowding.last(), 0.0)
        return self.by_column(scarce)

    def by_column(self, price: Floats) -> Prices:
        """Prices by municipality and what is counted."""
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
    """The groups that wait on a day and the municipalities, as a problem for the solver. Values are points per person,
    of the first whom the plan sends to a municipality; for those after, crowding is taken off.

    A group that is pinned has its place before all others while there is room, the longest waiting first: the plan is
    made around it (pinned.py). One whose pin there is no room for waits.
    `in_blocks`: scores are computed whenever they are looked at and never all kept, for more than the country.
    """
    columns = columns_of(groups, municipalities)
    scores: ScoreBlocks = PairScores(groups, municipalities, policy, steering)
    if not in_blocks:
        scores = MatrixScores(scores.rows(np.arange(len(groups))))
    demand = [[group.takes(column) for column in columns] for group in groups]
    later = [scoring.waiting(group, on, policy).total / UNITS for group in groups]
    limit = limits(municipalities, columns, policy)
    posed = Instance(
        demand=np.array(demand, dtype=np.int64).reshape(len(groups), len(columns)),
        limit=limit,
        unplaced=np.array(later, dtype=np.float64),
        scores=scores,
        seed=seed,
        crowding=crowding_of(municipalities, limit[:, 0], policy),
    )
    numbers = [each.number for each in municipalities]
    return Posed(
        groups=tuple(group.reference for group in groups),
        municipalities=tuple(each.number for each in municipalities),
        columns=columns,
        instance=posed,
        pinned=_pinned(groups, numbers, posed, steering),
    )


def _pinned(groups: Sequence[Group], numbers: Sequence[str], posed: Instance, steering: Steering) -> Integers:
    """Where the groups are whose pins there is room for, with those before them: the longest waiting first."""
    left, found = posed.limit.copy(), np.full(len(groups), UNPLACED, dtype=np.int64)
    pinned = [place for place, group in enumerate(groups) if steering.pinned.get(group.reference) in numbers]
    for place in sorted(pinned, key=lambda each: (groups[each].due_since_on, each)):
        at = numbers.index(steering.pinned[groups[place].reference])
        is_possible = not np.isnan(posed.scores.rows(np.array([place]))[0, at])
        if is_possible and (posed.demand[place] <= left[at]).all():
            left[at] -= posed.demand[place]
            found[place] = at
    return found


def crowding_of(municipalities: Sequence[Municipality], places: Integers, policy: Policy) -> Crowding | None:
    """What each next person whom a plan sends to a municipality counts less for spread than the first, in points.

    None where spread has no weight.
    """
    weight = policy.weight(PartKind.SPREAD)
    if weight == 0:
        return None
    rows = [scoring.falls(each, int(count)) for each, count in zip(municipalities, places, strict=True)]
    return Crowding.of([np.array(row, dtype=np.float64) * weight / UNITS for row in rows])


def columns_of(groups: Sequence[Group], municipalities: Sequence[Municipality]) -> tuple[Column, ...]:
    """What a plan counts: persons, each other resource that some group uses and some municipality limits, and where
    places are kept for integration centres, what is open to those who are not from them (SET-11).

    Where places are kept for several, each number of them counts: what two keep together is open to neither's others.
    Where a municipality has said how many it receives in a week, the week's places count too (SET-10).
    """
    limited = {resource for each in municipalities for resource in each.left}
    used = {resource for group in groups for resource in group.uses}
    resources = (each for each in Resource if each is Resource.PERSONS or each in limited & used)
    kept = {tuple(sorted(centre for centre, count in each.kept.items() if count)) for each in municipalities}
    some = {frozenset(part) for row in kept for count in range(len(row)) for part in combinations(row, count + 1)}
    return (*resources, *(Open(centres) for centres in sorted(some, key=sorted)), *_weeks(groups, municipalities))


def _weeks(groups: Sequence[Group], municipalities: Sequence[Municipality]) -> Iterator[InWeek]:
    """A column for each limit on a week that some group is larger than, and one for the others that may bind."""
    largest, everybody = max((group.size for group in groups), default=0), sum(group.size for group in groups)
    binding = {
        each.week.most for each in municipalities if each.week and each.week.most < each.week.planned + everybody
    }
    yield from (InWeek(most) for most in sorted(binding) if most < largest)
    if any(most >= largest for most in binding):
        yield InWeek(None)


def limits(municipalities: Sequence[Municipality], columns: Sequence[Column], policy: Policy) -> Integers:
    """What is left of each column, never below nothing.

    Where the council has not decided and unknown counts as possible, IMDi's request stands for its decision. What else
    is not declared binds nobody: as many as there are persons.
    """
    rows = [[_limit(each, column, policy, columns) for column in columns] for each in municipalities]
    return np.array(rows, dtype=np.int64).reshape(len(municipalities), len(columns))


def _limit(municipality: Municipality, column: Column, policy: Policy, columns: Sequence[Column]) -> int:
    if isinstance(column, Resource):
        return _left(municipality, column, policy)
    all_left = _left(municipality, Resource.PERSONS, policy)
    if isinstance(column, Open):
        is_kept = column.centres <= municipality.kept.keys()
        kept = sum(municipality.kept[each] for each in column.centres) if is_kept else 0
        return max(0, all_left - kept)
    week = municipality.week
    is_own = week is not None and column == (InWeek(week.most) if InWeek(week.most) in columns else InWeek(None))
    return max(0, week.most - week.planned) if week is not None and is_own else all_left


def _left(municipality: Municipality, column: Resource, policy: Policy) -> int:
    left = municipality.left.get(column)
    if left is None and column is not Resource.PERSONS:
        return _left(municipality, Resource.PERSONS, policy)
    if left is None:
        is_asked = policy.unknown is Unknown.POSSIBLE and municipality.requested is not None
        left = (municipality.requested or 0) - municipality.taken if is_asked else 0
    return max(0, left)
