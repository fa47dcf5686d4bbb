"""The live list of residents ready for settlement (SET-16)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import household_names
from fotfeste.settlement.domain.goals import Waiting
from fotfeste.settlement.domain.states import CASE
from fotfeste.settlement.models import Interview, SettlementCase
from fotfeste.settlement.queries.waiting import waiting_of
from fotfeste.settlement.task_kinds import TASK_KINDS
from fotfeste.settlement.task_kinds_interview import READ_NOTE
from fotfeste.worklist.public import Task

SORTS = {
    "-waited": ("due_since_on", "pk"),  # waited longest, so due since the earliest
    "waited": ("-due_since_on", "pk"),
    "size": ("size", "due_since_on", "pk"),
    "-size": ("-size", "due_since_on", "pk"),
}
USUAL_SORT = "-waited"
# Whose move it is on the way to a municipality: not the rest of the centre's work, and not the reading of notes.
_KINDS = [kind.code for kind in TASK_KINDS if kind.code != READ_NOTE]


@dataclass(frozen=True, slots=True)
class ReadyRow:
    """A household on the way to settlement, as the centre's coordinator follows it."""

    reference: str
    name: str
    case: SettlementCase
    interview: Interview | None
    waiting: Waiting | None  # None before the decision
    next_task: Task | None
    is_unaccompanied: bool


def ready_for_settlement(viewer: Viewer, *, state: str = "", sort: str = USUAL_SORT) -> QuerySet[SettlementCase]:
    """The open cases of households at the viewer's centre, the longest waiting first (SET-16)."""
    cases = SettlementCase.objects.filter(centre_id=viewer.organisation_id).exclude(state__in=CASE.final)
    if state:
        cases = cases.filter(state=state)
    return cases.select_related("subject", "interview").order_by(*SORTS.get(sort, SORTS[USUAL_SORT]))


def ready_rows(cases: Sequence[SettlementCase], day: date) -> list[ReadyRow]:
    """A page of the list, with names and whose move it is. At most three queries."""
    group_ids = [case.subject_id for case in cases]
    names = household_names(group_ids, day)
    tasks: dict[int, Task] = {}
    for task in (
        Task.objects.filter(subject_id__in=group_ids, kind__in=_KINDS, closed_at__isnull=True)
        .select_related("organisation")
        .order_by("due_on", "pk")
    ):
        tasks.setdefault(task.subject_id, task)
    return [
        ReadyRow(
            reference=case.subject.reference,
            name=names[case.subject_id],
            case=case,
            interview=getattr(case, "interview", None),
            waiting=waiting_of(case, day),
            next_task=tasks.get(case.subject_id),
            is_unaccompanied=case.is_unaccompanied_on(day),
        )
        for case in cases
    ]
