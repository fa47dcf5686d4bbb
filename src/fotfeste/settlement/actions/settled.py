"""What a departure means for the case: settled, or closed, in the same instant (TRV-04, ACC-07)."""

from collections.abc import Sequence
from datetime import date, datetime

from fotfeste.access.public import NeedReason, end_needs, open_needs, organisations_with
from fotfeste.accommodation.public import DepartureReason, everyone_of
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.platform.events import Told
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import PERMITS, Member, StatusKind, settled_on, write_status
from fotfeste.settlement.actions.case import advance, instant_of
from fotfeste.settlement.actions.closing import close_all_tasks, end_case, end_imdis_part
from fotfeste.settlement.actions.followers import follow_who_waits
from fotfeste.settlement.actions.following import follow_home, refresh_composition
from fotfeste.settlement.actions.moved import follow_leavers, follow_those_who_refused, tell_imdi_of_leaving
from fotfeste.settlement.actions.parties import held_for, members_on
from fotfeste.settlement.actions.told import LEFT_AFTER_REFUSAL, tell_municipality
from fotfeste.settlement.domain.states import CASE, REQUEST
from fotfeste.settlement.models import Journey, Offer, SettlementCase, SettlementRequest
from fotfeste.settlement.queries.composition import who_settle
from fotfeste.settlement.queries.living import living_offer, own_promise
from fotfeste.settlement.queries.refusing import still_refusing
from fotfeste.settlement.task_kinds_offers import FOLLOW_REFUSAL, FOLLOW_SETTLED
from fotfeste.worklist.public import close_tasks, open_task

# The steps by which a household is settled.
SETTLES = ("register_departure", "settle_where_they_live", "move_into_found_home")


def on_departed(told: Told) -> None:
    """People of a household have left their centre: settle the group, close its case, or let it go on.

    Listens to `accommodation.departed`; runs inside its transaction, under the household's lock. An agreed
    settlement needs an agreed journey and the whole group but those who refuse still: its departure is refused
    otherwise. Some persons leaving for another reason leave the case of the others as it is.
    """
    event = told.event
    if event.subject_id is None or event.holds_on is None or event.transition == DepartureReason.MOVED_CENTRE:
        return
    group_id, on = event.subject_id, event.holds_on
    case = SettlementCase.objects.select_for_update().filter(subject_id=group_id).exclude(state__in=CASE.final).first()
    is_settlement = event.transition == DepartureReason.AGREED_SETTLEMENT
    if is_settlement and case is None and _moves_into_found_home(group_id):
        return  # settled by the same act, just now (actions.found_home)
    # Asked of today, not of the day of departure: who came after that day stays all the same. Also at another centre.
    staying = frozenset(each.subject_id for each in everyone_of(group_id, legal_day(told.at)) if each.is_staying)
    is_somebody_left = bool(staying)
    refusing = still_refusing(group_id) if is_settlement else frozenset()
    if is_settlement and case is None and not refusing - staying and settle_who_follow(group_id, staying, told):
        return
    if is_settlement:
        _check_settlement(case, staying, refusing)
    tell_imdi_of_leaving(told, is_somebody_left=is_somebody_left)
    if is_somebody_left and not is_settlement:
        if case is not None:
            follow_home(case, told)
            if case.state not in CASE.final:
                follow_leavers(case, told)
        else:
            follow_those_who_refused(group_id, told)
            follow_who_waits(group_id, by=told.by, at=told.at)
            let_go_of_who_refused(told)  # the others may live privately
        return
    if case is None:
        _nobody_to_settle(group_id, told)
    elif is_settlement:
        settle(case, on=on, refusing=refusing, by=told.by, at=told.at)
    else:
        end_case(case, on=on, by=told.by, at=told.at)


def let_go_of_who_refused(told: Told) -> None:
    """Those who said no to the offer live privately with support, and none of them at a centre: no municipality is to
    hold anything for them any more. Listens to `accommodation.private_stay_started`, in its transaction; also where
    the last of them leave a centre.
    """
    group_id = told.event.subject_id
    if group_id is None:
        return
    case = SettlementCase.objects.filter(subject_id=group_id).order_by("-pk").first()
    if case is None or case.state != "refused":
        return
    if not any(each.centre_id for each in everyone_of(group_id, legal_day(told.at))):
        _nobody_to_settle(group_id, told)


