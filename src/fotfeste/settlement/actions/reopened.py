"""A finished interview in which an answer is wrong is opened again, corrected, and finished again (SET-03).

Until then what was answered before stands. It is annulled, never overwritten: it stays readable as what was said.
"""

from datetime import datetime

from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import NotFound, Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.viewer import Viewer
from fotfeste.settlement.actions.asked_needs import ask_municipality
from fotfeste.settlement.actions.case import lock_case, tell, write_why
from fotfeste.settlement.actions.derived import derive_again
from fotfeste.settlement.actions.grown import ask_centre_again, ask_imdi_to_see
from fotfeste.settlement.actions.interview import PERMISSION, lock_open_interview
from fotfeste.settlement.actions.notes import ask_imdi_to_read
from fotfeste.settlement.domain.interview import may_finish
from fotfeste.settlement.domain.states import CASE
from fotfeste.settlement.models import Interview, SettlementCase
from fotfeste.settlement.queries.composition import who_settle
from fotfeste.settlement.queries.interview import asked_again, standing_answers, standing_notes
from fotfeste.settlement.sentences_interview import Missing
from fotfeste.settlement.task_kinds_interview import CORRECT_INTERVIEW
from fotfeste.worklist.public import close_tasks

IMDIS = "settlement.find_municipality"


@act
def reopen_interview(group_id: int, *, reason: str, by: Viewer, at: datetime, version: int | None = None) -> Interview:
    """The centre where they live, or IMDi, opens a finished interview again because of a wrong answer.

    The centre gets the task of correcting it, by the deadline of an interview. The reason is kept as an internal note.
    Raises Refused: `reopening_needs_reason`, `interview_of_an_ended_case`, `interview_is_not_held`,
    `interview_is_reopened`, `interview_is_being_supplemented`, `nobody_corrects_the_interview`; Stale, NotFound,
    NotAllowed, NoRule.
    """
    if not by.may(IMDIS):
        require(by, PERMISSION)
    if not reason.strip():
        raise Refused("reopening_needs_reason", "reason")
    try:
        case = lock_case(group_id, by=by, version=version)
    except NotFound:
        if SettlementCase.objects.filter(subject_id=group_id).exists():
            raise Refused("interview_of_an_ended_case") from None
        raise
    if case.state == CASE.initial:
        raise Refused("interview_is_not_held")
    interview = Interview.objects.select_for_update().get(case=case)
    if interview.reopened_at is not None:
        raise Refused("interview_is_reopened")
    if interview.supplementing:
        raise Refused("interview_is_being_supplemented")
    if case.centre_id is None:
        raise Refused("nobody_corrects_the_interview")
    interview.reopened_at = at
    interview.save(update_fields=["reopened_at"])
    write_why(case, reason, by=by, at=at)
    if not by.may(IMDIS):
        ask_imdi_to_read(case, cause="settlement.interview_reopened", on=legal_day(at), at=at)
    tell("settlement.interview_reopened", case, by=by, at=at, holds_on=legal_day(at))
    ask_centre_again(
        case, CORRECT_INTERVIEW, case.centre_id, cause="settlement.interview_reopened", on=legal_day(at), at=at
    )
    return interview


@act
def finish_correction(group_id: int, *, by: Viewer, at: datetime, version: int | None = None) -> SettlementCase:
    """Finish an interview that was opened again: what is answered now stands, and what is needed follows from it.

    Where a municipality was asked already, IMDi sees the household again; the case stays where it is. Raises Refused
    `interview_incomplete`, `interview_is_not_reopened`, `interview_is_finished`; Stale, NotFound, NotAllowed.
    """
    case, interview = lock_open_interview(group_id, by=by, version=version, or_again=True)
    if interview.reopened_at is None:
        raise Refused("interview_is_not_reopened")
    today = legal_day(at)
    state = asked_again(interview, who_settle(case.subject_id, today), today)
    decision = may_finish(state)
    if not decision.is_yes:
        raise Refused("interview_incomplete", None, {"missing": Missing(decision.reasons)})
    answers, notes = standing_answers(interview), standing_notes(interview)
    is_changed = answers != state.answers or notes != state.mapping_notes
    interview.reopened_at = None
    interview.save(update_fields=["reopened_at"])
    arisen = derive_again(case, state, answers, on=today, by=by, at=at)
    close_tasks([CORRECT_INTERVIEW], subject_id=case.subject_id, by=by, at=at)
    what = "settlement.interview_corrected" if is_changed else "settlement.interview_confirmed"
    tell(what, case, by=by, at=at, holds_on=today)
    if is_changed and case.state != "queued":
        ask_imdi_to_see(case, cause=what, on=today, at=at)
    ask_municipality(case, arisen, by=by, at=at)
    return case
