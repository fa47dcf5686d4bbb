"""The sentences of the refusals of grants, by code (a rule's or a database constraint's)."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_BROKEN = _("Bestillingen stemmer ikke. Ingenting er lagret. Prøv igjen.")

SENTENCES: Mapping[str, str | Promise] = {
    "period_not_over": _("Perioden er ikke over før {day}. Velg en periode som er over."),
    "not_a_period": _("Ordningen har ingen periode som slutter da. Velg en av periodene i listen."),
    "period_before_last_run": _(
        "Månedene før {day} er allerede beregnet. Velg en periode som slutter da eller senere."
    ),
    "known_in_future": _("En kjøring kan ikke bygge på det som blir kjent senere."),
    "known_before_last_run": _(
        "En senere kjøring bygger på det som var kjent {known_at}. Beregn av det som er kjent nå."
    ),
    "one_run_is_asked_for": _("Noen har allerede bestilt en kjøring for ordningen. Vent til den er beregnet."),
    "order_was_left": _("Kjøringen ble ikke beregnet innen fristen. Bestill den på nytt."),
    "order_scheme_known": _BROKEN,
    "order_of_whole_months": _BROKEN,
    "order_says_what_came_of_it": _BROKEN,
}
