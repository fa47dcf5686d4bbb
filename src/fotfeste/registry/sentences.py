"""The sentences of this domain's refusals, by code (a rule's or a database constraint's)."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_NUMBERS: Mapping[str, str | Promise] = {
    "duf_empty": _("Skriv DUF-nummeret, eller la feltet stå tomt."),
    "duf_characters": _("Et DUF-nummer har bare siffer."),
    "duf_length": _("Et DUF-nummer har 12 siffer. Du skrev {count}."),
    "d_number_empty": _("Skriv D-nummeret, eller la feltet stå tomt."),
    "d_number_characters": _("Et D-nummer har bare siffer."),
    "d_number_length": _("Et D-nummer har 11 siffer. Du skrev {count}."),
    "d_number_date": _("D-nummeret begynner ikke med en dato (dagen pluss 40). Se om du har skrevet feil."),
    "d_number_individual_digits": _("D-nummeret kan ikke være riktig: siffer 7 til 9 passer ikke til fødselsåret."),
    "d_number_check_digits": _("Kontrollsifrene i D-nummeret stemmer ikke. Se om du har skrevet feil."),
    "d_number_not_d_number": _("Dette ser ut som et fødselsnummer. Skriv det i feltet for fødselsnummer."),
    "d_number_fh_number": _("Dette er et hjelpenummer fra et sykehus, ikke et D-nummer."),
    "national_id_empty": _("Skriv fødselsnummeret, eller la feltet stå tomt."),
    "national_id_characters": _("Et fødselsnummer har bare siffer."),
    "national_id_length": _("Et fødselsnummer har 11 siffer. Du skrev {count}."),
    "national_id_date": _("Fødselsnummeret begynner ikke med en dato. Se om du har skrevet feil."),
    "national_id_individual_digits": _(
        "Fødselsnummeret kan ikke være riktig: siffer 7 til 9 passer ikke til fødselsåret."
    ),
    "national_id_check_digits": _("Kontrollsifrene i fødselsnummeret stemmer ikke. Se om du har skrevet feil."),
    "national_id_is_d_number": _("Dette ser ut som et D-nummer. Skriv det i feltet for D-nummer."),
    "national_id_fh_number": _("Dette er et hjelpenummer fra et sykehus, ikke et fødselsnummer."),
    "reg_nr_empty": _("Skriv Reg.nr., eller la feltet stå tomt."),
    "reg_nr_characters": _("Et Reg.nr. har bare siffer og bokstavene A til Z."),
    "reg_nr_length": _("Et Reg.nr. har høyst 20 tegn. Du skrev {count}."),
    "not_theirs_to_register": _(
        "Minst én av dem bor ikke lenger hos dere. Mottaket der de bor, eller UDI, registrerer det som er nytt."
    ),
    "number_not_of_a_person": _("Dette er ikke et nummer som en person har."),
    "number_must_be_synthetic": _(
        "Dette er en demonstrasjon. Skriv bare oppdiktede numre: DUF-nummer fra år 2099, "
        "eller fødselsnummer og D-nummer der måneden er lagt til 80."
    ),
    "number_twice_on_page": _("Du har skrevet det samme nummeret for to personer."),
    "number_registered_already": _(
        "Dette nummeret er allerede registrert. Søk opp nummeret. "
        "Finner du ingen, kontakt {contact} før du registrerer personen på nytt."
    ),
    "number_belongs_to_one_person": _(
        "En annen har nettopp registrert dette nummeret. Søk opp personen før du registrerer på nytt."
    ),
    "one_number_of_a_kind": _("Personen har allerede et slikt nummer. Rett det som står, i stedet."),
    "number_is_not_empty": _("Skriv nummeret."),
    "number_correction_needs_reason": _("Personen har et slikt nummer fra før. Velg hvorfor det rettes."),
}
_PERSONS: Mapping[str, str | Promise] = {
    "registration_sent_already": _(
        "Dette skjemaet er brukt til å registrere noen andre. Trykk «Registrer» en gang til hvis disse også er nye."
    ),
    "nobody_to_register": _("Fyll ut minst én person."),
    "too_many_persons": _("Du kan registrere {most} personer om gangen. Registrer resten etterpå."),
    "person_name_seen": _("Teksten har tegn som ikke vises. Skriv den på nytt."),
    "contact_seen": _("Teksten har tegn som ikke vises. Skriv den på nytt."),
    "person_has_a_name": _("Skriv fornavn eller etternavn. Har personen bare ett navn, skriv det som fornavn."),
    "sex_known_value": _("Velg kjønn."),
    "born_after_registration": _("Fødselsdatoen kan ikke være etter registreringen ({registered_on})."),
    "older_than_anybody": _("Fødselsdatoen gir en alder på over {most} år. Se om året er riktig."),
    "unaccompanied_minor_is_adult": _(
        "En enslig mindreårig er under 18 år. Etter fødselsdatoen er denne personen 18 eller eldre."
    ),
    "a_language_once": _("Du har valgt det samme språket to ganger."),
    "guardian_without_name": _("Skriv navnet på vergen eller representanten."),
    "contact_has_a_name": _("Skriv navnet på kontakten."),
    "one_current_details_row": _("Noen andre rettet opplysningene samtidig. Last siden på nytt, og prøv igjen."),
    "nothing_changed": _("Du har ikke endret noe. Det er ingenting å lagre."),
    "reason_needed": _("Velg hvorfor du retter opplysningene."),
}
_RELATIONS: Mapping[str, str | Promise] = {
    "relation_to_nobody": _("Velg to personer som er fylt ut over."),
    "nobody_is_related_to_oneself": _("Velg to forskjellige personer."),
    "parent_younger_than_child": _("En forelder må være født før barnet. Se om personene er byttet om."),
    "birth_date_against_descent": _(
        "Med denne fødselsdatoen er en forelder ikke født før barnet. Rett datoen, eller slektskapet først."
    ),
    "a_relation_once": _("Disse to er allerede knyttet sammen."),
    "relation_known": _("Velg hvordan de to er knyttet sammen."),
}
_GROUPS: Mapping[str, str | Promise] = {
    "one_group_at_a_time": _("Personen er allerede med i en plasseringsgruppe i denne tiden."),
    "not_a_member": _("Minst én av dem du har valgt, er ikke lenger med i plasseringsgruppen. Last siden på nytt."),
    "nobody_chosen": _("Velg minst én person."),
    "member_already": _("{name} er allerede med i denne plasseringsgruppen."),
    "belongs_to_other_family": _(
        "{name} er i en plasseringsgruppe med flere. Bare UDI kan ta noen ut av en gruppe. Kontakt logistikk@udi.no."
    ),
    "group_is_empty": _("Denne plasseringsgruppen er tom og brukes ikke lenger. Velg gruppen de flyttet til."),
    "last_member": _("{name} er alene i gruppen. Det er ingen gruppe å tas ut av."),
    "member_before_group": _("Gruppen ble opprettet {created_on}. Velg den dagen eller en senere."),
    "member_before_present_group": _(
        "{name} har vært i sin nåværende gruppe siden {since_on}. Velg den dagen eller en senere."
    ),
}
_STATUSES: Mapping[str, str | Promise] = {
    "day_in_future": _("Du har skrevet {day}, som ikke har vært ennå. Registrer når det har skjedd."),
    "applied_before_registered": _("Søknaden kan ikke være fra før registreringen ({registered_on})."),
    "status_before_registration": _(
        "Datoen {day} er før personen ble registrert av politiet ({registered_on}). Velg en senere dato."
    ),
    "status_before_application": _("Datoen {day} er før søknaden om beskyttelse ({applied_on}). Velg en senere dato."),
    "settled_by_departure": _(
        "Ingen blir bosatt ved at status registreres. Mottaket registrerer avreisen med årsaken «avtalt bosetting»: "
        "da blir de bosatt samme dag."
    ),
    "settled_without_permit": _("Personen har ingen tillatelse på denne datoen og kan ikke være bosatt."),
    "a_status_once_a_day": _("Denne statusen er allerede registrert på denne datoen."),
    "permit_is_registered": _(
        "Minst én av dem du har valgt, har allerede denne tillatelsen fra {day}. "
        "Er den gitt på nytt, krysser du av for det. "
        "Er datoen feil, retter du den under «Registrert feil?»."
    ),
    "status_known": _("Velg en status."),
    "stage_known": _("Velg en status."),
}
_MISTAKES: Mapping[str, str | Promise] = {
    "mistake_missing": _("Velg hva som var feil."),
    "mistake_known": _("Velg hva som var feil."),
    "mistake_needs_words": _("Skriv hva som var feil."),
    "taken_back_known": _("Velg hva som er registrert feil."),
    "status_not_registered": _("Minst én av dem du har valgt, har ikke denne statusen. Se hvem som er krysset av."),
    "status_is_kept": _(
        "Registreringen hos politiet kan ikke tas tilbake. Er personen registrert to ganger, si fra til UDI."
    ),
    "annulled_by_whoever_registered": _("Noen andre har registrert denne statusen. De eller UDI kan ta den tilbake."),
    "same_day_again": _(
        "Statusen er allerede registrert fra {day}. Skriv den riktige datoen, eller la feltet stå tomt."
    ),
    "application_after_decision": _(
        "Søknaden kan ikke være fra etter vedtaket ({day}). Rett vedtaket først hvis det er det som er feil."
    ),
    "settlement_rests_on_it": _(
        "Personen er bosatt fra {day}, og det bygger på denne tillatelsen. "
        "Ta avreisen tilbake først, eller registrer den riktige tillatelsen først."
    ),
}
_DUPLICATES: Mapping[str, str | Promise] = {
    "a_pair_proposed_once": _("De to er allerede foreslått som samme person."),
    "lower_key_first": _("De to er allerede foreslått som samme person."),
    "duplicate_answer_known": _("Velg om de to er samme person eller ikke."),
    "duplicate_lives_somewhere": _(
        "Posten som legges bort, har et opphold. Registrer avreisen eller rett oppholdet først."
    ),
    "duplicate_is_settled": _("Posten som legges bort, er bosatt. Behold den, og legg bort den andre."),
    "not_the_same_as_oneself": _("Velg to forskjellige personer."),
    "duplicate_answered": _("Noen andre har allerede svart på dette forslaget."),
    "a_token_once": _("Søkeordene ble lagret samtidig av noen andre. Prøv en gang til."),
}
_PROTECTION: Mapping[str, str | Promise] = {
    "protected_already": _("Adressen er allerede beskyttet slik. Velg det andre nivået, eller gå tilbake."),
    "protected_before_registered": _(
        "Husstanden ble registrert {day}. Adressen kan beskyttes fra den dagen eller senere."
    ),
    "protected_later": _("Adressen er beskyttet fra {day}. Velg den dagen eller senere."),
    "not_protected": _("Adressen er ikke beskyttet."),
    "protected_without_need": _(
        "Bare den som har med husstanden å gjøre, kan beskytte adressen eller oppheve sperren."
    ),
    "one_protection_at_a_time": _("Adressen er allerede beskyttet i denne tiden."),
    "protection_level_known": _("Velg om adressen er fortrolig eller strengt fortrolig."),
    "named_once_at_a_time": _("Denne personen er allerede navngitt."),
    "not_yours_to_name": _("Det er ikke du som navngir der. Er adressen strengt fortrolig, er det UDI som gjør det."),
    "named_by_oneself": _("Du kan ikke navngi deg selv. En annen må gjøre det."),
    "named_without_need": _("Organisasjonen har ikke noe med husstanden å gjøre nå, og skal ikke ha noen navngitt."),
    "named_without_role": _("Personen er ikke ansatt, eller har ingen rolle som gir innsyn i saker. Velg en annen."),
    "named_already": _("Denne personen er allerede navngitt. Velg en annen."),
    "enough_are_named": _(
        "Når adressen er strengt fortrolig, kan en organisasjon ha {most} navngitte. Ta bort en som ikke trenger det."
    ),
    "last_named": _("Noen må følge opp husstanden. Navngi en annen først."),
}
SENTENCES: Mapping[str, str | Promise] = {
    **_NUMBERS,
    **_PERSONS,
    **_RELATIONS,
    **_GROUPS,
    **_STATUSES,
    **_MISTAKES,
    **_DUPLICATES,
    **_PROTECTION,
}
