"""Somebody comes to a household after its interview: IMDi looks at who they are now, and says what follows (SET-07).

What a municipality was asked for, or the household offered, stays as it was: that they are more is told beside it.
"""

from datetime import date, datetime

from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.events import Told
from fotfeste.platform.viewer import Viewer
from fotfeste.settlement.actions.case import lock_case, tell, write_why
from fotfeste.settlement.actions.parties import imdi_of
from fotfeste.settlement.domain.interview import interview_due_on
from fotfeste.settlement.domain.types import AfterGrowth
from fotfeste.settlement.models import Interview, SettlementCase
from fotfeste.settlement.queries.composition import not_asked
from fotfeste.settlement.task_kinds_interview import SUPPLEMENT_INTERVIEW
from fotfeste.settlement.task_kinds_offers import NEED_NOT_MET, SEE_HOUSEHOLD_AGAIN
from fotfeste.worklist.public import close_tasks, open_task


def tell_imdi_of_growth(case: SettlementCase, told: Told) -> None:
    """IMDi gets a task to look at the household again: more belong to it than the interview knew of.

    Part of what follows from a member added, or placed again; in the same transaction.
    """
    today = legal_day(told.at)
    tell("settlement.household_grown", case, by=told.by, at=told.at, holds_on=today)
    ask_imdi_to_see(case, cause="settlement.household_grown", on=today, at=told.at)


def ask_imdi_to_see(case: SettlementCase, *, cause: str, on: date, at: datetime) -> None:
    """IMDi's task to look at the household, due the same day as a private move is.

    One that is open for a need that the municipality cannot meet goes on for this cause too: it does not end with the
    need.
    """
    for imdi in imdi_of(case, on):
        task = open_task(
            SEE_HOUSEHOLD_AGAIN,
            subject_id=case.subject_id,
            organisation_id=imdi,
            cause=cause,
            basis_on=on,
            due_on=on,
            object_id=case.pk,
            at=at,
        )
        if task.cause == NEED_NOT_MET != cause:
            task.cause = cause
            task.save(update_fields=["cause"])


@act
def see_household_again(
    group_id: int,
    *,
    outcome: AfterGrowth | str,
    reasoning: str = "",
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> SettlementCase:
    """IMDi has looked: those who came are asked too, at their centre, or the case goes on as it is, with a reason.

    The reason is kept as an internal note, for IMDi and the centre. Raises Refused `household_is_seen`,
    `interview_is_being_corrected`, `nobody_is_unasked`, `nobody_holds_the_interview`, `goes_on_needs_reason`; Stale,
    NotFound, NotAllowed, NoRule.
    """
    require(by, "settlement.find_municipality")
    case = lock_case(group_id, by=by, version=version)
    today = legal_day(at)
    if not close_tasks([SEE_HOUSEHOLD_AGAIN], subject_id=group_id, by=by, at=at, organisation_id=by.organisation_id):
        raise Refused("household_is_seen")
    if AfterGrowth(outcome) is AfterGrowth.SUPPLEMENT:
        _supplement(case, today, at=at)
    else:
        if not reasoning.strip():
            raise Refused("goes_on_needs_reason", "reasoning")
        write_why(case, reasoning, by=by, at=at)
    tell("settlement.household_seen_again", case, by=by, at=at, holds_on=today)
    return case


def _supplement(case: SettlementCase, today: date, *, at: datetime) -> None:
    interview = Interview.objects.select_for_update().get(case=case)
    if interview.reopened_at is not None:
        raise Refused("interview_is_being_corrected", "outcome")
    unasked = not_asked(interview, today)
    if not unasked:
        raise Refused("nobody_is_unasked", "outcome")
    if case.centre_id is None:
        raise Refused("nobody_holds_the_interview", "outcome")
    interview.supplementing = unasked
    interview.save(update_fields=["supplementing"])
    ask_centre_again(
        case, SUPPLEMENT_INTERVIEW, case.centre_id, cause="settlement.household_seen_again", on=today, at=at
    )


def ask_centre_again(case: SettlementCase, kind: str, centre_id: int, *, cause: str, on: date, at: datetime) -> None:
    """The centre's task in an interview that is held: to ask those who came later, or to correct what is wrong. By the
    deadline of an interview. Raises NoRule.
    """
    open_task(
        kind,
        subject_id=case.subject_id,
        organisation_id=centre_id,
        cause=cause,
        basis_on=on,
        due_on=interview_due_on(on, None),
        due_rule="settlement.interview_due_days",
        object_id=case.pk,
        at=at,
    )
