"""Parts of what is kept of a household, purposes, and what is known of one when a night's run looks at it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fotfeste.access.domain.types import NeedReason
from fotfeste.kernel.decisions import Decision
from fotfeste.kernel.forgetting import Part


class Purpose(StrEnum):
    """What a household's record was for, by how its time here ended (formål)."""

    SETTLED = "settled"  # bosatt: follow-up and refund
    LEFT = "left"  # left the centres, or the country, without being settled; the case closed, or there was none
    EMPTIED = "emptied"  # everyone is in another household


class Outcome(StrEnum):
    """What a run says of what it found."""

    DONE = "done"  # anonymised or deleted
    ANNOUNCED = "announced"  # found for the first time; the waiting days begin
    WAITS = "waits"  # announced before, the waiting days are not over
    HELD = "held"  # the period is over, and something still goes on with them: the reason says what
    NOT_CONFIRMED = "not_confirmed"  # the period is over by a rule that nobody has confirmed
    LEFT_OVER = "left_over"  # more were due than a night takes
    FAILED = "failed"  # could not be carried out; nothing of it was done
    SOON = "soon"  # the period ends within the days that are looked ahead


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdFacts:
    """What a household's rows say, and nothing of who they are. Days in Norway.

    `left_on` is the first day on which nobody of them stays any more; `last_act_on` the day of the newest event about
    them: what is registered late counts from when it was registered.
    """

    key: int
    created_on: date
    emptied_on: date | None = None
    has_stay: bool = False
    left_on: date | None = None
    last_case: str = ""  # the state of the newest case; empty where there was none
    has_open_case: bool = False
    case_ended_on: date | None = None
    open_needs: frozenset[NeedReason] = frozenset()
    has_open_task: bool = False
    has_open_doubt: bool = False  # somebody of them may be registered twice
    last_act_on: date | None = None
    gone: frozenset[Part] = frozenset()


@dataclass(frozen=True, slots=True)
class Due:
    """A part of a household's record and the first day on which it is past its purpose, by which dated rule."""

    part: Part
    rule: str
    due_on: date
    decision: Decision


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to become of a household's record, as a person can read it.

    `purpose` None: it has not ended, and nothing is due. `over_on` is the day from which periods count. `held` says
    whether something still goes on with them (a no carries what).
    """

    key: int
    purpose: Purpose | None
    over_on: date | None
    held: Decision
    parts: tuple[Due, ...] = ()

    def over(self, day: date) -> tuple[Due, ...]:
        """The parts whose period has ended on a day, and that are still there."""
        return tuple(due for due in self.parts if due.due_on <= day)

    def may_go(self) -> bool:
        """Whether nothing keeps them."""
        return self.held.is_yes


type Counts = Mapping[tuple[str, Outcome, str], int]
"""How many, by rule, outcome and reason."""
