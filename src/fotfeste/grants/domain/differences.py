"""The difference between what is due now and what earlier lines say, for one person, month by month."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from fotfeste.grants.domain.dues import touches
from fotfeste.grants.domain.terms import Months, month_number
from fotfeste.grants.domain.types import NO_RATE, Due, EarlierLine, LineKind, NewLine, Refused, StayFact

type Place = tuple[str, date]
"""A municipality and a month."""


def difference(
    dues: Sequence[Due],
    lines: Sequence[EarlierLine],
    rows: Sequence[StayFact],
    months: Months,
    *,
    as_known_at: datetime,
    through: date,
) -> tuple[list[NewLine], list[Refused]]:
    """One person's new lines (what is due, by month, then what is taken back), and the months that are refused.

    `lines` are all the person's earlier ones, those after `through` left alone; `rows` all versions known at
    `as_known_at`, the superseded ones too. Where a month is due and has no rate, the person's earlier lines for it
    stand, whoever they are for: taking back from one municipality what nobody can give to the other would lose money.
    """
    found: list[NewLine] = []
    refused: list[Refused] = []
    said = _said(lines, through) if lines else {}
    unknown: set[date] = set()
    # Taken apart at once, and the usual case first: this is passed by millions of months.
    for person, municipality, month, amount, rate, rule, row in dues:
        if rate is None:
            unknown.add(month)
            refused.append(Refused(person, municipality, month, NO_RATE))
        elif not (earlier := said.pop((municipality, month), ())):
            if amount:
                due = LineKind.DUE
                found.append(NewLine(person, municipality, month, amount, due, (), rate, rule, row, row.known_from))
        elif changed := amount - _sum(earlier):
            corrects, known_at = _names(earlier), latest_knowledge(rows, month, as_known_at)
            kind = LineKind.CORRECTION
            found.append(NewLine(person, municipality, month, changed, kind, corrects, rate, rule, row, known_at))
    for (municipality, month), earlier in said.items():
        amount = -_sum(earlier)
        if amount and month not in unknown:
            found.append(_taken_back(municipality, month, amount, earlier, rows, months, as_known_at))
    return found, refused


def _said(lines: Iterable[EarlierLine], through: date) -> dict[Place, list[EarlierLine]]:
    said: dict[Place, list[EarlierLine]] = {}
    for line in lines:
        if line.month < through:
            said.setdefault((line.municipality, line.month), []).append(line)
    return said


def _sum(lines: Iterable[EarlierLine]) -> int:
    return sum(line.amount_ore for line in lines)


def _names(lines: Iterable[EarlierLine]) -> tuple[str, ...]:
    return tuple(line.line for line in lines)


def _taken_back(
    municipality: str,
    month: date,
    amount: int,
    earlier: Sequence[EarlierLine],
    rows: Sequence[StayFact],
    months: Months,
    as_known_at: datetime,
) -> NewLine:
    """A correction to zero: the month is not due there any more."""
    terms = months[month_number(month)]
    return NewLine(
        person=earlier[0].person,
        municipality=municipality,
        month=month,
        amount_ore=amount,
        kind=LineKind.CORRECTION,
        corrects=_names(earlier),
        rate=terms.rate,
        month_rule=terms.rule,
        row=latest_row(rows, municipality, month),
        known_at=latest_knowledge(rows, month, as_known_at),
    )


def latest_row(rows: Iterable[StayFact], municipality: str, month: date) -> StayFact | None:
    """The row that was known last in the municipality and touches the month; the higher number among equals."""
    there = [row for row in rows if row.municipality == municipality and touches(row, month)]
    return max(there, key=lambda row: (row.known_from, row.row), default=None)


def latest_knowledge(rows: Iterable[StayFact], month: date, as_known_at: datetime) -> datetime:
    """When something last became known of the person's rows that touch the month, not after `as_known_at`."""
    latest: datetime | None = None
    for row in rows:
        if touches(row, month):
            for instant in (row.known_from, row.known_to):
                if instant is not None and instant <= as_known_at and (latest is None or instant > latest):
                    latest = instant
    return as_known_at if latest is None else latest
