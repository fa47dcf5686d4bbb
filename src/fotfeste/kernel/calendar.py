"""Norwegian days: legal days, months, ISO weeks, working days."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Self
from zoneinfo import ZoneInfo

from dateutil.easter import easter

from fotfeste.kernel.errors import Refused
from fotfeste.kernel.periods import ONE_DAY, Period

OSLO = ZoneInfo("Europe/Oslo")
SATURDAY = 5
_FIXED_HOLIDAYS = ((1, 1), (5, 1), (5, 17), (12, 25), (12, 26))
# Maundy Thursday, Good Friday, Easter, Easter Monday, Ascension Day, Whit Sunday and Monday.
_DAYS_FROM_EASTER = (-3, -2, 0, 1, 39, 49, 50)


def legal_day(instant: datetime) -> date:
    """The day in Norway (Europe/Oslo) at the instant; ValueError for an instant without a time zone."""
    if instant.tzinfo is None or instant.utcoffset() is None:
        raise ValueError("an instant without a time zone has no legal day")
    return instant.astimezone(OSLO).date()


def on_the_wall(day: date, clock: time, *, field: str | None = None) -> datetime:
    """The instant at which the clock on the wall in Norway shows a time on a day.

    Of the hour that comes twice in October it is the first. Raises Refused `hour_does_not_exist` for the hour that
    summer time leaps over in March.
    """
    instant = datetime.combine(day, clock.replace(fold=0), tzinfo=OSLO)
    offset, offset_after = (instant.replace(fold=fold).utcoffset() or timedelta() for fold in (0, 1))
    if offset < offset_after:  # of a time that comes twice it is the other way round
        raise Refused("hour_does_not_exist", field, {"day": day, "clock": clock.strftime("%H.%M")})
    return instant


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month, written `2024-03`. Refuses (`month_invalid`) a month outside 1-12."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not (1 <= self.year <= 9998 and 1 <= self.number <= 12):
            raise Refused("month_invalid", None, {"year": self.year, "number": self.number})

    @classmethod
    def of(cls, day: date) -> Self:
        """The month that the day falls in."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Self:
        """The month written `2024-03`; Refused `month_invalid` for anything else."""
        match = re.fullmatch(r"([0-9]{4})-([0-9]{2})", text.strip())
        if match is None:
            raise Refused("month_invalid", None, {"text": text})
        return cls(int(match[1]), int(match[2]))

    @property
    def first_day(self) -> date:
        """The first of the month."""
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        """The last day of the month."""
        return (self + 1).first_day - ONE_DAY if self < Month(9998, 12) else date(9998, 12, 31)

    @property
    def period(self) -> Period:
        """All days of the month."""
        return Period(self.first_day, self.last_day + ONE_DAY)

    def __add__(self, months: int) -> "Month":
        year, month = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(year, month + 1)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """An ISO week (Monday to Sunday), written `2024-W12`; `year` is the ISO year, not always the calendar
    year.

    Refuses (`week_invalid`) a week that the year does not have, such as 2024-W53.
    """

    year: int
    number: int

    def __post_init__(self) -> None:
        try:
            date.fromisocalendar(self.year, self.number, 7)
        except ValueError:
            raise Refused("week_invalid", None, {"year": self.year, "number": self.number}) from None

    @classmethod
    def of(cls, day: date) -> Self:
        """The ISO week that the day falls in."""
        year, number, _ = day.isocalendar()
        return cls(year, number)

    @classmethod
    def parse(cls, text: str) -> Self:
        """The week written `2024-W12`, as browsers send it; Refused `week_invalid` for anything else."""
        match = re.fullmatch(r"([0-9]{4})-W([0-9]{2})", text.strip())
        if match is None:
            raise Refused("week_invalid", None, {"text": text})
        return cls(int(match[1]), int(match[2]))

    @property
    def first_day(self) -> date:
        """The Monday."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        """The Sunday."""
        return date.fromisocalendar(self.year, self.number, 7)

    @property
    def period(self) -> Period:
        """The seven days of the week."""
        return Period(self.first_day, self.last_day + ONE_DAY)

    def __add__(self, weeks: int) -> "Week":
        return Week.of(self.first_day + timedelta(weeks=weeks))

    def __str__(self) -> str:
        return f"{self.year:04}-W{self.number:02}"


@lru_cache(maxsize=256)
def public_holidays(year: int) -> frozenset[date]:
    """The Norwegian public holidays (helligdager, høytidsdager) of a year, without ordinary Sundays.

    Source: lov om helligdager og helligdagsfred § 2; lov om 1 og 17 mai som høgtidsdagar (1947).
    """
    first = easter(year)
    fixed = (date(year, month, day) for month, day in _FIXED_HOLIDAYS)
    return frozenset((*fixed, *(first + timedelta(days=days) for days in _DAYS_FROM_EASTER)))


def is_working_day(day: date) -> bool:
    """Neither Saturday, Sunday nor a Norwegian public holiday.

    Christmas Eve and New Year's Eve are working days.
    """
    return day.weekday() < SATURDAY and day not in public_holidays(day.year)


def next_working_day(day: date) -> date:
    """The day itself when it is a working day, else the first one after.

    So a deadline that ends on a day off is met on the next working day (the rule of domstolloven § 149,
    which public deadlines follow).
    """
    while not is_working_day(day):
        day += ONE_DAY
    return day


def add_working_days(day: date, n: int) -> date:
    """The n-th working day after the day, which itself does not count; before it for negative n; itself for
    0."""
    step = ONE_DAY if n > 0 else -ONE_DAY
    for _ in range(abs(n)):
        day += step
        while not is_working_day(day):
            day += step
    return day


def add_months(day: date, n: int) -> date:
    """The same day n months later (earlier for negative n), at most the last day of that month."""
    month = Month.of(day) + n
    return date(month.year, month.number, min(day.day, month.last_day.day))
