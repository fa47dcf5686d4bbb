"""Bulk loading of tasks, open and closed. Rows are named tuples of columns."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import Count

from fotfeste.platform.bulk import Loader
from fotfeste.worklist.models import Task

TABLES = (Task,)


def load_tasks(loader: Loader, rows: Sequence[NamedTuple]) -> int:
    """Tasks as they were opened and closed."""
    return loader.copy(Task, rows)


def by_open_tasks(loader: Loader) -> list[int]:
    """The organisations that have something to do, those with most open tasks first."""
    open_tasks = Task.objects.using(loader.using).filter(closed_at__isnull=True)
    counted = open_tasks.values("organisation_id").annotate(tasks=Count("pk")).order_by("-tasks", "organisation_id")
    return [each["organisation_id"] for each in counted]
