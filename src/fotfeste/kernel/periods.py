"""Periods of whole days, half-open `[start, end)`, and timelines: a value for each of disjoint periods."""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from fotfeste.kernel.errors import Refused

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` up to, not including, `end`; `end=None` is open (still running).

    `end == start` is legal and has no days (`is_empty`): a person who arrives and leaves on one day has had
    a stay, and the rules say what it counts for. An empty period contains, overlaps and touches nothing.
    Raises Refused `period_end_before_start` (field `end`) when end < start, TypeError for datetimes
    (instants are not legal days: use calendar.legal_day).
    """

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        if isinstance(self.start, datetime) or isinstance(self.end, datetime):
            raise TypeError("a Period takes dates, not datetimes")
        if self.end is not None and self.end < self.start:
            raise Refused("period_end_before_start", "end", {"start": self.start, "end": self.end})

    @property
    def is_open(self) -> bool:
        """The period has no end yet."""
        return self.end is None

    @property
    def is_empty(self) -> bool:
        """The period has no days (it ends on the day it starts)."""
        return self.end == self.start

    @property
    def last_day(self) -> date | None:
        """The last day that counts ("til og med"); None when open, and when empty (ask `is_empty` first)."""
        if self.end is None or self.is_empty:
            return None
        return self.end - ONE_DAY

    def contains(self, day: date) -> bool:
        """The day is one of the period's days."""
        return self.start <= day and (self.end is None or day < self.end)

    def overlaps(self, other: "Period") -> bool:
        """The two share at least one day."""
        return self.intersection(other) is not None

    def intersection(self, other: "Period") -> "Period | None":
        """The days that both have; None when they share no day."""
        start = max(self.start, other.start)
        ends = [end for end in (self.end, other.end) if end is not None]
        end = min(ends) if ends else None
        if end is not None and end <= start:
            return None
        return Period(start, end)

    def touches(self, other: "Period") -> bool:
        """One begins on the very day the other ends: no day shared, none between."""
        if self.is_empty or other.is_empty:
            return False
        return self.end == other.start or other.end == self.start

    def days(self, until: date | None = None) -> int:
        """Number of days, counting only those before `until` where it is given.

        Raises ValueError for an open period without `until`: the number would depend on today.
        """
        ends = [end for end in (self.end, until) if end is not None]
        if not ends:
            raise ValueError("an open period has no number of days: give until")
        return max((min(ends) - self.start).days, 0)

    def ends_before(self, day: date) -> bool:
        """The period is over on the day: `day` is its end or later."""
        return self.end is not None and self.end <= day

    def with_end(self, day: date | None) -> "Period":
        """The same period with another end (None opens it)."""
        return Period(self.start, day)


def _in_order(periods: Iterable[Period]) -> list[Period]:
    """The periods that have days, by start, then end, open ones last."""
    return sorted((p for p in periods if not p.is_empty), key=lambda p: (p.start, p.end or date.max, p.is_open))


def merged(periods: Iterable[Period]) -> tuple[Period, ...]:
    """The same days as disjoint periods in order; what overlaps or touches is joined, empty ones left out."""
    joined: list[Period] = []
    for period in _in_order(periods):
        if joined and (joined[-1].end is None or period.start <= joined[-1].end):
            last = joined[-1]
            if last.end is not None and (period.end is None or period.end > last.end):
                joined[-1] = last.with_end(period.end)
        else:
            joined.append(period)
    return tuple(joined)


def gaps(periods: Iterable[Period], within: Period) -> tuple[Period, ...]:
    """The days of `within` that none of the periods has, as disjoint periods in order."""
    free: list[Period] = []
    start = within.start
    for period in merged(periods):
        taken = period.intersection(within)
        if taken is None:
            continue
        if taken.start > start:
            free.append(Period(start, taken.start))
        if taken.end is None:
            return tuple(free)
        start = taken.end
    rest = Period(start, within.end)
    return tuple(free) if rest.is_empty else (*free, rest)


def first_overlap(periods: Iterable[Period]) -> tuple[Period, Period] | None:
    """Two periods that share a day, the pair with the earliest start; None when all are disjoint."""
    for earlier, later in pairwise(_in_order(periods)):
        if earlier.overlaps(later):
            return earlier, later
    return None


@dataclass(frozen=True, slots=True)
class Timeline[T]:
    """Values for disjoint periods in order of time. Build it with `Timeline.of`, which sorts.

    None is the absence of a value and so cannot be one. Raises ValueError for empty, overlapping or
    unordered periods.
    """

    segments: tuple[tuple[Period, T], ...] = ()

    def __post_init__(self) -> None:
        periods = [period for period, _ in self.segments]
        if any(period.is_empty for period in periods):
            raise ValueError("a timeline has no empty periods")
        if any(value is None for _, value in self.segments):
            raise ValueError("None is no value: leave the period out")
        if any(later.start < earlier.start for earlier, later in pairwise(periods)):
            raise ValueError("the periods of a timeline stand in order of time")
        if (pair := first_overlap(periods)) is not None:
            raise ValueError(f"two values for the same day: {pair[0]} and {pair[1]}")

    @classmethod
    def of(cls, values: Iterable[tuple[Period, T]]) -> "Timeline[T]":
        """The timeline of these values, sorted; periods without days are left out. ValueError where two
        overlap."""
        held = [(period, value) for period, value in values if not period.is_empty]
        return cls(tuple(sorted(held, key=lambda segment: segment[0].start)))

    def at(self, day: date) -> T | None:
        """The value on the day, None where there is none."""
        place = bisect_right(self.segments, day, key=lambda segment: segment[0].start) - 1
        if place < 0:
            return None
        period, value = self.segments[place]
        return value if period.contains(day) else None

    def clip(self, within: Period) -> "Timeline[T]":
        """Only the days of `within`."""
        cut = ((period.intersection(within), value) for period, value in self.segments)
        return Timeline(tuple((period, value) for period, value in cut if period is not None))

    def combine[U, V](self, other: "Timeline[U]", fn: Callable[[T | None, U | None], V | None]) -> "Timeline[V]":
        """For every day that has a value in either, `fn` of the two values; where `fn` gives None there is
        none.

        `fn` is called once for each stretch in which neither changes. Not compressed.
        """
        periods = [period for period, _ in self.segments] + [period for period, _ in other.segments]
        starts = {period.start for period in periods}
        ends = {period.end for period in periods if period.end is not None}
        edges: list[date | None] = [*sorted(starts | ends)]
        if any(period.is_open for period in periods):
            edges.append(None)
        combined: list[tuple[Period, V]] = []
        for start, end in pairwise(edges):
            assert start is not None  # only the last edge is open
            mine, theirs = self.at(start), other.at(start)
            if mine is None and theirs is None:
                continue
            value = fn(mine, theirs)
            if value is not None:
                combined.append((Period(start, end), value))
        return Timeline(tuple(combined))

    def compressed(self) -> "Timeline[T]":
        """The same values on the same days with as few periods as possible: touching equals are joined."""
        joined: list[tuple[Period, T]] = []
        for period, value in self.segments:
            if joined and joined[-1][0].touches(period) and joined[-1][1] == value:
                joined[-1] = (joined[-1][0].with_end(period.end), value)
            else:
                joined.append((period, value))
        return Timeline(tuple(joined))
