"""Money for an own car: paid by the centre, asked of UDI, decided and refunded (TRV-03, GUIDE 1.8).

What is owed is computed from the journey when it is read; a claim is written when it is paid. It is a direct refund to
the centre (direkte refunderbar ytelse) and no grant to a municipality: the ledger of the grants knows nothing of it.
"""

from datetime import date, datetime

from fotfeste.access.public import NeedReason, organisations_with
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import NotFound, Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import lock_group
from fotfeste.settlement.actions.claim_tasks import follow_claims
from fotfeste.settlement.actions.travel_case import (
    lock_due,
    lock_paid,
    named,
    tell_of_travel,
    to_resend,
    to_see,
    to_send,
)
from fotfeste.settlement.domain.states_travel import CAR_CLAIM
from fotfeste.settlement.models import CarClaim, SettlementCase
from fotfeste.settlement.queries.claimants import claimants_of
from fotfeste.settlement.queries.travel import travel_of
from fotfeste.settlement.task_kinds_offers import ANSWER_CAR_CLAIM, SEE_DENIED_CLAIM, SEND_CAR_CLAIM
from fotfeste.worklist.public import close_tasks, open_task

WITH_UDI = ("sent", "approved")


@act
def pay_own_car(group_id: int, *, paid_on: date, by: Viewer, at: datetime, version: int | None = None) -> CarClaim:
    """Register that the centre has paid what is due for an own car, or had it paid back where it is less than nothing.

    Raises Refused (`no_car_money_due`, `persons_in_car_wrong`, `paid_in_the_future`, `not_their_centre`); Stale,
    NotFound, NotAllowed. The database refuses to pay the same twice.
    """
    require(by, "settlement.arrange_journey")
    travel = lock_due(group_id, by=by, version=version, day=legal_day(at))
    journey, due = travel.journey, travel.due_ore
    if journey is None or due == 0:
        raise Refused("no_car_money_due")
    if due > 0 and travel.has_wrong_persons:
        raise Refused("persons_in_car_wrong", params={"size": travel.size})
    if not journey.agreed_on <= paid_on <= legal_day(at):
        raise Refused("paid_in_the_future", "paid_on", {"day": journey.agreed_on})
    claim = CarClaim.objects.create(
        subject_id=group_id,
        case=travel.case,
        journey=journey,
        number=len(travel.claims) + 1,
        amount_ore=due,
        owed_ore=travel.owed_ore,
        organisation_id=by.organisation_id,
        paid_on=paid_on,
        paid_by_id=by.user_id,
    )
    tell_of_travel("settlement.car_paid", travel.case, "car_claim", claim.pk, by=by, at=at, on=paid_on)
    follow_claims(group_id, by=by, at=at)
    return claim


@act
def send_car_claim(
    group_id: int, *, by: Viewer, at: datetime, version: int | None = None, claim_id: int | None = None
) -> list[CarClaim]:
    """Send UDI all that is paid and not sent in a case (a claim's, or the oldest), with a task to answer; what was paid
    back and UDI has no part in is the centre's own. Raises Refused `no_car_claim_to_send`; Stale, NotFound, NotAllowed.
    """
    require(by, "settlement.arrange_journey")
    travel = lock_paid(group_id, takes=to_send, by=by, version=version, day=legal_day(at), claim_id=claim_id)
    unsent = to_send(travel, by, claimants_of(group_id, legal_day(at)))
    if not unsent or claim_id not in (None, *(claim.pk for claim in unsent)):
        raise Refused("no_car_claim_to_send")
    today = legal_day(at)
    for claim in unsent:
        claim.sent_on, claim.sent_by_id = today, by.user_id
        _step(claim, "send_car_claim", "sent_on", "sent_by")
        tell_of_travel("settlement.car_claim_sent", travel.case, "car_claim", claim.pk, by=by, at=at, on=today)
    _keep_what_is_not_udis(travel.case, by=by, at=at)
    if CarClaim.objects.filter(case=travel.case, state__in=WITH_UDI).exists():
        _ask_udi(group_id, unsent[0], on=today, at=at)
    follow_claims(group_id, by=by, at=at, done=SEND_CAR_CLAIM)
    return list(CarClaim.objects.filter(pk__in=[claim.pk for claim in unsent]).order_by("number"))


