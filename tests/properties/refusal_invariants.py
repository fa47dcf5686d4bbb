"""What must hold of the generated refusals: each is a course that can have been, and the open tasks are its moves."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import groupby
from typing import Any

from fotfeste.demo.domain import case_records as case
from fotfeste.demo.domain import records
from fotfeste.demo.domain.refusing import RefusalEventRecord, RefusalRecord
from fotfeste.refusal.domain.course import Course
from fotfeste.refusal.domain.history import why_not
from fotfeste.refusal.domain.moves import moves
from fotfeste.refusal.domain.types import Case, Event, Happening, Offer, Party, Resident
from tests.properties.country_invariants import Written


def tasks_of_refusal(w: Written, group: int, centre: int) -> Iterator[tuple[str, int]]:
    """Whose move it is on the country's day, in the refusal of a household that still lives at a centre."""
    refusal = w.one(RefusalRecord, group)
    organisations = {
        Party.IMDI: w.world.imdi.organisation_id,
        Party.UDI: w.world.udi.organisation_id,
        Party.CENTRE: centre,
        Party.MUNICIPALITY: refusal.organisation_id,
    }
    stands = case_of_refusal(w, refusal)
    for move in moves(stands, w.world.today):
        yield str(move.task), organisations[move.party]


def refusals_are_those_of_who_said_no(w: Written) -> Iterator[str]:
    """There is one for each household at a centre that said no, about its offer and all of its people."""
    said_no = {row.id: row for row in w.all(case.CaseRecord) if row.state == "refused"}
    refused = {row.case_id: row for row in w.all(RefusalRecord)}
    if said_no.keys() != refused.keys():
        yield f"refusals of {refused.keys() ^ said_no.keys()} are there, or missing, without reason"
    for row in refused.values():
        offer = w.one(case.OfferRecord, row.subject_id)
        if (row.offer_id, row.organisation_id) != (offer.id, offer.organisation_id):
            yield f"refusal {row.id} is of another offer"
        if row.opened_on != offer.answered_on or set(row.persons) != set(w.members[row.subject_id]):
            yield f"refusal {row.id} is of another day, or of others"


def refusals_can_have_been(w: Written) -> Iterator[str]:
    """Nothing in it came out of order, and it is closed where everybody is out."""
    for refusal in w.all(RefusalRecord):
        stands = case_of_refusal(w, refusal)
        for number, event in enumerate(stands.events):
            before = Case(stands.residents, stands.offer, stands.events[:number])
            if fault := why_not(before, event):
                yield f"refusal {refusal.id}: {event.kind} on {event.on}: {fault.code}"
        course = Course(stands)
        if (refusal.closed_on is None) == (not course.present()) or bool(refusal.closed_on) != bool(
            course.first(Happening.CLOSED)
        ):
            yield f"refusal {refusal.id} is closed with somebody in it, or open without"


def case_of_refusal(w: Written, refusal: Any) -> Case:
    """A generated refusal as the rules read it; IMDi has written no letter in it."""
    residents = []
    for person in refusal.persons:
        details = w.one(records.DetailsRecord, person)
        alone = details.is_unaccompanied_minor
        residents.append(Resident(str(person), details.birth_date, alone, has_deadline_letter=False))
    rows = [row for row in w.of(RefusalEventRecord, refusal.subject_id) if row.refusal_id == refusal.id]
    events = []
    for (kind, on, day, _), together in groupby(
        rows, key=lambda row: (row.kind, row.holds_on, row.names_on, row.recorded_at)
    ):
        whom = tuple(str(row.resident_id) for row in together if row.resident_id is not None)
        events.append(Event(Happening(kind), on, whom, day))
    deadline: date | None = refusal.imdi_deadline_on
    return Case(tuple(residents), Offer(refusal.opened_on, None, deadline), tuple(events))


REFUSALS: tuple[Callable[[Written], Iterator[str]], ...] = (
    refusals_are_those_of_who_said_no,
    refusals_can_have_been,
)
