"""IMDi agrees with the municipality, and the household moves in and is settled (SET-13)."""

from datetime import datetime

from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.decisions import RuleRef
from fotfeste.kernel.errors import Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.viewer import Viewer
from fotfeste.self_settlement.actions.request import (
    advance,
    ask,
    locked,
    municipality_is_out,
    tell_that_it_is_over,
    who_acts_for,
)
from fotfeste.self_settlement.domain.states import AGREE, ASKED
from fotfeste.self_settlement.domain.tasks import TELL_OVER
from fotfeste.self_settlement.domain.types import EndCause
from fotfeste.self_settlement.models import SelfSettlement
from fotfeste.settlement.public import lock_case

_OF_THE_CONTRACT = RuleRef("self_settlement.contract_starts", "2015-01-01/2015-01-01", "The contract", "verified")


@act
def leave_unagreed(group_id: int, *, text: str, by: Viewer, at: datetime, version: int | None = None) -> SelfSettlement:
    """IMDi and the municipality do not agree, though home and contract are approved: the request is over, and the
    household is in the queue as before. Its centre tells it why.

    Raises Refused `self_settlement_not_agreed_needs_words`, `no_self_settlement`; IllegalStep, Stale, NotFound,
    NotAllowed.
    """
    require(by, AGREE)
    case = lock_case(group_id, by=by, version=version)
    request = locked(group_id)
    ASKED.step(request.state, "not_agree")
    if not text.strip():
        raise Refused("self_settlement_not_agreed_needs_words", "text")
    today = legal_day(at)
    request.ended_on, request.end_cause, request.end_text = today, EndCause.NOT_AGREED, text.strip()
    advance(request, "not_agree", by=by, at=at, on=today)
    theirs, cause = who_acts_for(case, today), "self_settlement.not_agree"
    ask(request, TELL_OVER, theirs, cause=cause, basis_on=today, due=None, at=at)
    tell_that_it_is_over(case, request, "approved", cause="settlement.asked_not_agreed", by=by, at=at)
    municipality_is_out(request, on=today, by=by, at=at)
    return request
