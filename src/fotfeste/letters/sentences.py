"""The sentences of this domain's refusals, by code (a rule's or a database constraint's)."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: Mapping[str, str | Promise] = {
    "letter_not_in_language": _("Brevet finnes ikke på dette språket ({language}). Velg et annet."),
    "letter_without_receiver": _("Brevet mangler mottaker, eller går til feil slags mottaker."),
    "letter_facts_missing": _("Brevet kan ikke skrives, for noe mangler: {what}."),
    "letter_cannot_show": _(
        "Et brev kan ikke vise tegnet «{sign}». Skriv det med latinske eller kyrilliske bokstaver og vanlige tall."
    ),
    "letter_of_others": _("Brevet er fra noen andre. Bare avsenderen kan følge det opp."),
    "letter_is_kept": _("Et brev kan ikke endres etter at det er skrevet. Skriv et nytt."),
}
