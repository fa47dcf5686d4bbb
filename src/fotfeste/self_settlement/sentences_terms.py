"""The sentences of what is refused of published terms."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TERMS_SENTENCES: Mapping[str, str | Promise] = {
    "terms_need_deposit": _("Velg om dere hjelper med depositum."),
    "terms_need_empty_rent": _("Velg om dere betaler tomgangsleie."),
    "terms_need_next_home": _("Velg hvem som finner neste bolig."),
    "terms_need_office": _("Skriv hvilket kontor de skal spørre."),
    "terms_need_way": _("Skriv telefon eller e-post til kontoret."),
    "terms_of_a_person": _(
        "Dette ser ut som navnet på en ansatt. Skriv kontorets navn og kontorets egen telefon eller e-post."
    ),
    "terms_as_before": _("Dette er det dere har publisert allerede. Er det gått gjennom, velger du «Gjennomgått»."),
    "no_terms_to_review": _("Kommunen har ikke publisert noe å gå gjennom. Publiser vilkårene først."),
    "terms_reviewed_today": _("Vilkårene er publisert eller gått gjennom i dag. Det trengs ikke en gang til."),
    "terms_of_others": _("En kommune kan bare endre sine egne vilkår."),
    "one_set_of_terms_at_a_time": _("En kollega publiserte vilkår samtidig. Last siden på nytt."),
    "one_review_of_terms_a_day": _("En kollega har gått gjennom vilkårene i dag."),
    "terms_go_with_the_answer": _("Svar på depositum, tomgangsleie og neste bolig når dere tillater selvbosetting."),
    "terms_say_whom_to_ask": _("Skriv hvilket kontor de skal spørre, med telefon eller e-post."),
    "deposit_known": _("Dette svaret om depositum finnes ikke. Velg et fra listen."),
    "rent_known": _("Dette svaret om tomgangsleie finnes ikke. Velg et fra listen."),
    "terms_contact_seen": _("Kontoret eller telefonen har tegn som ikke vises. Skriv det på nytt."),
}
