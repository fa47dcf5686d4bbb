"""People who live privately with support are settled where they live, in one act, also when it is known late (SET-12).

Source: MAMOT 9.1 and 6.1.2 (settled, and told of two months later).
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from fotfeste.access.public import NeedReason, end_needs
from fotfeste.accommodation.public import DepartureReason, end_private_stay_after, everyone_of
from fotfeste.kernel.calendar import Week, legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.events import Happening, Told, publish
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import Mistake, lock_group, members_of, unaccompanied_among, unsettle
from fotfeste.settlement.actions.case import advance
from fotfeste.settlement.actions.closing import end_imdis_part
from fotfeste.settlement.actions.destination import cancel_own_journey
from fotfeste.settlement.actions.following import refresh_composition
from fotfeste.settlement.actions.opening import has_case_that_counts, open_case_of_permitted
from fotfeste.settlement.actions.parties import members_on, settling_on
from fotfeste.settlement.actions.permits import follow_permits, refuse_without_permit
from fotfeste.settlement.actions.settled import belong_to
from fotfeste.settlement.actions.taken_back.again import imdi_sees
from fotfeste.settlement.actions.withdrawal import end_offer
from fotfeste.settlement.domain.goals import after_days
from fotfeste.settlement.domain.local import check_agreement
from fotfeste.settlement.domain.parameters import book
from fotfeste.settlement.domain.states import CASE, OFFER, REQUEST
from fotfeste.settlement.domain.types import WithdrawalReason
from fotfeste.settlement.models import Offer, SettlementCase, SettlementRequest
from fotfeste.settlement.queries.living import living_offer
from fotfeste.settlement.queries.needs import needs_of_case
from fotfeste.settlement.queries.offered import refuse_second_offer
from fotfeste.settlement.queries.private import private_home
from fotfeste.worklist.public import open_task


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """What IMDi and the municipality have agreed, and what the household says: it stays where it lives."""

    on: date  # the first day on which they are settled, and live there with support no more
    agreed_on: date
    agreed_with: str  # who said yes in the municipality
    answered_by_names: str
    answer_language: str
    guardian_name: str = ""


@act
def settle_where_they_live(
    group_id: int, agreed: Agreed, *, by: Viewer, at: datetime, version: int | None = None
) -> SettlementCase:
    """Settle a household in the municipality where it lives privately: the case (opened where there is none) goes to
    settled, request and offer are kept as one agreement, the stays end on the day, everybody with a permit is settled.

    The day may be weeks ago: it is known now and true then, and what was paid since is corrected by the next run.
    Raises Refused: `nobody_lives_privately`, `settled_ahead_of_time`, `agreement_in_the_future`,
    `settled_before_agreement`, `partner_missing`, `who_answered_missing`, `answer_language_missing`,
    `guardian_name_missing`, `asked_elsewhere`, `one_offer_only`, `nobody_is_due`, `nobody_has_permit`,
    `private_end_before_start`, `places_are_taken`; IllegalStep, Stale, NotFound.
    """
    require(by, "settlement.find_municipality")
    lock_group(group_id, version=version)
    today = legal_day(at)
    municipality_id = private_home(group_id, today)
    if municipality_id is None:
        raise Refused("nobody_lives_privately")
    alone = unaccompanied_among(members_of(group_id, today), today)
    check_agreement(
        on=agreed.on,
        agreed_on=agreed.agreed_on,
        agreed_with=agreed.agreed_with,
        answered_by=agreed.answered_by_names,
        language=agreed.answer_language,
        guardian_name=agreed.guardian_name,
        is_alone=bool(alone),
        today=today,
    )
    refuse_second_offer(group_id, today)
    case = _open_case(group_id, by=by, at=at)
    CASE.step(case.state, "settle_where_they_live")
    refuse_without_permit(group_id, today)
    refresh_composition(case, today)
    # They stay, and do not travel: also where they had found another home there themselves.
    cancel_own_journey(case, cause="settlement.settle_where_they_live", on=today, by=by, at=at)
    _agree(case, municipality_id, agreed, by=by, at=at)
    persons = [each.subject_id for each in everyone_of(group_id, today) if each.is_staying]
    end_private_stay_after(group_id, persons, agreed.on, DepartureReason.AGREED_SETTLEMENT, by=by, at=at)
    advance(case, "settle_where_they_live", by=by, at=at, on=agreed.on, other_organisation_id=municipality_id)
    belong_to(case, municipality_id, on=agreed.on, by=by, at=at)
    # Whether they can stay in that home is seen to anew (ALT-16), while the municipality follows up whoever has lived
    # there privately: counted from the day that it is known, which may be long after the one they are settled from.
    deadline = after_days("settlement.home_check_days", today, book())
    open_task(
        "check_housing",
        subject_id=group_id,
        organisation_id=municipality_id,
        cause="settlement.settle_where_they_live",
        basis_on=agreed.on,
        due_on=deadline.due_on,
        due_rule=deadline.rule.code,
        object_id=case.pk,
        at=at,
    )
    end_imdis_part(group_id, on=agreed.on, at=at)
    return case


def _open_case(group_id: int, *, by: Viewer, at: datetime) -> SettlementCase:
    """The open case, locked; opened now where the household has a permit and none that counts."""
    open_ones = SettlementCase.objects.select_for_update().filter(subject_id=group_id).exclude(state__in=CASE.final)
    case = open_ones.first()
    if case is not None:
        return case
    if has_case_that_counts(group_id):
        raise Refused("settled_or_refused_already")
    begun = Happening(type="settlement.agreed_where_they_live", subject_id=group_id, holds_on=legal_day(at))
    open_case_of_permitted(group_id, Told(publish(begun, by=by, at=at), by, at))
    case = open_ones.first()
    if case is None:
        raise Refused("nobody_is_due")
    return case


def _agree(case: SettlementCase, municipality_id: int, agreed: Agreed, *, by: Viewer, at: datetime) -> Offer:
    """Request, yes, offer and answer in one: the rows that every settlement has, all of the day of the agreement."""
    request = case.requests.select_for_update().filter(state__in=("open", "accepted")).first()
    if request is not None and request.organisation_id != municipality_id:
        raise Refused("asked_elsewhere", params={"municipality": request.organisation.name})
    week = str(Week.of(agreed.on))
    if request is None:
        request = SettlementRequest.objects.create(
            subject_id=case.subject_id,
            case=case,
            organisation_id=municipality_id,
            size=case.size,
            centre_id=case.centre_id,
            sent_on=agreed.agreed_on,
            wanted_week=week,
        )
    if request.state == REQUEST.initial:
        request.state = REQUEST.step(request.state, "accept").target
        request.answered_on, request.possible_week = agreed.agreed_on, week
        request.confirmed = sorted(str(each) for each in needs_of_case(case, legal_day(at)).capabilities)
    request.answer_text = agreed.agreed_with.strip()
    request.save()
    offer = Offer.objects.create(
        subject_id=case.subject_id,
        case=case,
        request=request,
        organisation_id=municipality_id,
        week=week,
        size=case.size,
        persons=settling_on(case.subject_id, legal_day(at)),
        decided_on=agreed.agreed_on,
        decided_by_id=by.user_id,
    )
    offer.state = OFFER.step(offer.state, "accept").target
    offer.answered_on, offer.answered_by_names = agreed.agreed_on, agreed.answered_by_names.strip()
    offer.answer_language, offer.guardian_name = agreed.answer_language, agreed.guardian_name.strip()
    offer.save()
    return offer


def follow_corrected_stay(told: Told) -> None:
    """The end of a private stay with which a household was settled was wrong: nobody stopped living there.

    Then the agreement is taken back, and IMDi sees the household again. Another day of it is another agreement: the
    end is taken back first. Listens to `accommodation.private_stay_corrected`. Raises Refused `take_settlement_back`,
    `the_others_are_settled`.
    """
    group_id = told.event.subject_id
    if group_id is None:
        return
    case = SettlementCase.objects.select_for_update().filter(subject_id=group_id).order_by("-pk").first()
    if case is None or case.state != "settled":
        return
    offer = Offer.objects.filter(case=case, state="accepted").first()
    if offer is None or hasattr(offer, "journey"):
        return
    today = legal_day(told.at)
    staying = {each.subject_id for each in everyone_of(group_id, today) if each.is_staying}
    if not staying:
        raise Refused("take_settlement_back", "end", {"day": case.state_since_on})
    if set(settling_on(group_id, today)) - staying:
        raise Refused("the_others_are_settled", "persons")
    take_back_agreement(case, told)


def take_back_agreement(case: SettlementCase, told: Told) -> None:
    """A household that was settled without an offered journey is settled no more; the case is in the queue, and a
    journey that it had agreed itself is over with it.
    """
    # It follows from the correction of the municipality's or UDI's, who take no steps of a case.
    by, at = replace(told.by, permissions=told.by.permissions | {"settlement.register_departure"}), told.at
    today, offer = legal_day(at), living_offer(case)
    request = case.requests.get(state="fulfilled")
    cancel_own_journey(case, cause="settlement.annul_agreement", on=today, by=by, at=at)
    for step in ("annul_departure", "withdraw"):
        request.state = REQUEST.step(request.state, step).target
        request.save(update_fields=["state"])
    end_offer(offer, WithdrawalReason.CASE_CLOSED, "", on=today, by=by)
    event = advance(case, "annul_agreement", by=by, at=at, on=today, other_organisation_id=offer.organisation_id)
    everyone = members_on(case.subject_id, today)
    unsettle(everyone, Mistake.WRONG_CHOICE, by=by, at=at)
    _end_settled(case.subject_id, everyone, offer.organisation_id, on=today, at=at)
    imdi_sees(case, told)
    follow_permits(case, Told(event, by, at), cause="settlement.annul_agreement")


def _end_settled(group_id: int, persons: Collection[int], to: int, *, on: date, at: datetime) -> None:
    end_needs([group_id, *persons], reason=NeedReason.SETTLED_HERE, on=on, at=at, organisation_id=to)
