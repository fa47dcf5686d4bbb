"""The sentences of this domain's refusals, by code (a rule's or a database constraint's)."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: Mapping[str, str | Promise] = {
    "organisation_name_seen": _("Teksten har tegn som ikke vises. Skriv den på nytt."),
    "unit_name_seen": _("Teksten har tegn som ikke vises. Skriv den på nytt."),
    "contact_person_seen": _("Teksten har tegn som ikke vises. Skriv den på nytt."),
    "user_name_seen": _("Teksten har tegn som ikke vises. Skriv den på nytt."),
    "unit_kind_not_here": _("En slik enhet finnes ikke i denne typen organisasjon. Velg en fra listen."),
    "one_unit_of_a_kind": _("Organisasjonen har allerede en slik enhet. Endre den i stedet."),
    "unit_kind_known": _("Denne typen enhet finnes ikke. Velg en fra listen."),
    "unit_is_ended": _("Enheten er ikke der den dagen. Velg en annen dag, eller en annen enhet."),
    "unit_begins_later": _("Enheten begynner {day}. Velg den dagen eller senere."),
    "last_unit": _("Dette er den eneste enheten. Legg til en annen først, ellers kommer sakene ingen steder."),
    "one_name_of_a_unit_at_a_time": _("Noen andre endret enheten samtidig. Last siden på nytt."),
    "a_unit_has_a_name": _("En enhet må ha et navn."),
    "mailbox_is_not_a_general_postbox": _(
        "Dette er et felles postmottak, og der blir saker liggende. Skriv adressen som går rett til enheten."
    ),
    "one_unit_for_a_topic": _("En annen enhet fikk dette temaet samtidig. Last siden på nytt."),
    "unit_topic_known": _("Dette temaet finnes ikke. Velg et fra listen."),
    "one_region_for_a_county": _("En annen regional enhet har dette fylket."),
    "contact_topic_known": _("Dette temaet finnes ikke. Velg et fra listen."),
    "a_contact_has_a_name": _("Skriv hvem kontaktpersonen er."),
    "contact_unreachable": _("Skriv telefon eller e-post, så de kan nås."),
    "contact_begins_later": _("Kontaktpersonen begynner {day}. Velg den dagen eller senere."),
    "contact_is_ended": _("Kontaktpersonen slutter {day}. Velg en dag før det."),
    "topic_not_here": _("Dette temaet hører ikke til denne typen organisasjon. Velg et fra listen."),
    "kind_not_added": _("Denne typen organisasjon legges ikke til for hånd."),
    "municipality_missing": _("Velg kommunen som mottaket ligger i."),
    "municipality_unknown": _("Kommune {number} finnes ikke. Velg en fra listen."),
    "organisation_is_there": _("{name} finnes allerede. Søk den opp i listen."),
    "one_organisation_per_municipality": _("Kommunen er allerede registrert som organisasjon."),
    "organisation_kind_known": _("Denne typen organisasjon finnes ikke. Velg en fra listen."),
}
