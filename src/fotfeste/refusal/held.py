"""What a municipality is shown of a refusal: that it is asked to hold its offer, since when and until when."""

from collections.abc import Iterable
from typing import Any

from fotfeste.refusal.domain.moves import TaskOf
from fotfeste.refusal.domain.types import Happening
from fotfeste.refusal.queries.shown import Shown
from fotfeste.worklist.public import Task


def held_rows(shown: Shown, own_tasks: Iterable[Task]) -> dict[str, Any]:
    """Since when, until when at the latest known, and whether it has withdrawn.

    Until when is the day of its own task: it counts suspensions that the municipality is not told of. While the
    deadline stands still the task has none: then it is the last day that IMDi has set.
    """
    course, refusal = shown.course, shown.refusal
    asked, withdrawn = course.first(Happening.HOLD_ASKED), course.first(Happening.WITHDRAWN)
    extended = (each.day for each in course.all(Happening.IMDI_DEADLINE_EXTENDED))
    set_for = [day for day in (refusal.imdi_deadline_on, *extended) if day]
    task = next((each for each in own_tasks if each.kind == TaskOf.HELD), None)
    return {
        "refusal": refusal,
        "asked_on": asked.on if asked else None,
        "until_on": task.due_on if task and task.due_on else max(set_for, default=None),
        "withdrawn_on": withdrawn.on if withdrawn else None,
        "is_held": task is not None,
    }
