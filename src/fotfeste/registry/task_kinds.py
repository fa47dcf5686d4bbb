"""The kinds of tasks that this domain opens: their words, and where they are done."""

from fotfeste.worklist.public import TaskKind

TASK_KINDS: tuple[TaskKind, ...] = ()
