"""The sentences of this domain's refusals, by code (a rule's or a database constraint's)."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: Mapping[str, str | Promise] = {
    "role_not_of_this_organisation": _("Denne rollen finnes ikke i organisasjonen som brukeren arbeider i."),
    "need_is_kept": _("Et tjenstlig behov kan bare avsluttes, ikke endres."),
    "look_is_kept": _("Loggført innsyn kan ikke endres eller slettes."),
    "own_look": _("Du kan ikke selv si hva ditt eget innsyn gjaldt. En annen administrator må gjøre det."),
    "look_review_has_words": _("Skriv hva du fant ut."),
    "one_open_assignment_per_role": _("Brukeren har allerede denne rollen."),
}
