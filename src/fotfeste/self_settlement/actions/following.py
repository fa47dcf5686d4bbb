"""A request lapses when something else happens to the household. Told by events."""

from collections.abc import Mapping
from dataclasses import replace

from fotfeste.access.public import NeedReason, open_needs
from fotfeste.kernel.calendar import legal_day
from fotfeste.platform.events import Told
from fotfeste.self_settlement.actions.grown import approved_home
from fotfeste.self_settlement.actions.request import (
    advance,
    ask,
    forget_approval,
    living,
    municipality_is_out,
    tell_that_it_is_over,
    who_acts_for,
)
from fotfeste.self_settlement.domain.states import ASK
from fotfeste.self_settlement.domain.tasks import AGREE, MOVE_IN, OF_THE_HOUSEHOLD, TELL_OVER, TO_TELL
from fotfeste.self_settlement.domain.types import EndCause
from fotfeste.self_settlement.domain.waiting import agree_due, move_in_due
from fotfeste.self_settlement.models import SelfSettlement
from fotfeste.self_settlement.queries.asked import may_ask_of
from fotfeste.settlement.public import (
    SettlementCase,
    has_permit_on,
    imdi_of,
    own_travel_days,
    settling_on,
    tell_of_mistake,
)
from fotfeste.worklist.public import Task, close_tasks, open_task

# What a municipality that had said yes is told. What IMDi released, and a mistake, are told or undone by their own act.
_TOLD_AS: Mapping[str, str] = {
    EndCause.OFFERED: "settlement.asked_offered",
    EndCause.CASE_OVER: "settlement.asked_case_over",
    EndCause.PERMIT_LOST: "settlement.asked_without_permit",
}
# An offer is told with its letter, a departure and a closed case the household knows of.
_TOLD_BY_NOBODY_ELSE = (EndCause.RELEASED, EndCause.PERMIT_LOST)


def lapse_when_offered(told: Told) -> None:
    """IMDi has offered them a municipality: there is one offer, and it is that one. Listens to `settlement.make_offer`
    and to `settlement.settle_where_they_live`.
    """
    _lapse(told, EndCause.OFFERED)


def lapse_with_the_case(told: Told) -> None:
    """They left, or the case was closed: there is no no to tell them of either. Listens to `settlement.close_case`."""
    _lapse(told, EndCause.CASE_OVER)
    nothing_to_tell(told)


def nothing_to_tell(told: Told) -> None:
    """They are settled, or their case is over: what a municipality once said is no news. Listens to
    `settlement.register_departure` and `settlement.settle_where_they_live`, too.
    """
    if told.event.subject_id is not None:
        close_tasks(TO_TELL, subject_id=told.event.subject_id, by=told.by, at=told.at, outcome="void")


def move_tasks_along(told: Told) -> None:
    """What is to be done with the household itself is done where it lives now: at another centre, or by IMDi.

    Each task is opened there with the same deadline. Listens to what settles where a case is, after the case.
    """
    group_id, today = told.event.subject_id, legal_day(told.at)
    if group_id is None:
        return
    theirs = list(Task.objects.filter(kind__in=OF_THE_HOUSEHOLD, subject_id=group_id, closed_at__isnull=True))
    # Asked of the case: whoever registers where they live may see nothing of the request.
    case = SettlementCase.objects.filter(subject_id=group_id).order_by("-pk").first() if theirs else None
    here = who_acts_for(case, today) if case is not None else []
    for task in sorted(theirs, key=lambda each: each.pk):
        if not here or task.organisation_id in here:
            continue
        former = task.organisation_id
        close_tasks([task.kind], subject_id=group_id, by=told.by, at=told.at, outcome="void", organisation_id=former)
        for organisation_id in here:
            open_task(
                task.kind,
                subject_id=group_id,
                organisation_id=organisation_id,
                cause=task.cause,
                basis_on=task.basis_on,
                due_on=task.due_on,
                due_rule=task.due_rule,
                object_id=task.object_id,
                at=told.at,
            )


