"""Bulk loading of tasks, open and closed. Rows are named tuples of columns."""

from collections.abc import Sequence
from typing import NamedTuple

from fotfeste.platform.bulk import Loader
from fotfeste.worklist.models import Task

TABLES = (Task,)


def load_tasks(loader: Loader, rows: Sequence[NamedTuple]) -> int:
    """Tasks as they were opened and closed."""
    return loader.copy(Task, rows)