def _check_settlement(case: SettlementCase | None, staying: frozenset[int], refusing: frozenset[int]) -> None:
    """An agreed settlement is of all who have said yes, and of nobody who has not."""
    if refusing - staying:
        raise Refused("still_refuses", "persons")
    if case is not None and own_promise(case):
        raise Refused("found_home_is_moved_into", "reason")
    if case is None or case.state != "journey_agreed":
        raise Refused("journey_not_agreed", "reason")
    if staying - refusing:
        raise Refused("settle_the_whole_group", "persons")


def _moves_into_found_home(group_id: int) -> bool:
    """Whether the household has been settled in a home that it found itself."""
    found = SettlementRequest.objects.filter(subject_id=group_id, is_self_found=True, state="fulfilled")
    return found.filter(case__state="settled").exists()


def settle_who_follow(group_id: int, staying: frozenset[int], told: Told) -> bool:
    """Those who said yes to the offer after others of the household had moved to it: settled there too, without a
    journey of their own in the case. Whether there were any.
    """
    cases = SettlementCase.objects.select_for_update().filter(subject_id=group_id, state="settled")
    case = cases.order_by("-pk").first()
    offer = Offer.objects.filter(case=case, state="accepted").first() if case else None
    if case is None or offer is None or told.event.holds_on is None:
        return False
    left = [each for each in who_settle(group_id, legal_day(told.at)) if each.subject_id not in staying]
    held = held_for(offer.organisation_id, [each.subject_id for each in left], legal_day(told.at))
    follow = [each for each in left if not _is_settled(each) and each.subject_id in held.intersection(offer.persons)]
    if not _write_settled(group_id, follow, told.event.holds_on, by=told.by, at=told.at):
        return False
    case.size += len(follow)  # those who had moved are as many as before
    case.save(update_fields=["size"])
    persons = [each.subject_id for each in follow]
    to, on = offer.organisation_id, told.event.holds_on
    open_needs(persons, organisation_id=to, reason=NeedReason.SETTLED_HERE, from_on=on, at=told.at)
    end_needs(persons, reason=NeedReason.OFFERED_HERE, on=on, at=told.at, organisation_id=to)
    follow_who_waits(group_id, by=told.by, at=told.at, lapsed_as="done")
    if not staying:
        end_imdis_part(group_id, on=on, at=told.at)
    return True


def _is_settled(member: Member) -> bool:
    return StatusKind.SETTLED in {status.kind for status in member.statuses}


def settle(case: SettlementCase, *, on: date, refusing: frozenset[int] = frozenset(), by: Viewer, at: datetime) -> None:
    """The group is settled as of the day of departure: request fulfilled, people settled, the municipality's
    turn.

    Those who belong to it now are settled: whoever has been taken out since that day stays, and whoever was registered
    since then goes with them. Not those who are `refusing` it still: IMDi and the municipality know of them as before.
    """
    group_id, today = case.subject_id, legal_day(at)
    offer = living_offer(case)
    if on < offer.journey.agreed_on:
        raise Refused("departure_before_agreement", "on", {"day": offer.journey.agreed_on})
    if offer.answered_on is not None and on < offer.answered_on:
        raise Refused("departure_before_answer", "on", {"day": offer.answered_on})
    refresh_composition(case, today)
    check_car(offer.journey, travelling=case.size - len(refusing))
    advance(case, "register_departure", by=by, at=at, on=on, other_organisation_id=offer.organisation_id)
    close_tasks(["register_departure", "prepare_arrival"], subject_id=group_id, by=by, at=at)
    belong_to(case, offer.organisation_id, on=on, refusing=refusing, by=by, at=at)
    open_task(
        "receive_household",
        subject_id=group_id,
        organisation_id=offer.organisation_id,
        cause="settlement.register_departure",
        basis_on=on,
        due_on=on,
        due_rule="settlement.travel_day",
        object_id=case.pk,
        at=at,
    )
    if not refusing:
        end_imdis_part(group_id, on=on, at=at)


def check_car(journey: Journey, *, travelling: int) -> None:
    """Nobody is paid for who is not in the car: once they are settled the journey cannot be changed any more."""
    in_car = journey.persons_in_car or 0
    if in_car > travelling:
        raise Refused("fewer_travel_than_in_car", "persons", {"in_car": in_car, "size": travelling})


