"""The kinds of tasks that this domain opens: their words, and where they are done."""

from django.utils.translation import gettext

from fotfeste.directory.public import ContactTopic
from fotfeste.worklist.public import TaskKind

TASK_KINDS: tuple[TaskKind, ...] = (
    TaskKind("place_group", lambda: gettext("Plasser husstanden på et mottak"), "place_group", ContactTopic.PLACEMENT),
    TaskKind("assign_beds", lambda: gettext("Gi husstanden senger"), "assign_beds", ContactTopic.PLACEMENT),
    TaskKind(
        "follow_absence",
        lambda: gettext("Se at de er tilbake, eller finn ut hvor de er"),
        "register_return",
        ContactTopic.PLACEMENT,
    ),
    TaskKind(
        "report_missing",
        lambda: gettext("Meld fra om enslig mindreårig som er borte"),
        "report_missing",
        ContactTopic.PLACEMENT,
    ),
    TaskKind(
        "follow_missing",
        lambda: gettext("Se at en enslig mindreårig er borte"),
        "missing_minor",
        ContactTopic.PLACEMENT,
    ),
)
