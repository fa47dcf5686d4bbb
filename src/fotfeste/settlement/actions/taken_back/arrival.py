"""People came to their centre on another day than was registered: what the case counts from it is counted anew."""

from django.db import connection

from fotfeste.accommodation.public import DepartureReason, Stay, everyone_of, home_among, stays_of
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.periods import Period
from fotfeste.platform.events import Told
from fotfeste.settlement.actions.following import follow_home
from fotfeste.settlement.domain.interview import interview_due_on
from fotfeste.settlement.domain.states import CASE
from fotfeste.settlement.models import SettlementCase
from fotfeste.settlement.task_kinds_interview import HOLD_INTERVIEW
from fotfeste.worklist.public import Task, close_tasks


def follow_arrival(told: Told) -> None:
    """The interview's deadline counts from the new day. Refused where they were talked to at the centre on a day that
    the new one says they were not there: that day, or the conversation's, is wrong.

    Listens to `accommodation.arrival_corrected`. Raises Refused `talked_to_before_arrival` (field `right_on`).
    """
    event, today = told.event, legal_day(told.at)
    if event.subject_id is None:
        return
    stays = stays_of([each.subject_id for each in everyone_of(event.subject_id, today)])
    for corrected in stays:
        if corrected.recorded_at == told.at and corrected.supersedes_id and corrected.period.start == event.holds_on:
            own = [stay for stay in stays if stay.subject_id == corrected.subject_id]
            _refuse_if_talked_to(event.subject_id, corrected, own)
    case = SettlementCase.objects.filter(subject_id=event.subject_id).exclude(state__in=CASE.final).first()
    if case is not None and case.state == CASE.initial:
        _ask_for_interview_anew(case, told)


def _refuse_if_talked_to(group_id: int, corrected: Stay, own: list[Stay]) -> None:
    """Asked of the database: UDI sees no conversation, and it stands in the way all the same."""
    days = _no_longer_here(corrected, own)
    if days is None:
        return
    with connection.cursor() as cursor:
        among = [days.start, days.end]
        cursor.execute("SELECT talked_to_within(%s, %s, daterange(%s, %s))", [group_id, corrected.subject_id, *among])
        (day,) = cursor.fetchone()
    if day is not None:
        raise Refused("talked_to_before_arrival", "right_on", {"day": day})


def _no_longer_here(corrected: Stay, own: list[Stay]) -> Period | None:
    """The days between the two arrivals on which the person was somewhere else than was believed."""
    was, right_on = corrected.supersedes, corrected.period.start
    assert isinstance(was, Stay)
    was_on = was.period.start
    if right_on > was_on:
        return Period(was_on, right_on)
    has_moved = any(
        stay.period.end == right_on and stay.departure_reason == DepartureReason.MOVED_CENTRE for stay in own
    )
    return Period(right_on, was_on) if has_moved else None


def _ask_for_interview_anew(case: SettlementCase, told: Told) -> None:
    where = home_among(everyone_of(case.subject_id, legal_day(told.at)))
    if where is None:
        return
    due_on = interview_due_on(case.due_since_on, where.since_on)
    open_now = Task.objects.filter(subject_id=case.subject_id, kind=HOLD_INTERVIEW, closed_at__isnull=True)
    if open_now.exclude(due_on=due_on).exists():
        close_tasks([HOLD_INTERVIEW], subject_id=case.subject_id, by=told.by, at=told.at, outcome="void")
        follow_home(case, told)
