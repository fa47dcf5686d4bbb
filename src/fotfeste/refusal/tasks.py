"""Who has the next move in a refusal: the open tasks follow from the plan, after whatever has happened."""

from collections.abc import Mapping
from datetime import date, datetime

from fotfeste.access.public import NeedReason, organisations_with
from fotfeste.kernel.calendar import legal_day
from fotfeste.platform.viewer import Viewer
from fotfeste.refusal.domain.course import Course
from fotfeste.refusal.domain.moves import Move, TaskOf, moves
from fotfeste.refusal.domain.types import Case, Happening, Party
from fotfeste.refusal.models import Refusal
from fotfeste.refusal.queries.cases import untold_officer
from fotfeste.refusal.queries.living import centres_of
from fotfeste.worklist.public import Task, close_tasks, open_task

SEE_WITHDRAWN = "refusal_withdrawn"
"""UDI and IMDi, each by itself: nobody holds the home any more. A notice, and no move in the course."""

_KNOWS_BY = {Party.IMDI: NeedReason.SETTLEMENT_CASE, Party.UDI: NeedReason.PROTECTION_CASE}


def follow_with_tasks(
    refusal: Refusal, case: Case, *, cause: str, by: Viewer, at: datetime, lapsed_as: str = "done"
) -> None:
    """Open a task for whoever has a move now, with its day; close those whose move it is no more (`lapsed_as`).

    A refusal that is over has none but UDI's, where the enforcement officer thinks that a petition stands: in this one,
    or in one that the household had before it.

    Part of the act that changed the case, under its lock. Raises NoRule.
    """
    today = legal_day(at)
    wanted = {each.task: each for each in moves(case, today)}
    if TaskOf.OFFICER not in wanted and untold_officer(refusal.subject_id, today, but=refusal.pk):
        wanted[TaskOf.OFFICER] = Move(TaskOf.OFFICER, Party.UDI, today, "refusal.petition")
    over = [kind for kind in TaskOf if kind not in wanted]
    if not Course(case).present() or Course(case).first(Happening.CLOSED):
        close_tasks([SEE_WITHDRAWN], subject_id=refusal.subject_id, by=by, at=at, outcome="void")
    close_tasks(over, subject_id=refusal.subject_id, by=by, at=at, outcome=lapsed_as)
    for move in wanted.values():
        whose = _organisations(refusal, move, today)
        others = Task.objects.filter(kind=move.task, subject_id=refusal.subject_id, closed_at=None)
        others.exclude(organisation_id__in=whose).update(closed_at=at, closed_by_id=by.user_id, outcome="void")
        for organisation_id in whose:
            _ask(refusal, move, organisation_id, cause=cause, at=at)


def void_tasks(refusal: Refusal, *, by: Viewer, at: datetime) -> None:
    """Nobody has a move any more, and nobody had one."""
    close_tasks([*TaskOf, SEE_WITHDRAWN], subject_id=refusal.subject_id, by=by, at=at, outcome="void")


def _organisations(refusal: Refusal, move: Move, today: date) -> list[int]:
    """Whose task it is: of the centres, those where they live whom it is about."""
    if move.party is Party.MUNICIPALITY:
        return [refusal.organisation_id]
    if move.party is Party.CENTRE:
        return centres_of(refusal, today, [int(each) for each in move.about])
    return organisations_with(refusal.subject_id, _KNOWS_BY[move.party], today)


def _ask(refusal: Refusal, move: Move, organisation_id: int, *, cause: str, at: datetime) -> None:
    days: Mapping[str, object] = {"due_on": move.due_on, "due_rule": move.due_rule}
    task = open_task(
        move.task,
        subject_id=refusal.subject_id,
        organisation_id=organisation_id,
        cause=cause,
        basis_on=legal_day(at),
        due_on=move.due_on,
        due_rule=move.due_rule,
        object_id=refusal.pk,
        at=at,
    )
    if (task.due_on, task.due_rule) != (move.due_on, move.due_rule):
        Task.objects.filter(pk=task.pk).update(**days)
