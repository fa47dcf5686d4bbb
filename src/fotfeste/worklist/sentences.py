"""The sentences of this domain's refusals, by code (a rule's or a database constraint's)."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: Mapping[str, str | Promise] = {
    "task_taken_by_other": _("{name} har tatt denne oppgaven. Avtal med {name} før du overtar den."),
    "task_of_protected": _(
        "Husstanden har adressesperre, og kollegaen er ikke navngitt. Gi oppgaven til en som er det."
    ),
    "task_is_shared": _("Oppgaven er felles, og ingen tar den for seg. Åpne den for å gjøre den."),
    "closed_task_is_kept": _("Oppgaven er allerede gjort."),
}
