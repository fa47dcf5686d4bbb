"""Somebody comes to a household after its interview: IMDi looks at who they are now, and says what follows (SET-07).

What a municipality was asked for, or the household offered, stays as it was: that they are more is told beside it.
"""

from datetime import date, datetime

from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.events import Happening, Told, publish
from fotfeste.platform.viewer import Viewer
from fotfeste.settlement.actions.case import lock_case
from fotfeste.settlement.actions.parties import imdi_of
from fotfeste.settlement.domain.interview import interview_due_on
from fotfeste.settlement.domain.types import AfterGrowth
from fotfeste.settlement.models import Interview, SettlementCase, SettlementNote
from fotfeste.settlement.queries.composition import not_asked
from fotfeste.settlement.task_kinds_interview import SUPPLEMENT_INTERVIEW
from fotfeste.settlement.task_kinds_offers import SEE_HOUSEHOLD_AGAIN
from fotfeste.worklist.public import close_tasks, open_task


def tell_imdi_of_growth(case: SettlementCase, told: Told) -> None:
    """IMDi gets a task to look at the household again: more belong to it than the interview knew of.

    Part of what follows from a member added, or placed again; in the same transaction.
    """
    today = legal_day(told.at)
    _tell("settlement.household_grown", case, by=told.by, at=told.at)
    ask_imdi_to_see(case, cause="settlement.household_grown", on=today, at=told.at)


def ask_imdi_to_see(case: SettlementCase, *, cause: str, on: date, at: datetime) -> None:
    """IMDi's task to look at the household, due the same day as a private move is."""
    for imdi in imdi_of(case, on):
        open_task(
            SEE_HOUSEHOLD_AGAIN,
            subject_id=case.subject_id,
            organisation_id=imdi,
            cause=cause,
            basis_on=on,
            due_on=on,
            object_id=case.pk,
            at=at,
        )


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
    `nobody_is_unasked`, `nobody_holds_the_interview`, `goes_on_needs_reason`; Stale, NotFound, NotAllowed, NoRule.
    """
    require(by, "settlement.find_municipality")
    case = lock_case(group_id, by=by, version=version)
    today = legal_day(at)
    if not close_tasks([SEE_HOUSEHOLD_AGAIN], subject_id=group_id, by=by, at=at, organisation_id=by.organisation_id):
        raise Refused("household_is_seen")
    if AfterGrowth(outcome) is AfterGrowth.SUPPLEMENT:
        _supplement(case, today, at=at)
    else:
        _note(case, reasoning.strip(), by=by, at=at)
    _tell("settlement.household_seen_again", case, by=by, at=at)
    return case


def _supplement(case: SettlementCase, today: date, *, at: datetime) -> None:
    interview = Interview.objects.select_for_update().get(case=case)
    unasked = not_asked(interview, today)
    if not unasked:
        raise Refused("nobody_is_unasked", "outcome")
    if case.centre_id is None:
        raise Refused("nobody_holds_the_interview", "outcome")
    interview.supplementing = unasked
    interview.save(update_fields=["supplementing"])
    _ask_to_supplement(case, case.centre_id, today, at=at)


def _ask_to_supplement(case: SettlementCase, centre_id: int, on: date, *, at: datetime) -> None:
    """The centre's task to ask those who came later, by the deadline of an interview. Raises NoRule."""
    open_task(
        SUPPLEMENT_INTERVIEW,
        subject_id=case.subject_id,
        organisation_id=centre_id,
        cause="settlement.household_seen_again",
        basis_on=on,
        due_on=interview_due_on(on, None),
        due_rule="settlement.interview_due_days",
        object_id=case.pk,
        at=at,
    )


def _note(case: SettlementCase, reasoning: str, *, by: Viewer, at: datetime) -> None:
    if not reasoning:
        raise Refused("goes_on_needs_reason", "reasoning")
    SettlementNote.objects.create(
        subject_id=case.subject_id,
        case=case,
        text=reasoning,
        recorded_at=at,
        recorded_by_id=by.user_id,
        reported_by_id=by.organisation_id,
    )


def _tell(kind: str, case: SettlementCase, *, by: Viewer, at: datetime) -> None:
    publish(
        Happening(
            type=kind,
            subject_id=case.subject_id,
            object_kind="settlement_case",
            object_id=case.pk,
            holds_on=legal_day(at),
        ),
        by=by,
        at=at,
    )
