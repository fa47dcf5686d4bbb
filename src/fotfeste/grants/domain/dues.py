"""What is due, for each person and month, by the stays that are live."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter

from fotfeste.grants.domain.terms import Months, days_in, month_number
from fotfeste.grants.domain.types import Due, MonthRule, Rate, StayFact

by_person = attrgetter("person")
_by_start = attrgetter("start")


def due(stays: Iterable[StayFact], months: Months, through: date) -> Iterator[Due]:
    """What is due for every month before `through`, by person and month; live rows in any order.

    A month without a rate is there with `rate` None. Sources: MAMOT 4.2.5, UDI 2020-005.
    """
    return due_in_order(sorted(stays, key=by_person), months, through)


def due_in_order(stays: Iterable[StayFact], months: Months, through: date) -> Iterator[Due]:
    """The same for rows that come person by person; holds one person's at a time."""
    end = month_number(through)
    for _, rows in groupby(stays, key=by_person):
        yield from due_to_person(list(rows), months, end)


def due_to_person(rows: Sequence[StayFact], months: Months, end: int) -> list[Due]:
    """What is due for one person, by month; live rows that share no day, in any order. `end`: number of `through`."""
    found: list[Due] = []
    next_number = 0
    for row in sorted(rows, key=_by_start) if len(rows) > 1 else rows:
        last_day = row.end
        if last_day is None:
            after = end
        elif last_day > row.start:
            # The end day is no day on the scheme: an end on the first of a month leaves that month out.
            after = min(end, month_number(last_day) + (last_day.day > 1))
        else:
            continue
        # A month that an earlier row has begun is given already: one person, one month, one municipality.
        for number in range(max(next_number, month_number(row.start)), after):
            month, rate, rule = months[number]
            if rule is MonthRule.STARTED_MONTH:
                amount = 0 if rate is None else rate.amount_ore
                found.append(Due(row.person, row.municipality, month, amount, rate, rule, row))
            else:
                found += _by_days(rows, month, rate)
        next_number = max(next_number, after)
    return found


def _by_days(rows: Iterable[StayFact], month: date, rate: Rate | None) -> list[Due]:
    """A month of which each municipality is due its days' part (month rule `daily`), by municipality."""
    length = days_in(month)
    days: dict[str, int] = {}
    givers: dict[str, StayFact] = {}
    for row in sorted(rows, key=_by_start):
        if spent := _days_within(row, month, length):
            days[row.municipality] = days.get(row.municipality, 0) + spent
            givers.setdefault(row.municipality, row)
    shares = split_by_days(0 if rate is None else rate.amount_ore, days, length)
    return [
        Due(givers[each].person, each, month, shares[each], rate, MonthRule.DAILY, givers[each])
        for each in sorted(days)
    ]


def _days_within(row: StayFact, month: date, length: int) -> int:
    first = month.toordinal()
    end = first + length if row.end is None else min(row.end.toordinal(), first + length)
    return max(0, end - max(row.start.toordinal(), first))


def split_by_days(amount_ore: int, days: dict[str, int], length: int) -> dict[str, int]:
    """The part of a month's amount for the days in each municipality, in whole øre.

    All days together are rounded half up; the municipalities' parts are rounded by largest remainder (the lower
    number first among equals), so that they sum back to it.
    """
    total = half_up(amount_ore * sum(days.values()), length)
    parts = {municipality: amount_ore * spent // length for municipality, spent in days.items()}
    by_remainder = sorted(days, key=lambda each: (-(amount_ore * days[each] % length), each))
    for municipality in by_remainder[: total - sum(parts.values())]:
        parts[municipality] += 1
    return parts


def half_up(numerator: int, denominator: int) -> int:
    """The fraction as a whole number; a half is rounded up."""
    return (2 * numerator + denominator) // (2 * denominator)


def touches(row: StayFact, month: date) -> bool:
    """At least one of the row's days is in the month."""
    number = month_number(month)
    if not row.has_days() or month_number(row.start) > number:
        return False
    return row.end is None or row.end > month
