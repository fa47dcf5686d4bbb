"""The case opens on the permit, or an earlier alert, and has waited since then (SET-01)."""

from datetime import date

from fotfeste.access.public import NeedReason, open_needs
from fotfeste.accommodation.public import everyone_of, home_among
from fotfeste.kernel.calendar import legal_day
from fotfeste.platform.events import Happening, Told, publish
from fotfeste.registry.public import PERMITS, permitted_since
from fotfeste.settlement.actions.parties import imdi_organisations
from fotfeste.settlement.actions.permits import Permitted, permitted_on
from fotfeste.settlement.domain.interview import interview_due_on
from fotfeste.settlement.domain.states import CASE
from fotfeste.settlement.models import Interview, SettlementCase
from fotfeste.settlement.queries.composition import composition, who_settle
from fotfeste.settlement.task_kinds_interview import HOLD_INTERVIEW
from fotfeste.worklist.public import close_tasks, open_task


def open_case_when_permitted(told: Told) -> None:
    """A permit opens the case of the whole household, also where only one member has a decision.

    A household has one way to a municipality: no other is opened where a case is open, settled or refused. A permit
    that becomes known late can be its first, and they have waited since then. After a closed case (they moved
    privately) a new permit opens another. Listens to `registry.status_registered`.
    """
    event = told.event
    if event.transition not in PERMITS or event.subject_id is None or event.holds_on is None:
        return
    if has_case_that_counts(event.subject_id):
        count_from_first_permit(event.subject_id, told)
        return
    permitted = permitted_on(event.subject_id, legal_day(told.at))
    if permitted.since_on is not None and permitted.first_on is not None:  # not of somebody who has left for good
        open_case(event.subject_id, due_since_on=max(event.holds_on, permitted.first_on), told=told)


def open_case(group_id: int, *, due_since_on: date, told: Told, alerted_on: date | None = None) -> SettlementCase:
    """Open the case with its interview: IMDi gets its need to know, the centre where they stay its task."""
    today = legal_day(told.at)
    everyone = everyone_of(group_id, today)
    for imdi in imdi_organisations():
        open_needs(
            [group_id, *(each.subject_id for each in everyone)],
            organisation_id=imdi,
            reason=NeedReason.SETTLEMENT_CASE,
            from_on=today,
            at=told.at,
        )
    where = home_among(everyone)
    centre_id = where.centre_id if where else None
    case = SettlementCase.objects.create(
        subject_id=group_id,
        due_since_on=due_since_on,
        alerted_on=alerted_on,
        state_since_on=today,
        centre_id=centre_id,
        **composition(group_id, today),
    )
    Interview.objects.create(subject_id=group_id, case=case)
    publish(
        Happening(
            type="settlement.case_opened",
            subject_id=group_id,
            object_kind="settlement_case",
            object_id=case.pk,
            workflow=CASE.name,
            to_state=case.state,
            holds_on=due_since_on,
        ),
        by=told.by,
        at=told.at,
    )
    if where and centre_id:
        ask_for_interview(case, centre_id, placed_on=where.since_on, told=told)
    return case


def count_from_first_permit(group_id: int, told: Told) -> None:
    """The household has waited since the first permit of any of its members, however late we came to know of it.

    Of a case that is settled or refused too, but only ever earlier: who they were then is what it waited for.
    """
    case = SettlementCase.objects.filter(subject_id=group_id).exclude(state="closed").first()
    if case is not None and count_waiting(case, permitted_on(group_id, legal_day(told.at)), told):
        where = home_among(everyone_of(group_id, legal_day(told.at)))
        if case.state == CASE.initial and case.centre_id:
            placed_on = where.since_on if where else case.due_since_on
            ask_for_interview(case, case.centre_id, placed_on=placed_on, told=told)


def count_waiting(case: SettlementCase, permitted: Permitted, told: Told) -> bool:
    """Count from the first permit of those who are there now: earlier by somebody who comes, later when the one with
    the first one goes. Whether it changed: the deadline of an interview that is not held yet is then void.
    """
    since_on, first_on = permitted.since_on, permitted.first_on
    if case.waits_for_decision and first_on == case.alerted_on:
        case.alerted_on = None  # the permit is of the very day: nothing was early
        case.save(update_fields=["alerted_on"])
    if since_on is not None and since_on < case.due_since_on:
        case.due_since_on = since_on
    elif first_on is not None and first_on > case.due_since_on and case.state not in CASE.final:
        case.due_since_on = first_on
    else:
        return False
    case.save(update_fields=["due_since_on"])
    if case.state == CASE.initial:
        close_tasks([HOLD_INTERVIEW], subject_id=case.subject_id, by=told.by, at=told.at, outcome="void")
    return True


def open_case_of_permitted(group_id: int, told: Told) -> None:
    """Open the case of a household that has a permit and no case that counts, as of its first permit."""
    members = who_settle(group_id, legal_day(told.at))
    days = [
        since
        for member in members
        if member.current_status in PERMITS and (since := permitted_since(member.statuses)) is not None
    ]
    if days and not has_case_that_counts(group_id):
        open_case(group_id, due_since_on=min(days), told=told)


def has_case_that_counts(group_id: int) -> bool:
    """An open, settled or refused case: there is one offer, and so no second case after it (SET-08)."""
    return SettlementCase.objects.filter(subject_id=group_id).exclude(state="closed").exists()


def ask_for_interview(case: SettlementCase, centre_id: int, *, placed_on: date, told: Told) -> None:
    """The centre's task to hold the interview, by the days from the permit and from the placement. Raises NoRule."""
    basis = max(case.due_since_on, placed_on)
    open_task(
        HOLD_INTERVIEW,
        subject_id=case.subject_id,
        organisation_id=centre_id,
        cause="settlement.alerted_early" if case.waits_for_decision else "settlement.case_opened",
        basis_on=basis,
        due_on=interview_due_on(case.due_since_on, placed_on),
        due_rule="settlement.interview_due_days",
        at=told.at,
        object_id=case.pk,
    )
