"""The words that the pages about applications add: whose move it is, outcomes, a municipality's reasons for a no."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MOVES: Mapping[str, str | Promise] = {
    "waiting_for_parties": _("De som må bekrefte"),
    "submitted": _("UDI"),
    "at_municipality": _("Kommunen"),
    "granted": "",
    "refused": "",
    "withdrawn": "",
}
AFTERWARDS: Mapping[str, str | Promise] = {
    "waiting_for_parties": _("UDI ser på søknaden når alle har svart."),
    "submitted": _("UDI innvilger eller avslår."),
    "at_municipality": _("UDI avgjør når kommunen har svart."),
    "granted": "",
    "refused": "",
    "withdrawn": "",
}
OUTCOMES: Mapping[str, tuple[str | Promise, str]] = {
    "yes": (_("oppfylt"), "success"),
    "no": (_("ikke oppfylt"), "danger"),
    "unknown": (_("ikke kjent"), "warning"),
}
STATUSES_OF_RULES: Mapping[str, str | Promise] = {
    "verified": _("kontrollert mot kilden"),
    "secondary": _("gjengitt fra en annen kilde"),
    "demo": _("valgt av oss"),
}
DECLINED_BECAUSE: Mapping[str, str | Promise] = {
    "no_capacity": _("Kommunen har ikke kapasitet nå"),
    "home_unfit": _("Boligen er ikke god nok"),
    "local_conditions": _("De oppfyller ikke kommunens egne vilkår"),
    "host_unfit": _("Det er ikke trygt for dem å bo der"),
    "other": _("Annet"),
}
