"""What other packages may use of the worklist."""

from fotfeste.worklist.actions import close_tasks, hand_over_task, open_task, take_task
from fotfeste.worklist.domain.types import TaskKind
from fotfeste.worklist.models import Task
from fotfeste.worklist.queries import (
    OwnUnits,
    TaskCounts,
    counts_for,
    open_tasks_about,
    open_tasks_for,
    open_tasks_with_units,
    own_units,
    task_kinds,
    unit_of,
)

__all__ = [
    "OwnUnits",
    "Task",
    "TaskCounts",
    "TaskKind",
    "close_tasks",
    "counts_for",
    "hand_over_task",
    "open_task",
    "open_tasks_about",
    "open_tasks_for",
    "open_tasks_with_units",
    "own_units",
    "take_task",
    "task_kinds",
    "unit_of",
]
