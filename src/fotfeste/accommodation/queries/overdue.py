"""Who of some people should have been back, and has not been registered as returned."""

from collections.abc import Iterable
from datetime import date

from fotfeste.accommodation.domain.absence import AbsenceFacts, overdue_on
from fotfeste.accommodation.domain.types import AbsenceKind
from fotfeste.accommodation.models import Absence
from fotfeste.accommodation.queries.where import absences_of
from fotfeste.registry.public import Member


def facts_of(absence: Absence, citizenship: str) -> AbsenceFacts:
    """An absence from a centre as the rules look at it."""
    return AbsenceFacts(
        kind=AbsenceKind(absence.kind),
        period=absence.period,
        is_abroad=absence.is_abroad,
        expected_return_on=absence.expected_return_on,
        citizenship=citizenship,
    )


def overdue_among(members: Iterable[Member], day: date) -> list[tuple[Member, Absence]]:
    """Those who are away on a day and have been so long that they may be gone, with the absence (one query)."""
    everyone = {member.subject_id: member for member in members}
    return [
        (member, absence)
        for absence in (absences_of(list(everyone)) if everyone else ())
        if absence.period.contains(day)
        and overdue_on(facts_of(absence, (member := everyone[absence.subject_id]).citizenship)) <= day
    ]
