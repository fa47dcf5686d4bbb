"""What is put back alike, whatever was taken back: a closed case goes on, and tasks are open as they were."""

from datetime import datetime

from django.db.models import QuerySet

from fotfeste.kernel.calendar import legal_day
from fotfeste.platform.events import Told
from fotfeste.platform.models import Event
from fotfeste.settlement.actions.asked_needs import is_anything_unmet
from fotfeste.settlement.actions.case import advance
from fotfeste.settlement.actions.following import follow_home
from fotfeste.settlement.actions.parties import members_on, show_imdi
from fotfeste.settlement.actions.permits import ask_imdi_to_find
from fotfeste.settlement.domain.states import CASE
from fotfeste.settlement.models import SettlementCase
from fotfeste.settlement.task_kinds_interview import READ_NOTE
from fotfeste.settlement.task_kinds_offers import NEED_NOT_MET, SEE_HOUSEHOLD_AGAIN
from fotfeste.worklist.public import Task, open_task


def go_on_with(case: SettlementCase, closed: Event, told: Told, *, cause: str) -> None:
    """Open a closed case where it stood before it had a municipality: IMDi sees it again, and its tasks are open."""
    today = legal_day(told.at)
    case.closing_reason, case.closing_text = "", ""
    case.save(update_fields=["closing_reason", "closing_text"])
    step = "reopen_interview" if closed.from_state == CASE.initial else "reopen_case"
    advance(case, step, by=told.by, at=told.at, on=today)
    imdi_sees(case, told)
    for kind in (READ_NOTE, SEE_HOUSEHOLD_AGAIN):
        ended = Task.objects.filter(kind=kind, closed_at=closed.recorded_at, outcome="void")
        open_again(case, ended, at=told.at)
    if case.state != CASE.initial:
        ask_imdi_to_find(case, cause=cause, on=today, at=told.at)
    follow_home(case, told)


def closing_of(case: SettlementCase) -> Event | None:
    """The event with which a case was closed last."""
    return Event.objects.filter(workflow=CASE.name, object_id=case.pk, transition="close_case").order_by("-pk").first()


def imdi_sees(case: SettlementCase, told: Told) -> None:
    """IMDi's need to know, which the end of the case ended, is open again."""
    today = legal_day(told.at)
    subjects = [case.subject_id, *members_on(case.subject_id, today)]
    show_imdi(subjects, from_on=today, at=told.at)


def open_again(case: SettlementCase, tasks: QuerySet[Task], *, at: datetime, cause: str = "") -> None:
    """Open the last of these tasks about the household as it was; not one about a need that is none any more."""
    task = tasks.filter(subject_id=case.subject_id).order_by("-pk").first()
    if task is None or (task.cause == NEED_NOT_MET and not is_anything_unmet(case)):
        return
    open_task(
        task.kind,
        subject_id=task.subject_id,
        organisation_id=task.organisation_id,
        cause=cause or task.cause,
        basis_on=task.basis_on,
        due_on=task.due_on,
        due_rule=task.due_rule,
        object_id=task.object_id,
        at=at,
    )
