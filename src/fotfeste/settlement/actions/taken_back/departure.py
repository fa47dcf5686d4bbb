"""A departure never was: the case is put back to where it stood before it. Told by events."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime

from django.db import connection

from fotfeste.access.public import NeedReason, end_needs, open_needs, organisations_with
from fotfeste.accommodation.public import DepartureReason, everyone_of, stays_of
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.platform.events import Told
from fotfeste.platform.models import Event
from fotfeste.registry.public import Mistake, unsettle
from fotfeste.settlement.actions.case import advance, instant_of
from fotfeste.settlement.actions.followers import follow_who_waits
from fotfeste.settlement.actions.following import follow_home
from fotfeste.settlement.actions.lived_there import take_back_agreement
from fotfeste.settlement.actions.moved import LEFT_ON_THEIR_OWN, show_those_who_are_back, void_private_move
from fotfeste.settlement.actions.opening import open_case_of_permitted
from fotfeste.settlement.actions.parties import members_on, settling_on
from fotfeste.settlement.actions.permits import permitted_on
from fotfeste.settlement.actions.taken_back.again import closing_of, go_on_with, imdi_sees, open_again
from fotfeste.settlement.actions.told import LEFT_AFTER_REFUSAL, take_back_notice, tell_of_followers
from fotfeste.settlement.domain.requests import CLOSED_WITH_THE_PERMIT
from fotfeste.settlement.domain.states import CASE, REQUEST
from fotfeste.settlement.domain.types import ClosingReason
from fotfeste.settlement.models import Offer, SettlementCase
from fotfeste.settlement.queries.living import living_offer
from fotfeste.settlement.task_kinds_interview import READ_NOTE
from fotfeste.settlement.task_kinds_offers import (
    CANCEL_INTERPRETER,
    CONFIRM_NEED,
    FOLLOW_NO_SHOW,
    FOLLOW_REFUSAL,
    FOLLOW_SETTLED,
    SEE_CHANGE,
    SEE_HOUSEHOLD_AGAIN,
)
from fotfeste.worklist.public import Task, close_tasks

_CAUSE = "accommodation.departure_annulled"
# Of the journey: opened as they last were, with the cause that the departure was taken back.
_OF_THE_JOURNEY = ("register_departure", "prepare_arrival")
# What somebody had still to do when the departure ended it.
_WAITED = (READ_NOTE, SEE_HOUSEHOLD_AGAIN, SEE_CHANGE, CONFIRM_NEED, "approve_travel")

# Closed so, a household that has a permit after all has a case anew.
_MAY_BE_FOLLOWED = ("", ClosingReason.NO_PERMIT, *CLOSED_WITH_THE_PERMIT)


def on_departure_annulled(told: Told) -> None:
    """Put back what `on_departed` did. Listens to `accommodation.departure_annulled`, under the household's lock.

    A settled household has its journey agreed again, with its municipality; not once that has received them, nor where
    it is settled without those who are back. Of those who followed it later the others stay settled as they were, and
    their departure is taken back first. Whoever was taken out of it since is settled no more either. A case
    that the departure closed is opened where it stood; its municipality, if it had one, was told that it has no part
    any more, and IMDi looks for one again. IMDi sees the household as it did.
    """
    event = told.event
    if event.subject_id is None or event.holds_on is None:
        return
    group_id = event.subject_id
    if event.transition in LEFT_ON_THEIR_OWN:
        void_private_move(told)
    case = SettlementCase.objects.select_for_update().filter(subject_id=group_id).order_by("-pk").first()
    if event.transition == DepartureReason.AGREED_SETTLEMENT and (case is None or case.state != "settled"):
        _unsettle_who_was_taken_out(group_id, told)
    if case is None:
        open_case_of_permitted(group_id, told)  # a permit may have come while they were thought to have left
        return
    # It follows from the centre's act or UDI's, who take no steps of a case.
    told = replace(told, by=replace(told.by, permissions=told.by.permissions | {"settlement.register_departure"}))
    if case.state == "settled":
        _unsettle(case, told)
    elif case.state == "closed":
        _reopen(case, told)
    elif case.state == "refused":
        _follow_refusal_again(case, told)
    else:
        follow_home(case, told)
        show_those_who_are_back(case, told)


def _unsettle(case: SettlementCase, told: Told) -> None:
    group_id, by, at = case.subject_id, told.by, told.at
    if told.event.transition != DepartureReason.AGREED_SETTLEMENT:
        raise Refused("the_others_are_settled", "persons")
    today, offer = legal_day(at), living_offer(case)
    if not hasattr(offer, "journey"):  # they moved into a home that they had found themselves
        take_back_agreement(case, told)
        follow_home(case, told)
        return
    settled_at, settled = instant_of(case, "register_departure"), _settled_at(offer.organisation_id, group_id, told)
    others = settled - _back(group_id, today)
    if others and _is_registered_after(settled_at, told):
        _unsettle_who_followed(case, offer, settled - others, told)
        return
    _refuse_arrived(offer.journey.arrived_on)
    _refuse_followed(others, settled_at)
    request = case.requests.get(state="fulfilled")
    request.state = REQUEST.step(request.state, "annul_departure").target
    request.save(update_fields=["state"])
    advance(case, "annul_departure", by=by, at=at, on=today, other_organisation_id=offer.organisation_id)
    everyone = members_on(group_id, today)
    unsettle(everyone, Mistake.WRONG_CHOICE, by=by, at=at)
    to = offer.organisation_id
    subjects = [group_id, *settling_on(group_id, today)]
    open_needs(subjects, organisation_id=to, reason=NeedReason.OFFERED_HERE, from_on=today, at=at)
    end_needs([group_id, *everyone], reason=NeedReason.SETTLED_HERE, on=today, at=at, organisation_id=to)
    imdi_sees(case, told)
    close_tasks(
        ["receive_household", FOLLOW_NO_SHOW, FOLLOW_SETTLED], subject_id=group_id, by=by, at=at, outcome="void"
    )
    # They never left: the journey that is agreed again is still to come.
    offer.journey.missed_on, offer.journey.missed_text = None, ""
    offer.journey.save(update_fields=["missed_on", "missed_text"])
    for kind in _OF_THE_JOURNEY:
        open_again(case, Task.objects.filter(kind=kind), at=at, cause=_CAUSE)
    for kind in _WAITED:
        open_again(case, Task.objects.filter(kind=kind, closed_at=settled_at, outcome="void"), at=at)
    follow_home(case, told)


def _unsettle_who_followed(case: SettlementCase, offer: Offer, back: set[int], told: Told) -> None:
    """Undo `settle_who_follow`: the others moved before them and live there, the place is held for them as it was.

    The municipality, which was to receive them, sees that they have not come yet.
    """
    at, today, to, persons = told.at, legal_day(told.at), offer.organisation_id, sorted(back)
    unsettle(persons, Mistake.WRONG_CHOICE, by=told.by, at=at)
    case.size -= len(persons)
    case.save(update_fields=["size"])
    open_needs(persons, organisation_id=to, reason=NeedReason.OFFERED_HERE, from_on=today, at=at)
    end_needs(persons, reason=NeedReason.SETTLED_HERE, on=today, at=at, organisation_id=to)
    imdi_sees(case, told)
    follow_who_waits(case.subject_id, cause=_CAUSE, by=told.by, at=at)
    tell_of_followers(case, to, by=told.by, at=at)


def _back(group_id: int, day: date) -> set[int]:
    return {each.subject_id for each in everyone_of(group_id, day) if each.is_staying}


def _settled_at(organisation_id: int, group_id: int, told: Told) -> set[int]:
    """Those of the household of whom the municipality knows because they were settled there."""
    today, reason = legal_day(told.at), NeedReason.SETTLED_HERE
    members = members_on(group_id, today)
    return {each for each in members if organisation_id in organisations_with(each, reason, today)}


def _is_registered_after(settled_at: datetime, told: Told) -> bool:
    """Whether the departure that is taken back is a later one than that with which the household was settled."""
    event = told.event
    departed = Event.objects.filter(type="accommodation.departed", subject_id=event.subject_id)
    same = departed.filter(transition=event.transition, holds_on=event.holds_on, object_id=event.object_id)
    return same.filter(recorded_at__gt=settled_at).exists()


def _refuse_followed(others: Collection[int], settled_at: datetime) -> None:
    """Who followed would be settled with a journey that is still to come: theirs is taken back first."""
    left = [each for each in stays_of(others) if each.departure_reason == DepartureReason.AGREED_SETTLEMENT]
    if any((each.departure_known_at or each.recorded_at) > settled_at for each in left):
        raise Refused("the_others_are_settled", "persons")


def _unsettle_who_was_taken_out(group_id: int, told: Told) -> None:
    """They were settled with a household that they have been taken out of since: their own has no case of it."""
    at, today = told.at, legal_day(told.at)
    _refuse_arrived(_former_household_arrived_on(group_id, today))
    back = sorted(_back(group_id, today))
    unsettle(back, Mistake.WRONG_CHOICE, by=told.by, at=at)
    end_needs([group_id, *back], reason=NeedReason.SETTLED_HERE, on=today, at=at)


def _former_household_arrived_on(group_id: int, day: date) -> date | None:
    """Asked of the database: a centre sees that household for a while only, and it stands in the way all the same."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT former_household_arrived_on(%s, %s)", [group_id, day])
        found: date | None = cursor.fetchone()[0]
    return found


