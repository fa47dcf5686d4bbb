"""A household asks a municipality for agreed self-settlement, and takes it back (SET-13)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from fotfeste.access.public import NeedReason, open_needs
from fotfeste.directory.public import Organisation, OrganisationKind
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.viewer import Viewer
from fotfeste.self_settlement.actions.request import (
    advance,
    ask,
    lock_own,
    municipality_is_out,
    tell,
    tell_that_it_is_over,
)
from fotfeste.self_settlement.domain.asking import TermsOfToday, may_ask_again
from fotfeste.self_settlement.domain.states import ASK
from fotfeste.self_settlement.domain.tasks import ANSWER, TO_TELL
from fotfeste.self_settlement.domain.types import CAUSES_OF_THEIRS, EndCause, WhyThere
from fotfeste.self_settlement.domain.waiting import answer_due
from fotfeste.self_settlement.models import SelfSettlement
from fotfeste.self_settlement.queries.asked import may_ask_of, said_no_of
from fotfeste.self_settlement.queries.terms import terms_of
from fotfeste.settlement.public import lock_case_where_they_live, settling_on
from fotfeste.worklist.public import close_tasks


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What a household asks, as the centre writes it down with them."""

    organisation_id: int
    why_there: Collection[WhyThere]
    message: str = ""
    wanted_from: date | None = None
    was_allowed: bool | None = None  # what the municipality had said in public; None: nothing


@act
def ask_for_self_settlement(
    group_id: int, asking: Asking, *, by: Viewer, at: datetime, version: int | None = None
) -> SelfSettlement:
    """Ask a municipality on behalf of a household: it learns who they are, and has a deadline to answer.

    Their place in the queue stays as it is. Raises Refused: the code of the first reason why they may not ask
    (`domain.asking`), `not_a_municipality`, `why_there_missing`, `wanted_in_the_past`; Stale, NotFound, NotAllowed,
    NoRule.
    """
    require(by, ASK)
    case = lock_case_where_they_live(group_id, by=by, version=version)
    today = legal_day(at)
    _check(group_id, asking, today)
    persons = settling_on(group_id, today)
    request = SelfSettlement.objects.create(
        subject_id=group_id,
        case=case,
        organisation_id=asking.organisation_id,
        size=max(1, len(persons)),
        asked_on=today,
        asked_by_id=by.user_id,
        centre_id=case.centre_id,
        why_there=sorted(str(each) for each in asking.why_there),
        message=asking.message.strip(),
        wanted_from=asking.wanted_from,
        was_allowed=asking.was_allowed,
    )
    subjects = [group_id, *persons]
    reason = NeedReason.WANTS_TO_SETTLE
    open_needs(subjects, organisation_id=asking.organisation_id, reason=reason, from_on=today, at=at)
    tell("self_settlement.asked", request, by=by, at=at, on=today)
    close_tasks(TO_TELL, subject_id=group_id, by=by, at=at)
    cause = "self_settlement.asked"
    ask(request, ANSWER, [asking.organisation_id], cause=cause, basis_on=today, due=answer_due(today), at=at)
    return request


def _check(group_id: int, asking: Asking, today: date) -> None:
    decision = may_ask_of(group_id, today)
    if decision.is_no:
        reason = decision.reasons[0]
        raise Refused(reason.code, params=dict(reason.fields))
    if not Organisation.objects.filter(pk=asking.organisation_id, kind=OrganisationKind.MUNICIPALITY).exists():
        raise Refused("not_a_municipality", "municipality")
    said = terms_of(asking.organisation_id, today)
    terms = TermsOfToday(said.period.start, said.published_at) if said else None
    again = may_ask_again(said_no_of(group_id, asking.organisation_id), today, terms=terms)
    if again.is_no:
        raise Refused(again.reasons[0].code, "municipality", dict(again.reasons[0].fields))
    if not asking.why_there:
        raise Refused("why_there_missing", "why_there")
    if asking.wanted_from is not None and asking.wanted_from < today:
        raise Refused("self_settlement_in_the_past", "wanted_from", {"day": asking.wanted_from})


@act
def withdraw_self_settlement(
    group_id: int, *, cause: EndCause | str, text: str = "", by: Viewer, at: datetime, version: int | None = None
) -> SelfSettlement:
    """The household does not want it any more, or has found no home: it is in the queue as before, also where IMDi had
    agreed. Raises Refused `self_settlement_cause_missing`, `no_self_settlement`; Stale, NotFound, NotAllowed.
    """
    require(by, ASK)
    if cause not in CAUSES_OF_THEIRS:
        raise Refused("self_settlement_cause_missing", "cause")
    case, request = lock_own(group_id, by=by, version=version)
    today, was = legal_day(at), request.state
    request.ended_on, request.end_cause, request.end_text = today, str(cause), text.strip()
    advance(request, "withdraw", by=by, at=at, on=today)
    tell_that_it_is_over(case, request, was, cause="settlement.asked_withdrawn", by=by, at=at)
    municipality_is_out(request, on=today, by=by, at=at)
    return request


@act
def register_no_told(group_id: int, *, by: Viewer, at: datetime, version: int | None = None) -> None:
    """The centre has told the household that the municipality said no, or that nothing came of it, and what it can do
    now.

    Raises Refused `no_is_told`; Stale, NotFound, NotAllowed.
    """
    require(by, ASK)
    lock_case_where_they_live(group_id, by=by, version=version)
    told = SelfSettlement.objects.filter(subject_id=group_id, state__in=("declined", "lapsed")).order_by("-pk").first()
    if not close_tasks(TO_TELL, subject_id=group_id, by=by, at=at) or told is None:
        raise Refused("no_is_told")
    kind = "self_settlement.no_told" if told.state == "declined" else "self_settlement.over_told"
    tell(kind, told, by=by, at=at, on=legal_day(at))
