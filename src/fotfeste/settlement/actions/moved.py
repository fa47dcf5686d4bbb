"""Residents who leave on their own after the interview: IMDi is told, and says that it has seen it (ACC-07).

Source: GUIDE 1.9 (who moves privately), 2.4 (so that IMDi knows who needs settlement with public help).
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from fotfeste.access.public import NeedReason, end_needs, open_needs, organisations_with
from fotfeste.accommodation.public import DepartureReason, everyone_of, gone_among, stays_of
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.events import Happening, Told, publish
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import lock_group
from fotfeste.settlement.actions.cancelling import ask_to_cancel
from fotfeste.settlement.actions.case import tell
from fotfeste.settlement.actions.closing import end_case
from fotfeste.settlement.actions.grown import ask_imdi_to_see
from fotfeste.settlement.actions.parties import imdi_of, is_anybody_left, settling_on
from fotfeste.settlement.domain.states import CASE
from fotfeste.settlement.models import Interview, Offer, SettlementCase
from fotfeste.settlement.queries.departing import case_after_interview, settled_without_some
from fotfeste.settlement.queries.living import LIVING, own_journey, travel_state
from fotfeste.settlement.task_kinds_offers import SEE_PRIVATE_MOVE
from fotfeste.worklist.public import Task, close_tasks, open_task

# Why IMDi is asked to look, by the reason of the departure.
LEFT_ON_THEIR_OWN: Mapping[str, str] = {
    DepartureReason.PRIVATE_ADDRESS: "settlement.moved_privately",
    DepartureReason.LEFT_COUNTRY: "settlement.left_country",
    DepartureReason.NO_ADDRESS: "settlement.gone_without_address",
    DepartureReason.REFUSED_AND_MOVED: "settlement.refused_and_moved",  # where it is known where to
}
SOME_WHO_REFUSED_LEFT = "settlement.household_shrunk"

# The same of those who lived privately with public support: the municipality or UDI registers it.
LEFT_PRIVATE_HOME: Mapping[str, str] = {
    DepartureReason.MOVED_WITHOUT_AGREEMENT: "settlement.moved_without_agreement",
    DepartureReason.LEFT_COUNTRY: "settlement.left_country",
    DepartureReason.NO_ADDRESS: "settlement.gone_without_address",
}


def tell_imdi_of_leaving(told: Told, *, is_somebody_left: bool) -> None:
    """IMDi gets a task to look at who has left, and where to: of a private move for some of a household as for all of
    it, also where who said no moves to an address that is known; of those who left the country or are gone when nobody
    is left, since it looks at the others again anyhow.

    Part of what follows from a departure; called while IMDi still works on the case, also of a household that said no.
    """
    event = told.event
    if event.transition not in LEFT_ON_THEIR_OWN or event.subject_id is None or event.holds_on is None:
        return
    case = case_after_interview(event.subject_id) or settled_without_some(event.subject_id)
    has_refused = event.transition == DepartureReason.REFUSED_AND_MOVED
    if has_refused and not _left_an_address(event.subject_id, event.holds_on, legal_day(told.at)):
        return
    is_private = has_refused or event.transition == DepartureReason.PRIVATE_ADDRESS
    if case is None or (not is_private and is_somebody_left):
        return
    today = legal_day(told.at)
    for imdi in imdi_of(case, today):
        open_task(
            SEE_PRIVATE_MOVE,
            subject_id=event.subject_id,
            organisation_id=imdi,
            cause=LEFT_ON_THEIR_OWN[event.transition],
            basis_on=event.holds_on,
            due_on=today,
            object_id=case.pk,
            at=told.at,
        )


def _left_an_address(group_id: int, on: date, today: date) -> bool:
    """Somebody whose stay ended on the day has said where they moved."""
    people = [each.subject_id for each in everyone_of(group_id, today)]
    return any(stay.street for stay in stays_of(people) if stay.period.end == on)


def follow_those_who_refused(group_id: int, told: Told) -> None:
    """Some of a household that said no, or whose others are settled, have left for good: the municipality that holds
    the home sees them no more from the same day, and IMDi is asked to look. Not of a private move: it is told of that
    as such.
    """
    cases = SettlementCase.objects.filter(subject_id=group_id, state__in=("refused", "settled"))
    case, today = cases.order_by("-pk").first(), legal_day(told.at)
    if case is None:
        return
    gone = gone_among(everyone_of(group_id, today))
    end_needs(gone, reason=NeedReason.OFFERED_HERE, on=today, at=told.at)
    if told.event.transition == DepartureReason.PRIVATE_ADDRESS:
        return
    for imdi in imdi_of(case, today):
        open_task(
            SEE_PRIVATE_MOVE,
            subject_id=group_id,
            organisation_id=imdi,
            cause=SOME_WHO_REFUSED_LEFT,
            basis_on=told.event.holds_on or today,
            due_on=today,
            object_id=case.pk,
            at=told.at,
        )


def tell_imdi_of_private_end(case: SettlementCase, told: Told) -> bool:
    """All who lived privately with support have left on their own: IMDi, which no centre tells of them, looks at that,
    also before their interview. Whether it is asked to. Called while IMDi still works on the case. Source: GUIDE 1.9,
    2.4; ALT-08.
    """
    event, today = told.event, legal_day(told.at)
    if event.transition not in LEFT_PRIVATE_HOME:
        return False
    for imdi in imdi_of(case, today):
        open_task(
            SEE_PRIVATE_MOVE,
            subject_id=case.subject_id,
            organisation_id=imdi,
            cause=LEFT_PRIVATE_HOME[event.transition],
            basis_on=event.holds_on or today,
            due_on=today,
            object_id=case.pk,
            at=told.at,
        )
    return True


def tell_imdi_of_address(told: Told) -> None:
    """Where somebody lives who has left is known now, or otherwise than it was: IMDi looks, as long as it still sees
    the household. Listens to `accommodation.address_registered`.
    """
    event, today = told.event, legal_day(told.at)
    if event.subject_id is None:
        return
    case = SettlementCase.objects.filter(subject_id=event.subject_id).order_by("-pk").first()
    if case is None or not Interview.objects.filter(case=case, held_on__isnull=False).exists():
        return
    for imdi in imdi_of(case, today):
        open_task(
            SEE_PRIVATE_MOVE,
            subject_id=event.subject_id,
            organisation_id=imdi,
            cause="settlement.address_known",
            basis_on=today,
            due_on=today,
            object_id=case.pk,
            at=told.at,
        )


def follow_leavers(case: SettlementCase, told: Told) -> None:
    """Some have left for good, and the case goes on for the others: a municipality that was asked, by IMDi or by the
    household, sees them no more, and IMDi looks at who the household is now, whatever they left for; a private move it
    is told of as such. The centre cancels the tickets of those who have left.
    """
    event, today = told.event, legal_day(told.at)
    gone = gone_among(everyone_of(case.subject_id, today))
    for reason in (NeedReason.WANTS_TO_SETTLE, NeedReason.ASKED_TO_SETTLE, NeedReason.OFFERED_HERE):
        end_needs(gone, reason=reason, on=today, at=told.at)
    if travel_state(case.state, own_journey(case)) == "journey_agreed":
        ask_to_cancel(case, cause="settlement.household_shrunk", on=event.holds_on or today, at=told.at)
    if case.state == CASE.initial or event.transition == DepartureReason.PRIVATE_ADDRESS:
        return
    tell("settlement.household_shrunk", case, by=told.by, at=told.at, holds_on=today)
    ask_imdi_to_see(case, cause="settlement.household_shrunk", on=today, at=told.at)


def show_those_who_are_back(case: SettlementCase, told: Told) -> None:
    """Whoever left on their own and lives with the others again is among those whom the municipality is asked for: the
    one that IMDi asks, and the one that the household asks itself.
    """
    today = legal_day(told.at)
    wanted = NeedReason.WANTS_TO_SETTLE
    asked = [(each, wanted) for each in organisations_with(case.subject_id, wanted, today)]
    request = case.requests.filter(state__in=("open", "accepted")).first()
    if request is not None:
        has_offer = Offer.objects.filter(LIVING, case=case).exists()
        reason = NeedReason.OFFERED_HERE if has_offer else NeedReason.ASKED_TO_SETTLE
        asked.append((request.organisation_id, reason))
    subjects = [case.subject_id, *settling_on(case.subject_id, today)]
    for organisation_id, reason in asked:
        open_needs(subjects, organisation_id=organisation_id, reason=reason, from_on=today, at=told.at)


def void_private_move(told: Told) -> None:
    """Nobody of the household lives at an address of their own any more: there is no move left for IMDi to see.

    Who has moved privately is placed in a centre again, or never moved; where others are is nothing to it. That all had
    left is nothing to see once somebody of them is back.
    """
    group_id = told.event.subject_id
    if group_id is None:
        return
    everyone = everyone_of(group_id, legal_day(told.at))
    if any(each.has_moved_privately for each in everyone):
        return
    open_now = Task.objects.filter(kind=SEE_PRIVATE_MOVE, subject_id=group_id, closed_at__isnull=True)
    of_private_moves = LEFT_ON_THEIR_OWN[DepartureReason.PRIVATE_ADDRESS]
    for cause in set(open_now.values_list("cause", flat=True)):
        is_of_some = cause in (SOME_WHO_REFUSED_LEFT, LEFT_ON_THEIR_OWN[DepartureReason.REFUSED_AND_MOVED])
        are_back = not gone_among(everyone) if is_of_some else any(each.is_staying for each in everyone)
        if cause == of_private_moves or are_back:
            close_tasks([SEE_PRIVATE_MOVE], subject_id=group_id, by=told.by, at=told.at, outcome="void", cause=cause)


def case_without_people(group_id: int, day: date) -> SettlementCase | None:
    """The open case of a household of which nobody is left, locked; None where somebody is, or no case is open."""
    open_ones = SettlementCase.objects.select_for_update().filter(subject_id=group_id).exclude(state__in=CASE.final)
    case = open_ones.first()
    return case if case is not None and not is_anybody_left(group_id, day) else None


@act
def see_private_move(group_id: int, *, by: Viewer, at: datetime, version: int | None = None) -> None:
    """IMDi has seen it. A case that nobody is left of ends with that: it stayed open where whoever registered it had no
    part in the request that it rests on.

    Raises Refused `private_move_is_seen`; Stale, NotFound, NotAllowed.
    """
    require(by, "settlement.find_municipality")
    lock_group(group_id, version=version)
    if not close_tasks([SEE_PRIVATE_MOVE], subject_id=group_id, by=by, at=at, organisation_id=by.organisation_id):
        raise Refused("private_move_is_seen")
    if (case := case_without_people(group_id, legal_day(at))) is not None:
        closing = replace(by, permissions=by.permissions | {"settlement.close_case"})
        end_case(case, on=legal_day(at), by=closing, at=at)
    publish(
        Happening(
            type="settlement.private_move_seen",
            subject_id=group_id,
            object_kind="placement_group",
            object_id=group_id,
            holds_on=legal_day(at),
        ),
        by=by,
        at=at,
    )
