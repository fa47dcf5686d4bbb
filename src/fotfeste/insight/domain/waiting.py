"""How long people waited for a municipality: put together from counts, without persons (INS-02).

A number that is so small that it could tell of somebody is hidden, and so is one that would tell it (`hiding`).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from fotfeste.insight.domain.figures import Both, Count
from fotfeste.kernel.hiding import SMALLEST_SHOWN, left_out

HALF, NINE_IN_TEN = 5, 9  # of ten
NINE_IN_TEN_FROM = 10  # people


class Family(StrEnum):
    """Who a household is on its day: the goals ask for this."""

    UNACCOMPANIED = "unaccompanied"  # enslige mindreårige
    WITH_CHILDREN = "with_children"  # barnefamilier
    ADULTS = "adults"  # voksne uten barn


class Step(StrEnum):
    """The steps from the permit to the municipality, in their order, and whose turn it is."""

    PERMIT = "permit"  # until the centre is told: UDI
    INTERVIEW = "interview_due"  # the centre
    QUEUE = "queued"  # IMDi
    REQUEST = "requested"  # the municipality
    OFFER = "municipality_found"  # IMDi
    ANSWER = "offered"  # the household
    JOURNEY = "accepted"  # the centre
    TRAVEL = "journey_agreed"  # until they are there


class Bound(StrEnum):
    """How a share is meant: as it is, or so that a small count behind it is not told."""

    EXACTLY = "exactly"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


@dataclass(frozen=True, slots=True)
class Share:
    """A part in whole per cent, rounded down: nobody who is over the goal is rounded away."""

    percent: int
    bound: Bound = Bound.EXACTLY


@dataclass(frozen=True, slots=True)
class Days:
    """How many people waited how many days."""

    people_by_days: Mapping[int, int]

    @property
    def people(self) -> int:
        """All of them."""
        return sum(self.people_by_days.values())

    @property
    def mean(self) -> float | None:
        """Days in the mean, with one decimal; None where there is nobody."""
        if not (people := self.people):
            return None
        return round(sum(days * many for days, many in self.people_by_days.items()) / people, 1)

    @property
    def half(self) -> int | None:
        """The fewest days that half of them waited at most; None where there is nobody."""
        return self._most_of(HALF)

    @property
    def nine_in_ten(self) -> int | None:
        """The fewest days that nine in ten waited at most; None where they are so few that these are all of them."""
        return self._most_of(NINE_IN_TEN) if self.people >= NINE_IN_TEN_FROM else None

    def _most_of(self, of_ten: int) -> int | None:
        people, passed = self.people, 0
        for days in sorted(self.people_by_days):
            passed += self.people_by_days[days]
            if 10 * passed >= of_ten * people > 0:
                return days
        return None

    def filled_up_to(self, people: int) -> "Days":
        """With those who are missing up to a number of people as having waited no day."""
        missing = max(0, people - self.people)
        return Days({**self.people_by_days, 0: self.people_by_days.get(0, 0) + missing})


@dataclass(frozen=True, slots=True)
class Settled:
    """People who were settled in a quarter, as they are counted: whether they were within their goal is None where no
    goal was in force on the day of their permit.
    """

    quarter: date
    is_recent: bool
    family: Family
    days: int
    is_within: bool | None
    people: Both


@dataclass(frozen=True, slots=True)
class OnStep:
    """People who were so many days on a step."""

    family: Family
    step: Step
    days: int
    people: Both


@dataclass(frozen=True, slots=True)
class Times:
    """How long some people waited from the permit, and how many of those with a goal were within it."""

    people: Count
    days: Days = field(default_factory=lambda: Days({}))
    with_goal: int = 0
    within: int = 0

    @property
    def is_told(self) -> bool:
        """They are enough to be told of, or one's own. Their number may be left out all the same, since it would tell
        another one: how long they waited would not.
        """
        return self.people.number > 0 and not self.people.is_hidden

    @property
    def half(self) -> int | None:
        """The days within which half of them were settled; None where they are too few to be told of."""
        return self.days.half if self.is_told else None

    @property
    def nine_in_ten(self) -> int | None:
        """The days within which nine in ten were settled; None where they are few."""
        return self.days.nine_in_ten if self.is_told else None

    @property
    def share(self) -> Share | None:
        """The part within the goal; None where they are too few to be told of, or nobody had a goal, or where a bound
        would tell their number, which is left out.
        """
        if not self.is_told or not self.with_goal:
            return None
        share = self._share()
        return None if self.people.is_left_out and share.bound is not Bound.EXACTLY else share

    def _share(self) -> Share:
        few, over = SMALLEST_SHOWN - 1, self.with_goal - self.within
        if not self.people.is_own and 0 < over <= few:
            return _between(max(0, self.with_goal - few), self.with_goal - 1, self.with_goal, Bound.AT_LEAST)
        if not self.people.is_own and 0 < self.within <= few:
            return _between(min(few, self.with_goal), 1, self.with_goal, Bound.AT_MOST)
        return Share(_percent(self.within, self.with_goal))


def _between(told: int, other: int, whole: int, bound: Bound) -> Share:
    """The share of what is told where a small count is anything up to the other end: as it is where both are alike."""
    percent = _percent(told, whole)
    return Share(percent, Bound.EXACTLY if percent == _percent(other, whole) else bound)


def _percent(part: int, whole: int) -> int:
    return 100 * part // whole


def times_by_family(rows: Iterable[Settled]) -> dict[Family | None, Times]:
    """The times of each family, and of all (None): no number tells how few are in another."""
    found = list(rows)
    counted = {family: _times([row for row in found if row.family == family]) for family in Family}
    everybody = _times(found)
    hidden = left_out([times.people.number for times in counted.values()], total=everybody.people.number)
    return {
        None: _with(everybody, Count(everybody.people.number, is_left_out=hidden.is_sum)),
        **{
            family: _with(times, Count(times.people.number, is_left_out=place in hidden.places))
            for place, (family, times) in enumerate(counted.items())
        },
    }


def own_times_by_family(rows: Iterable[Settled]) -> dict[Family | None, Times]:
    """The same of the asker's own municipality, which is told whatever its numbers are."""
    found = list(rows)

    def of(family: Family | None) -> Times:
        times = _times([row for row in found if family in (None, row.family)], lambda both: both.own)
        return _with(times, Count(times.people.number, is_own=True))

    return {family: of(family) for family in (None, *Family)}


