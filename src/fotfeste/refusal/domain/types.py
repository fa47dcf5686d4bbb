"""A refusal of settlement as facts: who lives there, the offer that was not taken up, and what has happened since."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Cause(StrEnum):
    """Why there is a refusal."""

    DECLINED = "declined"  # they said no to the offer
    NOT_MOVED = "not_moved"  # they said yes, and did not move on the agreed day


class Happening(StrEnum):
    """What can happen in a refusal of settlement (bosettingsnekt)."""

    REPORTED = "reported"  # the centre has told IMDi and UDI's region
    HOLD_ASKED = "hold_asked"  # IMDi has asked the municipality to hold the offer
    IMDI_MESSAGE = "imdi_message"  # IMDi has told UDI that they do not move, with its deadline
    TALK = "talk"  # a preventive talk (forebyggende samtale)
    FIRST_LETTER = "first_letter"  # the consequences, and that the basic benefit stops
    GUARDIAN_TOLD = "guardian_told"
    CHILD_WELFARE_TOLD = "child_welfare_told"
    MINORS_PLACE_OFFERED = "minors_place_offered"  # a place in a centre for unaccompanied minors
    EVICTION_NOTICE = "eviction_notice"  # varsel om utkastelse
    PETITION = "petition"  # begjæring om tvangsfravikelse, with a notice to the resident the same day
    EVICTION_DAY_SET = "eviction_day_set"  # by the enforcement officer (namsmannen)
    PETITION_RECALLED = "petition_recalled"  # the enforcement officer is told that it is not about somebody any more
    PETITION_PAUSED = "petition_paused"  # ... that it stands still
    PETITION_UPHELD = "petition_upheld"  # ... that it stands: again, or though the offer was withdrawn
    IMDI_DEADLINE_EXTENDED = "imdi_deadline_extended"
    FORTNIGHT_EXTENDED = "fortnight_extended"
    DAYS_TOLD = "days_told"  # the centre has told somebody that days of theirs are changed
    SUSPENDED = "suspended"  # clocks stand still, and no step is taken
    RESUMED = "resumed"
    WITHDRAWN = "withdrawn"  # the municipality no longer holds the offer
    ACCEPTED = "accepted"  # they will move after all
    MOVED_OUT = "moved_out"  # they have left the centre by themselves
    EVICTED = "evicted"
    MOVED_CENTRE = "moved_centre"  # ... to another centre, after a petition has named them: no way out
    DECEASED = "deceased"
    TAKEN_OUT = "taken_out"  # they are another household's now; kept where a petition has named them
    CLOSED = "closed"  # by hand, with what happened


class TalkInterpreter(StrEnum):
    """Whether there was an interpreter at a preventive talk."""

    NOT_NEEDED = "not_needed"
    PRESENT = "present"
    REMOTE = "remote"
    MISSING = "missing"  # needed, and there was none


LETTERS = (Happening.FIRST_LETTER, Happening.EVICTION_NOTICE, Happening.PETITION)
"""The letters to adults, in the order in which each of them gets them."""

TO_OFFICER = (Happening.PETITION_RECALLED, Happening.PETITION_PAUSED, Happening.PETITION_UPHELD)
"""What the enforcement officer is told of a petition after it was sent."""

WAYS_OUT = frozenset(
    {Happening.ACCEPTED, Happening.MOVED_OUT, Happening.EVICTED, Happening.DECEASED, Happening.TAKEN_OUT}
)
"""What ends the refusal of the one it happens to."""


OF_THE_OFFER = frozenset({Happening.HOLD_ASKED, Happening.IMDI_DEADLINE_EXTENDED, Happening.WITHDRAWN})
"""What the municipality that holds the offer is told of."""


class Party(StrEnum):
    """Who has a duty in a refusal, or is told of it."""

    CENTRE = "centre"
    IMDI = "imdi"
    UDI = "udi"
    MUNICIPALITY = "municipality"
    ENFORCEMENT_OFFICER = "enforcement_officer"
    GUARDIAN = "guardian"
    CHILD_WELFARE = "child_welfare"


@dataclass(frozen=True, slots=True)
class Resident:
    """One who is to move: when born; `accompanied_by` is the adult whom an unaccompanied minor came with.

    `was_offered`: not somebody who refused an earlier offer and was never given this one (ADR 0065).
    `has_deadline_letter`: not somebody whom IMDi wrote no letter when it set its deadline, or whose letter is void.
    """

    id: str
    birth_date: date
    unaccompanied_minor: bool = False
    accompanied_by: str | None = None
    was_offered: bool = True
    has_deadline_letter: bool = True


@dataclass(frozen=True, slots=True)
class Offer:
    """The one offer: declined, or not followed on the day that was agreed; `imdi_deadline` is the last day to move."""

    declined_on: date | None = None
    not_moved_on: date | None = None
    imdi_deadline: date | None = None

    @property
    def opened_on(self) -> date:
        """The day from which there is a refusal: the no, or the day on which nobody moved.

        Raises ValueError where neither is known.
        """
        days = [day for day in (self.declined_on, self.not_moved_on) if day is not None]
        if not days:
            raise ValueError("an offer that was neither declined nor left unused is not refused")
        return min(days)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day, to some of them. `day` is the day that it names, where it names one.

    `is_void`: a petition that counts for nobody any more, and that the enforcement officer has got all the same.
    """

    kind: Happening
    on: date
    residents: tuple[str, ...] = ()
    day: date | None = None
    is_void: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """A refusal of settlement with all that has happened in it, in the order in which it happened."""

    residents: tuple[Resident, ...]
    offer: Offer
    events: tuple[Event, ...] = ()


class Question(StrEnum):
    """What the sources contradict each other on, so that somebody has to rule (avklaring)."""

    TRAINING = "norwegian_training"  # norskopplæring etter et nei
