"""The municipality answers, and sees to home and contract before the contract is signed (SET-13, SET-17)."""

from collections.abc import Collection
from datetime import datetime

from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.platform.acts import act
from fotfeste.platform.viewer import Viewer
from fotfeste.self_settlement.actions.grown import changed_home
from fotfeste.self_settlement.actions.request import (
    advance,
    ask,
    forget_approval,
    lock_asked,
    municipality_is_out,
    who_acts_for,
)
from fotfeste.self_settlement.domain.asking import check_no
from fotfeste.self_settlement.domain.home import check_approval, check_change
from fotfeste.self_settlement.domain.states import ASKED
from fotfeste.self_settlement.domain.tasks import AGREE, ANSWER, CHECK_HOME, MOVE_IN, SEND_HOME, TELL_NO
from fotfeste.self_settlement.domain.types import Check, HomeOutcome, NoReason
from fotfeste.self_settlement.domain.waiting import agree_due, home_due
from fotfeste.self_settlement.models import SelfSettlement, SentHome
from fotfeste.self_settlement.queries.homes import contract_of
from fotfeste.settlement.public import imdi_of, take_back_promise
from fotfeste.worklist.public import close_tasks


@act
def welcome_household(
    group_id: int, *, text: str = "", by: Viewer, at: datetime, version: int | None = None
) -> SelfSettlement:
    """The municipality says yes: the household looks for a home there, and has until the deadline to send it.

    Raises Refused `no_self_settlement`; IllegalStep, Stale, NotFound, NotAllowed, NoRule.
    """
    request = lock_asked(group_id, by=by, version=version)
    today = legal_day(at)
    request.answered_on, request.answered_by_id, request.answer_text = today, by.user_id, text.strip()
    request.welcomed_on = today
    advance(request, "welcome", by=by, at=at, on=today)
    close_tasks([ANSWER], subject_id=group_id, by=by, at=at)
    theirs, cause = who_acts_for(request.case, today), "self_settlement.welcome"
    ask(request, SEND_HOME, theirs, cause=cause, basis_on=today, due=home_due(today), at=at)
    return request


@act
def decline_household(
    group_id: int,
    *,
    reason: NoReason | str,
    text: str = "",
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> SelfSettlement:
    """The municipality says no, with its reason, also after a yes and an approved home, until IMDi has agreed. It sees
    the household no more; the centre tells them, and they may ask another one.

    Raises Refused `self_settlement_no_reason_missing`, `self_settlement_no_needs_words`, `no_self_settlement`;
    IllegalStep, Stale, NotFound, NotAllowed.
    """
    request = lock_asked(group_id, by=by, version=version)
    ASKED.step(request.state, "decline")
    check_no(str(reason), text)
    today = legal_day(at)
    if (home := waiting_home(request)) is not None:
        home.outcome, home.must_change = HomeOutcome.TO_CHANGE, text.strip() or "–"
        home.seen_on, home.seen_by_id = today, by.user_id
        home.save()
    request.answered_on, request.answered_by_id, request.answer_text = today, by.user_id, text.strip()
    request.no_reason = str(reason)
    advance(request, "decline", by=by, at=at, on=today)
    theirs, cause = who_acts_for(request.case, today), "self_settlement.decline"
    ask(request, TELL_NO, theirs, cause=cause, basis_on=today, due=None, at=at)
    municipality_is_out(request, on=today, by=by, at=at)
    return request


@act
def approve_home(
    group_id: int, *, seen: Collection[Check], by: Viewer, at: datetime, version: int | None = None
) -> SelfSettlement:
    """The municipality approves home and contract for as many as they are now: everything on the list is looked at,
    nothing is signed. IMDi agrees.

    Raises Refused `checks_missing`, `contract_is_signed_already`, `no_home_waits`, `no_self_settlement`; IllegalStep,
    Stale, NotFound, NotAllowed, NoRule.
    """
    request = lock_asked(group_id, by=by, version=version)
    ASKED.step(request.state, "approve_home")
    today, home = legal_day(at), _waiting_home(request)
    home.persons = request.case.size
    check_approval(contract_of(home), seen, day=today)
    home.outcome, home.seen_on, home.seen_by_id = HomeOutcome.APPROVED, today, by.user_id
    home.checks = sorted(str(each) for each in seen)
    home.save()
    request.approved_on = today
    advance(request, "approve_home", by=by, at=at, on=today)
    close_tasks([CHECK_HOME], subject_id=group_id, by=by, at=at)
    imdi, cause = imdi_of(request.case, today), "self_settlement.approve_home"
    ask(request, AGREE, imdi, cause=cause, basis_on=today, due=agree_due(today), at=at)
    return request


@act
def ask_for_change(
    group_id: int,
    *,
    seen: Collection[Check],
    must_change: str,
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> SelfSettlement:
    """The municipality says what must be otherwise before it approves: the household sends the home anew, or another.

    After IMDi's agreement only of a household that is another than the home was approved for; the places are free then,
    and it is agreed anew. Raises Refused `what_must_change_missing`, `no_home_waits`, `home_is_for_them_all`,
    `no_self_settlement`; IllegalStep, Stale, NotFound, NotAllowed, NoRule.
    """
    request = lock_asked(group_id, by=by, version=version)
    ASKED.step(request.state, "ask_for_change")
    check_change(must_change)
    today, is_agreed = legal_day(at), request.state == "agreed"
    home = changed_home(request) if is_agreed else _waiting_home(request)
    home.outcome, home.seen_on, home.seen_by_id = HomeOutcome.TO_CHANGE, today, by.user_id
    home.checks, home.must_change = sorted(str(each) for each in seen), must_change.strip()
    home.save()
    forget_approval(request, on=today)
    advance(request, "ask_for_change", by=by, at=at, on=today)
    close_tasks([CHECK_HOME], subject_id=group_id, by=by, at=at)
    if is_agreed:
        close_tasks([MOVE_IN], subject_id=group_id, by=by, at=at, outcome="void")
        take_back_promise(request.case, told_as="", by=by, at=at)
    theirs, cause = who_acts_for(request.case, today), "self_settlement.ask_for_change"
    ask(request, SEND_HOME, theirs, cause=cause, basis_on=today, due=home_due(today), at=at)
    return request


def waiting_home(request: SelfSettlement) -> SentHome | None:
    """The home that waits for the municipality, locked."""
    return SentHome.objects.select_for_update().filter(request=request, outcome="").first()


def _waiting_home(request: SelfSettlement) -> SentHome:
    home = waiting_home(request)
    if home is None:
        raise Refused("no_home_waits")
    return home
