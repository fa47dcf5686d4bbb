"""The letter to a resident that letters of a refusal do not count: there never was one, or they were a child."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from fotfeste.access.public import Compartment
from fotfeste.accommodation.public import everyone_of
from fotfeste.directory.public import Organisation
from fotfeste.kernel.calendar import legal_day
from fotfeste.letters import public as letters
from fotfeste.letters.public import LetterKind, language_to_people
from fotfeste.platform.viewer import Viewer
from fotfeste.refusal.domain.course import Course
from fotfeste.refusal.domain.types import LETTERS, Happening
from fotfeste.refusal.models import Refusal, RefusalEvent
from fotfeste.refusal.queries.cases import case_of
from fotfeste.registry.public import members_of

_HELD = (*LETTERS, Happening.DAYS_TOLD)


@dataclass(frozen=True, slots=True)
class Held:
    """A letter that a resident holds: what, from which day."""

    person: int
    what: str
    sent_on: date


def sent_in(refusal: Refusal) -> list[RefusalEvent]:
    """UDI's letters and the centre's in a refusal that count, in order. One query."""
    held = RefusalEvent.objects.current().filter(refusal=refusal, kind__in=_HELD)
    return list(held.order_by("holds_on", "pk"))


def held_of(sent: Iterable[RefusalEvent]) -> list[Held]:
    """Those letters, as they are told of."""
    return [Held(each.resident_id, str(each.kind), each.holds_on) for each in sent if each.resident_id]


def deadlines_held(refusal: Refusal) -> list[Held]:
    """IMDi's letters of the deadline to move, also to whoever was a child that day. Two queries."""
    written = Course(case_of(refusal)).deadline_set()
    return [Held(person, "deadline_to_move", written.on) for person in refusal.deadline_letters if written]


def letters_held(refusal: Refusal) -> list[Held]:
    """What was sent to residents in a refusal and counts, in order. Three queries."""
    return [*deadlines_held(refusal), *held_of(sent_in(refusal))]


def write_void(refusal: Refusal, sent: Collection[Held], why: str, *, by: Viewer, at: datetime) -> None:
    """Write to each who holds one of those letters, and is of the household still, that it does not count, in the act
    by which it is so. Also to a child: it takes nothing from them. Nothing where nobody holds any.

    `why`: `never_refused`, `was_a_child` or `deadline_taken_back`. Raises as `letters.write_letter`.
    """
    if not sent:
        return
    today = legal_day(at)
    members = {each.subject_id: each for each in members_of(refusal.subject_id, today)}
    lives = {each.subject_id: each.centre_id for each in everyone_of(refusal.subject_id, today) if each.centre_id}
    centres = Organisation.objects.in_bulk(set(lives.values()))
    for person in sorted({each.person for each in sent if each.person in members}):
        centre = centres.get(lives.get(person, 0) or 0)
        facts = {
            "why": why,
            "municipality": refusal.organisation.name,
            "centre": centre.name if centre else "",
            "letters": _rows(each for each in sent if each.person == person),
        }
        letter = letters.write_letter(
            LetterKind.REFUSAL_VOID,
            subject_id=refusal.subject_id,
            to_organisation_id=None,
            language=language_to_people(members[person].languages),
            facts=facts,
            compartment=Compartment.REFUSAL,
            receiver=[members[person].name],
            also_about=[person],
            by=by,
            at=at,
        )
        letters.send_letter(letter.reference, by=by, at=at)


def _rows(sent: Iterable[Held]) -> list[dict[str, object]]:
    return [{"what": each.what, "sent_on": each.sent_on} for each in sent]
