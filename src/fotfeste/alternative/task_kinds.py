"""The kinds of tasks of alternative."""

from fotfeste.alternative.task_kinds_applications import APPLICATION_KINDS
from fotfeste.alternative.task_kinds_local import LOCAL_KINDS
from fotfeste.worklist.public import TaskKind

TASK_KINDS: tuple[TaskKind, ...] = (
    *APPLICATION_KINDS,
    *LOCAL_KINDS,
)
