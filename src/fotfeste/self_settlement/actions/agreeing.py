"""IMDi agrees with the municipality, and the household moves in and is settled (SET-13)."""

from datetime import date, datetime

from fotfeste.directory.public import Organisation
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.viewer import Viewer
from fotfeste.self_settlement.actions.grown import home_for_them_all
from fotfeste.self_settlement.actions.request import (
    advance,
    ask,
    lock_own,
    locked,
    municipality_is_out,
    tell_that_it_is_over,
    who_acts_for,
)
from fotfeste.self_settlement.domain.home import check_rent_has_begun
from fotfeste.self_settlement.domain.states import AGREE, ASK, ASKED
from fotfeste.self_settlement.domain.tasks import AGREE as AGREE_TASK
from fotfeste.self_settlement.domain.tasks import MOVE_IN, TELL_OVER
from fotfeste.self_settlement.domain.types import EndCause
from fotfeste.self_settlement.domain.waiting import move_in_due
from fotfeste.self_settlement.models import SelfSettlement
from fotfeste.settlement.public import FoundHome, lock_case, promise_found_home, settle_in_found_home
from fotfeste.worklist.public import close_tasks


@act
def agree_self_settlement(
    group_id: int, *, agreed_with: str, by: Viewer, at: datetime, version: int | None = None
) -> SelfSettlement:
    """IMDi has agreed it with the municipality: the case has found it, and places of its decision are theirs.

    The household signs now, and moves in. The interview is held first: what they need the municipality is told with
    this. Raises Refused `self_settlement_partner_missing`, `interview_comes_first`, `home_is_for_others`,
    `no_self_settlement`, and those of a promise; IllegalStep, Stale, NotFound, NotAllowed.
    """
    require(by, AGREE)
    case = lock_case(group_id, by=by, version=version)
    request = locked(group_id)
    today = legal_day(at)
    ASKED.step(request.state, "agree")
    if not agreed_with.strip():
        raise Refused("self_settlement_partner_missing", "agreed_with")
    if case.state == "interview_due":
        raise Refused("interview_comes_first")
    list(Organisation.objects.filter(pk=request.organisation_id).select_for_update(no_key=True))
    home = home_for_them_all(request, case)
    request.agreed_on, request.agreed_by_id, request.agreed_with = today, by.user_id, agreed_with.strip()
    advance(request, "agree", by=by, at=at, on=today)
    close_tasks([AGREE_TASK], subject_id=group_id, by=by, at=at)
    promise_found_home(
        case, request.organisation_id, agreed_with=agreed_with.strip(), starts_on=home.starts_on, by=by, at=at
    )
    theirs, cause = who_acts_for(case, today), "self_settlement.agree"
    ask(request, MOVE_IN, theirs, cause=cause, basis_on=today, due=move_in_due(home.starts_on, today), at=at)
    return request


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


@act
def move_in(
    group_id: int, on: date, *, is_meant: bool = False, by: Viewer, at: datetime, version: int | None = None
) -> SelfSettlement:
    """They have moved in: settled from the day, with the same rights as with public help. `is_meant`: before the rent
    begins.

    Raises Refused `moved_in_ahead_of_time`, `moved_in_before_agreement`, `home_is_for_others`, `moved_in_before_rent`
    (and not `is_meant`), `no_self_settlement`, and those of settling; IllegalStep, Stale, NotFound, NotAllowed.
    """
    require(by, ASK)
    case, request = lock_own(group_id, by=by, version=version)
    today = legal_day(at)
    ASKED.step(request.state, "move_in")
    if on > today:
        raise Refused("moved_in_ahead_of_time", "on", {"day": on})
    if request.agreed_on is not None and on < request.agreed_on:
        raise Refused("moved_in_before_agreement", "on", {"day": request.agreed_on})
    home = home_for_them_all(request, case)
    check_rent_has_begun(on, home.starts_on, is_meant=is_meant)
    request.moved_in_on = on
    advance(request, "move_in", by=by, at=at, on=on)
    close_tasks([MOVE_IN], subject_id=group_id, by=by, at=at)
    municipality_is_out(request, on=today, by=by, at=at)  # it knows of them as settled there from now on
    settle_in_found_home(case, FoundHome(street=home.street, postal_code=home.postal_code), on=on, by=by, at=at)
    return request
