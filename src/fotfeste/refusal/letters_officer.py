"""What the enforcement officer is told of a petition after it was sent: a letter where the petition itself went."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from fotfeste.access.public import Compartment
from fotfeste.accommodation.public import everyone_of
from fotfeste.directory.public import Organisation
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.letters import public as letters
from fotfeste.letters.public import Letter, LetterKind
from fotfeste.platform.viewer import Viewer
from fotfeste.refusal.domain.course import Course
from fotfeste.refusal.domain.types import Happening
from fotfeste.refusal.letters import address_of
from fotfeste.refusal.models import Refusal
from fotfeste.refusal.queries.cases import WAS_A_CHILD


def write_to_officer(
    kind: Happening, refusal: Refusal, residents: Collection[int], *, before: Course, by: Viewer, at: datetime
) -> None:
    """Write that a petition is off, stands still, or stands, of residents: one letter for each petition and each
    centre where they live now, where the petition was sent, in its language. `before` is the case as it stood before
    it was told.

    Raises Refused `petition_not_found`; as `letters.write_letter`.
    """
    left = set(residents)
    lives = {each.subject_id: each.centre_id for each in everyone_of(refusal.subject_id, legal_day(at))}
    for petition in _petitions(refusal, before):
        named = [each for each in sorted(left) if each in petition.also_about]
        left -= {*named}
        for centre in dict.fromkeys(lives.get(each) for each in named):
            there = [each for each in named if lives.get(each) == centre]
            _send(kind, petition, refusal, there, before, _lives_at(petition, centre), by=by, at=at)
    if left:
        raise Refused("petition_not_found")


def _petitions(refusal: Refusal, course: Course) -> Iterator[Letter]:
    """The petitions of the refusal as they were sent, the latest first."""
    days = {each.on for each in course.case.events if each.kind is Happening.PETITION}
    found = Letter.objects.filter(kind=LetterKind.PETITION, subject_id=refusal.subject_id)
    yield from (each for each in found.order_by("-pk") if legal_day(each.written_at) in days)


def _send(
    kind: Happening,
    petition: Letter,
    refusal: Refusal,
    named: list[int],
    course: Course,
    lives: Mapping[str, str],
    *,
    by: Viewer,
    at: datetime,
) -> None:
    rows = dict(zip(petition.also_about, petition.facts["adults"], strict=True))
    others = {person for person in petition.also_about if person not in named}
    today = legal_day(at)
    was_told_off = any(course.known_to_officer(str(each)) is not Happening.PETITION_UPHELD for each in named)
    facts = {
        "says": kind,
        "petition_on": legal_day(petition.written_at),
        "petition_reference": petition.reference,
        "centre": petition.facts["centre"],
        **lives,
        "municipality": refusal.organisation.name,
        "address": petition.facts["address"],
        "offer": "withdrawn" if course.first(Happening.WITHDRAWN) else "stands",
        "others": _of_the_others(others, course, today),
        "waits": "" if course.covered_by_petition(today) else "yes",
        "again": "yes" if was_told_off else "",
        "adults": [_row(rows[each], course, each) for each in named],
    }
    letter = letters.write_letter(
        LetterKind.PETITION_CHANGED,
        subject_id=refusal.subject_id,
        to_organisation_id=None,
        language=petition.language,
        facts=facts,
        compartment=Compartment.REFUSAL,
        receiver=petition.written["receiver"],
        also_about=named,
        by=by,
        at=at,
    )
    letters.send_letter(letter.reference, by=by, at=at)


def _lives_at(petition: Letter, centre_id: int | None) -> dict[str, str]:
    """The centre where they live now, and its address where it is not that of the petition."""
    known = str(petition.facts["centre"])
    centre = Organisation.objects.select_related("municipality").get(pk=centre_id) if centre_id else None
    if centre is None or centre.name == known:
        return {"lives_at": known, "moved_to": ""}
    return {"lives_at": centre.name, "moved_to": address_of(centre)}


def _of_the_others(others: Collection[int], course: Course, today: date) -> str:
    """How the petition stands for those whom it also names and who are still there, as it holds and not as the officer
    was told; empty where there is nobody.
    """
    present = {each.id for each in course.present()}
    over = (None, Happening.PETITION_RECALLED)
    if not any(str(each) in present and course.known_to_officer(str(each)) not in over for each in others):
        return ""
    return "paused" if course.stands_still(today) else "stands"


def _row(row: dict[str, Any], course: Course, person: int) -> dict[str, Any]:
    """An adult as the petition named them, and how they left the case: or was no adult, by the birth known now."""
    out = course.out(str(person))
    otherwise = "over" if course.first(Happening.PETITION, str(person)) else WAS_A_CHILD
    return {"name": row["name"], "born_on": row["born_on"], "out": out.kind if out else otherwise}
