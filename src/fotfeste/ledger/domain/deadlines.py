"""By when a step is due, and what is too small to claim: dated parameters of our own."""

from datetime import date, timedelta
from typing import NamedTuple

from fotfeste.ledger.domain.parameters import book


class Deadline(NamedTuple):
    """A day, and the rule that it comes from."""

    due_on: date
    rule: str


def due_after(code: str, basis_on: date) -> Deadline:
    """The day a number of days after another, by a parameter of the ledger. Raises NoRule."""
    return Deadline(basis_on + timedelta(days=book().get(code, basis_on).integer), code)


def is_small(amount_ore: int, on: date) -> bool:
    """Whether an amount in øre is below what is claimed. Raises NoRule. Source: ours, a dated parameter."""
    return amount_ore < book().get("ledger.small_claim_ore", on).integer
