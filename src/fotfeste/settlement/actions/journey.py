"""The journey to the municipality: asked of UDI where it must be, agreed, changed, and confirmed on arrival
(TRV-01..03).
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db.models import Q

from fotfeste.access.public import NeedReason, organisations_with
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.events import Happening, publish
from fotfeste.platform.viewer import Viewer
from fotfeste.settlement.actions.case import lock_case, lock_case_where_they_live
from fotfeste.settlement.actions.destination import Destination, step_to, to_agree
from fotfeste.settlement.actions.permits import refuse_without_permit
from fotfeste.settlement.domain.goals import after_working_days
from fotfeste.settlement.domain.journey import (
    NEEDS_APPROVAL,
    JourneyPlan,
    approved_modes,
    check_journey,
    check_near_offer,
    insured_until,
    luggage_checked_on,
    minutes_of,
    modes_to_approve,
    times_of,
)
from fotfeste.settlement.domain.parameters import book
from fotfeste.settlement.domain.types import ApprovalOutcome, TravelMode
from fotfeste.settlement.models import Journey, JourneyLeg, SettlementCase, TravelApproval
from fotfeste.settlement.queries.refusing import still_refusing
from fotfeste.worklist.public import close_tasks, open_task


@act
def ask_travel_approval(
    group_id: int,
    *,
    modes: Collection[TravelMode | str],
    explanation: str,
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> TravelApproval:
    """Ask UDI, in writing and before anything is booked, to approve travelling otherwise than by public
    transport: by which `modes`, and why. The answer holds for these; others need a question of their own.

    Raises Refused (`modes_missing`, `explanation_missing`, `one_open_travel_question`), IllegalStep,
    Stale, NotFound, NoRule.
    """
    require(by, "settlement.arrange_journey")
    case = lock_case_where_they_live(group_id, by=by, version=version)
    _step, to = to_agree(case)
    if not modes or not NEEDS_APPROVAL.issuperset(modes):
        raise Refused("modes_missing", "modes")
    if not explanation.strip():
        raise Refused("explanation_missing", "explanation")
    today = legal_day(at)
    asked = TravelApproval.objects.create(
        subject_id=group_id,
        case=case,
        offer=to.offer,
        request=to.request,
        modes=sorted(str(mode) for mode in modes),
        explanation=explanation.strip(),
        asked_on=today,
        asked_by_id=by.user_id,
    )
    _tell(case, "settlement.travel_approval_asked", asked.pk, by=by, at=at, on=today)
    deadline = after_working_days("settlement.travel_question_working_days", today, book())
    for organisation_id in organisations_with(group_id, NeedReason.PROTECTION_CASE, today):
        open_task(
            "approve_travel",
            subject_id=group_id,
            organisation_id=organisation_id,
            cause="settlement.travel_approval_asked",
            basis_on=today,
            due_on=deadline.due_on,
            due_rule=deadline.rule.code,
            object_id=asked.pk,
            at=at,
        )
    return asked


@act
def answer_travel_approval(
    group_id: int,
    *,
    approves: bool,
    udi_reference: str = "",
    text: str = "",
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> TravelApproval:
    """UDI answers: a yes has the reference of the written approval, a no has words. Raises Refused, Stale,
    NotFound.
    """
    require(by, "settlement.approve_travel")
    case = lock_case(group_id, by=by, version=version)
    over = Q(offer__state="withdrawn") | Q(request__state="withdrawn")
    living = TravelApproval.objects.select_for_update(of=("self",)).filter(case=case).exclude(over)
    asked = living.filter(outcome="").first()
    if asked is None:
        raise Refused("no_travel_question")
    if approves and not udi_reference.strip():
        raise Refused("travel_approval_is_written", "udi_reference")
    if not approves and not text.strip():
        raise Refused("travel_refusal_needs_words", "answer_text")
    today = legal_day(at)
    asked.outcome = ApprovalOutcome.APPROVED if approves else ApprovalOutcome.REFUSED
    asked.answered_on, asked.answered_by_id = today, by.user_id
    asked.udi_reference, asked.answer_text = udi_reference.strip(), text.strip()
    asked.save()
    _tell(case, "settlement.travel_approval_answered", asked.pk, by=by, at=at, on=today)
    close_tasks(["approve_travel"], subject_id=group_id, by=by, at=at)
    return asked


def _tell(case: SettlementCase, what: str, object_id: int, *, by: Viewer, at: datetime, on: date) -> None:
    publish(
        Happening(
            type=what,
            subject_id=case.subject_id,
            object_kind="travel_approval",
            object_id=object_id,
            holds_on=on,
        ),
        by=by,
        at=at,
    )


@act
def agree_journey(group_id: int, plan: JourneyPlan, *, by: Viewer, at: datetime, version: int | None = None) -> Journey:
    """Write down the journey as agreed with the municipality's contact person; again to change it.

    Who pays each leg follows from the hub. The centre gets the task of registering the departure and the
    municipality that of preparing, both due on the day. Raises Refused with the field, or
    `nobody_may_move`; IllegalStep, Stale, NotFound, NoRule.
    """
    require(by, "settlement.arrange_journey")
    case = lock_case_where_they_live(group_id, by=by, version=version)
    today = legal_day(at)
    step, to = to_agree(case)
    refuse_without_permit(group_id, today, "nobody_may_move")
    if to.offer is not None and plan.agreed_on < to.offer.decided_on:
        raise Refused("agreed_before_offer", "agreed_on", {"day": to.offer.decided_on})
    check_near_offer(plan.travels_on, to.week)
    # What UDI approved for another municipality, whose offer was taken back, does not count.
    unanswered = ("", ApprovalOutcome.VOID)
    answered = list(to.approvals.exclude(outcome__in=unanswered).order_by("pk"))
    paid_by = check_journey(
        plan,
        today=today,
        size=case.size - len(still_refusing(group_id)),
        approved=approved_modes((each.modes, each.outcome == ApprovalOutcome.APPROVED) for each in answered),
        book=book(),
    )
    journey = _write(case, to, plan, _approval_of(answered, modes_to_approve(plan.legs, paid_by)))
    JourneyLeg.objects.bulk_create(
        JourneyLeg(
            subject_id=group_id,
            journey=journey,
            number=number,
            mode=leg.mode,
            start=leg.start.strip(),
            end=leg.end.strip(),
            payer=payer,
            price_ore=leg.price_ore,
            operator=leg.operator.strip(),
            departs_at=times.departs_at,
            arrives_at=times.arrives_at,
        )
        for number, (leg, payer, times) in enumerate(zip(plan.legs, paid_by, times_of(plan), strict=True), start=1)
    )
    if step == "agree_journey":
        _void_question(to, by=by, at=at)
    step_to(case, to, step, by=by, at=at, on=today)
    close_tasks(["arrange_journey"], subject_id=group_id, by=by, at=at)
    plan_the_day(case, plan.travels_on, to, by=by, at=at, today=today)
    return journey


def _void_question(to: Destination, *, by: Viewer, at: datetime) -> None:
    """UDI is not to answer what a journey that is agreed does not rest on. What is asked of one that is agreed already
    waits for its answer: the centre asks so as to change it.
    """
    asked = to.approvals.select_for_update().filter(outcome="").first()
    if asked is not None:
        asked.outcome, asked.answered_on = ApprovalOutcome.VOID, legal_day(at)
        asked.save(update_fields=["outcome", "answered_on"])
        close_tasks(["approve_travel"], subject_id=asked.subject_id, by=by, at=at, outcome="void")


def _approval_of(answered: Sequence[TravelApproval], modes: Collection[TravelMode]) -> TravelApproval | None:
    """The latest approval that the journey rests on; None where it needs none."""
    given = [each for each in answered if each.outcome == ApprovalOutcome.APPROVED and set(each.modes) & set(modes)]
    return given[-1] if given else None


def _write(case: SettlementCase, to: Destination, plan: JourneyPlan, approval: TravelApproval | None) -> Journey:
    car, before = plan.own_car, to.journey
    carriers = before.legs.values_list("operator", flat=True) if before else ()
    journey, is_new = Journey.objects.update_or_create(
        offer=to.offer,
        request=to.request,
        defaults={
            "case": case,
            "subject_id": case.subject_id,
            "travels_on": plan.travels_on,
            "agreed_with": plan.agreed_with.strip(),
            "agreed_on": plan.agreed_on,
            "hub": plan.hub.strip(),
            "receiver": plan.receiver.strip(),
            "booking_reference": plan.booking_reference.strip(),
            "minutes": minutes_of(plan),
            "has_food": plan.has_food,
            "luggage_pieces": plan.luggage_pieces,
            "luggage_checked_on": luggage_checked_on(
                plan, before.luggage_checked_on if before else None, set(carriers)
            ),
            "is_own_car": car is not None,
            "persons_in_car": car.persons if car else None,
            "ticket_price_ore": car.ticket_price_ore if car else None,
            "self_declaration_signed_on": car.self_declaration_signed_on if car else None,
            "green_card_valid_until": insured_until(car, book()) if car else None,
            "children_in_car": car.children if car else 0,
            "child_price_ore": (car.child_price_ore or 0) if car else 0,
            "infants_in_car": car.infants if car else 0,
            "infant_price_ore": car.infant_price_ore if car else 0,
            "car_insurance": car.insurance if car else "",
            "customs_issued_on": car.customs_issued_on if car else None,
            "approval": approval,
            "note": plan.note.strip(),
            "postponed_on": None,
        },
    )
    if not is_new:
        journey.legs.all().delete()
    return journey


def plan_the_day(
    case: SettlementCase,
    travels_on: date,
    to: Destination,
    *,
    by: Viewer,
    at: datetime,
    today: date,
    cause: str = "settlement.agree_journey",
) -> None:
    """The day's tasks for centre and municipality; on another day than before, the old ones give way. The centre of
    those who found the municipality themselves has the task of registering that they have moved in.
    """
    departs_from = case.centre_id if to.offer is not None else None
    for kind, organisation_id in (("register_departure", departs_from), ("prepare_arrival", to.organisation_id)):
        close_tasks([kind], subject_id=case.subject_id, by=by, at=at, outcome="void")
        if organisation_id is not None:
            open_task(
                kind,
                subject_id=case.subject_id,
                organisation_id=organisation_id,
                cause=cause,
                basis_on=today,
                due_on=travels_on,
                due_rule="settlement.travel_day",
                object_id=case.pk,
                at=at,
            )
