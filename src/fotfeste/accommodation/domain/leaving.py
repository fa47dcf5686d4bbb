"""The ways in which people leave a centre on their own, and the reason that each is registered with. Pure.

Source: GUIDE 1.9 (after the settlement interview), 2.4 (who says that they leave the country). What is registered of
those who are gone without a word, and of a move before the interview, is read out of the reasons' own names.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fotfeste.accommodation.domain.types import DepartureReason
from fotfeste.kernel.decisions import Reason


class Leaving(StrEnum):
    """How they leave."""

    PRIVATELY = "privately"  # flytter privat
    ABROAD = "abroad"  # oppgir at de reiser ut av landet
    GONE = "gone"  # borte, og ingen vet hvor


@dataclass(frozen=True, slots=True)
class Proposed:
    """A way of leaving with the reason to register, and why."""

    how: Leaving
    reason: DepartureReason
    why: Reason


def reasons_for(*, interviewed_on: date | None) -> tuple[Proposed, ...]:
    """Each way of leaving with its reason, before the interview or after it."""
    if interviewed_on is None:
        private = Reason("private_with_address")
    else:
        private = Reason("private_after_interview", {"day": interviewed_on})
    return (
        Proposed(Leaving.PRIVATELY, DepartureReason.PRIVATE_ADDRESS, private),
        Proposed(Leaving.ABROAD, DepartureReason.LEFT_COUNTRY, Reason("said_to_leave_country")),
        Proposed(Leaving.GONE, DepartureReason.NO_ADDRESS, Reason("gone_without_a_word")),
    )
