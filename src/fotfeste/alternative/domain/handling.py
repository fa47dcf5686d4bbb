"""How long an application has taken, step by step (saksbehandlingstid, ALT-09): days from its dates, nothing stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Handler(StrEnum):
    """Whose move it is."""

    PARTIES = "parties"
    UDI = "udi"
    MUNICIPALITY = "municipality"


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the handling: whose move, from which day to which (the first day after); open where it goes on."""

    handler: Handler
    start: date
    end: date | None

    def days(self, today: date) -> int:
        """How many days it has taken so far, or took."""
        return ((self.end or today) - self.start).days


def steps_of(
    received_on: date,
    submitted_on: date | None,
    asked_on: date | None,
    answered_on: date | None,
    decided_on: date | None,
) -> tuple[Step, ...]:
    """The steps of an application from its dates: the parties, UDI, the municipality, and UDI who decides."""
    ends = [
        (Handler.PARTIES, submitted_on),
        (Handler.UDI, asked_on),
        (Handler.MUNICIPALITY, answered_on),
        (Handler.UDI, decided_on),
    ]
    if asked_on is None:
        ends = [ends[0], ends[3]]
    found: list[Step] = []
    start = received_on
    for handler, reached_on in ends:
        end = reached_on or decided_on  # decided while somebody was waited for
        found.append(Step(handler, start, end))
        if end is None or end == decided_on:
            break
        start = end
    return tuple(found)


def days_by_handler(steps: Sequence[Step], today: date) -> dict[Handler, int]:
    """How many days each had it."""
    found: dict[Handler, int] = {}
    for step in steps:
        found[step.handler] = found.get(step.handler, 0) + step.days(today)
    return found
