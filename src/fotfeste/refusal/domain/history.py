"""Whether a history can have happened: every event is asked of the case as it stood before it."""

from datetime import date

from fotfeste.kernel.ages import is_adult
from fotfeste.kernel.calendar import add_months
from fotfeste.kernel.decisions import Reason
from fotfeste.refusal.domain.course import Course
from fotfeste.refusal.domain.gates import OF_THE_CASE, gate, minors_first
from fotfeste.refusal.domain.types import Case, Event, Happening

LATEST_STOP_MONTHS = 3
"""How long after the first letter the benefit may stop: ours, so that no wrong year is taken (ADR 0050)."""

LATEST_DAY_MONTHS = 12
"""So far ahead an enforcement officer may set a day, and IMDi a deadline: ours, for the same reason."""

NAMING_A_DAY = frozenset({Happening.EVICTION_DAY_SET, Happening.IMDI_DEADLINE_EXTENDED, Happening.FORTNIGHT_EXTENDED})
"""What must name a day. The first letter may: from when the benefit stops, where that is later than by the rule."""


def why_not(case: Case, event: Event) -> Reason | None:
    """Why the event cannot follow upon what has happened; None where it can.

    The same is asked when somebody does the act and when a history is read, so that no letter is out of order, given
    twice or sent to a child, and nothing happens after the end. Raises NoRule, KeyError for an unknown resident.
    """
    course = Course(case)
    if event.on < max([case.offer.opened_on, *(each.on for each in case.events)]):
        return Reason("before_what_came_before")
    if (event.kind in OF_THE_CASE) is bool(event.residents):
        return Reason("names_residents" if event.residents else "names_nobody")
    for name in event.residents or (None,):
        about = course.resident(name) if name else None
        found = gate(course, event.kind, about, event.on)
        if found.never:
            return found.never
        if found.waits_for:
            return found.waits_for[0]
        if found.opens_on and event.on < found.opens_on:
            return Reason("too_early", {"from": found.opens_on})
    return _day_is_wrong(case, event) or goes_alone(course, event)


def _day_is_wrong(case: Case, event: Event) -> Reason | None:
    """The day that an event names is one that it may name."""
    if event.day is None:
        return Reason("names_no_day") if event.kind in NAMING_A_DAY else None
    if event.kind is Happening.EVICTION_DAY_SET:
        return _no_day(event.on, event.day)
    before, after = Course(case), Course(Case(case.residents, case.offer, (*case.events, event)))
    match event.kind:
        case Happening.FIRST_LETTER:
            ends = [after.fortnight(name) for name in event.residents]
            if any(each and each.after and event.day < each.after for each in ends):
                return Reason("stops_too_early")
            last = add_months(event.on, LATEST_STOP_MONTHS)
            return Reason("stops_too_late", {"until": last}) if event.day > last else None
        case Happening.IMDI_DEADLINE_EXTENDED:
            if before.imdi_deadline() == after.imdi_deadline():
                return Reason("no_later")
            return _no_day(event.on, event.day)
        case Happening.FORTNIGHT_EXTENDED:
            same = any(before.fortnight(name) == after.fortnight(name) for name in event.residents)
            return Reason("no_later") if same else None
        case _:
            return Reason("names_a_day")


def latest_day(on: date) -> date:
    """The last day that somebody can have meant who sets a day on `on`."""
    return add_months(on, LATEST_DAY_MONTHS)


def _no_day(on: date, day: date) -> Reason | None:
    """Why an enforcement officer or IMDi has set no such day: it is past, or so far ahead as nobody sets one."""
    last = latest_day(on)
    if day < on:
        return Reason("day_before_act")
    return Reason("day_too_late", {"until": last}) if day > last else None


def goes_alone(course: Course, event: Event) -> Reason | None:
    """A child does not accept by itself where an adult of the household is still there; one who came alone may. No
    child is evicted without an adult of theirs.

    Nor do the last adults accept, or are evicted, without the children: whom they leave would be in the refusal alone.
    Who came alone may be left, when all is done for them that comes before an eviction: their guardian answers for
    them.
    """
    adults = course.adults(event.on)
    if event.kind not in (Happening.ACCEPTED, Happening.EVICTED) or not adults:
        return None
    is_eviction = event.kind is Happening.EVICTED
    named = [course.resident(name) for name in event.residents]
    if not any(is_adult(each.birth_date, event.on) for each in named):
        if is_eviction:
            return Reason("child_evicted_alone")
        return None if all(each.unaccompanied_minor for each in named) else Reason("child_accepts_alone")
    left = [each for each in course.present() if each not in named]
    if any(is_adult(each.birth_date, event.on) for each in left):
        return None
    cared_for = {each.id for each in course.minors_alone(event.on)}
    waiting = {reason.fields["resident"] for reason in minors_first(course, event.on)}
    if all(each.id in cared_for - waiting for each in left):
        return None
    return Reason("eviction_leaves_children" if is_eviction else "leaves_children")
