"""The sentences of this domain's refusals, by code (a rule's or a database constraint's)."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# One sentence whether a bed is blocked or somebody's, by whichever rule it is refused: the other one tells of somebody
# whose address is protected (ADR 0020). Only those who block beds are told that somebody has one.
_BED_NOT_FREE = _("Senga er ikke ledig i perioden. Velg en annen seng. Resten av det du valgte, står.")

SENTENCES: Mapping[str, str | Promise] = {
    # Days in the wrong order
    "placement_in_future": _("{day} er ikke kommet ennå. Registrer plasseringen den dagen husstanden kommer."),
    "stay_reaches_past": _(
        "Noen i husstanden har et annet opphold som går forbi denne dagen (til {day}). Velg {day} eller senere."
    ),
    "departure_in_future": _("{day} er ikke kommet ennå. Avreisen registreres den dagen husstanden reiser."),
    "departure_before_arrival": _("De kom {arrival}, og kan ikke ha reist {day}. Rett datoen."),
    "arrival_in_future": _("{day} er ikke kommet ennå. Skriv dagen de kom."),
    "arrival_as_it_is": _("De er registrert som kommet {day} allerede."),
    "arrival_before_registration": _(
        "Minst én av dem ble registrert i Norge {registered}, og kan ikke ha kommet {day}. Rett datoen."
    ),
    "arrival_before_earlier_one": _(
        "De kom til det forrige mottaket {day}. Velg en senere dag, eller rett den dagen først."
    ),
    "arrival_needs_words": _("Skriv hvorfor dagen er feil."),
    "one_arrival_at_a_time": _("De du har valgt, kom ikke samtidig. Rett én dag om gangen."),
    "move_is_udis_to_correct": _(
        "De flyttet hit fra {centre}, og oppholdet der slutter den samme dagen. Be UDI om å rette den."
    ),
    "away_before_arrival": _(
        "Minst én av dem gikk ut av mottaket eller kom tilbake {day}, og kan ikke ha vært et annet sted da. "
        "Rett datoen."
    ),
    "bed_changed_before_arrival": _(
        "Minst én av dem byttet seng {day}, og kan ikke ha vært et annet sted da. Rett datoen."
    ),
    "beds_in_future": _("{day} er ikke kommet ennå. Registrer sengene den dagen de tas i bruk."),
    "bed_before_arrival": _("Oppholdet begynte {arrival}. Velg den dagen eller senere."),
    "bed_changed_later": _("Noen av dem byttet seng {day}. Velg den dagen eller senere."),
    "leave_not_begun": _(
        "Permisjonen begynner først {day}. Skal de ikke reise likevel, trekk tilbake permisjonen i stedet."
    ),
    "leave_lies_ahead": _("Minst én av dem har permisjon fra {day} allerede. Trekk den tilbake først."),
    "no_leave_ahead": _("Minst én av dem har ingen permisjon som ligger foran. Last siden på nytt."),
    "absence_before_arrival": _("De kom {arrival}, og kan ikke ha vært borte fra {day}. Rett datoen."),
    "absence_in_future": _("{day} er ikke kommet ennå. Fravær framover registreres som permisjon."),
    "leave_needs_return": _("Skriv hvilken dag de skal være tilbake."),
    "no_agreed_return": _("Minst én av dem har ingen permisjon å flytte. Last siden på nytt."),
    "return_as_agreed": _("Minst én av dem skal være tilbake {day} allerede. Velg en annen dag."),
    "agreed_return_is_past": _(
        "{day} er passert. Velg i dag eller senere, eller at dagen var skrevet feil. Er de tilbake, registrer retur."
    ),
    "not_missing": _(
        "Minst én av dem er ikke en enslig mindreårig som er borte herfra. Registrer fraværet først, eller last siden "
        "på nytt."
    ),
    "told_before_missing": _("Fraværet begynte {day}. Velg den dagen eller senere."),
    "told_in_future": _("{day} er ikke kommet ennå. Skriv dagen dere meldte fra."),
    "missing_minor_unreported": _(
        "En enslig mindreårig skrives ikke ut som borte før fraværet er registrert, og politiet, barnevernet og vergen "
        "har fått beskjed. Registrer fravær, og så hvem dere har meldt fra til, fra husstandens side."
    ),
    "missing_is_seen": _("En kollega har allerede kvittert for dette."),
    "one_report_to_each": _("Noen har registrert dette samtidig. Last siden på nytt."),
    "told_when_missing": _("Dere kan ikke ha meldt fra før fraværet begynte. Rett datoen."),
    "told_party_known": _("Denne mottakeren finnes ikke. Velg en fra listen."),
    "return_before_absence": _("Fraværet begynte {start}. Tilbake må være etter det."),
    "return_in_future": _("{day} er ikke kommet ennå. Registrer retur når de er tilbake."),
    # People and places
    "nobody_to_place": _("Ingen hørte til plasseringsgruppen {day}. Velg en dag etter at de ble registrert."),
    "already_at_centre": _("Alle i husstanden bor på dette mottaket allerede."),
    "already_settled": _(
        "Husstanden er bosatt i en kommune og kan ikke plasseres på et mottak igjen. "
        "Kommer noen som ikke er bosatt, legg dem til i husstanden først."
    ),
    "centre_is_closed": _("{centre} er ikke i drift {day}. Velg et annet mottak eller en annen dag."),
    "centre_is_full": _(
        "{centre} har ikke plass: husstanden trenger {people}, og det er {free} ledige. Velg et annet mottak."
    ),
    "centre_only_for_minors": _("{centre} er bare for enslige mindreårige. Velg et annet mottak."),
    "centre_not_for_minors": _(
        "{centre} er ikke et mottak for enslige mindreårige. Velg et som er det, "
        "eller kryss av for at de likevel skal bo der."
    ),
    "nobody_selected": _("Velg minst én person."),
    "not_staying_here": _("Minst én av dem bor ikke på mottaket nå. Last siden på nytt og se hvem som gjør det."),
    "not_absent": _("Minst én av dem er ikke registrert som borte. Last siden på nytt."),
    "reason_of_living_privately": _("Denne årsaken gjelder bare dem som bor privat med støtte. Velg en annen."),
    "move_is_placing": _("Flytting til et annet mottak registreres av UDI som en ny plassering."),
    # Living privately
    "private_stay_in_future": _("{day} er ikke kommet ennå. Skriv en dag de har bodd der."),
    "private_end_in_future": _("{day} er ikke kommet ennå. Registrer slutten den dagen den kommer."),
    "private_stay_lasts": _("De bor der fortsatt, så det er ingen slutt å rette. Avslutt avtalen i stedet."),
    "private_end_before_start": _("De begynte å bo der {start}. Siste dag må være etter det."),
    "not_in_the_household": _("Minst én av dem hører ikke til husstanden nå. Last siden på nytt."),
    "not_a_municipality_to_live_in": _("Velg en kommune."),
    "lives_privately_there": _("Minst én av dem bor privat med støtte i kommunen allerede, siden {day}."),
    "not_living_privately": _("Minst én av dem bor ikke privat med offentlig støtte her. Last siden på nytt."),
    "private_home_elsewhere": _(
        "Postnummer {code} er {place}, ikke i {municipality}. Rett adressen, eller velg en annen kommune."
    ),
    "not_a_reason_to_end": _("Denne årsaken er ikke deres å registrere. Velg en annen fra listen."),
    "nothing_to_correct": _("Du har ikke skrevet noe som er annerledes enn det som er registrert."),
    "one_stay_at_a_time": _("De du har valgt, bodde ikke samme sted de samme dagene. Rett én om gangen."),
    "correction_is_udis": _("Dere kan rette når de sluttet å bo der. Be UDI om å rette resten."),
    "stay_before_began_later": _("De bodde et annet sted fra {day}. Velg en senere dag."),
    # Beds
    "bed_not_free": _BED_NOT_FREE,
    "bed_free_from": _("Senga er ledig først {day}. Velg {day} eller senere under «Fra», eller en annen seng."),
    "bed_not_here": _("Denne senga finnes ikke på mottaket. Velg en seng fra listen."),
    "bed_chosen_twice": _("Du har valgt den samme senga til to personer."),
    "bed_is_taken": _("Noen har denne senga i perioden. Gi dem en annen seng først, eller velg en annen dag."),
    "bed_not_blocked": _("Senga er ikke sperret {day}."),
    "block_ends_before_it_starts": _("Sperringen må slutte etter at den begynner ({from})."),
    # Address
    "address_needed": _("Skriv adressen de flytter til: gate og postnummer."),
    "address_not_expected": _(
        "Du har skrevet en adresse. Velg «Forlatt botilbud, oppgitt privat adresse ved avreise», eller fjern adressen."
    ),
    "postal_code_unknown": _("Postnummer {code} finnes ikke. Se etter på postens nettsider, eller rett det."),
    "place_does_not_match": _("Postnummer {code} er {place}. Rett poststedet eller postnummeret."),
    "county_does_not_match": _("Postnummer {code} ligger i {county}. Rett fylket eller postnummeret."),
    "departure_before_journey": _("Reisen er avtalt til {day}. Reiste de før den dagen, kryss av for at det er ment."),
    "address_elsewhere": _(
        "Postnummer {code} er {place}, ikke i {municipality}, som de har takket ja til. "
        "Rett adressen, eller kryss av for at det er ment."
    ),
    "nobody_has_refused": _("Husstanden har ikke takket nei til et tilbud. Velg en annen årsak."),
    # Rooms as they are typed
    "rooms_unnamed": _("Skriv navnet på minst ett rom."),
    "rooms_backwards": _("«{span}» går baklengs. Skriv det laveste tallet først."),
    "rooms_too_many": _("Du kan legge til {most} rom om gangen. Del dem opp."),
    "room_name_too_long": _("«{name}» er for langt. Et romnavn kan ha 40 tegn."),
    # Centres
    "more_people_than_maximum": _(
        "Det bor {people} der, flere enn det mottaket skal kunne utvides til. "
        "Skriv et høyere tall, eller flytt noen først."
    ),
    "people_stay_past_closing": _("Det bor folk der ({people}) også etter {day}. Flytt dem før mottaket legges ned."),
    # What the database refuses
    "no_overlapping_stays": _(
        "En person kan bare bo ett sted om gangen. Noen i husstanden bor et annet sted den dagen."
    ),
    "no_bed_for_two": _BED_NOT_FREE,
    "bed_is_blocked": _BED_NOT_FREE,
    "one_bed_at_a_time": _("En person kan bare ha én seng om gangen. Last siden på nytt."),
    "bed_within_stay": _("En seng kan bare gis til en som bor på mottaket i hele perioden."),
    "operation_covers_stays": _(
        "Noen bor på mottaket på en dag uten drift. Registrer avreise eller flytting først, eller velg en senere dag."
    ),
    "stay_within_operation": _(
        "Mottaket er ikke i drift alle dagene av oppholdet. Velg et annet mottak eller en annen dag."
    ),
    "stay_of_the_registered": _(
        "Minst én av dem ble registrert i Norge etter den første dagen av oppholdet. Velg en senere dag."
    ),
    "ended_stay_has_a_reason": _("Et opphold som er slutt, må ha en årsak. Velg hvorfor de reiste."),
    "stay_is_at_one_place": _("Et opphold er enten på et mottak eller privat i en kommune. Si hvor."),
    "stay_kind_known": _("Denne typen opphold finnes ikke."),
    "dead_gets_no_status": _(
        "Minst én av dem du har valgt, er registrert som død før denne datoen. Er det feil, ta avreisen tilbake først."
    ),
    "departure_not_registered": _("Minst én av dem du har valgt, har ingen avreise å ta tilbake. Last siden på nytt."),
    "centre_has_closed": _(
        "{centre} er ikke i drift {day}, så ingen bor der som før. Plasser dem på et annet mottak, eller sett "
        "mottaket i drift igjen først."
    ),
    "no_place_to_be_back": _("{centre} har {free} ledige plasser, og de er {people}. Øk antall plasser først."),
    "departure_of_another_centre": _("Et annet mottak registrerte avreisen. De eller UDI kan ta den tilbake."),
    "no_address_of_these": _("De du har valgt, har ikke reist til en adresse av sin egen. Velg andre."),
    "one_departure_at_a_time": _("De du har valgt, reiste ikke samtidig. Ta tilbake én avreise om gangen."),
    "the_whole_departure": _("Hele husstanden ble bosatt sammen. Velg alle som reiste."),
    "departure_reason_known": _("Denne årsaken finnes ikke. Velg en fra listen."),
    "one_operation_at_a_time": _("Mottaket er i drift allerede. Endre driften i stedet."),
    "operator_is_of_another_kind": _(
        "Et kommunalt mottak drives av en kommune, og andre mottak av en driftsoperatør. Velg en annen."
    ),
    "places_make_sense": _("Antall plasser må være over null, og det høyeste antallet minst like stort."),
    "centre_type_known": _("Denne typen mottak finnes ikke. Velg en fra listen."),
    "operator_known": _("Denne typen driftsoperatør finnes ikke. Velg en fra listen."),
    "one_room_of_a_name": _("Det finnes allerede et rom med dette navnet i bygningen. Velg et annet navn."),
    "one_bed_of_a_name": _("Det finnes allerede en seng med dette navnet i rommet. Last siden på nytt."),
    "one_block_at_a_time": _("Senga er sperret allerede i denne perioden."),
    "one_absence_at_a_time": _("Minst én av dem er registrert som borte allerede. Registrer retur først."),
    "absence_kind_known": _("Denne typen fravær finnes ikke."),
    "leave_has_a_return": _("Permisjon må ha en dag de skal være tilbake."),
    "shown_day_in_future": _("{day} er ikke kommet ennå. Her er i dag."),
}

REASONS: Mapping[str, str | Promise] = {
    "departure_registered_in_time": _("Avreisen ble registrert samme dag."),
    "departure_registered_late": _("Avreisen ble registrert {days} for sent. Regelen er samme dag."),
    "bed_becomes_free": _("Sengene deres blir ledige fra avreisedagen."),
    "benefit_ends": _("Basisytelsen på mottaket gjelder til og med dagen før avreisedagen."),
    "no_grant_moves": _("Ingen tilskudd til kommuner endres."),
    "centre_sees_them_for": _("Dere ser husstanden i {days} til."),
    "imdi_is_told_when_all_leave": _("Reiser alle etter bosettingssamtalen, får IMDi en oppgave om å se det."),
    "report_missing_minor": _(
        "Er en enslig mindreårig borte, registrerer dere fraværet og melder fra til politiet, barnevernet og vergen "
        "samme dag. Først da kan dere skrive ut den mindreårige som borte. UDI får beskjed."
    ),
    "address_may_come_later": _("Blir adressen kjent, registrerer dere den fra husstandens side."),
    "private_after_interview": _(
        "Bosettingssamtalen ble holdt {day}. Da gjelder denne årsaken også når dere ikke kjenner adressen."
    ),
    "private_with_address": _(
        "De har oppgitt en adresse. Vil de ikke oppgi noen, er årsaken «Forlatt botilbud, ikke oppgitt privat adresse "
        "ved avreise»."
    ),
    "said_to_leave_country": _("De har sagt at de forlater Norge og ikke planlegger å komme tilbake."),
    "gone_without_a_word": _("De er borte, og ingen har hørt hvor de er eller hvor de skal."),
    "settled_from_that_day": _("De regnes som bosatt fra avreisedagen."),
    "municipality_takes_over": _("Kommunen får beskjed, og oppgaven med å ta imot dem."),
    "settlement_case_closes": _("Bosettingssaken lukkes, hvis det er en. IMDi får beskjed."),
    "imdi_is_told": _("IMDi får beskjed om at de har flyttet privat."),
    "remind_of_population_register": _("Minn dem på å melde flyttingen til Folkeregisteret."),
    "reminder_is_written": _("Brevet til dem om Folkeregisteret ligger på husstandens side. Gi dem det når de reiser."),
    "no_limit_outside_centres": _("Ingen kilde sier hvor lenge man kan være borte fra alternativ mottaksplass."),
    "absence_not_abroad": _("Plassen går ikke tapt: fraværet er i Norge."),
    "absent_too_long": _("Plassen er tapt fra {lost_on}: {days} i utlandet uten permisjon."),
    "place_kept_until": _("Plassen er tapt fra {lost_on} hvis de ikke er tilbake før."),
    "leave_granted_until": _("Permisjon er innvilget fram til {until}."),
    "lives_there_already": _("De bor der nå."),
    "too_few_places": _("For få plasser: {free} ledige, også om det utvides."),
    "for_unaccompanied_minors": _("For enslige mindreårige."),
    "only_for_unaccompanied_minors": _("Bare for enslige mindreårige."),
    "not_for_unaccompanied_minors": _("Ikke for enslige mindreårige."),
    "needs_extension": _("Bare {free} ledige i drift; må utvides."),
    "has_free_places": _("{free} ledige."),
    "general_leave_until": _("Alle fra Ukraina hadde {days} permisjon, her fram til {until}."),
}
