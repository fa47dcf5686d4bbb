"""A refusal as the pure `Case`, built from what is stored: the plan of a day is derived from it each time.

Whom the session does not see is not in it, nor what happened to them alone: a municipality sees what it is asked.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Protocol

from django.db.models import Q

from fotfeste.kernel.calendar import legal_day
from fotfeste.refusal.domain.course import Course
from fotfeste.refusal.domain.plan import Plan, plan
from fotfeste.refusal.domain.types import Case, Cause, Event, Happening, Offer, Resident
from fotfeste.refusal.models import Refusal, RefusalEvent
from fotfeste.registry.public import PersonDetails


class Born(Protocol):
    """What must be known of a person: registered details are that, and so is a member of a household."""

    @property
    def birth_date(self) -> date:
        """When they were born."""

    @property
    def is_unaccompanied_minor(self) -> bool:
        """Whether they came alone."""


WAS_A_CHILD = "was_a_child"
"""Why a letter was annulled that had gone to somebody who turned out to have been a child."""

TOLD = Q(annulled_at=None) | Q(kind=Happening.PETITION, annul_reason=WAS_A_CHILD)
"""What is held to be true, and petitions about children: the rules take them for none, but the officer has got them."""

IS_OPEN = {"closed_on": None, "annulled_at": None}


def refusal_of(group_id: int) -> Refusal | None:
    """The refusal of a household that is open, or else the last that was closed; None where there is none."""
    found = Refusal.objects.filter(subject_id=group_id, annulled_at=None)
    return found.select_related("organisation", "case").order_by("-pk").first()


def open_refusal_of(group_id: int, *, is_locked: bool = False) -> Refusal | None:
    """The refusal of a household that is not closed."""
    found = Refusal.objects.select_for_update(of=("self",)) if is_locked else Refusal.objects.all()
    return found.filter(subject_id=group_id, **IS_OPEN).select_related("organisation", "case").first()


def case_of(refusal: Refusal) -> Case:
    """The facts of a refusal and what has happened in it, in order, with subjects' keys as ids. Two queries."""
    return cases_of([refusal])[refusal.pk]


def untold_officer(group_id: int, today: date, *, but: int = 0) -> list[Refusal]:
    """The refusals of a household, also those that are over, of whose petition the enforcement officer does not know
    what it has come to; without the one that is left out. Up to three queries.
    """
    petitions = RefusalEvent.objects.filter(TOLD, subject_id=group_id, kind=Happening.PETITION)
    found = Refusal.objects.filter(pk__in=petitions.values("refusal_id")).exclude(pk=but)
    known = list(found.select_related("organisation", "case").order_by("pk"))
    cases = cases_of(known) if known else {}
    return [each for each in known if Course(cases[each.pk]).is_officer_untold(today)]


def plan_of(refusal: Refusal, day: date) -> Plan:
    """How a refusal stands on a day. Two queries. Raises NoRule."""
    return plan(case_of(refusal), day)


def cases_of(refusals: Iterable[Refusal]) -> Mapping[int, Case]:
    """Several refusals, by key. Two queries."""
    known = list(refusals)
    everyone = {person for each in known for person in each.persons}
    details = PersonDetails.objects.current().filter(subject_id__in=everyone).order_by("subject_id")
    born = {row.subject_id: row for row in details}
    stored = events_of(known)
    return {each.pk: case_from(each, born, stored[each.pk]) for each in known}


def events_of(refusals: Iterable[Refusal]) -> Mapping[int, list[RefusalEvent]]:
    """What has happened in each refusal, as it is held to be true now, in order. One query."""
    found: dict[int, list[RefusalEvent]] = {each.pk: [] for each in refusals}
    rows = RefusalEvent.objects.filter(TOLD, refusal_id__in=found).select_related("reported_by", "recorded_by")
    for row in rows.order_by("holds_on", "pk"):
        found[row.refusal_id].append(row)
    return found


def case_from(refusal: Refusal, born: Mapping[int, Born], stored: Iterable[RefusalEvent]) -> Case:
    """A refusal of those whose births are known, in that order, with what has happened. Asks nothing."""
    seen = [person for person in born if person in refusal.persons]
    residents = tuple(
        Resident(
            str(person),
            born[person].birth_date,
            born[person].is_unaccompanied_minor,
            was_offered=person not in refusal.not_offered,
            has_deadline_letter=person in refusal.deadline_letters,
        )
        for person in seen
    )
    day = refusal.opened_on
    offer = Offer(
        declined_on=day if refusal.cause == Cause.DECLINED else None,
        not_moved_on=day if refusal.cause == Cause.NOT_MOVED else None,
        imdi_deadline=refusal.imdi_deadline_on,
    )
    events = [*_events(stored, frozenset(str(person) for person in seen))]
    if refusal.annulled_at is not None:  # the no never was: it is over, as one that was closed
        events.append(Event(Happening.CLOSED, max([legal_day(refusal.annulled_at), *(each.on for each in events)])))
    return Case(residents, offer, tuple(events))


def _events(stored: Iterable[RefusalEvent], seen: frozenset[str]) -> Iterable[Event]:
    """What was registered at once of several is one event, as it was one act."""
    together: dict[tuple[object, ...], list[str]] = {}
    for row in stored:
        key = (Happening(row.kind), row.holds_on, row.names_on, row.annulled_at is not None, row.recorded_at)
        together.setdefault(key, []).extend([str(row.resident_id)] if row.resident_id else [])
    for (kind, on, names_on, is_void, _), residents in together.items():
        known = tuple(each for each in residents if each in seen)
        if known or not residents:
            yield Event(kind, on, known, names_on, is_void)  # type: ignore[arg-type]
