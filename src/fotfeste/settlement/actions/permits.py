"""A household where nobody has a permit any more: IMDi decides what becomes of its case (SET-09, REG-05).

Only who has a permit is due for settlement, so a household without one is asked for at no municipality and offered
none, says yes to none and agrees no journey. A household that never had one has no case, and nothing to do. But where a
case is open, a refusal does not close it: there may be an appeal, or a permit for another member, and whatever was
agreed with a municipality is somebody's home. IMDi gets a task to look at it, and closes it with a reason or lets it
wait. A permit ends the task, and the case goes on where it stood, with its waiting time; after a closed case it opens
another. Nobody looks for a municipality meanwhile, however the household came to the queue.

Another thing is a household whose permit was never its own: the one who had it is taken out, or has left, and none of
the others ever had any; or it was registered by mistake. Its case closes by itself, as long as no municipality was ever
asked. Once one was, IMDi decides, also after that municipality has no part any more: an act about a municipality closes
no case beside it.

A household that is interviewed before the decision waits for it, until everyone in it has been refused.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from fotfeste.accommodation.public import Whereabouts, everyone_of, home_among
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.platform.events import Told
from fotfeste.registry.public import PERMITS, StatusKind
from fotfeste.settlement.actions.parties import ask_for_interview, imdi_of
from fotfeste.settlement.domain.goals import after_days
from fotfeste.settlement.domain.interview import find_municipality_due_on
from fotfeste.settlement.domain.parameters import book
from fotfeste.settlement.domain.states import CASE, WITHOUT_MUNICIPALITY
from fotfeste.settlement.models import SettlementCase
from fotfeste.settlement.task_kinds_interview import FIND_MUNICIPALITY, HOLD_INTERVIEW
from fotfeste.settlement.task_kinds_offers import DECIDE_WITHOUT_PERMIT
from fotfeste.worklist.public import close_tasks, open_task

_PERMITTED = "SELECT since_on, first_on, is_somebody_unrefused FROM household_permit(%s, %s)"


@dataclass(frozen=True, slots=True)
class Permitted:
    """Since when anybody who is to be settled has a permit (None: nobody has), and the first that any of them ever had:
    a household that is refused and permitted after all has waited since that one. And whether any of them was never
    refused.
    """

    since_on: date | None
    first_on: date | None
    is_somebody_unrefused: bool


def permitted_on(group_id: int, day: date) -> Permitted:
    """The permits of those who are to be settled, also of those whom the session does not see. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_PERMITTED, [group_id, day])
        return Permitted(*cursor.fetchone())


def has_permit_on(group_id: int, day: date) -> bool:
    """Whether anybody who is to be settled has a permit. One query."""
    return permitted_on(group_id, day).since_on is not None


def refuse_without_permit(group_id: int, day: date, code: str = "nobody_is_due") -> None:
    """Refuse where nobody in the household has a permit: there is nobody to find a municipality for (`nobody_is_due`),
    nor to move to it (`nobody_may_move`).
    """
    if not has_permit_on(group_id, day):
        raise Refused(code)


def is_lost(case: SettlementCase, everyone: Sequence[Whereabouts], day: date) -> bool:
    """Whether the case closes by itself: all have left for good, or nobody who has not ever had a permit or is
    interviewed before the decision; as long as no municipality was ever asked. Up to two queries.
    """
    is_over = all(each.is_gone for each in everyone) or (
        case.alerted_on is None and permitted_on(case.subject_id, day).first_on is None
    )
    return bool(everyone) and is_over and not _was_asked_for(case)


def _was_asked_for(case: SettlementCase) -> bool:
    """Asked of the database: whoever registers something may know of no request."""
    if case.state not in WITHOUT_MUNICIPALITY:
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT case_was_asked_for(%s)", [case.pk])
        return bool(cursor.fetchone()[0])


def watch_permits(told: Told) -> None:
    """A permit or a refusal may change whether anybody is due, and since when, however late it becomes known.

    Listens to `registry.status_registered`.
    """
    event = told.event
    if event.transition not in PERMITS | {StatusKind.REFUSAL} or event.subject_id is None:
        return
    case = SettlementCase.objects.filter(subject_id=event.subject_id).exclude(state="closed").first()
    if case is not None:
        follow_permits(case, told)


