"""Writes of the worklist: opened and closed by the acts, taken and handed over by people."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import OuterRef

from fotfeste.access.public import is_named_if_protected, works_on_cases
from fotfeste.directory.public import User
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import NotFound, Refused
from fotfeste.platform.acts import act
from fotfeste.platform.viewer import Viewer
from fotfeste.worklist.models import Task
from fotfeste.worklist.queries import is_held, task_kinds


def open_task(
    kind: str,
    *,
    subject_id: int,
    organisation_id: int,
    cause: str,
    basis_on: date,
    at: datetime,
    due_on: date | None = None,
    due_rule: str = "",
    object_id: int | None = None,
) -> Task:
    """Open a task for an organisation. One of the kind that is open already for the subject is given back."""
    task, _ = Task.objects.get_or_create(
        kind=kind,
        subject_id=subject_id,
        organisation_id=organisation_id,
        closed_at=None,
        defaults={
            "cause": cause,
            "basis_on": basis_on,
            "due_on": due_on,
            "due_rule": due_rule,
            "object_id": object_id,
            "opened_at": at,
        },
    )
    return task


def close_tasks(
    kinds: Iterable[str],
    *,
    subject_id: int,
    by: Viewer,
    at: datetime,
    outcome: str = "done",
    organisation_id: int | None = None,
    cause: str = "",
) -> int:
    """Close the open tasks of these kinds for a subject: `done` by the act, or `void` since no longer needed.

    `cause`: only those that were opened by that event.
    """
    tasks = Task.objects.filter(kind__in=list(kinds), subject_id=subject_id, closed_at__isnull=True)
    if organisation_id is not None:
        tasks = tasks.filter(organisation_id=organisation_id)
    if cause:
        tasks = tasks.filter(cause=cause)
    return tasks.update(closed_at=at, closed_by_id=by.user_id, outcome=outcome)


@act
def take_task(reference: str, *, by: Viewer, at: datetime) -> Task:
    """Take a task of one's organisation. Raises Refused where a colleague has taken it meanwhile and has it still, and
    where it is of all who see it.
    """
    task = _locked_to_be_had(reference, by)
    is_others = task.taken_by_id not in (None, by.user_id)
    if is_others and Task.objects.filter(is_held(legal_day(at)), reference=reference).exists():
        taker = User.objects.get(pk=task.taken_by_id or 0).name
        raise Refused("task_taken_by_other", params={"name": taker})
    task.taken_by_id, task.taken_at = by.user_id, at
    task.save(update_fields=["taken_by", "taken_at"])
    return task


@act
def hand_over_task(reference: str, *, to_user_id: int | None, by: Viewer, at: datetime) -> Task:
    """Hand a task over to a colleague, or back to everyone (None). NotFound for who does no case work here today.

    Raises Refused where the household's address is protected and the colleague is not named for it, and would lose it;
    and where the task is of all who see it.
    """
    task = _locked_to_be_had(reference, by)
    if to_user_id is not None:
        here = {"organisation_id": by.organisation_id, "is_active": True}
        if not User.objects.filter(works_on_cases(OuterRef("pk"), legal_day(at)), pk=to_user_id, **here).exists():
            raise NotFound("not_found")
        if not is_named_if_protected(task.subject_id, to_user_id, legal_day(at)):
            raise Refused("task_of_protected")
    task.taken_by_id, task.taken_at = to_user_id, (at if to_user_id else None)
    task.save(update_fields=["taken_by", "taken_at"])
    return task


def _locked_to_be_had(reference: str, by: Viewer) -> Task:
    task = Task.objects.select_for_update().filter(reference=reference, organisation_id=by.organisation_id).first()
    if task is None:
        raise NotFound("not_found")
    if task.closed_at is not None:
        raise Refused("closed_task_is_kept")
    if task_kinds()[task.kind].is_shared:
        raise Refused("task_is_shared")
    return task