def follow_journey(told: Told) -> None:
    """By when they have moved in follows the journey, as long as it has a day. Listens to `settlement.agree_journey`,
    `settlement.change_journey` and `settlement.postpone_journey`.
    """
    group_id = told.event.subject_id
    request = living(group_id) if group_id is not None else None
    if group_id is None or request is None or request.state != "agreed" or request.agreed_on is None:
        return
    travels_on = own_travel_days([request.case_id]).get(request.case_id)
    due = move_in_due(approved_home(request).starts_on, request.agreed_on, travels_on)
    open_now = Task.objects.filter(kind=MOVE_IN, subject_id=group_id, closed_at__isnull=True)
    open_now.update(due_on=due.on, due_rule=due.rule.code)


def lapse_when_released(told: Told) -> None:
    """IMDi took the promise back. Listens to `settlement.release_municipality`."""
    group_id = told.event.subject_id
    if group_id is not None and SelfSettlement.objects.filter(subject_id=group_id, state="agreed").exists():
        _lapse(told, EndCause.RELEASED)


def lapse_without_permit(told: Told) -> None:
    """Nobody in the household has a permit any more. Listens to `registry.status_registered` and
    `registry.status_annulled`.
    """
    group_id = told.event.subject_id
    if group_id is not None and not has_permit_on(group_id, legal_day(told.at)):
        _lapse(told, EndCause.PERMIT_LOST)


def follow_annulled_move(told: Told) -> None:
    """That they had moved in was registered by mistake: what the municipality approved stands, it is told and sees them
    as before, and IMDi, which has the places free, agrees anew. Who may not ask any more has no request any more,
    nor whose case is not in the queue again.

    Listens to `accommodation.departure_annulled` and `accommodation.private_stay_corrected`, after the case. Raises
    NoRule.
    """
    group_id, today, at = told.event.subject_id, legal_day(told.at), told.at
    if group_id is None:
        return
    settled = SelfSettlement.objects.select_for_update(of=("self",)).filter(subject_id=group_id, state="settled")
    request = settled.select_related("organisation", "case").order_by("-pk").first()
    if request is None or request.case.state == "settled":
        return
    if request.case.state != "queued" or may_ask_of(group_id, today).is_no:
        _end(request, "lapse_move", EndCause.MOVE_ANNULLED, told)
        return
    approved_on = request.approved_on
    forget_approval(request, on=today)
    request.approved_on, request.moved_in_on = approved_on, None
    # It follows from the act of whoever took it back, who may not be one who asks for households.
    by, to = replace(told.by, permissions=told.by.permissions | {ASK}), request.organisation_id
    advance(request, "annul_move", by=by, at=at, on=today)
    subjects = [group_id, *settling_on(group_id, today)]
    open_needs(subjects, organisation_id=to, reason=NeedReason.WANTS_TO_SETTLE, from_on=today, at=at)
    cause = "self_settlement.annul_move"
    ask(request, AGREE, imdi_of(request.case, today), cause=cause, basis_on=today, due=agree_due(today), at=at)
    tell_of_mistake(request.case, to, by=by, at=at)


def _lapse(told: Told, cause: EndCause) -> None:
    group_id = told.event.subject_id
    request = living(group_id) if group_id is not None else None
    if request is not None:
        _end(request, "lapse", cause, told)


def _end(request: SelfSettlement, step: str, cause: EndCause, told: Told) -> None:
    """It follows from the act of whoever did the other thing, who may not be one who asks for households."""
    by, at = replace(told.by, permissions=told.by.permissions | {ASK}), told.at
    today, was = legal_day(at), request.state
    request.ended_on, request.end_cause = today, cause
    advance(request, step, by=by, at=at, on=today)
    is_theirs = cause is EndCause.OFFERED and told.event.other_organisation_id == request.organisation_id
    if cause in _TOLD_AS and not is_theirs and not (was == "agreed" and cause is EndCause.CASE_OVER):
        tell_that_it_is_over(request.case, request, was, cause=_TOLD_AS[cause], by=by, at=at)
    municipality_is_out(request, on=today, by=by, at=at)
    if cause in _TOLD_BY_NOBODY_ELSE:
        theirs = who_acts_for(request.case, today)
        ask(request, TELL_OVER, theirs, cause=f"self_settlement.{step}", basis_on=today, due=None, at=at)
