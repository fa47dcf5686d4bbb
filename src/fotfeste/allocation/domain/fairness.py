"""Whether some kinds of people fare worse: average score and waiting by family, age, sex and citizenship (SET-09).

Beside what the same people would have had under a plain proportional draw. A policy names the sets that must not fall
below it. Averages of one to four people are not shown, and neither is what would tell them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from fotfeste.allocation.domain.households import Fate, Household, Person
from fotfeste.allocation.domain.solver.certificate import UNPLACED
from fotfeste.allocation.domain.solver.instance import Floats, Instance, Integers
from fotfeste.allocation.domain.types import Group, SetKind, age_band
from fotfeste.kernel.decisions import Reason
from fotfeste.kernel.hiding import SMALLEST_SHOWN, left_out

UNITS = 1000  # thousandths of a point in a point


@dataclass(frozen=True, slots=True)
class Fates:
    """What becomes of each group: points per person, and days from the permit until it is settled at the earliest."""

    points: Floats
    days: Floats | Integers


@dataclass(frozen=True, slots=True)
class Line:
    """One set of people: how they fare in the plan and in the draw, per person. None where it is hidden."""

    kind: SetKind
    value: str
    persons: int | None
    points: float | None
    drawn_points: float | None
    days: float | None
    drawn_days: float | None

    @property
    def is_below(self) -> bool:
        """Whether they have fewer points than by the draw; False where that is hidden."""
        return _thousandths(self.points) < _thousandths(self.drawn_points)


def fates(instance: Instance, groups: Sequence[Group], placed: Integers, *, settled_on: date, later_on: date) -> Fates:
    """What becomes of the groups of an instance: those placed are settled on one day, the others on a later one at the
    earliest. `placed`: the place of the municipality for each group, -1 for later. What a municipality is worth less by
    how many come there, all of them share: nobody can say who of those in a plan was the first. So the points of all
    persons come to what the plan is worth.
    """
    points = instance.unplaced.copy()
    for start, scores in instance.scores.blocks():
        here = placed[start : start + len(scores)]
        rows = np.flatnonzero(here != UNPLACED)
        points[start + rows] = scores[rows, here[rows]]
    is_placed = placed != UNPLACED
    points[is_placed] -= _shared(instance, placed)[placed[is_placed]]
    since = np.array([group.due_since_on.toordinal() for group in groups], dtype=np.int64)
    until = np.where(is_placed, settled_on.toordinal(), later_on.toordinal())
    return Fates(points, until - since)


def _shared(instance: Instance, placed: Integers) -> Floats:
    """How much less each person in a municipality is worth by how many are placed there, on average."""
    less = np.zeros(instance.municipalities)
    if instance.crowding is not None:
        is_placed = placed != UNPLACED
        weights = instance.demand[is_placed, 0]
        persons = np.bincount(placed[is_placed], weights=weights, minlength=len(less)).astype(np.int64)
        for place in np.flatnonzero(persons):
            less[place] = instance.crowding.row(int(place))[: persons[place]].sum() / persons[place]
    return less


def compare(households: Sequence[Household], plan: Fates, draws: Sequence[Fates]) -> tuple[Line, ...]:
    """Every set of people in the plan beside the mean of some draws, small ones hidden.

    Sets of one kind stand together, the largest first. Raises ValueError without draws.
    """
    lines: list[Line] = []
    for sets in _all_sets(households, plan, draws).values():
        gone = left_out([line.persons or 0 for line in sets], total=sum(line.persons or 0 for line in sets)).places
        lines += [_hidden(line) if _is_small(line) or place in gone else line for place, line in enumerate(sets)]
    return tuple(lines)


def beside_draws(households: Sequence[Household], plan: Fates, draws: Sequence[Fates]) -> tuple[Fate, ...]:
    """What becomes of each household, in their order, beside the mean of some draws."""
    points, days = (np.mean(each, axis=0) for each in ([d.points for d in draws], [d.days for d in draws]))
    return tuple(
        Fate(household, float(own), int(waits), float(drawn), float(drawn_waits))
        for household, own, waits, drawn, drawn_waits in zip(
            households, plan.points, plan.days, points, days, strict=True
        )
    )


def as_arrays(kept: Sequence[Fate]) -> tuple[tuple[Household, ...], Fates, Fates]:
    """The households with what becomes of them in the plan and in the mean of its draws, as they were kept."""
    return (
        tuple(each.household for each in kept),
        Fates(np.array([each.points for each in kept]), np.array([each.days for each in kept])),
        Fates(np.array([each.drawn_points for each in kept]), np.array([each.drawn_days for each in kept])),
    )


def sets_below(
    households: Sequence[Household], plan: Fates, draws: Sequence[Fates], protected: Iterable[str]
) -> tuple[Reason, ...]:
    """The protected sets (`kind:value`) that have a lower average score than by the draw, in their order.

    Also those that are too small to be shown; what they have is not in the reason. A protected set that nobody is in
    falls below nothing. Raises ValueError without draws.
    """
    lines = {f"{each.kind}:{each.value}": each for sets in _all_sets(households, plan, draws).values() for each in sets}
    return tuple(_below(line) for name in protected if (line := lines.get(name)) is not None and line.is_below)


def _below(line: Line) -> Reason:
    fields: dict[str, str | int] = {"kind": str(line.kind), "value": line.value}
    if not _is_small(line):
        fields |= {"points": _thousandths(line.points), "drawn": _thousandths(line.drawn_points)}
    return Reason("small_set_below_the_draw" if _is_small(line) else "set_below_the_draw", fields)


def _thousandths(points: float | None) -> int:
    return round((points or 0) * UNITS)


def _is_small(line: Line) -> bool:
    return (line.persons or 0) < SMALLEST_SHOWN


def _hidden(line: Line) -> Line:
    return Line(line.kind, line.value, None, None, None, None, None)


def _all_sets(
    households: Sequence[Household], plan: Fates, draws: Sequence[Fates]
) -> Mapping[SetKind, tuple[Line, ...]]:
    if not draws:
        raise ValueError("a plan is held against at least one draw")
    counts = _counts(households)
    points, days = (np.mean(each, axis=0) for each in ([d.points for d in draws], [d.days for d in draws]))
    found: dict[SetKind, list[Line]] = {kind: [] for kind in SetKind}
    for (kind, value), persons in counts.items():
        averages = [float(np.average(each, weights=persons)) for each in (plan.points, points, plan.days, days)]
        found[kind].append(Line(kind, value, int(persons.sum()), *averages))
    return {
        kind: tuple(sorted(lines, key=lambda line: (-(line.persons or 0), line.value))) for kind, lines in found.items()
    }


def _counts(households: Sequence[Household]) -> Mapping[tuple[SetKind, str], Integers]:
    """How many of each group are in each set."""
    found: dict[tuple[SetKind, str], Integers] = {}
    for place, household in enumerate(households):
        for person in household.persons:
            for key in _sets_of(person, household):
                found.setdefault(key, np.zeros(len(households), dtype=np.int64))[place] += 1
    return found


def _sets_of(person: Person, household: Household) -> Iterable[tuple[SetKind, str]]:
    return (
        (SetKind.FAMILY_TYPE, str(household.family_type)),
        (SetKind.AGE_BAND, str(age_band(person.age))),
        (SetKind.SEX, str(person.sex)),
        (SetKind.CITIZENSHIP, person.citizenship),
    )