def _refuse_arrived(arrived_on: date | None) -> None:
    if arrived_on is not None:
        raise Refused("household_has_arrived", params={"day": arrived_on})


def _reopen(case: SettlementCase, told: Told) -> None:
    closed = closing_of(case)
    if closed is None or not _followed_from_a_departure(closed, case):
        if case.closing_reason in _MAY_BE_FOLLOWED:
            open_case_of_permitted(case.subject_id, told)
        return
    today = legal_day(told.at)
    if case.alerted_on is None and permitted_on(case.subject_id, today).first_on is None:
        return  # who had the permit is not among those who are back
    go_on_with(case, closed, told, cause=_CAUSE)
    if case.state == CASE.initial:  # the interview is planned as it was: nobody has cancelled the interpreter yet
        close_tasks([CANCEL_INTERPRETER], subject_id=case.subject_id, by=told.by, at=told.at, outcome="void")


def _follow_refusal_again(case: SettlementCase, told: Told) -> None:
    """They live where they refused: IMDi follows it up, and their municipality holds the home unless it has seen that
    they left.
    """
    imdi_sees(case, told)
    open_again(case, Task.objects.filter(kind=FOLLOW_REFUSAL), at=told.at)
    if take_back_notice(case, LEFT_AFTER_REFUSAL, by=told.by, at=told.at):
        show_those_who_are_back(case, told)