@act
def resend_car_claim(
    group_id: int, *, text: str, by: Viewer, at: datetime, version: int | None = None, claim_id: int | None = None
) -> CarClaim:
    """Send UDI a claim that it denied (the oldest where none is named) once more, with what it had not got: a reason,
    or papers.

    What it denied before, and why, stays with the claim. What the household has paid back meanwhile is not asked for.
    Raises Refused (`no_car_claim_to_resend`, `a_resent_car_claim_says_why`, `car_claim_is_paid_back`); Stale, NotFound,
    NotAllowed.
    """
    require(by, "settlement.arrange_journey")
    travel = lock_paid(group_id, takes=to_resend, by=by, version=version, day=legal_day(at), claim_id=claim_id)
    claim = named(to_resend(travel, by, claimants_of(group_id, legal_day(at))), claim_id)
    if claim is None or claim.decided_on is None:
        raise Refused("no_car_claim_to_resend")
    if not text.strip():
        raise Refused("a_resent_car_claim_says_why", "text")
    asked, today = travel.to_ask_again_ore(claim), legal_day(at)
    if asked <= 0:
        raise Refused("car_claim_is_paid_back")
    denied = {
        "sent_on": claim.sent_on.isoformat() if claim.sent_on else "",
        "why": claim.resend_text,
        "decided_on": claim.decided_on.isoformat(),
        "decided_by": claim.decided_by_id,
        "text": claim.decision_text,
    }
    claim.denials = [*claim.denials, denied]
    claim.asked_ore, claim.resent_after, claim.resend_text = asked, len(travel.claimed), text.strip()
    claim.sent_on, claim.sent_by_id = today, by.user_id
    claim.decided_on, claim.decided_by_id, claim.decision_text, claim.denial_seen_on = None, None, "", None
    _step(claim, "resend_car_claim", *_RESENT)
    tell_of_travel("settlement.car_claim_resent", travel.case, "car_claim", claim.pk, by=by, at=at, on=today)
    follow_claims(group_id, by=by, at=at, done=SEE_DENIED_CLAIM)
    _ask_udi(group_id, claim, on=today, at=at)
    return claim


_RESENT = (
    *("denials", "asked_ore", "resent_after", "resend_text", "sent_on", "sent_by"),
    *("decided_on", "decided_by", "decision_text", "denial_seen_on"),
)


@act
def accept_car_denial(
    group_id: int, *, by: Viewer, at: datetime, version: int | None = None, claim_id: int | None = None
) -> None:
    """Who is asked about UDI's no to a claim (the oldest where none is named) has seen it, and the centre covers it for
    now: it may still be sent once more.

    Raises Refused `no_car_denial_to_see`; Stale, NotFound, NotAllowed.
    """
    require(by, "settlement.arrange_journey")
    today = legal_day(at)
    travel = lock_paid(group_id, takes=to_see, by=by, version=version, day=today, claim_id=claim_id)
    claim = named(to_see(travel, by, claimants_of(group_id, today)), claim_id)
    if claim is None:
        raise Refused("no_car_denial_to_see")
    claim.denial_seen_on = today
    claim.save(update_fields=["denial_seen_on"])
    tell_of_travel("settlement.car_denial_seen", travel.case, "car_claim", claim.pk, by=by, at=at, on=today)
    follow_claims(group_id, by=by, at=at, done=SEE_DENIED_CLAIM)


def _ask_udi(group_id: int, claim: CarClaim, *, on: date, at: datetime) -> None:
    for organisation_id in organisations_with(group_id, NeedReason.PROTECTION_CASE, on):
        open_task(
            ANSWER_CAR_CLAIM,
            subject_id=group_id,
            organisation_id=organisation_id,
            cause="settlement.car_claim_sent",
            basis_on=on,
            object_id=claim.pk,
            at=at,
        )


@act
def decide_car_claim(
    group_id: int,
    *,
    approves: bool,
    text: str = "",
    by: Viewer,
    at: datetime,
    version: int | None = None,
    claim_id: int | None = None,
) -> CarClaim:
    """UDI approves a claim that waits (the oldest where none is named), or denies it with words; what was paid is then
    the centre's own cost, and so is what residents pay back of it.

    Raises Refused (`no_car_claim_to_decide`, `a_denied_car_claim_says_why`, `paid_for_more_than_travel`), Stale,
    NotFound, NotAllowed.
    """
    require(by, "settlement.approve_travel")
    claim = _locked_claim(group_id, "sent", "no_car_claim_to_decide", version=version, claim_id=claim_id)
    if not approves and not text.strip():
        raise Refused("a_denied_car_claim_says_why", "text")
    today = legal_day(at)
    if approves:
        _refuse_for_too_many(claim, today)
    claim.decided_on, claim.decided_by_id, claim.decision_text = today, by.user_id, text.strip()
    step = "approve_car_claim" if approves else "deny_car_claim"
    _step(claim, step, "decided_on", "decided_by", "decision_text")
    what = "settlement.car_claim_approved" if approves else "settlement.car_claim_denied"
    tell_of_travel(what, claim.case, "car_claim", claim.pk, by=by, at=at, on=today)
    _keep_what_is_not_udis(claim.case, by=by, at=at)
    follow_claims(group_id, by=by, at=at)
    _close_when_done(group_id, by=by, at=at)
    return claim


