"""A run from its facts: lines, refusals, sums. The same facts give the same run, whoever asks and whenever."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from fotfeste.grants.domain.differences import difference
from fotfeste.grants.domain.dues import by_person, due_to_person
from fotfeste.grants.domain.terms import Months, Terms, month_number, terms_of
from fotfeste.grants.domain.types import (
    EarlierLine,
    Facts,
    MunicipalitySum,
    NewLine,
    Payment,
    Refused,
    Result,
    StayFact,
)

_place = itemgetter(1, 0, 2)  # municipality, person, month: the order of lines and of refusals


class OfPerson(NamedTuple):
    """One person's rows and earlier lines, each in the order given."""

    person: str
    rows: Sequence[StayFact]
    lines: Sequence[EarlierLine]


def compute(facts: Facts, terms: Terms | None = None) -> Result:
    """The run: what is due by the rows live at `as_known_at`, less what earlier lines say.

    `terms` are the scheme's national ones unless given. Sources: MAMOT 4.2.5, UDI 2020-005.
    """
    lines: list[NewLine] = []
    refused: list[Refused] = []
    terms = terms_of(facts.scheme) if terms is None else terms
    for found, without in compute_in_order(
        people(facts.stays, facts.lines), terms, as_known_at=facts.as_known_at, through=facts.through
    ):
        lines += found
        refused += without
    lines.sort(key=_place)
    refused.sort(key=_place)
    return Result(tuple(lines), municipality_sums(facts.lines, lines, facts.payments), tuple(refused))


def compute_in_order(
    people: Iterable[OfPerson], terms: Terms, *, as_known_at: datetime, through: date
) -> Iterator[tuple[list[NewLine], list[Refused]]]:
    """Each person's lines and refusals in turn, holding one person at a time: for millions of months."""
    months, end = Months(terms), month_number(through)
    for _, rows, lines in people:
        known = [row for row in rows if row.exists(as_known_at)]
        dues = due_to_person([row for row in known if row.is_live(as_known_at)], months, end)
        yield difference(dues, lines, known, months, as_known_at=as_known_at, through=through)


def people(stays: Iterable[StayFact], lines: Iterable[EarlierLine]) -> Iterator[OfPerson]:
    """Rows and lines in any order, put together by person."""
    rows_of: dict[str, list[StayFact]] = {}
    for row in stays:
        rows_of.setdefault(row.person, []).append(row)
    lines_of: dict[str, list[EarlierLine]] = {}
    for line in lines:
        lines_of.setdefault(line.person, []).append(line)
    for person, rows in rows_of.items():
        yield OfPerson(person, rows, lines_of.pop(person, ()))
    for person, left in lines_of.items():
        yield OfPerson(person, (), left)


def people_in_order(stays: Iterable[StayFact], lines: Iterable[EarlierLine] = ()) -> Iterator[OfPerson]:
    """The same for rows and lines that both come sorted by person; ValueError where they do not."""
    stays_by, lines_by = groupby(stays, by_person), groupby(lines, by_person)
    person, rows = next(stays_by, (None, iter(())))
    other, earlier = next(lines_by, (None, iter(())))
    last: str | None = None
    while person is not None or other is not None:
        current = min(each for each in (person, other) if each is not None)
        if last is not None and current <= last:
            message = f"rows are not sorted by person: {current!r} after {last!r}"
            raise ValueError(message)
        last = current
        own_rows = list(rows) if person == current else []
        own_lines = list(earlier) if other == current else []
        yield OfPerson(current, own_rows, own_lines)
        if person == current:
            person, rows = next(stays_by, (None, iter(())))
        if other == current:
            other, earlier = next(lines_by, (None, iter(())))


def municipality_sums(
    earlier: Iterable[EarlierLine], new: Iterable[NewLine], payments: Iterable[Payment]
) -> tuple[MunicipalitySum, ...]:
    """What the run means to each municipality that has lines or payments, by number."""
    net: dict[str, int] = {}
    balance: dict[str, int] = {}
    for line in new:
        net[line.municipality] = net.get(line.municipality, 0) + line.amount_ore
    for old in earlier:
        balance[old.municipality] = balance.get(old.municipality, 0) + old.amount_ore
    for payment in payments:
        balance[payment.municipality] = balance.get(payment.municipality, 0) - payment.amount_ore
    for municipality, amount in net.items():
        balance[municipality] = balance.get(municipality, 0) + amount
    return tuple(
        MunicipalitySum(each, net.get(each, 0), max(0, balance[each]), balance[each]) for each in sorted(balance)
    )
