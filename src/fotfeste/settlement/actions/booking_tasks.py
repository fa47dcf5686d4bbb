"""What a centre has to do with the travel agent: its tasks follow from the journey and from what the agent knows."""

from collections.abc import Mapping
from datetime import date

from fotfeste.kernel.calendar import legal_day
from fotfeste.platform.events import Told
from fotfeste.settlement.actions.car_tasks import follow_car
from fotfeste.settlement.actions.parties import imdi_of
from fotfeste.settlement.domain.booking import BookingTask, answer_by, book_by, tell_by
from fotfeste.settlement.domain.goals import Deadline
from fotfeste.settlement.domain.parameters import book
from fotfeste.settlement.domain.types import BookingKind
from fotfeste.settlement.models import Journey, SettlementCase
from fotfeste.settlement.queries.travel import Travel, travel_of
from fotfeste.settlement.task_kinds_offers import CANCEL_JOURNEY
from fotfeste.worklist.public import Task, close_tasks, open_task

_TOLD_OF = (BookingTask.TELL, BookingTask.SEND)
_CAUSES = {
    BookingTask.BOOK: "settlement.agree_journey",
    BookingTask.TELL: "settlement.agent_knows_otherwise",
    BookingTask.SEND: "settlement.booking_written",
    BookingTask.FOLLOW: "settlement.booking_sent",
}


def follow_booking(told: Told) -> None:
    """Open the task of booking, telling, sending or asking for an answer, with its day; close those that are done. So
    with the task of a car that the household does not fit any more (`follow_car`).

    Listens to whatever may change a journey, who goes on it, or what the agent knows. The same again changes nothing.
    Raises NoRule.
    """
    group_id, today = told.event.subject_id, legal_day(told.at)
    if group_id is None:
        return
    case = SettlementCase.objects.filter(subject_id=group_id).order_by("-pk").first()
    if case is None or not Journey.objects.filter(case=case).exists():
        return
    open_now = {task.kind: task for task in _open(group_id)}
    travel = travel_of(case, today)
    wanted = _wanted(travel, open_now, today)
    whose = [case.centre_id] if case.centre_id is not None else imdi_of(case, today)
    is_done = travel.wanted() is not None
    over = [kind for kind in BookingTask if kind not in wanted]
    outcome = "done" if is_done else "void"
    close_tasks(over, subject_id=group_id, by=told.by, at=told.at, outcome=outcome)
    for task in _open(group_id):
        if task.organisation_id not in whose:
            kinds, here = [task.kind], task.organisation_id
            close_tasks(kinds, subject_id=group_id, by=told.by, at=told.at, outcome="void", organisation_id=here)
    for kind, (basis_on, deadline) in wanted.items():
        for organisation_id in whose:
            _ask(case, kind, organisation_id, basis_on, deadline, told)
    follow_car(travel, whose, told)


def _open(group_id: int) -> list[Task]:
    return list(Task.objects.filter(subject_id=group_id, kind__in=list(BookingTask), closed_at=None).order_by("pk"))


def _wanted(travel: Travel, open_now: Mapping[str, Task], today: date) -> Mapping[BookingTask, tuple[date, Deadline]]:
    """What is to be done now: since when, and by when."""
    found: dict[BookingTask, tuple[date, Deadline]] = {}
    journey, kind, sent = travel.journey, travel.to_tell(), travel.unanswered
    if journey is None or travel.case.state == "settled":
        return found
    if sent is not None and sent.sent_on is not None:
        day = journey.travels_on if travel.wanted() is not None else None
        found[BookingTask.FOLLOW] = sent.sent_on, answer_by(sent.sent_on, day, book())
    if kind is None or (kind is BookingKind.BOOKING and travel.is_booked_outside):
        return found
    if kind is BookingKind.CANCELLATION and _is_asked_to_cancel(travel.case.subject_id):
        return found
    if kind is BookingKind.BOOKING:
        task = BookingTask.SEND if travel.has_living_draft else BookingTask.BOOK
        found[task] = journey.agreed_on, book_by(journey.travels_on, journey.agreed_on, book())
        return found
    since_on = next((open_now[each].basis_on for each in _TOLD_OF if each in open_now), today)
    found[BookingTask.SEND if travel.has_living_draft else BookingTask.TELL] = since_on, tell_by(since_on, book())
    return found


def _is_asked_to_cancel(group_id: int) -> bool:
    return Task.objects.filter(subject_id=group_id, kind=CANCEL_JOURNEY, closed_at=None).exists()


def _ask(
    case: SettlementCase, kind: BookingTask, organisation_id: int, basis_on: date, deadline: Deadline, told: Told
) -> None:
    days = {"basis_on": basis_on, "due_on": deadline.due_on}
    task = open_task(
        kind,
        subject_id=case.subject_id,
        organisation_id=organisation_id,
        cause=_CAUSES[kind],
        due_rule=deadline.rule.code,
        object_id=case.pk,
        at=told.at,
        **days,
    )
    if (task.basis_on, task.due_on) != (basis_on, deadline.due_on):
        Task.objects.filter(pk=task.pk).update(**days)
