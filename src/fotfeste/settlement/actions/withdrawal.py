"""IMDi takes an offer back: the municipality has lost the home, or cannot after all (SET-07).

Nobody in the household has refused anything: it is in the queue again, as before the offer, and its waiting counts on
from the permit. The journey lapses with the offer, and so does what UDI was asked about it.
"""

from datetime import date, datetime

from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.events import Told
from fotfeste.platform.viewer import Viewer
from fotfeste.settlement.actions.cancelling import ask_to_cancel
from fotfeste.settlement.actions.case import advance, lock_case, lock_case_where_they_live, tell
from fotfeste.settlement.actions.parties import ask_centre, municipality_leaves
from fotfeste.settlement.actions.permits import follow_permits
from fotfeste.settlement.actions.told import tell_municipality
from fotfeste.settlement.domain.goals import after_working_days
from fotfeste.settlement.domain.parameters import book
from fotfeste.settlement.domain.requests import check_told, check_withdrawal
from fotfeste.settlement.domain.states import CASE, OFFER, REQUEST
from fotfeste.settlement.domain.types import WithdrawalReason
from fotfeste.settlement.models import Offer, SettlementCase
from fotfeste.settlement.queries.living import living_offer
from fotfeste.settlement.task_kinds_interview import TELL_WITHDRAWAL
from fotfeste.worklist.public import close_tasks

# What the offer asked of others. The municipality's own tasks end with its part.
_LAPSED = ("register_offer_answer", "arrange_journey", "approve_travel", "register_departure")


@act
def withdraw_offer(
    group_id: int,
    *,
    reason: WithdrawalReason | str,
    text: str = "",
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> Offer:
    """Take back an offer that is made or accepted, as long as they have not moved.

    The household is in the queue again, the request is withdrawn and the municipality's part ends, as when a request is
    taken back; it gets a notice. The journey is cancelled with the offer, which the centre tells the travel agent
    where it has booked. The centre gets the task of telling the household. `text` is for IMDi, UDI and the centre.
    Raises Refused (`withdrawal_reason_missing`, `withdrawal_needs_words`), IllegalStep, Stale, NotFound,
    NoRule. Source: GUIDE 1.8 and 1.9 (an offer holds until they move; a municipality that cannot keep it leaves them
    with the right to a place and to another one).
    """
    require(by, "settlement.find_municipality")
    check_withdrawal(str(reason), text)
    case = lock_case(group_id, by=by, version=version)
    today, came_to = legal_day(at), case.state
    CASE.step(case.state, "withdraw_offer")
    offer = living_offer(case, is_locked=True)
    if came_to == "journey_agreed":
        ask_to_cancel(case, cause="settlement.withdraw_offer", on=today, at=at)
    end_offer(offer, str(reason), text, on=today, by=by)
    request = offer.request
    request.state = REQUEST.step(request.state, "withdraw").target
    request.save(update_fields=["state"])
    event = advance(case, "withdraw_offer", by=by, at=at, on=today, other_organisation_id=offer.organisation_id)
    close_tasks(_LAPSED, subject_id=group_id, by=by, at=at, outcome="void")
    follow_permits(case, Told(event, by, at), cause="settlement.withdraw_offer")
    ask_centre(
        case,
        TELL_WITHDRAWAL,
        cause="settlement.withdraw_offer",
        basis_on=today,
        deadline=after_working_days("settlement.tell_withdrawal_working_days", today, book()),
        at=at,
    )
    tell_municipality(case, request, came_to=came_to, cause="settlement.withdraw_offer", on=today, by=by, at=at)
    municipality_leaves(case, offer.organisation_id, on=today, by=by, at=at)
    return offer


def end_offer(offer: Offer, reason: str, text: str, *, on: date, by: Viewer) -> None:
    """Mark an offer as withdrawn. For acts that hold the lock of its case. Raises IllegalStep.

    A departure of before the offer may become known after it: the offer is then withdrawn on the day it was made.
    """
    offer.state = OFFER.step(offer.state, "withdraw").target
    offer.withdrawn_on, offer.withdrawn_by_id = max(on, offer.decided_on), by.user_id
    offer.withdrawal_reason, offer.withdrawal_text = reason, text.strip()
    offer.save(update_fields=["state", "withdrawn_on", "withdrawn_by", "withdrawal_reason", "withdrawal_text"])


def untold_withdrawals(case: SettlementCase) -> list[Offer]:
    """The offers of a case that were taken back while the household waits on, and that it has not been told of."""
    taken_back = Offer.objects.filter(case=case, state="withdrawn", told_on__isnull=True)
    return list(taken_back.exclude(withdrawal_reason=WithdrawalReason.CASE_CLOSED).order_by("pk"))


@act
def register_withdrawal_told(
    group_id: int, *, told_on: date, by: Viewer, at: datetime, version: int | None = None
) -> None:
    """The centre has told the household that its offer was taken back, and that another will come.

    Raises Refused (`told_in_the_future`, `told_before_withdrawal`, `withdrawal_is_told`), Stale, NotFound.
    """
    require(by, "settlement.register_offer_answer")
    case = lock_case_where_they_live(group_id, by=by, version=version)
    waiting = untold_withdrawals(case)
    if not waiting:
        raise Refused("withdrawal_is_told")
    for offer in waiting:
        check_told(told_on, offer.withdrawn_on or told_on, legal_day(at))
        offer.told_on = told_on
        offer.save(update_fields=["told_on"])
    close_tasks([TELL_WITHDRAWAL], subject_id=group_id, by=by, at=at)
    tell("settlement.withdrawal_told", case, by=by, at=at, holds_on=told_on)
