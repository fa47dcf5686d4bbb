"""Cases of refusal in few words."""

from datetime import date, timedelta

from fotfeste.refusal.domain.course import Course
from fotfeste.refusal.domain.history import why_not
from fotfeste.refusal.domain.types import Case, Event, Happening, Offer, Resident

OPENED = date(2024, 3, 4)
ADULT, CHILD = date(1985, 5, 2), date(2014, 8, 1)


def case(*residents: Resident, opened: date = OPENED, deadline: date | None = None) -> Case:
    """A household that has declined; IMDi's deadline is a fortnight after where none is given."""
    return Case(residents or (Resident("a", ADULT),), Offer(opened, None, deadline or opened + timedelta(14)))


def then(before: Case, kind: Happening, on: date, *residents: str, day: date | None = None) -> Case:
    """The case after one more event, which can have happened."""
    event = Event(kind, on, residents, day)
    fault = why_not(before, event)
    assert fault is None, f"{kind} on {on}: {fault.code}"
    return Case(before.residents, before.offer, (*before.events, event))


def refused(before: Case, kind: Happening, on: date, *residents: str, day: date | None = None) -> str:
    """The code of why an event cannot follow."""
    fault = why_not(before, Event(kind, on, residents, day))
    assert fault is not None, f"{kind} on {on} can follow"
    return fault.code


def warned(before: Case, on: date) -> Case:
    """After IMDi's message and the first letter to every adult, both on the day."""
    told = then(before, Happening.IMDI_MESSAGE, on)
    return then(told, Happening.FIRST_LETTER, on, *(each.id for each in Course(told).adults(on)))
