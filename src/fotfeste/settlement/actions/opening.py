"""The case opens on the permit, or an earlier alert, and has waited since then (SET-01)."""

from datetime import date

from fotfeste.accommodation.public import everyone_of, home_among
from fotfeste.kernel.calendar import legal_day
from fotfeste.platform.events import Happening, Told, publish
from fotfeste.registry.public import PERMITS, permitted_since
from fotfeste.settlement.actions.parties import ask_for_interview, show_imdi
from fotfeste.settlement.actions.permits import has_permit_on, permitted_on
from fotfeste.settlement.domain.requests import CLOSED_WITH_THE_PERMIT
from fotfeste.settlement.domain.states import CASE
from fotfeste.settlement.models import Interview, SettlementCase
from fotfeste.settlement.queries.composition import composition, who_settle


def open_case_when_permitted(told: Told) -> None:
    """A permit opens the case of the whole household, also where only one member has a decision.

    A household has one way to a municipality: no other is opened where a case is open, settled or refused. After a
    closed case (they moved privately) a new permit opens another. Listens to `registry.status_registered`.
    """
    event = told.event
    if event.transition not in PERMITS or event.subject_id is None or event.holds_on is None:
        return
    if has_case_that_counts(event.subject_id):
        return
    permitted = permitted_on(event.subject_id, legal_day(told.at))
    if permitted.since_on is not None and permitted.first_on is not None:  # not of somebody who has left for good
        open_case(event.subject_id, due_since_on=max(event.holds_on, permitted.first_on), told=told)


def open_case(group_id: int, *, due_since_on: date, told: Told, alerted_on: date | None = None) -> SettlementCase:
    """Open the case with its interview: IMDi gets its need to know, the centre where they stay its task."""
    today = legal_day(told.at)
    everyone = everyone_of(group_id, today)
    show_imdi([group_id, *(each.subject_id for each in everyone)], from_on=today, at=told.at)
    where = home_among(everyone)
    centre_id = where.centre_id if where else None
    case = SettlementCase.objects.create(
        subject_id=group_id,
        due_since_on=due_since_on,
        alerted_on=alerted_on,
        waits_for_decision=alerted_on is not None,
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
        ask_for_interview(case, centre_id, placed_on=where.since_on, at=told.at)
    return case


def open_case_of_permitted(group_id: int, told: Told) -> None:
    """Open the case of a household that has a permit and no case that counts, as of its first permit. Not of one that
    everybody has left for good.
    """
    today = legal_day(told.at)
    members = who_settle(group_id, today)
    days = [
        since
        for member in members
        if member.current_status in PERMITS and (since := permitted_since(member.statuses)) is not None
    ]
    if days and has_permit_on(group_id, today) and not has_case_that_counts(group_id):
        open_case(group_id, due_since_on=min(days), told=told)


def is_closed_by_hand(group_id: int) -> bool:
    """Whether somebody closed the household's newest case: that is taken back by who may (`annul_closing`), and by
    nothing that is registered of its members.
    """
    newest = SettlementCase.objects.filter(subject_id=group_id).order_by("-pk").first()
    return newest is not None and newest.closing_reason not in ("", *CLOSED_WITH_THE_PERMIT)


def has_case_that_counts(group_id: int) -> bool:
    """An open, settled or refused case: there is one offer, and so no second case after it (SET-08)."""
    return SettlementCase.objects.filter(subject_id=group_id).exclude(state="closed").exists()
