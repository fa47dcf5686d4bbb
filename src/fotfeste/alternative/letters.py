"""Letters of an application and of an agreement: which, to whom, in which language, with which facts; sent at once."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from fotfeste.access.public import Compartment
from fotfeste.alternative.domain.schemes import municipality_due
from fotfeste.alternative.domain.types import Party, RefusalGround
from fotfeste.alternative.models import Agreement, Application
from fotfeste.alternative.rules import book
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.identifiers import IdentifierKind
from fotfeste.letters.public import (
    LetterKind,
    language_of_municipality,
    language_to_people,
    send_letter,
    write_letter,
)
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import members_of

# The words of refusals in letters.
GROUNDS: Mapping[RefusalGround, str] = {
    RefusalGround.NOT_IN_TARGET_GROUP: "not_target_group",
    RefusalGround.MINOR_ALONE: "unaccompanied_minor",
    RefusalGround.NOT_REGISTERED: "not_registered",
    RefusalGround.NO_HOME: "no_home",
    RefusalGround.CENTRE_HOUSING: "centre_housing",
    RefusalGround.SETTLED_SOON: "settled_soon",
    RefusalGround.MUNICIPALITY_DECLINED: "municipality_declined",
    RefusalGround.HOST_DECLINED: "host_not_confirmed",
    RefusalGround.SCHEME_CLOSED: "scheme_closed",
    RefusalGround.NO_NEED: "no_need",
    RefusalGround.INCOMPLETE: "missing_information",
}
# The words of ends in letters; of the others nobody is written to: they are settled elsewhere, gone or dead.
CAUSES: Mapping[str, str] = {
    "settled": "settled",
    "offer_declined": "offer_declined",
    "moved_away": "moved",
    "conditions_failed": "conditions",
    "municipality_withdrew": "municipality_withdrew",
    "scheme_ended": "scheme_ended",
    "grant_annulled": "conditions",
}


def write_granted(application: Application, persons: Collection[int], on: date, *, by: Viewer, at: datetime) -> None:
    """To the household: yes, from which day, where."""
    facts = {
        "names": _names(application.subject_id, persons, at),
        "scheme": str(application.scheme),
        "municipality": application.municipality.name,
        "start_on": on,
    }
    _to_people(LetterKind.GRANTED, application, facts, by=by, at=at)


def write_grant_letter(
    application: Application, persons: Collection[int], on: date, *, by: Viewer, at: datetime
) -> None:
    """To the municipality: whom it gets the grant for, from which day (tilskuddsbrev). The sums follow when paid."""
    names = _names(application.subject_id, persons, at)
    if not names:
        return
    facts = {
        "names": names,
        "scheme": str(application.scheme),
        "municipality": application.municipality.name,
        "start_on": on,
    }
    _to_municipality(LetterKind.GRANT_LETTER, application, facts, by=by, at=at)


def write_refused(
    application: Application, ground: RefusalGround, persons: Collection[int], *, by: Viewer, at: datetime
) -> None:
    """To the household: no to these of them, on which ground, and what it does not mean (ALT-07)."""
    facts = {
        "names": _names(application.subject_id, persons, at),
        "scheme": str(application.scheme),
        "grounds": [GROUNDS[ground]],
    }
    _to_people(LetterKind.REFUSED, application, facts, by=by, at=at)


def write_preliminary(application: Application, *, by: Viewer, at: datetime) -> None:
    """To the household: it takes time, and what is waited for (ALT-09)."""
    facts = {
        "names": _names(application.subject_id, applicants(application), at),
        "scheme": str(application.scheme),
        "received_on": application.received_on,
        "waiting_for": _waiting_for(application),
    }
    _to_people(LetterKind.PRELIMINARY, application, facts, by=by, at=at)


def write_request(application: Application, persons: Collection[int], *, by: Viewer, at: datetime) -> None:
    """To the municipality: whether it takes these of them on itself (akseptbrev)."""
    assert application.asked_on is not None
    assert application.subject_id is not None
    chosen = set(persons)
    people = [each for each in members_of(application.subject_id, application.asked_on) if each.subject_id in chosen]
    address = ", ".join(part for part in (application.street, application.postal_code) if part)
    facts = {
        "persons": [
            {"name": each.name, "born_on": each.birth_date, "duf": each.identifiers.get(IdentifierKind.DUF, "–")}
            for each in people
        ],
        "scheme": str(application.scheme),
        "municipality": application.municipality.name,
        "host": application.host_name or "–",
        "address": address or "–",
        "since_on": application.living_there_since,
        "answer_by_on": municipality_due(application.asked_on, book()).on,
        "application_reference": application.reference,
    }
    _to_municipality(LetterKind.REQUEST_TO_MUNICIPALITY, application, facts, by=by, at=at)


def write_ended(agreement: Agreement, persons: Collection[int], *, by: Viewer, at: datetime) -> None:
    """To the household: it has ended, why, and what it does not mean (ALT-07, ALT-08)."""
    cause = CAUSES.get(agreement.end_cause)
    if cause is None or agreement.period.end is None:
        return
    facts = {
        "names": _names(agreement.subject_id, persons, at),
        "scheme": str(agreement.scheme),
        "ended_on": agreement.period.end,
        "cause": [cause],
    }
    _to_people(LetterKind.ENDED, agreement.application, facts, by=by, at=at)


def _to_municipality(
    kind: LetterKind, application: Application, facts: Mapping[str, Any], *, by: Viewer, at: datetime
) -> None:
    """In its written form, to the unit that answers for it."""
    place = application.municipality.municipality
    letter = write_letter(
        kind,
        subject_id=application.subject_id,
        to_organisation_id=application.municipality_id,
        language=language_of_municipality(place.written_form if place else ""),
        facts=_without_none(facts),
        compartment=Compartment.HOUSING,
        by=by,
        at=at,
    )
    send_letter(letter.reference, by=by, at=at)


def _to_people(
    kind: LetterKind, application: Application, facts: Mapping[str, Any], *, by: Viewer, at: datetime
) -> None:
    if application.subject_id is None or not facts["names"]:
        return
    letter = write_letter(
        kind,
        subject_id=application.subject_id,
        to_organisation_id=None,
        language=_language(application, at),
        facts=_without_none(facts),
        compartment=Compartment.HOUSING,
        by=by,
        at=at,
    )
    send_letter(letter.reference, by=by, at=at)


def _language(application: Application, at: datetime) -> str:
    """The language that they have asked for letters in; else the first that one of them is registered with and that
    letters are written in; else English.
    """
    members = members_of(application.subject_id, legal_day(at)) if application.subject_id is not None else []
    return language_to_people((application.language, *(each for member in members for each in member.languages)))


def applicants(application: Application) -> list[int]:
    rows = application.persons.filter(subject__isnull=False).order_by("position")
    return list(rows.values_list("subject_id", flat=True))


def _names(group_id: int | None, persons: Collection[int], at: datetime) -> list[str]:
    """The names of those whom the letter is about, of those who belong to the household still."""
    if group_id is None:
        return []
    chosen = set(persons)
    return [member.name for member in members_of(group_id, legal_day(at)) if member.subject_id in chosen]


def _waiting_for(application: Application) -> list[str]:
    if application.state == "at_municipality":
        return ["municipality"]
    if application.state == "waiting_for_parties":
        missing: Sequence[str] = list(application.confirmations.filter(answer="").values_list("party", flat=True))
        return [str(party) for party in (Party.APPLICANT, Party.HOST, Party.MUNICIPALITY) if party in missing]
    return ["udi"]


def _without_none(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value is not None}
