"""The sentences of what is refused of applications and agreements, and of the reasons of eligibility."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_NOT_SEEN = _("Et navn har tegn som ikke vises. Skriv det på nytt.")
_NO_WITHOUT_WHY = _("Skriv hvorfor svaret er nei.")
APPLICATION_SENTENCES: Mapping[str, str | Promise] = {
    # Applying
    "scheme_is_closed": _("Ordningen tar ikke imot søknader {day}. Velg en annen ordning."),
    "procedure_not_of_scheme": _("Denne ordningen har ikke denne framgangsmåten. Velg en annen."),
    "applicants_missing": _("Skriv hvem søknaden gjelder."),
    "applicant_without_name": _("Skriv navnet til alle søknaden gjelder."),
    "applicant_twice": _("Samme DUF-nummer står to ganger. Rett det."),
    "helper_not_named": _("Skriv navnet ditt. Den som hjelper, står på søknaden."),
    "not_staff": _("Bare ansatte kan registrere dette."),
    "living_there_in_future": _("{day} er ikke kommet ennå. Skriv når de vil flytte inn i stedet."),
    "received_in_future": _("{day} er ikke kommet ennå. Skriv dagen søknaden kom."),
    "applied_to_no_municipality": _("Velg en kommune fra listen."),
    "host_missing": _("Skriv navnet på den de bor hos, eller skal bo hos."),
    "interest_missing": _("Kommunen har ikke meldt plasser til grupper i denne ordningen."),
    "not_in_that_household": _("Velg dem i husstanden som søknaden gjelder."),
    "one_living_application": _(
        "De har allerede en søknad om denne ordningen i kommunen. Avgjør den, eller trekk en av dem."
    ),
    # Parties
    "link_expired": _("Lenken er for gammel. Be den som sendte den, om en ny."),
    "link_answered": _("Det er svart allerede. Svaret kan ikke endres her."),
    "application_is_answered": _("Søknaden er avgjort eller trukket allerede. Last siden på nytt."),
    "signer_missing": _("Skriv navnet ditt."),
    "no_needs_reason": _NO_WITHOUT_WHY,
    "not_their_answer": _("Dette svaret er ikke deres å gi."),
    "way_missing": _("Velg hvordan svaret ble gitt: på papir, på telefon eller muntlig."),
    # Matching
    "matched_already": _("Det er bestemt allerede hvem søknaden gjelder. Last siden på nytt."),
    "nobody_matches": _("Ingen registrert person har dette DUF-nummeret og denne fødselsdatoen. Velg personene selv."),
    "people_of_several_households": _(
        "De hører til ulike husstander. Velg dem som hører til én, og registrer egne søknader for de andre."
    ),
    "not_matched": _("Finn ut hvem søknaden gjelder først."),
    "answer_not_asked_for": _("Dette er ikke noe søknaden spør om. Last siden på nytt."),
    # Deciding
    "request_not_in_procedure": _("Kommunen er part i denne søknaden og svarer selv. Den skal ikke spørres."),
    "municipality_has_answered": _("Kommunen har svart allerede. Last siden på nytt."),
    "municipality_not_asked": _("Kommunen har ikke svart. Spør den før du innvilger."),
    "preliminary_is_sent": _("Foreløpig svar ble sendt {day}."),
    "nobody_meets_conditions": _("Ingen av dem oppfyller vilkårene. Da er det ingen å spørre kommunen om."),
    "conditions_not_met": _("Minst én av dem oppfyller ikke vilkårene. Se hvilke nedenfor."),
    "conditions_unknown": _("Noe er ikke kjent ennå. Spør om det som mangler, eller avslå fordi det mangler."),
    "party_says_no": _("En av partene har svart nei. Søknaden kan ikke innvilges."),
    "nobody_to_grant": _("Velg minst én person som er funnet i registeret."),
    "ground_does_not_fit": _("Ingenting i søknaden tilsier denne grunnen. Velg en annen."),
    "not_granted": _("Søknaden er ikke innvilget. Last siden på nytt."),
    "moved_in_before_scheme": _("De har plassen tidligst fra {day} etter reglene for ordningen. Skriv den dagen."),
    "moved_in_already": _("De er registrert som innflyttet allerede. Rett dagen i stedet."),
    # Ends
    "cause_follows_by_itself": _(
        "Dette følger av en ny avtale, av plassering på mottak eller av at en innvilgelse tas tilbake."
    ),
    "cause_is_udis": _("Denne årsaken er det UDI som avgjør. Velg en annen, eller si fra til UDI."),
    "cause_does_not_end_it": _("Denne årsaken avslutter ikke en avtale etter reglene for denne dagen."),
    "no_agreement_there": _("Ingen i husstanden bor privat med støtte i kommunen nå. Last siden på nytt."),
    # Places for groups
    "interest_has_places": _("Skriv hvor mange plasser dere har."),
    "interest_needs_words": _("Skriv hva slags bolig det er."),
    # What the database refuses
    "refusal_has_a_ground": _("Et avslag må ha en grunn."),
    "decision_has_a_day": _("En avgjørelse må ha en dag og en som avgjorde den."),
    "grant_has_a_start": _("En innvilgelse må ha en første dag."),
    "withdrawal_has_a_cause": _("Si hvorfor søknaden trekkes."),
    "helper_is_named": _("Den som hjelper, må ha et navn."),
    "staff_is_named": _("Den ansatte som fylte ut søknaden, må stå på den."),
    "answer_has_a_day": _("Et svar må ha en dag."),
    "application_names_seen": _NOT_SEEN,
    "applicant_name_seen": _NOT_SEEN,
    "signer_name_seen": _NOT_SEEN,
    "one_applicant_at_a_position": _("Noen står to ganger i søknaden. Last siden på nytt."),
    "one_applicant_per_person": _("Samme person er valgt to ganger. Rett det."),
    "one_confirmation_per_party": _("Parten er spurt allerede. Last siden på nytt."),
    "confirmation_is_signed": _("Et svar må ha navn, måte og tidspunkt."),
    "party_says_why_not": _NO_WITHOUT_WHY,
    "registered_by_somebody": _("Den som skrev ned svaret, må stå på det."),
    "one_agreement_at_a_time": _("Husstanden har en avtale i kommunen i perioden allerede."),
    "ended_agreement_has_a_cause": _("En avtale som er slutt, må ha en årsak."),
    "end_cause_known": _("Denne årsaken finnes ikke. Velg en fra listen."),
}
APPLICATION_REASONS: Mapping[str, str | Promise] = {
    "open_met": _("Ordningen tok imot søknader {day}."),
    "open_not_met": _("Ordningen tok ikke imot søknader {day}."),
    "not_alone_met": _("Ikke enslig mindreårig."),
    "not_alone_not_met": _("Enslig mindreårig: ordningen gjelder ikke for dem. De kan søke AMOT."),
    "not_alone_unknown": _("Spør om barnet er her uten foreldre, og om fødselsdatoen."),
    "target_group_ukrainian": _("Ukrainsk statsborger som bodde i Ukraina før {day}."),
    "target_group_protected": _("Hadde beskyttelse i Ukraina før {day}."),
    "target_group_family": _("Nær familie til en i målgruppen."),
    "target_group_not_met": _("Bodde ikke i Ukraina som ukrainsk statsborger, og var ikke beskyttet der, før {day}."),
    "target_group_unknown": _("Spør om de bodde i Ukraina, eller hadde beskyttelse der, før {day}."),
    "citizenship_unknown": _("Spør om statsborgerskapet."),
    "tie_unknown": _("Spør om de er nær familie til noen i målgruppen."),
    "birth_date_unknown": _("Spør om fødselsdatoen."),
    "child_is_grown": _("Barnet er over 18 år, og regnes ikke som nær familie."),
    "main_person_unknown": _("Spør hvem i målgruppen de er i familie med."),
    "main_person_not_met": _("Den de er i familie med, er ikke i målgruppen."),
    "registered_met": _("Registrert hos politiet."),
    "registered_not_met": _("Ikke registrert hos politiet."),
    "registered_unknown": _("Finn ut om de er registrert hos politiet."),
    "applied_for_protection_met": _("Har søkt om beskyttelse."),
    "applied_for_protection_not_met": _("Har ikke søkt om beskyttelse."),
    "applied_for_protection_unknown": _("Finn ut om de har søkt om beskyttelse."),
    "duf_met": _("Har DUF-nummer."),
    "duf_not_met": _("Har ikke DUF-nummer."),
    "duf_unknown": _("Spør om DUF-nummeret."),
    "d_number_met": _("Har D-nummer."),
    "d_number_not_met": _("Har ikke D-nummer."),
    "d_number_unknown": _("Spør om de har fått D-nummer."),
    "home_met": _("Har funnet et sted å bo."),
    "home_unknown": _("Spør hvem de bor hos."),
    "not_centre_housing_met": _("Boligen brukes ikke til drift av mottak."),
    "not_centre_housing_not_met": _("Boligen brukes til drift av mottak."),
    "not_centre_housing_unknown": _("Spør kommunen om boligen brukes til drift av mottak."),
    "four_weeks_not_agreed": _("Ingen dag for bosetting er avtalt."),
    "four_weeks_met": _("Bosettes {day}, minst {days} fram."),
    "four_weeks_not_met": _("Bosettes {day}. Det er mindre enn {days} til."),
    "centre_place_met": _("Har rett til plass på mottak."),
    "centre_place_not_met": _("Har ikke rett til plass på mottak."),
    "centre_place_unknown": _("Finn ut om de har rett til plass på mottak."),
    "near_family_met": _("Har nær familie som er bosatt i kommunen."),
    "adaptation_met": _("Har behov som et ordinært mottak ikke kan dekke."),
    "carer_met": _("Har en egnet omsorgsperson i kommunen."),
    "need_or_family_not_met": _("Har verken nær familie i kommunen eller behov som et ordinært mottak ikke kan dekke."),
    "need_or_family_unknown": _("Spør om nær familie i kommunen, og om behov som et ordinært mottak ikke kan dekke."),
}
