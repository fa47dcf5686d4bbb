"""The kinds of tasks that this domain opens: their words, and where they are done."""

from django.utils.translation import gettext

from fotfeste.directory.public import ContactTopic
from fotfeste.worklist.public import TaskKind

TASK_KINDS: tuple[TaskKind, ...] = (
    TaskKind("place_group", lambda: gettext("Plasser husstanden på et mottak"), "place_group", ContactTopic.PLACEMENT),
    TaskKind("assign_beds", lambda: gettext("Gi husstanden senger"), "assign_beds", ContactTopic.PLACEMENT),
)