def follow_permits(case: SettlementCase, told: Told, *, cause: str = "settlement.case_opened") -> None:
    """Count the waiting from the permits there are. IMDi looks for a municipality where somebody has one, for `cause`,
    and has the task of deciding as long as nobody has; while somebody waits for a decision, nobody has to. Raises
    NoRule.
    """
    today = legal_day(told.at)
    permitted = permitted_on(case.subject_id, today)
    if _count_waiting(case, permitted) and case.state == CASE.initial:
        _ask_for_interview_anew(case, told)
    if case.state in CASE.final:
        return
    if permitted.since_on is not None:
        close_tasks([DECIDE_WITHOUT_PERMIT], subject_id=case.subject_id, by=told.by, at=told.at, outcome="void")
        if case.state == "queued":
            _ask_imdi_to_find(case, cause=cause, on=today, at=told.at)
        return
    close_tasks([FIND_MUNICIPALITY], subject_id=case.subject_id, by=told.by, at=told.at, outcome="void")
    if case.waits_for_decision and permitted.is_somebody_unrefused:
        close_tasks([DECIDE_WITHOUT_PERMIT], subject_id=case.subject_id, by=told.by, at=told.at, outcome="void")
        return
    _ask_imdi_to_decide(case, today, at=told.at)


def _count_waiting(case: SettlementCase, permitted: Permitted) -> bool:
    """Count from the first permit of those who are there now: earlier by somebody who comes, later when the one with
    the first one goes; before there is one, from the alert. Of a case that is settled or refused only ever earlier: who
    they were then is what it waited for. Whether the day changed.
    """
    before, waited, first_on = case.due_since_on, case.waits_for_decision, permitted.first_on
    if case.state not in CASE.final:
        case.due_since_on = max(before, first_on) if first_on else case.alerted_on or before
    if permitted.since_on is not None:
        case.due_since_on = min(case.due_since_on, permitted.since_on)
    is_early = case.alerted_on is not None and permitted.since_on is None
    case.waits_for_decision = is_early and case.state in WITHOUT_MUNICIPALITY
    if (case.due_since_on, case.waits_for_decision) != (before, waited):
        case.save(update_fields=["due_since_on", "waits_for_decision"])
    return case.due_since_on != before


def _ask_for_interview_anew(case: SettlementCase, told: Told) -> None:
    """The deadline of an interview that is not held yet is counted from the new day."""
    close_tasks([HOLD_INTERVIEW], subject_id=case.subject_id, by=told.by, at=told.at, outcome="void")
    where = home_among(everyone_of(case.subject_id, legal_day(told.at)))
    if case.centre_id:
        placed_on = where.since_on if where else case.due_since_on
        ask_for_interview(case, case.centre_id, placed_on=placed_on, at=told.at)


def ask_imdi_to_find(case: SettlementCase, *, cause: str, on: date, at: datetime) -> None:
    """IMDi, as it works on the case today, looks for a municipality (again): a task with a deadline counted from `on`.

    Nobody looks for one where nobody has a permit. Raises NoRule.
    """
    if has_permit_on(case.subject_id, legal_day(at)):
        _ask_imdi_to_find(case, cause=cause, on=on, at=at)


def _ask_imdi_to_find(case: SettlementCase, *, cause: str, on: date, at: datetime) -> None:
    for organisation_id in imdi_of(case, legal_day(at)):
        open_task(
            FIND_MUNICIPALITY,
            subject_id=case.subject_id,
            organisation_id=organisation_id,
            cause=cause,
            basis_on=on,
            due_on=find_municipality_due_on(on),
            due_rule="settlement.find_municipality_due_days",
            object_id=case.pk,
            at=at,
        )


def _ask_imdi_to_decide(case: SettlementCase, today: date, *, at: datetime) -> None:
    deadline = after_days("settlement.decide_without_permit_days", today, book())
    for organisation_id in imdi_of(case, today):
        open_task(
            DECIDE_WITHOUT_PERMIT,
            subject_id=case.subject_id,
            organisation_id=organisation_id,
            cause="settlement.nobody_has_permit",
            basis_on=today,
            due_on=deadline.due_on,
            due_rule=deadline.rule.code,
            object_id=case.pk,
            at=at,
        )
