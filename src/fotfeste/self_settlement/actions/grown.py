"""A household becomes another than its home was approved for: the municipality looks at the home again (SET-13).

Before IMDi has agreed, the home is sent back to it; afterwards the agreement stands while it looks, and they do not
move in before it has answered (ADR 0060).
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.events import Told
from fotfeste.platform.viewer import Viewer
from fotfeste.self_settlement.actions.request import advance, ask, forget_approval, living, lock_asked, locked
from fotfeste.self_settlement.domain.home import check_approval
from fotfeste.self_settlement.domain.states import AGREE, ASKED
from fotfeste.self_settlement.domain.tasks import AGREE as AGREE_TASK
from fotfeste.self_settlement.domain.tasks import CHECK_HOME
from fotfeste.self_settlement.domain.types import Check, HomeOutcome
from fotfeste.self_settlement.domain.waiting import check_due
from fotfeste.self_settlement.models import SelfSettlement, SentHome
from fotfeste.self_settlement.queries.homes import contract_of
from fotfeste.settlement.public import SettlementCase, lock_case
from fotfeste.worklist.public import close_tasks

_CHANGED = "self_settlement.household_changed"


def approved_home(request: SelfSettlement) -> SentHome:
    """The home that was approved, locked. Raises Refused `no_home_waits`."""
    approved = SentHome.objects.select_for_update().filter(request=request, outcome=HomeOutcome.APPROVED)
    if (home := approved.order_by("-pk").first()) is None:
        raise Refused("no_home_waits")
    return home


def home_for_them_all(request: SelfSettlement, case: SettlementCase) -> SentHome:
    """The home that was approved for as many as they are now. Raises Refused `home_is_for_others`, `no_home_waits`."""
    home = approved_home(request)
    if home.persons != case.size:
        raise Refused("home_is_for_others", params={"approved": home.persons, "now": case.size})
    return home


def changed_home(request: SelfSettlement) -> SentHome:
    """The home that was approved for others than they are now.

    Raises Refused `home_is_for_them_all`, `no_home_waits`.
    """
    home = approved_home(request)
    if home.persons == request.case.size:
        raise Refused("home_is_for_them_all")
    return home


def follow_size(told: Told) -> None:
    """The household has grown or shrunk. Listens to what changes who is in it or with it, after the case, and to
    `settlement.change_seen`: whoever registered it may see nothing of the request, its municipality does.
    """
    group_id = told.event.subject_id
    request = living(group_id) if group_id is not None else None
    if request is None or request.state not in ("approved", "agreed"):
        return
    is_the_same = approved_home(request).persons == request.case.size
    if request.state == "agreed" and is_the_same:
        close_tasks([CHECK_HOME], subject_id=request.subject_id, by=told.by, at=told.at, outcome="void")
    elif request.state == "agreed":
        _ask_to_look(request, at=told.at)
    elif not is_the_same:
        by = replace(told.by, permissions=told.by.permissions | {AGREE})
        _send_back(request, by=by, at=told.at)


@act
def look_at_home_again(group_id: int, *, by: Viewer, at: datetime, version: int | None = None) -> SelfSettlement:
    """IMDi sends the home back to the municipality: the household is another than it was approved for.

    Raises Refused `home_is_for_them_all`, `no_self_settlement`; IllegalStep, Stale, NotFound, NotAllowed, NoRule.
    """
    require(by, AGREE)
    lock_case(group_id, by=by, version=version)
    request = locked(group_id)
    ASKED.step(request.state, "look_again")
    changed_home(request)
    _send_back(request, by=by, at=at)
    return request


@act
def confirm_home(
    group_id: int, *, seen: Collection[Check], by: Viewer, at: datetime, version: int | None = None
) -> SelfSettlement:
    """The municipality has looked again, after IMDi's agreement: the home is for them all as they are now.

    The agreement stands, and they count in its decision as many as they are. Raises Refused `home_is_for_them_all`,
    `checks_missing`, `no_self_settlement`; IllegalStep, Stale, NotFound, NotAllowed, NoRule.
    """
    request = lock_asked(group_id, by=by, version=version)
    ASKED.step(request.state, "confirm_home")
    today, home = legal_day(at), changed_home(request)
    home.persons = request.case.size
    check_approval(contract_of(home), {*seen, Check.UNSIGNED}, day=today)  # they may sign since IMDi agreed
    home.seen_on, home.seen_by_id, home.checks = today, by.user_id, sorted(str(each) for each in seen)
    home.save()
    advance(request, "confirm_home", by=by, at=at, on=today)
    close_tasks([CHECK_HOME], subject_id=group_id, by=by, at=at)
    return request


def _send_back(request: SelfSettlement, *, by: Viewer, at: datetime) -> None:
    home = approved_home(request)
    home.outcome, home.seen_on, home.seen_by_id, home.checks = "", None, None, []
    home.save()
    forget_approval(request, on=legal_day(at))
    advance(request, "look_again", by=by, at=at, on=legal_day(at))
    close_tasks([AGREE_TASK], subject_id=request.subject_id, by=by, at=at, outcome="void")
    _ask_to_look(request, at=at)


def _ask_to_look(request: SelfSettlement, *, at: datetime) -> None:
    today = legal_day(at)
    to = [request.organisation_id]
    ask(request, CHECK_HOME, to, cause=_CHANGED, basis_on=today, due=check_due(today), at=at)
