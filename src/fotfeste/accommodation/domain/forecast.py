"""How many will live at centres in the coming weeks, and for how many there is room (ACC-06).

Known and expected are kept apart. Known is what somebody has decided, agreed or been offered by the day: journeys,
offers, placements ahead, centres that open, change or close. Expected rests on one dated assumption: that as many come
and leave in a week as did in the weeks before.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from fotfeste.kernel.calendar import Week
from fotfeste.kernel.decisions import RuleRef
from fotfeste.kernel.periods import Period

_DAYS_IN_A_WEEK = 7


class Basis(StrEnum):
    """What a known movement rests on, the surest first."""

    JOURNEY = "journey"  # reisen er avtalt
    OFFER_ACCEPTED = "offer_accepted"  # ja til tilbudet; reisen er ikke avtalt
    OFFER_MADE = "offer_made"  # tilbud gitt; ikke svart
    STAY_ENDS = "stay_ends"  # a stay with an end ahead
    PLACED = "placed"  # a stay that begins ahead


LEAVING = (Basis.JOURNEY, Basis.OFFER_ACCEPTED, Basis.OFFER_MADE, Basis.STAY_ENDS)


@dataclass(frozen=True, slots=True)
class Movement:
    """People who leave a centre or come to it: on the day `by_on`, or in the week whose last day it is."""

    centre_id: int
    basis: Basis
    people: int
    by_on: date


@dataclass(frozen=True, slots=True)
class Room:
    """Places of a centre for a period, and to how many it can be extended."""

    centre_id: int
    period: Period
    places: int
    maximum: int


@dataclass(frozen=True, slots=True)
class Assumption:
    """As many come and leave in a week as in the weeks before `until_on` (that day included), by a dated rule."""

    rule: RuleRef
    until_on: date
    weeks: int
    came: int
    left: int

    @property
    def since_on(self) -> date:
        """The first day that is counted."""
        return self.until_on - timedelta(days=self.weeks * _DAYS_IN_A_WEEK - 1)

    def expected(self, people: int, days: int) -> int:
        """How many in so many days, where so many were counted in the weeks before; whole people, halves up."""
        counted = self.weeks * _DAYS_IN_A_WEEK
        return (2 * people * days + counted) // (2 * counted)


@dataclass(frozen=True, slots=True)
class WeekLine:
    """One week: what is known to happen in it, and how it stands at its end.

    `people`, `places` and `maximum` are of the last day; `expected_leaving` and `expected_arriving` hold the known.
    """

    week: Week
    leaving: Mapping[Basis, int]
    arriving: int
    people: int
    places: int
    maximum: int
    expected_leaving: int
    expected_arriving: int
    expected_people: int

    @property
    def left(self) -> int:
        """How many are known to leave."""
        return sum(self.leaving.values())

    @property
    def free(self) -> int:
        """Free places in operation by what is known; below zero where they are too few."""
        return self.places - self.people

    @property
    def expected_free(self) -> int:
        """Free places in operation by what is expected too."""
        return self.places - self.expected_people


@dataclass(frozen=True, slots=True)
class Change:
    """Places that come or go from a day."""

    on: date
    centre_id: int
    places: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """The coming weeks of a centre, a region or the country, as known on a day.

    `overdue` are those whose day has passed and who still live there; they are counted in the first week. `later` are
    known to leave after the last week.
    """

    day: date
    people: int
    places: int
    lines: tuple[WeekLine, ...]
    assumption: Assumption
    changes: tuple[Change, ...]
    overdue: int
    later: int


def forecast(
    day: date,
    people: int,
    rooms: Iterable[Room],
    movements: Iterable[Movement],
    assumption: Assumption,
    weeks: int,
) -> Forecast:
    """The weeks from `day` on, the first of which is what is left of its own week. ACC-06.

    A movement counts in the week of its day, an overdue one in the first. What is expected never stands below what is
    known: whoever has a journey is among those who would have left at the usual pace.
    """
    rooms, movements = list(rooms), list(movements)
    first = Week.of(day)
    last = first + (weeks - 1)
    within = [each for each in movements if each.by_on <= last.last_day]
    lines: list[WeekLine] = []
    known = _Sum(people)
    for week in (first + number for number in range(weeks)):
        known = known.after([each for each in within if _week_of(each, first) == week])
        lines.append(_line(week, day, people, known, lines, rooms, assumption))
    return Forecast(
        day=day,
        people=people,
        places=sum(room.places for room in rooms if room.period.contains(day)),
        lines=tuple(lines),
        assumption=assumption,
        changes=tuple(_changes(rooms, day, last.last_day)),
        overdue=sum(each.people for each in movements if each.basis in LEAVING and each.by_on < day),
        later=sum(each.people for each in movements if each.basis in LEAVING and each.by_on > last.last_day),
    )


def together(rooms: Mapping[int, Sequence[Room]], centres: Iterable[int]) -> list[Room]:
    """The rooms of several centres."""
    return [room for centre in centres for room in rooms.get(centre, ())]


@dataclass(frozen=True, slots=True)
class _Sum:
    """How it stands by what is known: people, and how many have left and come so far, and in the last week."""

    people: int
    left: int = 0
    came: int = 0
    leaving: Mapping[Basis, int] | None = None
    arriving: int = 0

    def after(self, movements: Sequence[Movement]) -> "_Sum":
        leaving = {basis: sum(each.people for each in movements if each.basis is basis) for basis in LEAVING}
        arriving = sum(each.people for each in movements if each.basis is Basis.PLACED)
        left = sum(leaving.values())
        return _Sum(self.people - left + arriving, self.left + left, self.came + arriving, leaving, arriving)


def _week_of(movement: Movement, first: Week) -> Week:
    return max(Week.of(movement.by_on), first)


def _line(
    week: Week,
    day: date,
    people: int,
    known: _Sum,
    before: Sequence[WeekLine],
    rooms: Iterable[Room],
    assumption: Assumption,
) -> WeekLine:
    days = (week.last_day - day).days
    left = max(assumption.expected(assumption.left, days), known.left)
    came = max(assumption.expected(assumption.came, days), known.came)
    there = [room for room in rooms if room.period.contains(week.last_day)]
    return WeekLine(
        week=week,
        leaving=known.leaving or {},
        arriving=known.arriving,
        people=known.people,
        places=sum(room.places for room in there),
        maximum=sum(room.maximum for room in there),
        expected_leaving=left - sum(line.expected_leaving for line in before),
        expected_arriving=came - sum(line.expected_arriving for line in before),
        expected_people=max(people - left + came, 0),
    )


def _changes(rooms: Sequence[Room], day: date, last: date) -> list[Change]:
    """By how much each centre's places change after `day`, by the last day; what stays the same is no change."""
    found: dict[tuple[date, int], int] = {}
    for room in rooms:
        if day < room.period.start <= last:
            found[room.period.start, room.centre_id] = found.get((room.period.start, room.centre_id), 0) + room.places
        if room.period.end is not None and day < room.period.end <= last:
            found[room.period.end, room.centre_id] = found.get((room.period.end, room.centre_id), 0) - room.places
    return [Change(on, centre_id, places) for (on, centre_id), places in sorted(found.items()) if places]