def belong_to(
    case: SettlementCase,
    organisation_id: int,
    *,
    on: date,
    refusing: frozenset[int] = frozenset(),
    by: Viewer,
    at: datetime,
) -> None:
    """What is the same wherever they were: the request is fulfilled, the people are settled as of the day, nobody else
    has anything to do, and the municipality knows of them because they are settled there.

    Raises Refused `nobody_has_permit`.
    """
    group_id, today = case.subject_id, legal_day(at)
    request = case.requests.get(state="accepted")
    request.state = REQUEST.step(request.state, "fulfil").target
    request.save(update_fields=["state"])
    members = [each for each in who_settle(group_id, today) if each.subject_id not in refusing]
    if not _write_settled(group_id, members, on, by=by, at=at):
        raise Refused("nobody_has_permit", "on", {"day": on})
    if refusing:
        case.size = len(members)
        case.save(update_fields=["size"])
    else:
        close_all_tasks(group_id, by=by, at=at)
    subjects = [group_id, *(member.subject_id for member in members)]
    open_needs(subjects, organisation_id=organisation_id, reason=NeedReason.SETTLED_HERE, from_on=on, at=at)
    # The offer was to all of them: also to those who left on their own, whom the municipality sees no more.
    known = {*subjects, *members_on(group_id, on), *members_on(group_id, today)}
    for reason in (NeedReason.OFFERED_HERE, NeedReason.ASKED_TO_SETTLE):
        end_needs(known - refusing, reason=reason, on=on, at=at, organisation_id=organisation_id)


def settle_latecomers(told: Told) -> None:
    """A permit for somebody who moved with the household before they had it: settled from then, as the others are.

    Listens to `registry.status_registered`. Who came to the household after it was settled did not move with it.
    """
    event = told.event
    if event.transition in PERMITS and event.subject_id is not None:
        settle_waiting(event.subject_id, told)


def settle_waiting(group_id: int, told: Told) -> None:
    """Settle those of a settled household who moved with it, and have a permit now and no status of it."""
    case = SettlementCase.objects.filter(subject_id=group_id, state="settled").first()
    if case is None:
        return
    registered_on = legal_day(instant_of(case, *SETTLES))
    members = who_settle(group_id, registered_on)
    waiting = [each for each in members if StatusKind.SETTLED not in {status.kind for status in each.statuses}]
    _write_settled(group_id, waiting, case.state_since_on, by=told.by, at=told.at)


def _write_settled(group_id: int, members: Sequence[Member], moved_on: date, *, by: Viewer, at: datetime) -> bool:
    """Each is settled from the day they moved, or from a birth or a permit after it; whoever has no permit waits.

    Whether any is.
    """
    by_day: dict[date, list[int]] = {}
    for member in members:
        if (day := settled_on(member.statuses, max(moved_on, member.birth_date))) is not None:
            by_day.setdefault(day, []).append(member.subject_id)
    for day, persons in sorted(by_day.items()):
        write_status(group_id, persons, StatusKind.SETTLED, day, by=by, at=at)
    return bool(by_day)


def _rest_has_left(group_id: int, told: Told) -> None:
    """Those who refused while the others were settled have left: the municipality and IMDi know of them no longer."""
    today = legal_day(told.at)
    held = Offer.objects.filter(subject_id=group_id, state="accepted", case__state="settled").order_by("-pk").first()
    if held is None:
        return
    members = members_on(group_id, today)
    close_tasks([FOLLOW_SETTLED], subject_id=group_id, by=told.by, at=told.at)
    reason, to = NeedReason.OFFERED_HERE, held.organisation_id
    end_needs(members, reason=reason, on=told.event.holds_on or today, at=told.at, organisation_id=to)
    end_imdis_part(group_id, on=told.event.holds_on or today, at=told.at)


def _nobody_to_settle(group_id: int, told: Told) -> None:
    """A household that refused (or never had a case) leaves: no municipality is to hold anything for it any
    more, and the one that did is told.
    """
    on, at = told.event.holds_on or legal_day(told.at), told.at
    refused = Offer.objects.filter(subject_id=group_id, state="declined").order_by("-pk").first()
    if refused is None:
        _rest_has_left(group_id, told)
        return
    close_tasks([FOLLOW_REFUSAL], subject_id=group_id, by=told.by, at=at)
    if refused.organisation_id in organisations_with(group_id, NeedReason.OFFERED_HERE, legal_day(at)):
        tell_municipality(
            refused.case,
            refused.request,
            came_to="refused",
            cause=LEFT_AFTER_REFUSAL,
            on=on,
            by=told.by,
            at=at,
        )
    end_needs([group_id, *members_on(group_id, legal_day(at))], reason=NeedReason.OFFERED_HERE, on=on, at=at)
    end_imdis_part(group_id, on=on, at=at)
