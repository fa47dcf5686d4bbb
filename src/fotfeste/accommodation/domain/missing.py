"""An unaccompanied minor who is away without leave: who is told, and what must be told before a departure. Pure.

Ours: the sources say nothing of whom a centre tells of an unaccompanied minor who is gone, or when. The police look for
them, the child welfare service and the guardian answer for them, UDI runs the centres for them.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from enum import StrEnum

from fotfeste.accommodation.domain.types import AbsenceKind
from fotfeste.kernel.errors import Refused


class ToldParty(StrEnum):
    """Whom the centre tells; UDI is told by the record itself."""

    POLICE = "police"
    CHILD_WELFARE = "child_welfare"  # barnevernet
    GUARDIAN = "guardian"  # vergen, or the county governor who appoints one


def still_to_tell(told: Collection[str]) -> tuple[ToldParty, ...]:
    """Whom nobody has told yet, in the order of urgency."""
    return tuple(party for party in ToldParty if party not in told)


def must_be_reported(kind: AbsenceKind, *, is_minor_alone: bool) -> bool:
    """Whether an absence is to be told of the day it is registered: an unaccompanied minor's, without leave. Of leave
    that has run out the centre finds out first.
    """
    return is_minor_alone and kind is AbsenceKind.AWAY


def check_report(missing_from: date, told_on: date, today: date) -> None:
    """Refuse a day on which nobody was missing yet, and one that has not come.

    Raises Refused `told_before_missing`, `told_in_future` (field `told_on`).
    """
    if told_on < missing_from:
        raise Refused("told_before_missing", "told_on", {"day": missing_from})
    if told_on > today:
        raise Refused("told_in_future", "told_on", {"day": told_on})


def check_all_told(minors: Iterable[int], told: Mapping[int, Collection[str]]) -> None:
    """Refuse the departure of an unaccompanied minor as gone until everybody is told who must be; `told` by minor.

    Raises Refused `missing_minor_unreported` (field `reason`).
    """
    if any(still_to_tell(told.get(minor, ())) for minor in minors):
        raise Refused("missing_minor_unreported", "reason")
