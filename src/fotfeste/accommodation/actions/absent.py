"""Who is away is to be back on a day: from then on the centre finds out where they are (ACC-10).

The task stands from the day that somebody is away, with the day from which it is late. Leave that was granted ahead
begins without anybody's act: the night opens its task, and one that fails is made up for by the next.
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.db import connection, transaction

from fotfeste.accommodation.domain.absence import LookedFor, looked_for
from fotfeste.accommodation.domain.missing import must_be_reported, still_to_tell
from fotfeste.accommodation.domain.types import AbsenceKind
from fotfeste.accommodation.models import Absence
from fotfeste.accommodation.queries.missing import began_as_minor_alone, missing_among, told_of
from fotfeste.accommodation.queries.overdue import facts_of
from fotfeste.accommodation.queries.where import absences_of, stays_on
from fotfeste.directory.public import OrganisationKind
from fotfeste.kernel.calendar import legal_day
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import Member, members_of
from fotfeste.worklist.public import Task, close_tasks, open_task

FOLLOW_ABSENCE = "follow_absence"
REPORT_MISSING = "report_missing"
FOLLOW_MISSING = "follow_missing"  # UDI's, once somebody has been told
_CAUSES = {"leave": "accommodation.leave_granted", "away": "accommodation.absence_registered"}


def follow_absences(group_id: int, *, by: Viewer, at: datetime) -> None:
    """Bring the tasks to find out where those are who are away in line with who is away today, and those to tell of an
    unaccompanied minor who is away without leave, on the day that it is registered.

    One for each centre, for whoever is to be back first. A centre does not see who is away from another one, and leaves
    that one's task alone; who does not see absence at all, changes nothing. Raises NoRule.
    """
    today = legal_day(at)
    members = {member.subject_id: member for member in members_of(group_id, today)}
    away = _away_from_centres(list(members), today)
    wanted: dict[int, tuple[LookedFor, Absence]] = {}
    for absence, centre_id in away:
        due = looked_for(facts_of(absence, members[absence.subject_id].citizenship))
        first = wanted.get(centre_id)
        if due is not None and (first is None or due.on < first[0].on):
            wanted[centre_id] = due, absence
    _have(FOLLOW_ABSENCE, wanted, group_id, outcome="done", by=by, at=at)
    _have(REPORT_MISSING, _unreported(members.values(), away), group_id, outcome="void", by=by, at=at)


def _away_from_centres(person_ids: Collection[int], today: date) -> list[tuple[Absence, int]]:
    """The absences of today, each with the centre that it is from."""
    absences = [each for each in absences_of(person_ids) if each.period.contains(today)]
    stays = stays_on([each.subject_id for each in absences], today) if absences else {}
    return [
        (each, stay.centre_id)
        for each in absences
        if (stay := stays.get(each.subject_id)) is not None and stay.centre_id is not None
    ]


def _unreported(
    members: Collection[Member], away: Collection[tuple[Absence, int]]
) -> dict[int, tuple[LookedFor, Absence]]:
    """The centres that have to tell of an unaccompanied minor, and from which day: the absence's own."""
    missing = [
        (each, centre)
        for each, centre in away
        if must_be_reported(AbsenceKind(each.kind), is_minor_alone=began_as_minor_alone(each, members))
    ]
    told = told_of({each.subject_id: each.period.start for each, _ in missing}) if missing else {}
    return {
        centre: (LookedFor(max(each.period.start, legal_day(each.recorded_at)), "missing_minor_same_day"), each)
        for each, centre in missing
        if still_to_tell(told[each.subject_id])
    }


def _have(
    kind: str,
    wanted: Mapping[int, tuple[LookedFor, Absence]],
    group_id: int,
    *,
    outcome: str,
    by: Viewer,
    at: datetime,
) -> None:
    """One open task of the kind for each centre that is to have one, of those that the session may ask."""
    for organisation_id in _asked(kind, group_id, by) - set(wanted):
        close_tasks([kind], subject_id=group_id, by=by, at=at, outcome=outcome, organisation_id=organisation_id)
    for organisation_id, (due, absence) in sorted(wanted.items()):
        if _may_ask(organisation_id, by):
            _ask(kind, group_id, organisation_id, due, absence, at=at)


def nothing_to_see(group_id: int, *, by: Viewer, at: datetime) -> None:
    """No minor of the household is missing any more: there is nothing for UDI to look at."""
    today = legal_day(at)
    if not missing_among(members_of(group_id, today), today):
        close_tasks([FOLLOW_MISSING], subject_id=group_id, by=by, at=at, outcome="void")


def follow_begun_leave(at: datetime) -> None:
    """The night's work: a task for each centre with people whose leave has begun, also of protected households; where
    there is one already, it is due when the first of them is to be back. Whatever is done already stays as it is.

    For nobody's organisation; `at` gives the day. One statement: all of it or nothing. Source: ACC-10.
    """
    nobody = Viewer(user_id=None, organisation_id=0, organisation_kind=OrganisationKind.UDI)
    with transaction.atomic(), scope(nobody, legal_day(at)), connection.cursor() as cursor:
        cursor.execute("SELECT follow_begun_leave(%s)", [at])


def _may_ask(organisation_id: int, by: Viewer) -> bool:
    return by.organisation_kind != OrganisationKind.CENTRE or organisation_id == by.organisation_id


def _asked(kind: str, group_id: int, by: Viewer) -> set[int]:
    """The centres that have the task now, of those whose absences the session sees."""
    there = Task.objects.filter(kind=kind, subject_id=group_id, closed_at__isnull=True)
    return {each for each in there.values_list("organisation_id", flat=True) if _may_ask(each, by)}


def _ask(kind: str, group_id: int, organisation_id: int, due: LookedFor, absence: Absence, *, at: datetime) -> None:
    task = open_task(
        kind,
        subject_id=group_id,
        organisation_id=organisation_id,
        cause=_CAUSES[absence.kind],
        basis_on=absence.period.start,
        due_on=due.on,
        due_rule=due.rule,
        at=at,
    )
    now = {"due_on": due.on, "due_rule": due.rule, "basis_on": absence.period.start, "cause": _CAUSES[absence.kind]}
    Task.objects.filter(pk=task.pk).exclude(**now).update(**now)
