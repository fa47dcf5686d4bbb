"""Likely duplicates (REG-03): proposed when somebody is registered, answered by UDI, never joined silently."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import connection

from fotfeste.kernel.calendar import legal_day
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.actions.persons import udi_organisations
from fotfeste.registry.models import DuplicateProposal, GroupMembership
from fotfeste.registry.queries.duplicates import open_proposals_about
from fotfeste.registry.queries.members import group_of
from fotfeste.worklist.public import close_tasks, open_task, open_tasks_about

ANSWER_DUPLICATES = "answer_duplicates"
MOVED = "moved"  # no answer: it is asked of the record that is kept
_COMPARING = 70_001  # the database's number for the lock below


def propose_duplicates(subject_ids: Iterable[int], *, group_id: int, on: date, by: Viewer, at: datetime) -> int:
    """Compare persons with everyone registered; gives the number of pairs that UDI is asked to look at.

    The comparison sees everyone and tells nobody whom it found: the pairs go to a table that only those who
    have a need to know of the persons can read. Two who register at once are compared one after the other, until
    the commit: else neither would see the other's person.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_COMPARING])
        cursor.execute(
            "SELECT coalesce(sum(propose_duplicates(s, %s)), 0) FROM unnest(%s::bigint[]) AS s", [at, list(subject_ids)]
        )
        found = int(cursor.fetchone()[0])
    if found:
        _ask_udi(group_id, on=on, at=at)
    return found


def take_duplicates_along(person_id: int, *, joined: int, left: int, by: Viewer, at: datetime) -> None:
    """The question whether somebody is registered twice goes with the person from household to household.

    Only UDI takes people out of a household with others, and UDI sees every proposal; whoever else moves a person
    empties the household that is left, and its question is about that person.
    """
    today = legal_day(at)
    if not open_tasks_about(left).filter(kind=ANSWER_DUPLICATES).exists():
        return
    remaining = GroupMembership.objects.current().filter(group_id=left, period__contains=today)
    others = list(remaining.values_list("subject_id", flat=True))
    if not others or open_proposals_about([person_id]):
        _ask_udi(joined, on=today, at=at)
    if others and not open_proposals_about(others):
        close_tasks([ANSWER_DUPLICATES], subject_id=left, by=by, at=at, outcome="void")


def bring_doubts(dropped_id: int, kept_id: int, *, by: Viewer, at: datetime) -> None:
    """Whoever may be the record that is put aside may be the one that is kept, and UDI is asked of that one instead.

    Where UDI has been asked of the two already, it is not asked again.
    """
    today = legal_day(at)
    group = group_of(kept_id, today)
    for doubt in open_proposals_about([dropped_id]):
        other = doubt.other_id if doubt.subject_id == dropped_id else doubt.subject_id
        pair = sorted((other, kept_id))
        doubt.answer, doubt.answered_at, doubt.answered_by_id = MOVED, at, by.user_id
        doubt.save(update_fields=["answer", "answered_at", "answered_by"])
        _, is_new = DuplicateProposal.objects.get_or_create(
            subject_id=pair[0], other_id=pair[1], defaults={"cause": doubt.cause, "proposed_at": doubt.proposed_at}
        )
        if is_new and group is not None and not _is_asked_of(other, today):
            _ask_udi(group.pk, on=today, at=at)


def _is_asked_of(person_id: int, day: date) -> bool:
    group = group_of(person_id, day)
    return group is not None and open_tasks_about(group.pk).filter(kind=ANSWER_DUPLICATES).exists()


def _ask_udi(group_id: int, *, on: date, at: datetime) -> None:
    for organisation_id in udi_organisations()[:1]:
        open_task(
            ANSWER_DUPLICATES,
            subject_id=group_id,
            organisation_id=organisation_id,
            cause="registry.likely_duplicate",
            basis_on=on,
            at=at,
        )
