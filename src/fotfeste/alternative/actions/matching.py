"""Who the people of an application are: UDI finds them by number and birth date, and nobody else is told."""

from collections.abc import Mapping
from datetime import datetime

from django.db import connection

from fotfeste.alternative.actions.application import ask_to_decide, known_to_municipality, lock_application, tell
from fotfeste.alternative.documents import follow_match
from fotfeste.alternative.domain.states import LIVING
from fotfeste.alternative.domain.tasks import PRELIMINARY
from fotfeste.alternative.models import Application
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import group_of, lock_group

_MATCHES = "SELECT applicant_id, subject_id, group_id FROM alternative_matches(%s)"


@act
def match_people(
    application_id: int,
    *,
    chosen: Mapping[int, int] | None = None,
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> int:
    """Say who the people of an application are; gives the household. By DUF number and birth date, or `chosen` by hand:
    the person for each row of the application.

    Those who are not found stay as typed, and cannot be granted anything. The municipality knows of them from now.
    Raises Refused: `matched_already`, `application_is_answered`, `nobody_matches`, `people_of_several_households`,
    `one_living_application`; Stale, NotFound.
    """
    require(by, "alternative.decide")
    found = dict(chosen) if chosen is not None else matches_of(application_id)
    groups = {group.pk for who in found.values() if (group := group_of(who, legal_day(at))) is not None}
    for each in sorted(groups):
        lock_group(each, version=None)
    application = lock_application(application_id, version=version)
    if application.subject_id is not None:
        raise Refused("matched_already")
    if application.state not in LIVING:
        raise Refused("application_is_answered")
    if not groups or set(found) - set(application.persons.values_list("pk", flat=True)):
        raise Refused("nobody_matches")
    if len(groups) > 1:
        raise Refused("people_of_several_households")
    group_id: int = groups.pop()
    connect(application, group_id, found, by=by, at=at)
    tell(application, "alternative.matched", by=by, at=at)
    return group_id


def matches_of(application_id: int) -> dict[int, int]:
    """The person for each row of an application whose number and birth date fit one; for UDI's case workers alone."""
    with connection.cursor() as cursor:
        cursor.execute(_MATCHES, [application_id])
        return {row: subject for row, subject, _ in cursor.fetchall()}


def connect(application: Application, group_id: int, people: Mapping[int, int], *, by: Viewer, at: datetime) -> None:
    """The application is of a household, under its lock: who is who, who knows of it, what UDI has to do."""
    today = legal_day(at)
    application.subject_id, application.matched_on = group_id, today
    application.save(update_fields=["subject", "matched_on"])
    for row, subject in people.items():
        application.persons.filter(pk=row).update(subject_id=subject)
    application.confirmations.update(subject_id=group_id)
    follow_match(application, group_id)
    known_to_municipality(application, at=at)
    ask_to_decide(application, at=at, also=(PRELIMINARY,))