@act
def refund_car_claim(
    group_id: int,
    *,
    refunded_on: date,
    by: Viewer,
    at: datetime,
    version: int | None = None,
    claim_id: int | None = None,
) -> CarClaim:
    """UDI registers that it has refunded the centre an approved claim (the oldest where none is named), or had it paid
    back: once, and never again.

    Raises Refused (`no_car_claim_to_refund`, `refunded_in_the_future`, `paid_for_more_than_travel`), Stale, NotFound,
    NotAllowed.
    """
    require(by, "settlement.approve_travel")
    claim = _locked_claim(group_id, "approved", "no_car_claim_to_refund", version=version, claim_id=claim_id)
    if claim.decided_on is None or not claim.decided_on <= refunded_on <= legal_day(at):
        raise Refused("refunded_in_the_future", "refunded_on", {"day": claim.decided_on})
    _refuse_for_too_many(claim, legal_day(at))
    claim.refunded_on, claim.refunded_by_id = refunded_on, by.user_id
    claim.refunded_ore = travel_of(claim.case, legal_day(at)).share_ore(claim)
    _step(claim, "refund_car_claim", "refunded_on", "refunded_by", "refunded_ore")
    tell_of_travel("settlement.car_claim_refunded", claim.case, "car_claim", claim.pk, by=by, at=at, on=refunded_on)
    _close_when_done(group_id, by=by, at=at)
    return claim


def _refuse_for_too_many(claim: CarClaim, today: date) -> None:
    """UDI covers nothing of a car in which more were paid for than travel, until the centre has put the journey right:
    what is too much is known then. Those who have gone are as many as they were.
    """
    travel = travel_of(claim.case, today)
    if claim.amount_ore > 0 and travel.has_wrong_persons and travel.case.state != "settled":
        in_car = travel.journey.persons_in_car if travel.journey is not None else None
        raise Refused("paid_for_more_than_travel", params={"in_car": in_car, "size": travel.size})


def _locked_claim(group_id: int, state: str, missing: str, *, version: int | None, claim_id: int | None) -> CarClaim:
    """The claim that is named, or the oldest of the household, in a state, also of a case that is over, under the
    household's lock.
    """
    lock_group(group_id, version=version)
    claims = CarClaim.objects.select_for_update(of=("self", "case")).select_related("case")
    claims = claims.filter(subject_id=group_id, state=state).order_by("case_id", "number")
    claim = named(claims, claim_id)
    if claim is None:
        if not SettlementCase.objects.filter(subject_id=group_id).exists():
            raise NotFound("not_found")
        raise Refused(missing)
    return claim


def _keep_what_is_not_udis(case: SettlementCase, *, by: Viewer, at: datetime) -> None:
    """Of what is sent, the centre keeps what was paid back when UDI has covered nothing that it could be owed again.

    Of those that the session sees: what others have sent, UDI keeps when it decides.
    """
    today = legal_day(at)
    for _ in range(CarClaim.objects.filter(case=case, state="sent").count()):
        travel = travel_of(case, today)
        claim = next((each for each in travel.claims if each.state == "sent" and not travel.share_ore(each)), None)
        if claim is None:
            return
        claim.decided_on, claim.decided_by_id = today, by.user_id
        _step(claim, "keep_car_claim", "decided_on", "decided_by")
        tell_of_travel("settlement.car_claim_kept", case, "car_claim", claim.pk, by=by, at=at, on=today)


def _close_when_done(group_id: int, *, by: Viewer, at: datetime) -> None:
    """UDI's task is done when nothing waits for it."""
    if not CarClaim.objects.filter(subject_id=group_id, state__in=WITH_UDI).exists():
        close_tasks([ANSWER_CAR_CLAIM], subject_id=group_id, by=by, at=at)


def _step(claim: CarClaim, name: str, *fields: str) -> None:
    claim.state = CAR_CLAIM.step(claim.state, name).target
    claim.save(update_fields=["state", *fields])