def times_by_quarter(rows: Iterable[Settled], family: Family | None) -> list[tuple[date, Times]]:
    """The times of a family, or of all, by the quarter in which they were settled, the earliest first."""
    by_quarter: dict[date, list[Settled]] = defaultdict(list)
    for row in rows:
        by_quarter[row.quarter].append(row)
    return [(quarter, times_by_family(by_quarter[quarter])[family]) for quarter in sorted(by_quarter)]


def _times(rows: Iterable[Settled], number: Callable[[Both], int] = lambda both: both.country) -> Times:
    days: dict[int, int] = defaultdict(int)
    with_goal = within = 0
    for row in rows:
        many = number(row.people)
        days[row.days] += many
        with_goal += many if row.is_within is not None else 0
        within += many if row.is_within else 0
    return Times(Count(sum(days.values())), Days(days), with_goal, within)


def _with(times: Times, people: Count) -> Times:
    return Times(people, times.days, times.with_goal, times.within)


def days_by_step(rows: Iterable[OnStep], times: Times, family: Family | None) -> list[tuple[Step, Days]]:
    """The days on each step of those whose times they are, in the order of the steps; nothing where they are too few to
    be told of. Who did not take a step was no day on it, so that the means come to the mean of the whole way.
    """
    if not times.is_told:
        return []
    days: dict[Step, dict[int, int]] = {step: defaultdict(int) for step in Step}
    for row in rows:
        if family in (None, row.family):
            days[row.step][row.days] += row.people.country
    return [(step, Days(days[step]).filled_up_to(times.people.number)) for step in Step]


def own_days_by_step(rows: Iterable[OnStep], people: int, family: Family | None) -> dict[Step, Days]:
    """The days on each step of the asker's own municipality's people."""
    days: dict[Step, dict[int, int]] = {step: defaultdict(int) for step in Step}
    for row in rows:
        if family in (None, row.family):
            days[row.step][row.days] += row.people.own
    return {step: Days(days[step]).filled_up_to(people) for step in Step}
