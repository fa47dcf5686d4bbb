"""Who has a part in a case today: its members, its centre, IMDi; and the tasks that pass between them."""

from collections.abc import Collection
from datetime import date, datetime

from fotfeste.access.public import NeedReason, end_needs, open_needs, organisations_with
from fotfeste.accommodation.public import everyone_of, gone_among
from fotfeste.directory.public import Organisation, OrganisationKind
from fotfeste.platform.viewer import Viewer
from fotfeste.settlement.domain.goals import Deadline
from fotfeste.settlement.domain.interview import interview_due_on
from fotfeste.settlement.models import SettlementCase
from fotfeste.settlement.task_kinds_interview import HOLD_INTERVIEW
from fotfeste.settlement.task_kinds_offers import CONFIRM_NEED, NEED_NOT_MET, SEE_CHANGE, SEE_HOUSEHOLD_AGAIN
from fotfeste.worklist.public import close_tasks, open_task


def members_on(group_id: int, day: date) -> list[int]:
    """The subjects of the persons who belong to the group on a day, also of those whom the session does not see."""
    return [each.subject_id for each in everyone_of(group_id, day)]


def settling_on(group_id: int, day: date) -> list[int]:
    """Those of `members_on` who are to be settled: a municipality is not told of who has left for good, or is dead."""
    everyone = everyone_of(group_id, day)
    gone = gone_among(everyone)
    return [each.subject_id for each in everyone if each.subject_id not in gone]


def imdi_organisations() -> list[int]:
    """The organisations that find municipalities."""
    return list(Organisation.objects.filter(kind=OrganisationKind.IMDI).order_by("pk").values_list("pk", flat=True))


def show_imdi(subjects: Collection[int], *, from_on: date, at: datetime, until_on: date | None = None) -> None:
    """IMDi needs to know of these subjects, as long as it works on their case, or until a day."""
    for imdi in imdi_organisations():
        open_needs(
            subjects,
            organisation_id=imdi,
            reason=NeedReason.SETTLEMENT_CASE,
            from_on=from_on,
            until_on=until_on,
            at=at,
        )


def is_anybody_left(group_id: int, day: date) -> bool:
    """Whether somebody of the group has not left for good."""
    return not all(each.is_gone for each in everyone_of(group_id, day))


def imdi_of(case: SettlementCase, day: date) -> list[int]:
    """IMDi's organisations that work on the case."""
    return organisations_with(case.subject_id, NeedReason.SETTLEMENT_CASE, day)


def ask_centre(
    case: SettlementCase, kind: str, *, cause: str, basis_on: date, deadline: Deadline, at: datetime
) -> None:
    """Open a task for the centre where the group lives. A group that lives nowhere has nobody to ask."""
    if case.centre_id is None:
        return
    open_task(
        kind,
        subject_id=case.subject_id,
        organisation_id=case.centre_id,
        cause=cause,
        basis_on=basis_on,
        due_on=deadline.due_on,
        due_rule=deadline.rule.code,
        object_id=case.pk,
        at=at,
    )


def ask_for_interview(case: SettlementCase, centre_id: int, *, placed_on: date, at: datetime) -> None:
    """The centre's task to hold the interview, by the days from the permit and from the placement. Raises NoRule."""
    open_task(
        HOLD_INTERVIEW,
        subject_id=case.subject_id,
        organisation_id=centre_id,
        cause="settlement.alerted_early" if case.waits_for_decision else "settlement.case_opened",
        basis_on=max(case.due_since_on, placed_on),
        due_on=interview_due_on(case.due_since_on, placed_on),
        due_rule="settlement.interview_due_days",
        at=at,
        object_id=case.pk,
    )


def held_for(organisation_id: int, persons: Collection[int], day: date) -> set[int]:
    """Those of them whom the municipality holds a place for: it knows of them because they are offered to it."""
    known = {each: organisations_with(each, NeedReason.OFFERED_HERE, day) for each in persons}
    return {each for each, organisations in known.items() if organisation_id in organisations}


def municipality_leaves(case: SettlementCase, organisation_id: int, *, on: date, by: Viewer, at: datetime) -> None:
    """A municipality has no part in the case any more: no task about it or its no to a need, no need to know of its
    people.

    Called last in an act of the municipality's own: it sees nothing of the household afterwards.
    """
    close_tasks(
        ("answer_request", CONFIRM_NEED, "prepare_arrival", SEE_CHANGE),
        subject_id=case.subject_id,
        by=by,
        at=at,
        outcome="void",
        organisation_id=organisation_id,
    )
    kinds = [SEE_HOUSEHOLD_AGAIN]
    close_tasks(kinds, subject_id=case.subject_id, by=by, at=at, outcome="void", cause=NEED_NOT_MET)
    subjects = [case.subject_id, *members_on(case.subject_id, on)]
    for reason in (NeedReason.ASKED_TO_SETTLE, NeedReason.OFFERED_HERE):
        end_needs(subjects, reason=reason, on=on, at=at, organisation_id=organisation_id)
