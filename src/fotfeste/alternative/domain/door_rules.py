"""What the pages without a login allow: how long what is begun waits, how much of it, how often something is tried.

Pure: the days and instants come in as arguments.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from fotfeste.alternative.domain.parameters import book


class Attempt(StrEnum):
    """What can be tried without a login, and is counted."""

    BEGIN = "begin"  # an application is begun
    SEND = "send"  # an application is sent
    LINK = "link"  # a link is opened that is nobody's


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many attempts within a time, from one address or for one DUF number."""

    counts: str  # `address` or `number`
    most: int
    within: timedelta


def limits_of(attempt: Attempt, on: date) -> tuple[Limit, ...]:
    """How often something may be tried. Raises NoRule."""

    def most(code: str) -> int:
        return book().get(f"doors.{code}", on).integer

    match attempt:
        case Attempt.BEGIN:
            return (Limit("address", most("drafts_an_hour"), timedelta(hours=1)),)
        case Attempt.SEND:
            return (
                Limit("address", most("sent_an_hour"), timedelta(hours=1)),
                Limit("number", most("sent_for_one_a_day"), timedelta(days=1)),
            )
        case Attempt.LINK:
            return (Limit("address", most("wrong_links_a_quarter"), timedelta(minutes=15)),)


def again_at(limit: Limit, earlier: Iterable[datetime], at: datetime) -> datetime | None:
    """When one may try again who has tried at these instants; None where that is now."""
    counted = sorted(each for each in earlier if each > at - limit.within)
    return counted[-limit.most] + limit.within if len(counted) >= limit.most else None


def draft_expires_at(at: datetime, on: date) -> datetime:
    """Until when what was begun or gone on with at an instant can be opened. Raises NoRule."""
    return at + timedelta(days=book().get("doors.draft_days", on).integer)


def receipt_expires_at(at: datetime, on: date) -> datetime:
    """Until when the receipt of what was sent at an instant can be opened. Raises NoRule."""
    return at + timedelta(days=book().get("doors.receipt_days", on).integer)


class Step(StrEnum):
    """A page of the application, in the order in which they are asked; the value stands in the address."""

    WHO = "hvem"
    PEOPLE = "personer"
    MUNICIPALITY = "kommunen"
    PLACE = "sted"
    HOST = "vert"
    SITUATION = "situasjon"
    DOCUMENTS = "dokumenter"
    SEND = "se-over"


STEPS = tuple(Step)


def next_step(step: Step) -> Step:
    """The page after this one; the last one has none after it."""
    return STEPS[min(STEPS.index(step) + 1, len(STEPS) - 1)]


def step_before(step: Step) -> Step | None:
    """The page before this one; the first one has none."""
    place = STEPS.index(step)
    return STEPS[place - 1] if place else None


def first_unanswered(answered: Mapping[Step, bool]) -> Step:
    """Where to go on: the first page that has no answer yet; the last one where all have."""
    return next((step for step in STEPS if not answered.get(step)), Step.SEND)
