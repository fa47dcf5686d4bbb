"""The country that the households come to: its months, centres, municipalities and offices, with their keys."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from math import asin, cos, radians, sin, sqrt

from fotfeste.demo.domain.assumptions import Assumptions
from fotfeste.kernel.calendar import Month

EARTH_RADIUS_KM = 6371.0
FIRST_MONTH = Month(2022, 3)  # collective protection began, and the rules have values from that year


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody who works at a seat."""

    user_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Seat:
    """An organisation as those who act for it see it: its key and its staff (never empty)."""

    organisation_id: int
    name: str
    staff: tuple[Staff, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a seat is: municipality, degrees north and east."""

    municipality_number: str
    name: str
    county_number: str
    county: str
    latitude: float
    longitude: float

    def kilometres_to(self, other: "Place") -> float:
        """As the crow flies."""
        north, south = radians(self.latitude), radians(other.latitude)
        half = sin((south - north) / 2) ** 2
        half += cos(north) * cos(south) * sin(radians(other.longitude - self.longitude) / 2) ** 2
        return 2 * EARTH_RADIUS_KM * asin(sqrt(half))


@dataclass(frozen=True, slots=True)
class CentreSeat:
    """A centre, and its residents from Ukraine on 31 January 2024."""

    seat: Seat
    type: str
    place: Place
    residents: int


@dataclass(frozen=True, slots=True)
class MunicipalitySeat:
    """A municipality with its refugee service, IMDi's request for 2024 in persons, and postal codes of its own."""

    seat: Seat
    place: Place
    population: int
    centrality: int
    requested: int
    contact: str
    postal_codes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class World:
    """Everything that stands before anybody arrives. `today` is the day after the last one that has anything on it."""

    today: date
    assumed: Assumptions
    months: tuple[tuple[date, date, float], ...]
    centres: tuple[CentreSeat, ...]
    municipalities: tuple[MunicipalitySeat, ...]
    police: Seat
    registrars: Seat  # at the arrival centre
    udi: Seat
    imdi: Seat
    operators: Mapping[str, tuple[int, ...]] = field(default_factory=dict)  # companies by kind of operator
    approvers: Seat | None = None  # UDI's approvers of grants

    def operator_of(self, centre: CentreSeat, kind: str) -> int | None:
        """The key of a centre's operator: its municipality, or one of the companies; None where there is none."""
        if kind == "municipal":
            at = (m.seat.organisation_id for m in self.municipalities if m.place == centre.place)
            return next(at, None)
        companies = self.operators.get(kind, ())
        return companies[centre.seat.organisation_id % len(companies)] if companies else None

    @property
    def last_day(self) -> date:
        """The last day on which anything has happened: yesterday, so that nothing stands in the future."""
        return self.today - timedelta(days=1)

    @property
    def opened_at(self) -> datetime:
        """The instant at which everything that stands before anybody arrives was put on record."""
        first = min(self.first_day, FIRST_MONTH.first_day)  # MAMOT was lived on before the first month that is counted
        return datetime.combine(first - timedelta(days=30), time(9, tzinfo=UTC))

    @property
    def first_day(self) -> date:
        """The first day on which anybody arrives."""
        return self.months[0][0]


def months_until(
    today: date, known: Mapping[tuple[int, int], int], assumed: Assumptions
) -> tuple[tuple[date, date, float], ...]:
    """The months of arrivals until the day before `today`: first day, last day, applications.

    `known` are UDI's figures by year and month; where they have none, the assumed ones are used. The month under way
    counts with the part of it that has passed. Raises ValueError for a day before the first month ends.
    """
    length = int(assumed.number("window_months"))
    last = today - timedelta(days=1)
    months = [month for back in range(1 - length, 1) if (month := Month.of(last) + back) >= FIRST_MONTH]
    if not months:
        message = f"nobody came under collective protection before {FIRST_MONTH}"
        raise ValueError(message)
    return tuple(_month(month, last, known, assumed) for month in months)


def _month(
    month: Month, last: date, known: Mapping[tuple[int, int], int], assumed: Assumptions
) -> tuple[date, date, float]:
    applications = known.get((month.year, month.number)) or _assumed_month(month, assumed)
    end = min(month.last_day, last)
    passed = ((end - month.first_day).days + 1) / ((month.last_day - month.first_day).days + 1)
    return month.first_day, end, applications * passed


def _assumed_month(month: Month, assumed: Assumptions) -> float:
    by_year = assumed.table("applications_by_month")
    applications = by_year[str(month.year)][month.number - 1] if str(month.year) in by_year else 0
    return applications or assumed.number("applications_in_other_months")


@dataclass(frozen=True, slots=True)
class Keys:
    """The counters that keys are taken from, one for each kind of thing; each starts where the caller says."""

    first: Mapping[str, int] = field(default_factory=dict)
    counters: dict[str, Iterator[int]] = field(default_factory=dict)

    def next(self, kind: str) -> int:
        """The next key of a kind."""
        counter = self.counters.get(kind)
        if counter is None:
            counter = self.counters[kind] = count(self.first.get(kind, 1))
        return next(counter)
