"""Reads of the worklist."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import import_module

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from fotfeste.kernel.calendar import Week
from fotfeste.platform.viewer import Viewer
from fotfeste.worklist.domain.types import TaskKind
from fotfeste.worklist.models import Task


@dataclass(frozen=True, slots=True)
class TaskCounts:
    """How many open tasks an organisation has; the same numbers in the menu and on the page."""

    late: int
    this_week: int
    later: int

    @property
    def total(self) -> int:
        """All open tasks."""
        return self.late + self.this_week + self.later


def open_tasks_for(viewer: Viewer, *, kind: str = "", taken_by: str = "") -> QuerySet[Task]:
    """The open tasks of the viewer's organisation, the earliest deadline first. `taken_by`: mine, nobody or all."""
    tasks = Task.objects.filter(organisation_id=viewer.organisation_id, closed_at__isnull=True)
    if kind:
        tasks = tasks.filter(kind=kind)
    if taken_by == "mine":
        tasks = tasks.filter(taken_by_id=viewer.user_id)
    elif taken_by == "nobody":
        tasks = tasks.filter(taken_by__isnull=True)
    return tasks.select_related("subject", "taken_by").order_by("due_on", "pk")


def counts_for(viewer: Viewer, day: date) -> TaskCounts:
    """Late, this week (today to Sunday) and later, counted in one query."""
    last = Week.of(day).last_day
    found = Task.objects.filter(organisation_id=viewer.organisation_id, closed_at__isnull=True).aggregate(
        late=Count("pk", filter=Q(due_on__lt=day)),
        this_week=Count("pk", filter=Q(due_on__gte=day, due_on__lte=last)),
        later=Count("pk", filter=Q(due_on__gt=last) | Q(due_on__isnull=True)),
    )
    return TaskCounts(**found)


def open_tasks_about(subject_id: int) -> QuerySet[Task]:
    """The open tasks about a subject, of whatever organisation: whose move it is, by when."""
    return (
        Task.objects.filter(subject_id=subject_id, closed_at__isnull=True)
        .select_related("organisation", "taken_by")
        .order_by("due_on", "pk")
    )


@cache
def task_kinds() -> dict[str, TaskKind]:
    """Every kind of task, by code, as the domains declare them."""
    return {kind.code: kind for module in settings.FOTFESTE_TASK_KINDS for kind in import_module(module).TASK_KINDS}
