"""Figures of a scheme put together: by month, municipality, size and centrality, year and quarter, handling time.

Counts, no persons. A count that is so small that it could tell of somebody is hidden (`Count`).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from fotfeste.kernel.calendar import Month
from fotfeste.kernel.hiding import SMALLEST_SHOWN, left_out

TOP = 10
WEEKS, MONTH_DAYS = 14, 31  # "two weeks or less" (MAMOT 7.2.8), "within a month" (6.1.2)


class Size(StrEnum):
    """SSB's three sizes of municipalities, as MAMOT 5.2 uses them."""

    SMALL = "small"  # under 5,000 inhabitants
    MIDDLE = "middle"  # 5,000 to 19,999
    LARGE = "large"  # 20,000 and more


@dataclass(frozen=True, slots=True)
class Count:
    """How many, or that it is too few to be shown, or would tell how few others are (`is_left_out`)."""

    number: int
    is_left_out: bool = False
    is_own: bool = False  # of one's own municipality, which is shown whatever it is

    @property
    def is_hidden(self) -> bool:
        """So few that the number could tell of somebody."""
        return 0 < self.number < SMALLEST_SHOWN and not self.is_own

    @property
    def shown(self) -> int | None:
        """The number; None where it is hidden."""
        return None if self.is_hidden or self.is_left_out else self.number


@dataclass(frozen=True, slots=True)
class Both:
    """A number for the country, and the part of it that is the viewer's own municipality's (0 for others)."""

    country: int
    own: int = 0


@dataclass(frozen=True, slots=True)
class Municipality:
    """What is needed of a municipality."""

    number: str
    name: str
    population: int
    centrality: int

    @property
    def size(self) -> Size:
        """By inhabitants."""
        if self.population < 5_000:
            return Size.SMALL
        return Size.MIDDLE if self.population < 20_000 else Size.LARGE


@dataclass(frozen=True, slots=True)
class PlacesLine:
    """A municipality's places."""

    municipality: Municipality
    places: Count
    is_own: bool


@dataclass(frozen=True, slots=True)
class GroupLine:
    """Municipalities of a kind: how many there are, how many had anybody, with how many places."""

    code: str
    municipalities: int
    with_places: int
    places: Count


@dataclass(frozen=True, slots=True)
class HandlingTime:
    """From received to decided, in days: median, and how many were decided within two weeks and a month."""

    applications: int
    median_days: int | None
    within_two_weeks: int
    within_a_month: int

    def percent(self, part: int) -> int | None:
        """A part of the applications in whole per cent; None where there are none."""
        return round(100 * part / self.applications) if self.applications else None


def every_month(found: Mapping[date, Both]) -> list[tuple[date, Both]]:
    """Each month from the first to the last, those without anything too."""
    if not found:
        return []
    month, last = Month.of(min(found)), Month.of(max(found))
    rows: list[tuple[date, Both]] = []
    while month <= last:
        rows.append((month.first_day, found.get(month.first_day, Both(0))))
        month += 1
    return rows


def top_places(
    places: Mapping[str, int], municipalities: Mapping[str, Municipality], own: str | None
) -> list[PlacesLine]:
    """The ten with most places, and the viewer's own municipality after them where it is not among them.

    Hidden where they are few; one's own never.
    """
    known = [(number, count) for number, count in places.items() if number in municipalities]
    # Those that are few stand by name: their order would tell of them.
    first = sorted(known, key=lambda row: (-max(row[1], SMALLEST_SHOWN - 1), municipalities[row[0]].name))[:TOP]
    if own is not None and own in municipalities and own not in dict(first):
        first.append((own, places.get(own, 0)))
    return [PlacesLine(municipalities[number], Count(count), number == own) for number, count in first]


def without_telling(
    places: Sequence[PlacesLine], groups: Sequence[Sequence[GroupLine]], *, people: int, many: int
) -> tuple[list[PlacesLine], list[list[GroupLine]], Count]:
    """The lines, and how many people they come to in `many` municipalities, with what is left out so that nobody works
    out a small count from the others and the sum.
    """
    counts = [line.places.number for line in places]
    own = next((place for place, line in enumerate(places) if line.is_own), None)
    rest = many - sum(count > 0 for count in counts)
    of_places = left_out(counts, total=people, own=own, rest=rest)
    of_groups = [left_out([line.places.number for line in lines], total=people) for lines in groups]
    is_sum = any(each.is_sum for each in (of_places, *of_groups))
    return (
        [replace(line, places=_without(line.places, place in of_places.places)) for place, line in enumerate(places)],
        [
            [
                # Each of them comes to the sum: where it is left out, so are they.
                replace(line, places=_without(line.places, is_sum or place in found.places))
                for place, line in enumerate(lines)
            ]
            for lines, found in zip(groups, of_groups, strict=True)
        ],
        Count(people, is_left_out=is_sum),
    )


def _without(count: Count, is_left_out: bool) -> Count:
    return replace(count, is_left_out=is_left_out and count.number > 0)


def by_size(places: Mapping[str, int], municipalities: Iterable[Municipality]) -> list[GroupLine]:
    """A line for each size, the smallest first."""
    return _grouped(places, municipalities, {each: str(each.size) for each in municipalities}, list(map(str, Size)))


def by_centrality(places: Mapping[str, int], municipalities: Iterable[Municipality]) -> list[GroupLine]:
    """A line for each class of SSB's centrality, 1 (most central) first."""
    return _grouped(
        places, municipalities, {each: str(each.centrality) for each in municipalities}, [str(n) for n in range(1, 7)]
    )


def _grouped(
    places: Mapping[str, int],
    municipalities: Iterable[Municipality],
    code_of: Mapping[Municipality, str],
    codes: Sequence[str],
) -> list[GroupLine]:
    members: dict[str, list[int]] = defaultdict(list)
    for each in municipalities:
        members[code_of[each]].append(places.get(each.number, 0))
    return [
        GroupLine(code, len(members[code]), sum(count > 0 for count in members[code]), Count(sum(members[code])))
        for code in codes
    ]


def by_year(quarters: Iterable[tuple[date, Both]]) -> list[tuple[int, Both]]:
    """Amounts of quarters summed by year."""
    country: dict[int, int] = defaultdict(int)
    own: dict[int, int] = defaultdict(int)
    for quarter, amount in quarters:
        country[quarter.year] += amount.country
        own[quarter.year] += amount.own
    return [(year, Both(country[year], own[year])) for year in sorted(country)]


def handling_time(days: Mapping[int, int]) -> HandlingTime:
    """From applications by days of handling. The median is the lower of the two in the middle."""
    count = sum(days.values())
    return HandlingTime(
        applications=count,
        median_days=_median(days, count),
        within_two_weeks=sum(many for day, many in days.items() if day <= WEEKS),
        within_a_month=sum(many for day, many in days.items() if day <= MONTH_DAYS),
    )


def _median(days: Mapping[int, int], count: int) -> int | None:
    passed = 0
    for day in sorted(days):
        passed += days[day]
        if 2 * passed >= count:
            return day
    return None


def by_weeks(days: Mapping[int, Both], most: int = 8) -> list[tuple[int, Both]]:
    """Applications by begun weeks of handling; the last line is that many weeks and more."""
    country: dict[int, int] = defaultdict(int)
    own: dict[int, int] = defaultdict(int)
    for day, many in days.items():
        week = min(most, max(1, -(-day // 7)))
        country[week] += many.country
        own[week] += many.own
    return [(week, Both(country[week], own[week])) for week in range(1, most + 1)]
