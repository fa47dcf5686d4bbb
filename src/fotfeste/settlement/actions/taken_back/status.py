"""A permit or a refusal that never was: what was reckoned from it is reckoned anew. Told by events."""

from fotfeste.kernel.calendar import legal_day
from fotfeste.platform.events import Told
from fotfeste.registry.public import PERMITS, StatusKind, permitted_since
from fotfeste.settlement.actions.closing import close_with_the_permit
from fotfeste.settlement.actions.following import follow_home
from fotfeste.settlement.actions.opening import open_case_of_permitted
from fotfeste.settlement.actions.permits import follow_permits
from fotfeste.settlement.actions.settled import settle_waiting
from fotfeste.settlement.domain.states import CASE, WITHOUT_MUNICIPALITY
from fotfeste.settlement.domain.types import ClosingReason
from fotfeste.settlement.models import SettlementCase
from fotfeste.settlement.queries.composition import who_settle
from fotfeste.settlement.task_kinds_interview import HOLD_INTERVIEW
from fotfeste.worklist.public import close_tasks


def follow_annulled_status(told: Told) -> None:
    """An open case waits from the first permit that is left; without any it closes, or IMDi decides where a
    municipality has a part. Where a refusal is taken back the permit before it counts again: a case opens, or who moved
    with the others is settled as they are. Listens to `registry.status_annulled`; UDI acts, and sees everyone.
    """
    event = told.event
    if event.subject_id is None or event.transition not in PERMITS | {StatusKind.REFUSAL}:
        return
    open_cases = SettlementCase.objects.select_for_update().filter(subject_id=event.subject_id)
    case = open_cases.exclude(state__in=CASE.final).first()
    if case is None:
        open_case_of_permitted(event.subject_id, told)
        settle_waiting(event.subject_id, told)
    else:
        _follow_what_is_left(case, told)


def _follow_what_is_left(case: SettlementCase, told: Told) -> None:
    members = who_settle(case.subject_id, legal_day(told.at))
    ever = [each.holds_on for member in members for each in member.statuses if each.kind in PERMITS]
    if not ever and case.alerted_on is None and case.state in WITHOUT_MUNICIPALITY:
        close_with_the_permit(case, ClosingReason.NO_PERMIT, by=told.by, at=told.at)
        return
    standing = [since for member in members if (since := permitted_since(member.statuses)) is not None]
    first_on = min(standing or ever, default=case.alerted_on or case.due_since_on)
    if first_on != case.due_since_on:
        case.due_since_on = first_on
        case.save(update_fields=["due_since_on"])
        if case.state == CASE.initial:  # its deadline was counted from the other day: asked for anew below
            close_tasks([HOLD_INTERVIEW], subject_id=case.subject_id, by=told.by, at=told.at, outcome="void")
    follow_home(case, told)
    follow_permits(case, told)
