"""Reads of the worklist."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import import_module

from django.conf import settings
from django.db.models import BooleanField, Count, ExpressionWrapper, OuterRef, Q, QuerySet

from fotfeste.access.public import works_on_cases
from fotfeste.directory.public import OrganisationKind, UnitOnDay, unit_for, units_as_rows, units_from_rows, units_on
from fotfeste.kernel.calendar import Week
from fotfeste.platform.prepared import Given, Prepared
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


@dataclass(frozen=True, slots=True)
class OwnUnits:
    """The units of an organisation on a day, and which of them each kind of task goes to.

    Where a task goes is not stored: it follows from what the organisation has said of its units by the day.
    """

    units: tuple[UnitOnDay, ...]
    of_kind: Mapping[str, UnitOnDay]

    def kinds_of(self, reference: str) -> list[str]:
        """The kinds of tasks that a unit does; none for one that is not there."""
        return [kind for kind, unit in self.of_kind.items() if unit.reference == reference]


def own_units(viewer: Viewer, day: date) -> OwnUnits:
    """The units of the viewer's organisation and what each is to do. One query."""
    units = tuple(units_on([viewer.organisation_id], day)[viewer.organisation_id])
    kind = OrganisationKind(viewer.organisation_kind)
    routed = {code: unit_for(kind, units, known.topic) for code, known in task_kinds().items()}
    return OwnUnits(units, {code: unit for code, unit in routed.items() if unit is not None})


def unit_of(task: Task) -> UnitOnDay | None:
    """The unit that a task of `open_tasks_with_units` goes to; None where the organisation has none."""
    units = units_from_rows(task.units)  # type: ignore[attr-defined]  # annotated there
    return unit_for(OrganisationKind(task.organisation.kind), units, task_kinds()[task.kind].topic)


def open_tasks_for(
    viewer: Viewer, day: date, *, kind: str = "", taken_by: str = "", kinds: Collection[str] | None = None
) -> QuerySet[Task]:
    """The open tasks of the viewer's organisation, the earliest deadline first. `taken_by`: mine, nobody or all.

    `kinds`: only these (a unit's). `is_held` of each: whether whoever took it has it still.
    """
    tasks = Task.objects.filter(organisation_id=viewer.organisation_id, closed_at__isnull=True)
    tasks = tasks.annotate(is_held=ExpressionWrapper(is_held(day), BooleanField()))
    if kinds is not None:
        tasks = tasks.filter(kind__in=kinds)
    if kind:
        tasks = tasks.filter(kind=kind)
    if taken_by == "mine":
        tasks = tasks.filter(taken_by_id=viewer.user_id)
    elif taken_by == "nobody":
        tasks = tasks.filter(is_held=False)
    return tasks.select_related("subject", "taken_by").order_by("due_on", "pk")


def is_held(day: date) -> Q:
    """The condition that somebody has a task on a day: who took it works here still, in a role that sees whom it is
    about. From the day when employment or role has ended it is the unit's again; that is derived, nothing is moved.
    """
    at_work = works_on_cases(OuterRef("taken_by_id"), day)
    return Q(taken_by__isnull=False, taken_by__is_active=True) & at_work


def counts_for(viewer: Viewer, day: date) -> TaskCounts:
    """Late, this week (today to Sunday) and later, counted in one query."""
    found = _COUNTED.first(organisation=viewer.organisation_id, day=day, last=Week.of(day).last_day)
    return TaskCounts(*found) if found else TaskCounts(0, 0, 0)


def _counted() -> QuerySet[Task, tuple[int, int, int]]:
    day, last = Given.day("day"), Given.day("last")
    return (
        Task.objects.filter(organisation_id=Given.key("organisation"), closed_at__isnull=True)
        .values("organisation_id")
        .annotate(
            late=Count("pk", filter=Q(due_on__lt=day)),
            this_week=Count("pk", filter=Q(due_on__gte=day, due_on__lte=last)),
            later=Count("pk", filter=Q(due_on__gt=last) | Q(due_on__isnull=True)),
        )
        .values_list("late", "this_week", "later")
    )


_COUNTED = Prepared(_counted)


def open_tasks_about(subject_id: int | Given) -> QuerySet[Task]:
    """The open tasks about a subject, of whatever organisation: whose move it is, by when."""
    return (
        Task.objects.filter(subject_id=subject_id, closed_at__isnull=True)
        .select_related("organisation", "taken_by")
        .order_by("due_on", "pk")
    )


def open_tasks_with_units(subject_id: int, day: date) -> list[Task]:
    """The same, each with the units of its organisation on a day: `unit_of` tells which of them it goes to."""
    return _WITH_UNITS(subject=subject_id, day=day)


def _with_units() -> QuerySet[Task]:
    units = units_as_rows(OuterRef("organisation_id"), Given.day("day"))
    return open_tasks_about(Given.key("subject")).annotate(units=units)


_WITH_UNITS = Prepared(_with_units)


@cache
def task_kinds() -> dict[str, TaskKind]:
    """Every kind of task, by code, as the domains declare them."""
    return {kind.code: kind for module in settings.FOTFESTE_TASK_KINDS for kind in import_module(module).TASK_KINDS}
