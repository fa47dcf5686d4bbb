"""The kinds of tasks that this domain opens: their words, and where they are done."""

from django.utils.translation import gettext as _

from fotfeste.directory.public import ContactTopic
from fotfeste.worklist.public import TaskKind

TASK_KINDS: tuple[TaskKind, ...] = (
    TaskKind(
        "answer_duplicates", lambda: _("Se på en mulig dublett"), "household_duplicates", ContactTopic.REGISTRATION
    ),
)
