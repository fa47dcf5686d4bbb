"""Rent for days on which a home stands empty before they come (tomgangsleie): who pays, when, how much (SET-17).

A municipality says in its terms whether it pays. Source: NIBR 2016:5: homes are lost because nobody pays until they
can move.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from fotfeste.kernel.decisions import Reason
from fotfeste.kernel.errors import Refused
from fotfeste.self_settlement.domain.terms import EmptyRent


class PaidBy(StrEnum):
    """Who pays rent for a home that stands empty."""

    HOUSEHOLD = "household"
    MUNICIPALITY = "municipality"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class EmptyDays:
    """Days that are paid for though nobody lives there. `until_on`: the day they move in; money in øre."""

    paid_by: PaidBy
    from_on: date
    until_on: date
    amount_ore: int


def empty_days(
    paid_by: PaidBy | None, from_on: date | None, last_on: date | None, amount_ore: int, *, starts_on: date
) -> EmptyDays | None:
    """The empty days of a contract whose rent begins on `starts_on`; None where there are none.

    Raises Refused with the field: `empty_rent_without_payer`, `empty_rent_incomplete`, `empty_rent_before_rent`,
    `empty_rent_ends_first`.
    """
    if paid_by is None:
        if from_on or last_on or amount_ore:
            raise Refused("empty_rent_without_payer", "empty_rent_by")
        return None
    missing = {"empty_from": from_on is None, "empty_last": last_on is None, "empty_rent": amount_ore <= 0}
    if field := next((name for name, is_missing in missing.items() if is_missing), ""):
        raise Refused("empty_rent_incomplete", field)
    assert from_on is not None
    assert last_on is not None
    if from_on < starts_on:
        raise Refused("empty_rent_before_rent", "empty_from", {"day": starts_on})
    if last_on < from_on:
        raise Refused("empty_rent_ends_first", "empty_last", {"day": from_on})
    return EmptyDays(paid_by=paid_by, from_on=from_on, until_on=last_on + timedelta(days=1), amount_ore=amount_ore)


def rent_for(rent_ore: int, from_on: date, until_on: date) -> int:
    """Rent in øre for the days from one to before another: of each month its part, rounded up at last."""
    parts, whole, day = 0, 1, from_on
    while day < until_on:
        days = monthrange(day.year, day.month)[1]
        until = min(until_on, day.replace(day=1) + timedelta(days=days))
        parts, whole = parts * days + (until - day).days * whole, whole * days
        day = until
    return -(-rent_ore * parts // whole)


def empty_rent_findings(days: EmptyDays | None, rent_ore: int, said: EmptyRent | None) -> tuple[Reason, ...]:
    """What stands out in it beside what the municipality has published (`said`; None: nothing). Nothing is refused.

    Codes: `empty_rent_not_in_terms`, `empty_rent_to_assess`, `empty_rent_not_published`, `empty_rent_over_rent`.
    """
    if days is None:
        return ()
    found = []
    if days.paid_by is PaidBy.MUNICIPALITY and said is not EmptyRent.PAID:
        code = {EmptyRent.NO: "empty_rent_not_in_terms", EmptyRent.ASSESSED: "empty_rent_to_assess"}
        found.append(Reason(code[said] if said is not None else "empty_rent_not_published"))
    if days.amount_ore > rent_for(rent_ore, days.from_on, days.until_on):
        found.append(Reason("empty_rent_over_rent"))
    return tuple(found)
