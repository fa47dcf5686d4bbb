"""A household settles by agreement in a municipality that it asked itself: promised, taken back, moved in (SET-13).

`self_settlement` leads the request until here; from IMDi's agreement on the case stands as after any municipality's
yes, so that places are counted and rights are the same. Source: GUIDE Vedlegg 5.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from fotfeste.access.public import NeedReason, open_needs
from fotfeste.accommodation.public import (
    DepartureReason,
    end_private_stay_after,
    everyone_of,
    register_departure,
)
from fotfeste.kernel.calendar import Week, legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.platform.events import Told
from fotfeste.platform.viewer import Viewer
from fotfeste.settlement.actions.cancelling import ask_to_cancel
from fotfeste.settlement.actions.case import advance
from fotfeste.settlement.actions.closing import end_imdis_part
from fotfeste.settlement.actions.destination import cancel_own_journey, travels_to
from fotfeste.settlement.actions.following import refresh_composition
from fotfeste.settlement.actions.parties import ask_centre, municipality_leaves, settling_on
from fotfeste.settlement.actions.permits import follow_permits, refuse_without_permit
from fotfeste.settlement.actions.settled import belong_to, check_car
from fotfeste.settlement.actions.told import take_back_notice, tell_municipality
from fotfeste.settlement.domain.goals import after_working_days
from fotfeste.settlement.domain.parameters import book
from fotfeste.settlement.domain.states import CASE, OFFER, REQUEST
from fotfeste.settlement.models import Offer, SettlementCase, SettlementRequest
from fotfeste.settlement.queries.living import own_journey
from fotfeste.settlement.queries.needs import needs_of_case
from fotfeste.settlement.queries.offered import refuse_second_offer
from fotfeste.worklist.public import close_tasks


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundHome:
    """Where they move in, as the contract that was approved says."""

    street: str
    postal_code: str


def promise_found_home(
    case: SettlementCase, organisation_id: int, *, agreed_with: str, starts_on: date, by: Viewer, at: datetime
) -> SettlementRequest:
    """IMDi has agreed with the municipality: the case has found it, and the places are its own, as after a yes.

    Part of an act that holds the lock of the case, and the municipality's. What they need the municipality has
    confirmed by agreeing. Raises IllegalStep, NotAllowed, Refused `one_offer_only`, `nobody_is_due`,
    `places_are_taken`.
    """
    group_id, today = case.subject_id, legal_day(at)
    CASE.step(case.state, "agree_found_home")
    refuse_second_offer(group_id, today)
    refuse_without_permit(group_id, today)
    refresh_composition(case, today)
    week = str(Week.of(max(starts_on, today)))
    request = SettlementRequest.objects.create(
        subject_id=group_id,
        case=case,
        organisation_id=organisation_id,
        size=case.size,
        centre_id=case.centre_id,
        assessment=case.assessment,
        sent_on=today,
        wanted_week=week,
        is_self_found=True,
    )
    request.state = REQUEST.step(request.state, "accept").target
    request.answered_on, request.possible_week = today, week
    request.confirmed = sorted(str(each) for each in needs_of_case(case, today).capabilities)
    request.answer_text = agreed_with
    request.save()
    advance(case, "agree_found_home", by=by, at=at, on=today, other_organisation_id=organisation_id)
    close_tasks(["find_municipality"], subject_id=group_id, by=by, at=at)
    subjects = [group_id, *settling_on(group_id, today)]
    reason = NeedReason.ASKED_TO_SETTLE
    open_needs(subjects, organisation_id=organisation_id, reason=reason, from_on=today, at=at)
    _ask_for_journey(case, request, today, at=at)
    return request


def _ask_for_journey(case: SettlementCase, request: SettlementRequest, today: date, *, at: datetime) -> None:
    """The centre arranges the journey as for others who are settled; within one municipality there is none."""
    if not travels_to(case, request):
        return
    deadline = after_working_days("settlement.journey_working_days", today, book())
    ask_centre(case, "arrange_journey", cause="settlement.agree_found_home", basis_on=today, deadline=deadline, at=at)


def take_back_promise(case: SettlementCase, *, told_as: str, by: Viewer, at: datetime) -> None:
    """They do not move after all, or not into this home: the places are free, the case is in the queue with its waiting
    from the permit. Where it is over, the municipality is told so, with the cause `told_as`.

    Nobody has refused anything: no offer was made. It follows from an act of whoever may withdraw the request.
    """
    by = replace(by, permissions=by.permissions | {"settlement.find_municipality"})
    today, came_to, step = legal_day(at), case.state, "release_municipality"
    request = case.requests.select_for_update().get(state="accepted")
    cancel_own_journey(case, cause=f"settlement.{step}", on=today, by=by, at=at)
    request.state = REQUEST.step(request.state, "withdraw").target
    request.save(update_fields=["state"])
    event = advance(case, step, by=by, at=at, on=today, other_organisation_id=request.organisation_id)
    follow_permits(case, Told(event, by, at), cause=f"settlement.{step}")
    if told_as:
        tell_municipality(case, request, came_to=came_to, cause=told_as, on=today, by=by, at=at)
    municipality_leaves(case, request.organisation_id, on=today, by=by, at=at)


def take_back_end(case: SettlementCase, *, number: str, is_promised: bool, by: Viewer, at: datetime) -> bool:
    """They come after all: what the municipality was told when the case was closed goes, unless it has seen it. Whether
    it has not. `number`: of the household's own request; `is_promised`: IMDi had agreed, so that it was told of that.
    """
    if not is_promised:
        return take_back_notice(case, "settlement.asked_case_over", number=number, by=by, at=at)
    promise = case.requests.filter(is_self_found=True).order_by("-pk").first()
    return promise is not None and take_back_notice(
        case, "settlement.close_case", number=promise.reference, by=by, at=at
    )


def settle_in_found_home(case: SettlementCase, home: FoundHome, *, on: date, by: Viewer, at: datetime) -> Offer:
    """They have moved in: settled as of the day, with the rows that every settlement has, whoever is where.

    Those at the actor's centre leave it on the day; those who live privately with support do so no more. Part of an act
    that holds the lock. Raises Refused `settle_the_whole_group` where somebody stays elsewhere, `nobody_has_permit`,
    and those of a departure; IllegalStep.
    """
    by = replace(by, permissions=by.permissions | {"settlement.register_departure"})
    group_id, today = case.subject_id, legal_day(at)
    CASE.step(case.state, "move_into_found_home")
    refuse_without_permit(group_id, today, "nobody_may_move")
    refresh_composition(case, today)
    request = case.requests.select_for_update().get(state="accepted")
    _end_of_the_journey(case, on, by=by, at=at)
    offer = _agreed_offer(case, request, on=on, by=by)
    # First settled, then gone: a departure closes a case that is open, and this one is not.
    to = request.organisation_id
    advance(case, "move_into_found_home", by=by, at=at, on=on, other_organisation_id=to)
    belong_to(case, to, on=on, by=by, at=at)
    _leave(case, home, on=on, by=by, at=at)
    end_imdis_part(group_id, on=on, at=at)
    return offer


def _end_of_the_journey(case: SettlementCase, on: date, *, by: Viewer, at: datetime) -> None:
    """They are there: by the journey that was agreed, on its day or another. One that was put off and has no day is
    over. What is booked for a later day than they moved in the centre cancels.
    """
    journey = own_journey(case)
    if journey is None:
        return
    cause = "settlement.move_into_found_home"
    if journey.postponed_on is not None:
        cancel_own_journey(case, cause=cause, on=on, by=by, at=at)
        return
    check_car(journey, travelling=case.size)
    if on < journey.travels_on:
        ask_to_cancel(case, cause=cause, on=on, at=at)


def _agreed_offer(case: SettlementCase, request: SettlementRequest, *, on: date, by: Viewer) -> Offer:
    """The offer that they asked for themselves and have said yes to by moving in."""
    offer = Offer.objects.create(
        subject_id=case.subject_id,
        case=case,
        request=request,
        organisation_id=request.organisation_id,
        week=str(Week.of(on)),
        size=case.size,
        persons=settling_on(case.subject_id, on),
        decided_on=request.sent_on,
        decided_by_id=by.user_id,
    )
    offer.state = OFFER.step(offer.state, "accept").target
    offer.answered_on = on
    offer.save()
    return offer


def _leave(case: SettlementCase, home: FoundHome, *, on: date, by: Viewer, at: datetime) -> None:
    """End the stays of all, wherever the actor's part is: at the centre, or privately with support."""
    group_id, today = case.subject_id, legal_day(at)
    reason = DepartureReason.AGREED_SETTLEMENT
    staying = [each for each in everyone_of(group_id, today) if each.is_staying]
    privately = [each.subject_id for each in staying if each.municipality_id is not None]
    here = [each.subject_id for each in staying if each.centre_id == by.organisation_id]
    if len(privately) + len(here) < len(staying):
        raise Refused("settle_the_whole_group", "persons")
    if privately:
        end_private_stay_after(group_id, privately, on, reason, by=by, at=at)
    if here:
        register_departure(group_id, here, on, reason, home.street, home.postal_code, is_meant=True, by=by, at=at)
