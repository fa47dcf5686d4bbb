"""The household sends home and rent contract to be approved before it signs, or says that the home is lost (SET-13)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.viewer import Viewer
from fotfeste.self_settlement.actions.request import advance, ask, forget_approval, lock_own, who_acts_for
from fotfeste.self_settlement.domain.home import Contract, check_contract
from fotfeste.self_settlement.domain.states import ASK, ASKED
from fotfeste.self_settlement.domain.tasks import AGREE, CHECK_HOME, MOVE_IN, SEND_HOME
from fotfeste.self_settlement.domain.types import HomeOutcome
from fotfeste.self_settlement.domain.waiting import check_due, home_due
from fotfeste.self_settlement.models import SentHome
from fotfeste.self_settlement.queries.terms import terms_of
from fotfeste.settlement.public import take_back_promise
from fotfeste.worklist.public import close_tasks


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A home that a household has found, with whom it would rent it from."""

    street: str
    postal_code: str
    landlord_name: str
    landlord_contact: str
    contract: Contract


@act
def send_home(group_id: int, found: Found, *, by: Viewer, at: datetime, version: int | None = None) -> SentHome:
    """Send home and contract to the municipality. One that is signed already is taken, and told as such: it cannot be
    approved so.

    Raises Refused: `no_self_settlement`, and those of the contract; IllegalStep, Stale, NotFound, NotAllowed, NoRule.
    """
    require(by, ASK)
    case, request = lock_own(group_id, by=by, version=version)
    ASKED.step(request.state, "send_home")
    check_contract(found.contract)
    today, terms = legal_day(at), found.contract
    home = SentHome.objects.create(
        subject_id=group_id,
        request=request,
        organisation_id=request.organisation_id,
        sent_on=today,
        sent_by_id=by.user_id,
        street=found.street.strip(),
        postal_code=found.postal_code,
        landlord_name=found.landlord_name.strip(),
        landlord_contact=found.landlord_contact.strip(),
        rooms=terms.rooms,
        square_metres=terms.square_metres,
        persons=case.size,
        others=terms.others,
        is_single_room=terms.is_single_room,
        is_in_landlords_house=terms.is_in_landlords_house,
        rent_ore=terms.rent_ore,
        deposit_ore=terms.deposit_ore,
        deposit_by=terms.deposit_by,
        notice_months=terms.notice_months,
        length_months=terms.length_months,
        starts_on=terms.starts_on,
        is_signed=terms.is_signed,
        **_empty_rent(terms, request.organisation_id, today),
    )
    advance(request, "send_home", by=by, at=at, on=today)
    close_tasks([SEND_HOME], subject_id=group_id, by=by, at=at)
    cause = "self_settlement.send_home"
    ask(request, CHECK_HOME, [request.organisation_id], cause=cause, basis_on=today, due=check_due(today), at=at)
    return home


def _empty_rent(contract: Contract, organisation_id: int, day: date) -> dict[str, Any]:
    """The columns of the days that it stands empty, with what the municipality has published of them."""
    days, said = contract.empty_days, terms_of(organisation_id, day)
    published = said.terms.empty_rent or "" if said else ""
    if days is None:
        return {"empty_rent_published": published}
    return {
        "empty_rent_by": days.paid_by,
        "empty_from_on": days.from_on,
        "empty_until_on": days.until_on,
        "empty_rent_ore": days.amount_ore,
        "empty_rent_published": published,
    }


@act
def lose_home(group_id: int, *, by: Viewer, at: datetime, version: int | None = None) -> None:
    """The approved home was let to somebody else: the household looks for another one. Had IMDi agreed, the places are
    free again, and it is agreed anew about the next home.

    Raises Refused `no_self_settlement`; IllegalStep, Stale, NotFound, NotAllowed, NoRule.
    """
    require(by, ASK)
    case, request = lock_own(group_id, by=by, version=version)
    today, was = legal_day(at), request.state
    ASKED.step(was, "lose_home")
    approved = SentHome.objects.select_for_update().filter(request=request, outcome=HomeOutcome.APPROVED).first()
    if approved is None:
        raise Refused("no_home_waits")
    approved.outcome = HomeOutcome.LOST
    approved.save()
    forget_approval(request, on=today)
    advance(request, "lose_home", by=by, at=at, on=today)
    if was == "agreed":
        take_back_promise(case, told_as="", by=by, at=at)
    close_tasks([AGREE, MOVE_IN], subject_id=group_id, by=by, at=at, outcome="void")
    theirs, cause = who_acts_for(case, today), "self_settlement.lose_home"
    ask(request, SEND_HOME, theirs, cause=cause, basis_on=today, due=home_due(today), at=at)
