"""The kinds of tasks that letters open: their words, and where they are done."""

from django.utils.translation import gettext

from fotfeste.directory.public import ContactTopic
from fotfeste.worklist.public import TaskKind

NAME_UNIT = "name_letter_unit"

TASK_KINDS: tuple[TaskKind, ...] = (
    TaskKind(
        NAME_UNIT,
        lambda: gettext("Et brev kom i posten: navngi enheten som skal ha slike brev"),
        "household_letters",
        ContactTopic.ALTERNATIVE,
        is_shared=True,
    ),
)
