"""What the household page shows of living privately: the home, the contact person, contact, reports; and what can be
done.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.access.public import Compartment, NeedReason
from fotfeste.alternative.domain.local import contact_due
from fotfeste.alternative.models import ContactMade, HousingCheck, YearlyReport
from fotfeste.alternative.queries.followed import (
    checks_of,
    contact_person_of,
    contacts_of,
    reports_of,
    told_of,
)
from fotfeste.alternative.queries.there import There
from fotfeste.alternative.rules import book
from fotfeste.alternative.words_local import (
    CHECK_OCCASIONS,
    CHECK_RESULTS,
    CHECK_TONES,
    CHECK_WAYS,
    CONTACT_INTERPRETERS,
    CONTACT_SUBJECTS,
    CONTACT_WAYS,
    FOLLOWED_UP,
    HOST_RELATIONS,
    SHARED_ROOMS,
)
from fotfeste.kernel.identifiers import IdentifierKind
from fotfeste.platform.panels import HouseholdContext, Panel, PossibleAct

ORDER = 22
_HERE = frozenset({NeedReason.HOUSED_HERE})
# Who is shown what a municipality's register says of somebody they know.
_MAY_MATCH = frozenset({NeedReason.PROTECTION_CASE, NeedReason.SETTLEMENT_CASE, NeedReason.LIVES_HERE})
_FOLLOWED = frozenset({There.CHECK, There.CONTACT_PERSON, There.CONTACT, There.REPORT})
_SHOWN = 5  # of a log that can be long; the latest


def local_panels(context: HouseholdContext) -> list[Panel]:
    """One panel, where there is something to show and the viewer's roles open it."""
    if not context.reasons & context.viewer.opens.get(Compartment.HOUSING, frozenset()):
        return []
    is_here, there = bool(context.reasons & _HERE), context.private_living
    told = told_of(_numbers(context)) if There.IN_A_REGISTER in there and context.reasons & _MAY_MATCH else []
    if not (is_here or told or there & _FOLLOWED):
        return []
    checks = checks_of(context.subject_id) if There.CHECK in there else []
    person = contact_person_of(context.subject_id, context.day) if There.CONTACT_PERSON in there else None
    contacts = contacts_of(context.subject_id) if There.CONTACT in there else []
    reports = reports_of(context.person_ids) if There.REPORT in there else []
    return [
        Panel(
            code="private_living",
            title=_("Bor privat"),
            template="alternative/local/panel.html",
            context={
                "check": _check(checks[0]) if checks else None,
                "earlier": len(checks) - 1,
                "person": person,
                "contacts": [_contact(each) for each in contacts[:_SHOWN]],
                "contact_by": _contact_by(contacts) if is_here and contacts else None,
                "more": max(0, len(contacts) - _SHOWN),
                "reports": [_report(context, each) for each in reports],
                "told": told,
                "is_here": is_here,
            },
            order=ORDER,
            shows=frozenset({Compartment.HOUSING}),
        )
    ]


def local_acts(context: HouseholdContext) -> list[PossibleAct]:
    """What a municipality can do for those who live privately there, or ask to."""
    viewer = context.viewer
    if not viewer.may("alternative.follow_up"):
        return []
    is_here, asks = bool(context.reasons & _HERE), NeedReason.APPLIED_HERE in context.reasons
    known = (
        (_("Sjekk boligen"), "check_housing", is_here or asks),
        (_("Velg kontaktperson"), "name_contact_person", is_here),
        (_("Skriv ned kontakt"), "log_contact", is_here),
    )
    return [
        PossibleAct(label, reverse(name, args=[context.reference])) for label, name, is_possible in known if is_possible
    ]


def _numbers(context: HouseholdContext) -> Sequence[str]:
    numbers = [member.identifiers.get(IdentifierKind.DUF, "") for member in context.members]
    return [number for number in numbers if number]


def _check(row: HousingCheck) -> dict[str, Any]:
    return {
        "row": row,
        "result": CHECK_RESULTS[row.result],
        "tone": CHECK_TONES[row.result],
        "way": CHECK_WAYS[row.way],
        "occasion": CHECK_OCCASIONS[row.occasion],
        "relation": HOST_RELATIONS[row.relation],
        "shared": ", ".join(str(SHARED_ROOMS[each]).lower() for each in row.shared_rooms),
        "rent": row.rent_ore // 100,
    }


def _contact(row: ContactMade) -> dict[str, Any]:
    return {
        "row": row,
        "way": CONTACT_WAYS[row.way],
        "interpreter": CONTACT_INTERPRETERS[row.interpreter],
        "subjects": ", ".join(str(CONTACT_SUBJECTS[each]) for each in row.subjects),
    }


def _contact_by(contacts: Sequence[ContactMade]) -> date:
    return contact_due(contacts[0].held_on, book()).on


def _report(context: HouseholdContext, row: YearlyReport) -> dict[str, Any]:
    return {
        "row": row,
        "who": context.names.get(row.subject_id, ""),
        "followed_up": ", ".join(str(FOLLOWED_UP[each]) for each in row.followed_up),
    }
