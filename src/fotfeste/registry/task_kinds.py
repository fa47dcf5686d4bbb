"""The kinds of tasks that this domain opens: their words, and where they are done."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext as _

from fotfeste.access.public import Subject
from fotfeste.directory.public import ContactTopic
from fotfeste.worklist.public import TaskKind


def _by_reference(household_ids: Collection[int]) -> Mapping[int, str]:
    """Protected households, as those see them who name others: by their reference alone."""
    found = Subject.objects.filter(pk__in=list(household_ids)).values_list("pk", "reference")
    return {key: _("Husstand %(reference)s") % {"reference": reference} for key, reference in found}


TASK_KINDS: tuple[TaskKind, ...] = (
    TaskKind(
        "answer_duplicates", lambda: _("Se på en mulig dublett"), "household_duplicates", ContactTopic.REGISTRATION
    ),
    TaskKind(
        "name_follower",
        lambda: _("Navngi hvem som skal følge opp en husstand med adressesperre"),
        "name_follower",
        is_notice=True,
        name_of=_by_reference,
        is_shared=True,
    ),
)
