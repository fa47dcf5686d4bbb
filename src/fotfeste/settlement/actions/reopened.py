"""A finished interview in which an answer or the day is wrong is opened again, corrected, and finished again (SET-03).

Until then what was answered before stands. It is annulled, never overwritten: it stays readable as what was said.
"""

from datetime import date, datetime

from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import NotFound, Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.viewer import Viewer
from fotfeste.settlement.actions.asked_needs import ask_municipality
from fotfeste.settlement.actions.case import count_assessment, instant_of, lock_case, tell, write_why
from fotfeste.settlement.actions.derived import derive_again
from fotfeste.settlement.actions.grown import ask_centre_again, ask_imdi_to_see
from fotfeste.settlement.actions.interview import PERMISSION, lock_open_interview
from fotfeste.settlement.actions.notes import ask_imdi_to_read
from fotfeste.settlement.actions.permits import ask_imdi_to_find
from fotfeste.settlement.domain.interview import InterviewState, check_asked_alike, check_held_on, check_other_day
from fotfeste.settlement.domain.interview_complete import may_finish
from fotfeste.settlement.domain.states import CASE
from fotfeste.settlement.models import Interview, SettlementCase
from fotfeste.settlement.queries.composition import who_settle
from fotfeste.settlement.queries.interview import asked_again, standing_answers, standing_notes
from fotfeste.settlement.sentences_interview import Missing
from fotfeste.settlement.task_kinds_interview import CORRECT_INTERVIEW, FIND_MUNICIPALITY
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
def finish_correction(
    group_id: int, *, held_on: date | None = None, by: Viewer, at: datetime, version: int | None = None
) -> SettlementCase:
    """Finish an interview that was opened again: what is answered now stands, and what is needed follows from it.

    `held_on` is the day when it was held, where another was registered: the rules are those of its registration.
    Where a municipality was asked already and an answer is another, IMDi sees the household again; the case stays where
    it is. Raises Refused `interview_incomplete`, `interview_is_not_reopened`, `interview_is_finished`, and of the day
    `interview_in_future`, `interview_before_permit`, `interview_after_registration`, `interview_before_invitation`,
    `asked_otherwise_that_day` (field `held_on`); Stale, NotFound, NotAllowed, NoRule.
    """
    case, interview = lock_open_interview(group_id, by=by, version=version, or_again=True)
    if interview.reopened_at is None or interview.held_on is None:
        raise Refused("interview_is_not_reopened")
    today, was_on = legal_day(at), interview.held_on
    state = asked_again(interview, who_settle(case.subject_id, today), today)
    if held_on is not None and held_on != was_on:
        state = _on_another_day(case, interview, state, held_on, today)
    decision = may_finish(state)
    if not decision.is_yes:
        raise Refused("interview_incomplete", None, {"missing": Missing(decision.reasons)})
    answers, notes = standing_answers(interview), standing_notes(interview)
    is_changed = answers != state.answers or notes != state.mapping_notes
    interview.reopened_at = None
    interview.save(update_fields=["reopened_at", "held_on"])
    arisen = derive_again(case, state, answers, on=today, by=by, at=at)
    close_tasks([CORRECT_INTERVIEW], subject_id=case.subject_id, by=by, at=at)
    if state.held_on != was_on:
        _count_from(case, state.held_on, was_on, by=by, at=at)
    what = "settlement.interview_corrected" if is_changed else "settlement.interview_confirmed"
    if is_changed or state.held_on == was_on:
        tell(what, case, by=by, at=at, holds_on=today)
    if is_changed:
        count_assessment(case)
    if is_changed and case.state != "queued":
        ask_imdi_to_see(case, cause=what, on=today, at=at)
    ask_municipality(case, arisen, by=by, at=at)
    return case


def _on_another_day(
    case: SettlementCase, interview: Interview, state: InterviewState, held_on: date, today: date
) -> InterviewState:
    """The interview as held on another day, if it can have been; not saved."""
    check_held_on(held_on, from_on=case.interview_from_on, today=today)
    check_other_day(held_on, state, registered_on=legal_day(instant_of(case, "register_interview")))
    interview.held_on = held_on
    moved = asked_again(interview, who_settle(case.subject_id, today), today)
    check_asked_alike(state, moved)
    return moved


def _count_from(case: SettlementCase, held_on: date, was_on: date, *, by: Viewer, at: datetime) -> None:
    """What is counted from the day of the interview is counted anew: the time in the queue, and IMDi's deadline."""
    tell("settlement.interview_day_corrected", case, by=by, at=at, holds_on=held_on)
    if case.state != "queued" or case.state_since_on != was_on:
        return
    case.state_since_on = held_on
    case.save(update_fields=["state_since_on"])
    if close_tasks([FIND_MUNICIPALITY], subject_id=case.subject_id, by=by, at=at, outcome="void"):
        ask_imdi_to_find(case, cause="settlement.register_interview", on=held_on, at=at)
