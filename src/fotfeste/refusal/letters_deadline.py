"""IMDi's own letter to a resident, with the last day to move to the municipality that was offered (GUIDE Vedlegg 6)."""

from collections.abc import Collection
from datetime import datetime

from fotfeste.access.public import Compartment
from fotfeste.accommodation.public import everyone_of
from fotfeste.directory.public import Organisation
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.letters import public as letters
from fotfeste.letters.public import LetterKind, language_to_people
from fotfeste.platform.viewer import Viewer
from fotfeste.refusal.domain.course import Course
from fotfeste.refusal.domain.types import Happening
from fotfeste.refusal.models import Refusal
from fotfeste.registry.public import members_of


def write_deadline(refusal: Refusal, residents: Collection[int], *, course: Course, by: Viewer, at: datetime) -> None:
    """Write to each of those adults until when they may move, in a language of theirs; while the case is suspended
    that the deadline stands still.

    The centre where they live gives it to them, and reads it as UDI does: the copies that the guide asks for. Raises
    Refused `not_in_refusal` for who lives at no centre; as `letters.write_letter`.
    """
    today = legal_day(at)
    members = {each.subject_id: each for each in members_of(refusal.subject_id, today)}
    lives = {each.subject_id: each.centre_id for each in everyone_of(refusal.subject_id, today) if each.centre_id}
    centres = Organisation.objects.in_bulk(set(lives.values()))
    deadline = course.imdi_deadline()
    for person in sorted(residents):
        centre = centres.get(lives.get(person) or 0)
        if centre is None:
            raise Refused("not_in_refusal", "residents")
        facts = {
            "municipality": refusal.organisation.name,
            "centre": centre.name,
            "opened": refusal.cause,
            "deadline_on": deadline.runs_out_on if deadline else None,
            "still_on": course.suspended_from(),
            "offer": _offer(course),
        }
        letter = letters.write_letter(
            LetterKind.DEADLINE_TO_MOVE,
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


def _offer(course: Course) -> str:
    if course.first(Happening.WITHDRAWN):
        return "withdrawn"
    return "held" if course.first(Happening.HOLD_ASKED) else "stands"