def follow_refusal_again(told: Told) -> None:
    """Those who refused never lived privately: what was let go of then is followed up as before, wherever UDI says
    that they live. Listens to `accommodation.private_stay_corrected`, under the household's lock.

    Nothing where any of them has lived privately since all the same, or where their municipality was never let go.
    """
    group_id, since, today = told.event.subject_id, told.event.holds_on, legal_day(told.at)
    if group_id is None or since is None:
        return
    case = SettlementCase.objects.select_for_update().filter(subject_id=group_id).order_by("-pk").first()
    if case is None or case.state != "refused" or organisations_with(group_id, NeedReason.OFFERED_HERE, today):
        return
    private = (each for each in stays_of(members_on(group_id, today)) if each.municipality_id)
    if any(each.period.end is None or each.period.end > since for each in private):
        return
    by = replace(told.by, permissions=told.by.permissions | {"settlement.register_departure"})
    _follow_refusal_again(case, replace(told, by=by))


def _followed_from_a_departure(closed: Event, case: SettlementCase) -> bool:
    """Whether a case was closed by a departure of its people: not by hand, and not by anything else."""
    return (
        case.closing_reason in ("", ClosingReason.PERMIT_LEFT)
        and Event.objects.filter(
            type="accommodation.departed",
            subject_id=closed.subject_id,
            recorded_at=closed.recorded_at,
            pk__lt=closed.pk,
        ).exists()
    )
