"""The settlement interview is finished: once, then for those who came later; what they need is derived from it."""

from dataclasses import replace
from datetime import date, datetime

from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.platform.acts import act
from fotfeste.platform.viewer import Viewer
from fotfeste.settlement.actions.asked_needs import ask_municipality
from fotfeste.settlement.actions.case import advance, count_assessment, tell
from fotfeste.settlement.actions.derived import derive_needs
from fotfeste.settlement.actions.following import refresh_composition
from fotfeste.settlement.actions.grown import ask_imdi_to_see
from fotfeste.settlement.actions.interview import lock_open_interview, save_participation
from fotfeste.settlement.actions.permits import ask_imdi_to_find
from fotfeste.settlement.domain.interview import (
    InterviewState,
    Participation,
    check_asked_alike,
    check_held_on,
    is_interviewed,
)
from fotfeste.settlement.domain.interview_complete import may_finish
from fotfeste.settlement.domain.states import CASE
from fotfeste.settlement.models import Interview, Participant, SettlementCase
from fotfeste.settlement.queries.composition import who_settle
from fotfeste.settlement.queries.interview import interview_day, persons_asked, state_of, supplement_state
from fotfeste.settlement.sentences_interview import Missing
from fotfeste.settlement.task_kinds_interview import HOLD_INTERVIEW, SUPPLEMENT_INTERVIEW
from fotfeste.worklist.public import close_tasks


@act
def finish_interview(
    group_id: int,
    held_on: date,
    *,
    accompanied_by: str = "",
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> SettlementCase:
    """Register that the interview was held: the case goes to the queue, and IMDi has the next move, or UDI where
    nobody has a permit yet.

    `accompanied_by` is who was with unaccompanied minors (verge, representant, følgeperson); nobody has to be.
    Raises Refused: `interview_incomplete` (says in words what is missing), `interview_in_future`,
    `interview_before_permit`, `planned_for_another_age` (field `held_on`), `interview_is_finished`; Stale, NotFound,
    NotAllowed.
    """
    case, interview = lock_open_interview(group_id, by=by, version=version)
    today = legal_day(at)
    check_held_on(held_on, from_on=case.interview_from_on, today=today)
    members = who_settle(group_id, today)
    state = state_of(interview, members, held_on)
    # What they were asked, and whether they were heard, followed from their ages on the day that was planned.
    planned_on = interview_day(interview, held_on)
    planned = replace(state, persons=persons_asked(members, planned_on), held_on=planned_on)
    check_asked_alike(planned, state, "planned_for_another_age")
    decision = may_finish(state)
    if not decision.is_yes:
        raise Refused("interview_incomplete", None, {"missing": Missing(decision.reasons)})
    interview.held_on, interview.held_by_id = held_on, by.user_id
    interview.save(update_fields=["held_on", "held_by"])
    _took_part(interview, state, by=by, at=at, accompanied_by=accompanied_by)
    refresh_composition(case, today)
    derive_needs(case, state, by=by, at=at)
    advance(case, "register_interview", by=by, at=at, on=held_on)
    close_tasks([HOLD_INTERVIEW], subject_id=group_id, by=by, at=at)
    ask_imdi_to_find(case, cause="settlement.register_interview", on=held_on, at=at)
    return case


@act
def finish_supplement(group_id: int, *, by: Viewer, at: datetime, version: int | None = None) -> SettlementCase:
    """Register that those who came after the interview are asked and heard too: IMDi sees the household again.

    What they need is added to what the municipality must have; the case stays where it is. Raises Refused
    `interview_incomplete`, `interview_is_finished`; Stale, NotFound, NotAllowed.
    """
    case, interview = lock_open_interview(group_id, by=by, version=version, or_supplement=True)
    if case.state == CASE.initial:
        raise Refused("interview_is_not_held")
    today = legal_day(at)
    state = supplement_state(interview, who_settle(group_id, today), today)
    decision = may_finish(state)
    if not decision.is_yes:
        raise Refused("interview_incomplete", None, {"missing": Missing(decision.reasons)})
    interview.supplementing = []
    interview.save(update_fields=["supplementing"])
    _took_part(interview, state, by=by, at=at)
    refresh_composition(case, today)
    count_assessment(case)
    arisen = derive_needs(case, state, by=by, at=at)
    close_tasks([SUPPLEMENT_INTERVIEW], subject_id=group_id, by=by, at=at)
    tell("settlement.interview_supplemented", case, by=by, at=at, holds_on=today)
    ask_imdi_to_see(case, cause="settlement.interview_supplemented", on=today, at=at)
    ask_municipality(case, arisen, by=by, at=at)
    return case


def _took_part(
    interview: Interview, state: InterviewState, *, by: Viewer, at: datetime, accompanied_by: str = ""
) -> None:
    """Those who answered for themselves took part; nobody has to tick that off. Who was with a minor alone is kept, and
    of all who came later the day.
    """
    asked_on = state.held_on if state.is_supplement else None
    stored = {row.subject_id: row for row in Participant.objects.current().filter(interview=interview)}
    for person in state.persons:
        if not is_interviewed(person, state.held_on) and asked_on is None:
            continue
        before = state.participation.get(person.subject_id, Participation(was_heard=True))
        with_them = accompanied_by.strip() if person.is_unaccompanied_minor else ""
        how = replace(before, accompanied_by=with_them or before.accompanied_by)
        save_participation(
            interview, person.subject_id, how, stored.get(person.subject_id), by=by, at=at, asked_on=asked_on
        )
