"""The sentences of the municipality's refusals: waiting list, register, check of the home, contact, yearly report."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LOCAL_SENTENCES: Mapping[str, str | Promise] = {
    "own_condition_without_words": _("Skriv vilkåret med egne ord, eller fjern krysset."),
    "own_local_condition_has_words": _("Skriv vilkåret med egne ord."),
    "local_condition_known": _("Dette vilkåret finnes ikke. Velg et fra listen."),
    "one_open_local_condition": _("En kollega endret vilkårene samtidig. Last siden på nytt."),
    # The waiting list
    "wanted_in_the_past": _("{day} har vært. Skriv dagen de ønsker å flytte inn."),
    "place_without_day": _("Skriv fra hvilken dag de kan flytte inn."),
    "place_in_the_past": _("{day} har vært. Skriv en dag som ikke er kommet ennå, eller i dag."),
    "has_applied_already": _("De har fått plass og er i gang med å søke. Svaret kan ikke endres her."),
    "no_place_given": _("De har ikke fått plass ennå. Svar dem først."),
    "somebody_waits": _("Skriv hvor mange som ønsker å flytte."),
    "answered_waiting_has_a_day": _("Et svar må ha en dag. Last siden på nytt."),
    "only_a_place_has_a_day": _("Bare de som får plass, har en innflyttingsdag."),
    "a_place_has_a_day": _("Skriv fra hvilken dag de kan flytte inn."),
    "who_applies_has_a_place": _("De har ikke fått plass ennå. Svar dem først."),
    "waits_for_a_day_to_come": _("Skriv en dag som ikke er kommet ennå, eller i dag."),
    "waiting_outcome_known": _("Dette svaret finnes ikke. Velg et fra listen."),
    # The register
    "duf_is_wrong": _("DUF-nummeret kan ikke stemme. Se etter igjen: det har tolv siffer og står på asylsøkerbeviset."),
    "heard_in_the_future": _("{day} er ikke kommet ennå. Skriv dagen dere fikk vite det."),
    "one_private_resident_of_a_number": _("DUF-nummeret står i registeret deres allerede."),
    "private_resident_duf_has_form": _("Et DUF-nummer har tolv siffer."),
    "private_resident_postal_code": _("Et postnummer har fire siffer."),
    "told_by_known": _("Dette valget finnes ikke. Velg et fra listen."),
    # The home
    "check_in_the_future": _("Sjekken kan ikke være gjort etter i dag. Rett datoen."),
    "check_without_what_to_do": _("Skriv hva som må gjøres for at boligen skal være god nok."),
    "check_without_follow_up": _("Skriv når dere følger opp."),
    "follow_up_before_check": _("Oppfølgingen må være etter sjekken ({day})."),
    "follow_up_too_late": _("Dere følger dem ikke opp fra {day}. Velg en dag før det."),
    "follow_up_after_check": _("Oppfølgingen må være etter sjekken."),
    "what_is_not_good_is_followed_up": _("Skriv hva som må gjøres, og når dere følger opp."),
    "check_result_known": _("Dette resultatet finnes ikke. Velg et fra listen."),
    "check_way_known": _("Velg hvordan boligen ble sjekket."),
    "check_occasion_known": _("Velg hvorfor boligen ble sjekket."),
    "host_relation_known": _("Velg hvem verten er for dem."),
    "rent_not_negative": _("Husleien kan ikke være mindre enn 0."),
    "others_not_negative": _("Antallet kan ikke være mindre enn 0."),
    # Contact
    "not_housed_here": _(
        "Kommunen følger ikke opp denne husstanden nå. Bor de hos dere, må UDI ha innvilget det først."
    ),
    "nobody_lives_here_now": _("Ingen i husstanden bor privat i kommunen nå."),
    "contact_person_as_before": _("Denne personen er kontaktperson allerede."),
    "contact_person_not_named": _(
        "Adressen er sperret. Be administratoren om å gi denne kollegaen innsyn først, eller velg en annen."
    ),
    "one_contact_person_at_a_time": _("En kollega valgte kontaktperson samtidig. Last siden på nytt."),
    "contact_in_the_future": _("Kontakten kan ikke være etter i dag. Rett datoen."),
    "contact_about_nothing": _("Velg hva det handlet om."),
    "contact_is_about_something": _("Velg hva det handlet om."),
    "contact_with_too_many_words": _(
        "Teksten har {found} tegn. Den kan ha {limit}. Skriv bare det dere må huske; alt om helse hører hjemme i "
        "tjenestens egen journal."
    ),
    "contact_way_known": _("Velg hvordan dere hadde kontakt."),
    "contact_interpreter_known": _("Velg om dere hadde tolk."),
    # The yearly report
    "no_report_wanted": _("UDI skal ikke ha noen rapport om dette, eller har fått den. Velg en annen fra listen."),
    "year_is_not_over": _("Året er ikke over, og personen bor hos dere fortsatt. Vent med rapporten."),
    "report_of_nothing": _("Velg minst én oppfølging, eller skriv hvorfor det ikke har vært noen."),
    "one_report_a_person_and_year": _("UDI har fått denne rapporten allerede."),
    "contacts_not_negative": _("Antallet kan ikke være mindre enn 0."),
    "reported_in_or_after_the_year": _("Rapporten kan ikke være sendt før året den handler om."),
}
