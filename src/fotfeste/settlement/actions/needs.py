"""What a household's municipality must have, as IMDi changes it after the interview (SET-10)."""

from datetime import datetime

from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.periods import Period
from fotfeste.platform.acts import act, require
from fotfeste.platform.facts import annul
from fotfeste.platform.viewer import Viewer
from fotfeste.settlement.actions.asked_needs import ask_municipality, lapse_questions
from fotfeste.settlement.actions.case import count_assessment, lock_case, tell, write_why
from fotfeste.settlement.domain.states import CASE
from fotfeste.settlement.domain.types import Capability
from fotfeste.settlement.models import CaseNeed, SettlementCase


@act
def add_need(
    group_id: int, capability: Capability, *, reason: str, by: Viewer, at: datetime, version: int | None = None
) -> CaseNeed:
    """The municipality must have this too, because of what became known after the interview.

    Candidates and requests count it from now on; whoever has said yes already is asked about it. The reason is kept
    as an internal note. Raises Refused: `need_before_interview`, `need_follows_age`, `need_reason_missing`,
    `need_is_known`; Stale, NotFound, NotAllowed.
    """
    case = _lock(group_id, capability, reason, by=by, version=version)
    if CaseNeed.objects.current().filter(case=case, capability=capability).exists():
        raise Refused("need_is_known", "need")
    need = CaseNeed(
        subject_id=case.subject_id,
        case=case,
        capability=capability,
        period=Period(legal_day(at), None),
        recorded_at=at,
        recorded_by_id=by.user_id,
        reported_by_id=by.organisation_id,
    ).stored()
    count_assessment(case)
    write_why(case, reason, by=by, at=at)
    tell("settlement.need_added", case, by=by, at=at, holds_on=legal_day(at))
    ask_municipality(case, [capability], by=by, at=at)
    return need


@act
def end_need(
    group_id: int, capability: Capability, *, reason: str, by: Viewer, at: datetime, version: int | None = None
) -> CaseNeed:
    """The municipality need not have this any more: it no longer counts, wherever it came from.

    The reason is kept as an internal note. Raises Refused: `need_before_interview`, `need_follows_age`,
    `need_reason_missing`, `need_is_gone`; Stale, NotFound, NotAllowed.
    """
    case = _lock(group_id, capability, reason, by=by, version=version)
    need: CaseNeed | None = (
        CaseNeed.objects.current().select_for_update().filter(case=case, capability=capability).first()
    )
    if need is None:
        raise Refused("need_is_gone", "need")
    annul(need, by=by, at=at, reason="no_longer_needed")
    count_assessment(case)
    write_why(case, reason, by=by, at=at)
    tell("settlement.need_ended", case, by=by, at=at, holds_on=legal_day(at))
    lapse_questions(case, [capability], by=by, at=at)
    return need


def _lock(group_id: int, capability: Capability, reason: str, *, by: Viewer, version: int | None) -> SettlementCase:
    require(by, "settlement.find_municipality")
    case = lock_case(group_id, by=by, version=version)
    if case.state == CASE.initial:
        raise Refused("need_before_interview", "need")
    if capability == Capability.UNACCOMPANIED_MINORS:  # reckoned from who they are each day, never written
        raise Refused("need_follows_age", "need")
    if not reason.strip():
        raise Refused("need_reason_missing", "reason")
    return case
