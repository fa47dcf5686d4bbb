"""Whom a plan expects in the coming weeks: groups like those of late, as many as the months of the year bring.

The level and the make-up are those of the groups of the last weeks. The months' shares are UDI's: applications for
collective protection by month, each against the mean of its own year's known months. Those tables have gaps (2024
January-September, 2026 January-May, as we have them): a month that no table has counts as a mean one. People apply some
weeks before a municipality is found for them, which a series by month is too coarse to tell.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from fotfeste.allocation.domain.policy import Policy
from fotfeste.allocation.domain.types import Group
from fotfeste.directory.reference.records import MonthlyApplications
from fotfeste.kernel.calendar import Week

SCHEME, ALL = "collective_protection", "TOTAL"
WEEK = timedelta(days=7)
DECEMBER = 12
FEWEST = 30  # from fewer groups nothing is said of those to come


@dataclass(frozen=True, slots=True)
class Season:
    """How many come in each calendar month, against a mean month. `years`: the years that each month is known of; a
    month that is not there counts as a mean one.
    """

    share: Mapping[int, float]
    years: Mapping[int, tuple[int, ...]]

    @property
    def gaps(self) -> tuple[int, ...]:
        """The months that no table has."""
        return tuple(month for month in range(1, DECEMBER + 1) if month not in self.share)

    def of(self, day: date) -> float:
        """The share of a day's month."""
        return self.share.get(day.month, 1.0)


@dataclass(frozen=True, slots=True)
class Expected:
    """The groups of late, each standing for `each` of those to come."""

    groups: tuple[Group, ...] = ()
    each: float = 0.0


NOBODY = Expected()


def season(rows: Sequence[MonthlyApplications]) -> Season:
    """The months' shares by UDI's tables of applications by month (docs in directory/reference)."""
    by_year: dict[int, dict[int, int]] = {}
    for row in rows:
        if row.scheme == SCHEME and row.citizenship == ALL:
            by_year.setdefault(row.year, {})[row.month] = row.applications
    shares: dict[int, list[float]] = {}
    years: dict[int, list[int]] = {}
    for year, months in sorted(by_year.items()):
        mean = sum(months.values()) / len(months)
        for month, applications in months.items():
            shares.setdefault(month, []).append(applications / mean)
            years.setdefault(month, []).append(year)
    return Season(
        {month: sum(each) / len(each) for month, each in sorted(shares.items())},
        {month: tuple(each) for month, each in sorted(years.items())},
    )


def weeks_ahead(on: date, year: int, most: int) -> Iterator[date]:
    """A day in each week after that of a day that is left of a year, so many at most: places are the year's, and a week
    is of its ISO year.
    """
    day = on + WEEK
    for _ in range(most):
        if Week.of(day).year != year:
            return
        yield day
        day += WEEK


def expected(
    recent: Sequence[Group], policy: Policy, on: date, year: int, months: Season, weeks: int | None = None
) -> Expected:
    """Whom to expect after a day in the rest of a year, by the groups that came in the policy's last weeks until then.
    `weeks`: how many to look ahead; as many as the policy does where nothing is said.

    NOBODY where no week is looked ahead, where the year has no other week, and from fewer than 30 groups. They
    come anew: nobody has said no to them, they have not waited, and a plan of this week steers none of them.
    """
    most = policy.numbers["coming_weeks"] if weeks is None else weeks
    ahead = sum(months.of(day) for day in weeks_ahead(on, year, most))
    behind = sum(months.of(on - WEEK * number) for number in range(policy.numbers["recent_weeks"]))
    if not ahead or not behind or len(recent) < FEWEST:
        return NOBODY
    anew = (
        replace(group, reference="", due_since_on=on, goal_on=on + (group.goal_on - group.due_since_on), said_no=())
        for group in recent
    )
    return Expected(tuple(anew), ahead / behind)


def whole_groups(found: Expected, percent: int) -> tuple[Group, ...]:
    """As many whole groups as so many per cent of the expected are, rounded; each of those of late stands for as many
    as the others, or one more.
    """
    kinds = len(found.groups)
    many = round(kinds * found.each * percent / 100)
    times = [(place + 1) * many // kinds - place * many // kinds for place in range(kinds)]
    return tuple(group for group, count in zip(found.groups, times, strict=True) for _ in range(count))
