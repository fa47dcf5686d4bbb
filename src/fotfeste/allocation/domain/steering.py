"""Steering (styring): what a case worker may decide ahead of a plan, and what is refused."""

from fotfeste.allocation.domain.fit import possible
from fotfeste.allocation.domain.types import Group, Municipality, Steering
from fotfeste.kernel.decisions import Reason
from fotfeste.kernel.errors import Refused

LONGEST_REASON = 2000


class PinNotPossible(Refused):
    """A household cannot be pinned where it cannot be settled; `reasons` say why, as codes."""

    def __init__(self, municipality: Municipality, reasons: tuple[Reason, ...]) -> None:
        super().__init__("pin_not_possible", "municipality", {"place": municipality.name})
        self.reasons = reasons


def check_pin(group: Group, municipality: Municipality, steering: Steering) -> None:
    """Raise PinNotPossible where the municipality is impossible for the group, or shut to it by hand.

    `steering` is all that holds but the group's own pin. What is not known
    hinders no pin: a case worker may have asked.
    """
    decision = possible(group, municipality, steering)
    if decision.is_no:
        raise PinNotPossible(municipality, decision.reasons)


def checked_reason(reason: str) -> str:
    """Why, without the blanks around it. Raises Refused `steering_reason_missing` for none, or one that is too long."""
    reason = reason.strip()
    if not reason or len(reason) > LONGEST_REASON:
        raise Refused("steering_reason_missing", "reason", {"most": LONGEST_REASON})
    return reason
