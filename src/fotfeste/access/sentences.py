"""The sentences of this domain's refusals, by code (a rule's or a database constraint's)."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: Mapping[str, str | Promise] = {
    "need_is_kept": _("Et tjenstlig behov kan bare avsluttes, ikke endres."),
    "look_is_kept": _("Loggført innsyn kan ikke endres eller slettes."),
    "emergency_is_kept": _("Et nødinnsyn kan ikke endres eller slettes."),
    "emergency_of_one_for_an_hour": _("Nødinnsyn gjelder én person, i høyst én time."),
    "emergency_number_missing": _("Skriv hele DUF-nummeret, eller husstandens referanse."),
    "emergency_nobody_found": _(
        "Nødinnsyn finner ingen med dette nummeret. Se om nummeret er riktig og helt. Forsøket er loggført."
    ),
    "emergency_cause_missing": _("Velg hva det gjelder."),
    "emergency_cause_known": _("Velg hva det gjelder."),
    "emergency_words_missing": _("Skriv hva som skjer, og hvorfor du må se dette nå."),
    "emergency_has_words": _("Skriv hva som skjer, og hvorfor du må se dette nå."),
    "emergency_is_open": _("Du har allerede nødinnsyn i denne husstanden."),
    "emergency_not_needed": _("Dere har allerede innsyn i det som nødinnsyn åpner for denne husstanden."),
    "too_many_emergencies": _(
        "Du har bedt om nødinnsyn {most} ganger på kort tid, og kan be igjen {again_at}. Haster det, be en kollega."
    ),
    "own_look": _("Du kan ikke selv si hva ditt eget innsyn gjaldt. En annen administrator må gjøre det."),
    "look_is_reviewed": _(
        "Det er allerede skrevet hva dette var, og det kan ikke endres. Les det i listen over uvanlig innsyn."
    ),
    "look_review_has_words": _("Skriv hva du fant ut."),
    "role_known": _("Denne rollen finnes ikke. Velg en fra listen."),
    "role_not_of_this_organisation": _("Denne rollen finnes ikke i organisasjonen som brukeren arbeider i."),
    "not_own_staff": _("Brukeren arbeider i en annen organisasjon. Administratoren der gir roller."),
    "case_role_for_oneself": _(
        "Denne rollen gir innsyn i saker, og den kan du ikke gi deg selv. Be en annen administrator hos dere om den."
    ),
    "role_begins_in_the_past": _("En rolle kan ikke gjelde tilbake i tid. Velg {today} eller senere."),
    "not_employed_then": _("Brukeren er ikke ansatt {day}. Velg en dag i ansettelsen."),
    "role_is_held": _("Brukeren har allerede denne rollen, fra {day}."),
    "role_is_held_once": _("Brukeren har allerede denne rollen."),
    "role_ends_already": _("Rollen slutter allerede {day}. Velg en dag før det."),
    "role_begins_later": _("Rollen begynner {day}. Velg den dagen eller senere."),
    "employment_ends_already": _("Ansettelsen slutter allerede {day}. Velg en dag før det."),
    "employment_begins_later": _("Ansettelsen begynner {day}. Velg den dagen eller senere."),
    "one_employment_at_a_time": _("Brukeren er allerede ansatt i denne tiden."),
    "ends_in_the_past": _("Det som har vært, kan ikke endres. Velg {today} eller senere."),
    "last_administrator": _(
        "Da er det ingen igjen som kan gi roller her. Gi en kollega administratorrollen først, og prøv igjen."
    ),
    "username_taken": _("{username} er i bruk i en annen organisasjon. Hver bruker må ha sitt eget brukernavn."),
    "works_here_already": _("{username} er allerede bruker hos dere i denne tiden. Finn brukeren i listen."),
    "directory_user_username_key": _("Brukernavnet er i bruk. Hver bruker må ha sitt eget."),
}
