"""The sentences of why something cannot be done in a refusal, by code."""

from collections.abc import Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fotfeste.kernel.decisions import Reason
from fotfeste.kernel.errors import Refused

SENTENCES: Mapping[str, str | Promise] = {
    "no_open_refusal": _("Husstanden har ingen åpen bosettingsnektsak."),
    "not_in_refusal": _("Velg beboere som saken gjelder."),
    "withdrawn_is_seen": _("Dere har sett at tilbudet er trukket, eller det er ikke trukket."),
    "nobody_to_evict": _(
        "Bare den som er i en åpen bosettingsnektsak der namsmannen har satt en dag, kastes ut. Velg en annen årsak."
    ),
    "nobody_due": _("Ingen kan få dette nå."),
    "refusal_event_in_future": _("Velg i dag eller en tidligere dag."),
    "imdi_deadline_in_past": _("Fristen for å flytte kan ikke være før i dag."),
    "imdi_deadline_is_set": _("Fristen er satt til {day}. Forleng den i stedet."),
    "not_taken_back": _("Dette kan ikke tas tilbake. Et brev er sendt, og en avreise tas tilbake som avreise."),
    "nothing_to_take_back": _("Det er ikke noe i saken som dere kan ta tilbake nå."),
    "something_rests_on_it": _("Noe er registrert etter dette, og bygger på det. Da kan det ikke tas tilbake."),
    "refusal_needs_words": _("Skriv hvorfor."),
    "talk_needs_words": _("Skriv hva som ble forklart, og velg språk og om det var tolk."),
    "ruling_backwards": _("Velg i dag eller en senere dag: brev som er sendt, bygger på avklaringen som gjaldt da."),
    "ruling_needs_words": _("Skriv hvem som har avklart det, kilden og begrunnelsen."),
    "ruling_missing": _(
        "Brevet kan ikke sendes: Det er ikke avklart om retten til norskopplæring faller bort. UDI må registrere en"
        " avklaring først."
    ),
    # What the database says.
    "ruling_of_others": _("Bare UDI avklarer dette."),
    "ruling_is_kept": _("En avklaring endres ikke. Registrer en ny."),
    "ruling_is_not_given_backwards": _(
        "Velg i dag eller en senere dag: brev som er sendt, bygger på avklaringen som gjaldt da."
    ),
    "ruling_says_who_and_why": _("Skriv hvem som har avklart det, kilden og begrunnelsen."),
    "one_open_refusal_per_group": _("Husstanden har en åpen bosettingsnektsak allerede."),
    "imdi_deadline_after_the_refusal": _("Fristen kan ikke være før dagen husstanden takket nei eller ikke flyttet."),
    "closed_or_never_one": _("Saken er avsluttet."),
    "refusal_event_once_for_each": _("Noen andre registrerte dette samtidig. Se hva som står nå."),
    "refusal_event_once": _("Noen andre registrerte dette samtidig. Se hva som står nå."),
    "refusal_event_of_whom": _("Velg hvem det gjelder."),
    "a_talk_says_what_was_explained": _("Skriv hva som ble forklart, og velg språk og om det var tolk."),
    "no_letter_to_a_child": _("Brev i bosettingsnektsaker går bare til dem som har fylt 18 år."),
    "refusal_is_over": _("Saken er avsluttet. Ingenting mer kan registreres i den."),
    # Why something cannot have happened, by the rules (domain.gates, domain.history).
    "refusal_closed": _("Saken er avsluttet. Ingenting mer kan registreres i den."),
    "refusal_done": _("Dette er gjort {day}, og gjøres bare én gang."),
    "refusal_imdi_deadline": _("IMDis frist for å flytte må settes først."),
    "refusal_new_imdi_deadline": _("IMDis frist for å flytte gikk ut {day}. IMDi må sette en ny frist først."),
    "refusal_imdi_message": _("IMDi må først ha meldt til UDI at husstanden ikke flytter."),
    "refusal_hold_asked": _("IMDi har ikke bedt dere holde tilbudet."),
    "refusal_first_letter": _("Første brev må være sendt."),
    "refusal_eviction_notice": _("Alle voksne som fortsatt er i saken, må ha fått varsel om utkastelse først."),
    "refusal_petition": _("Begjæringen om tvangsfravikelse må være sendt, og gjelde alle voksne i saken."),
    "refusal_eviction_day_set": _("Namsmannen må ha satt en dag for utkastelsen."),
    "refusal_days_are_told": _("Ingenting er endret siden det siste brevet."),
    "refusal_officer_knows": _("Namsmannen vet hvordan begjæringen står. Det er ikke noe nytt å fortelle."),
    "refusal_petition_recalled": _("Namsmannen må først få vite at begjæringen ikke gjelder lenger."),
    "refusal_petition_upheld": _("Namsmannen må først få vite at begjæringen står ved lag igjen."),
    "petition_not_found": _("Begjæringen finnes ikke blant brevene. Fortell namsmannen utenfor Fotfeste."),
    "refusal_guardian_told": _("Vergen til barnet som kom alene, må være varslet først."),
    "refusal_child_welfare_told": _("Barnevernet må først være varslet om barnet."),
    "refusal_minors_place_offered": _(
        "Barnet som kom alene, må være tilbudt plass i mottak for enslige mindreårige først."
    ),
    "refusal_accepted": _("Beboeren takket ja {day}, og er ikke i saken lenger."),
    "refusal_moved_out": _("Beboeren flyttet ut {day}, og er ikke i saken lenger."),
    "refusal_evicted": _("Beboeren ble kastet ut {day}, og er ikke i saken lenger."),
    "refusal_deceased": _("Beboeren døde {day}, og er ikke i saken lenger."),
    "refusal_not_in_petition": _("Ingen begjæring nevner beboeren."),
    "refusal_taken_out": _("Beboeren ble tatt ut av husstanden {day}, og er ikke i saken lenger."),
    "refusal_child": _("Brev og frister gjelder bare dem som har fylt 18 år."),
    "refusal_place_for_minors": _(
        "Et barn som kom alene, kastes ikke ut: det får plass i mottak for enslige mindreårige."
    ),
    "refusal_not_alone": _("Dette gjelder barn som kom alene, eller som ikke har voksne igjen i saken."),
    "refusal_not_offered": _(
        "Beboeren takket nei til et tidligere tilbud og fikk ikke dette: ingen frist begynner, og ingen brev sendes."
        " Ta beboeren ut som en egen husstand for å gi et eget tilbud."
    ),
    "refusal_withdrawn": _("Tilbudet ble trukket {day}. Det er ikke noe å holde, og ingen kommune å flytte til."),
    "refusal_run_out": _("Fristen gikk ut før {day}. Bare en frist som løper, kan forlenges."),
    "refusal_suspended": _("Saken er stilt i bero allerede."),
    "refusal_not_suspended": _("Saken er ikke stilt i bero."),
    "refusal_resumed": _("Saken er stilt i bero. Ta den opp igjen først."),
    "refusal_everybody_out": _("Saken avsluttes når noe er registrert om alle: {count} er i den ennå."),
    "refusal_before_what_came_before": _("Noe i saken har skjedd etter den dagen. Velg en senere dag."),
    "refusal_names_residents": _("Dette gjelder saken, ikke enkelte beboere."),
    "refusal_names_nobody": _("Velg hvem det gjelder."),
    "refusal_too_early": _("Dette kan først gjøres {day}."),
    "refusal_names_no_day": _("Velg en dag."),
    "refusal_names_a_day": _("Her kan det ikke velges en dag."),
    "refusal_day_before_act": _("Velg i dag eller en senere dag."),
    "refusal_stops_too_early": _("Basisutbetalingen stopper tidligst dagen etter at fristen på 14 dager er ute."),
    "refusal_stops_too_late": _("Basisutbetalingen stopper senest {day}, tre måneder etter brevet. Se på årstallet."),
    "refusal_day_too_late": _("Dagen må være senest {day}, et år fram. Se på årstallet."),
    "refusal_no_later": _("Den nye fristen må være senere enn den som gjelder."),
    "refusal_leaves_children": _(
        "Velg også barna: De voksne kan ikke si ja uten barn som er igjen i saken. Et barn som kom alene, kan være"
        " igjen når verge og barnevern er varslet og plass for enslige mindreårige er tilbudt."
    ),
    "refusal_child_evicted_alone": _("Et barn kastes ikke ut uten en voksen i husstanden."),
    "refusal_eviction_leaves_children": _(
        "Velg også barna: De siste voksne kastes ikke ut uten barn som er igjen i saken."
    ),
    "refusal_child_accepts_alone": _("Barn kan ikke takke ja alene når en voksen i husstanden fortsatt er i saken."),
}


def refused_because(fault: Reason, field: str | None = None) -> Refused:
    """What a rule said, as a refusal with its sentence. No id of a resident is told."""
    days = (value for value in fault.fields.values() if isinstance(value, date))
    params: dict[str, object] = {"day": next(days, None), "count": fault.fields.get("count")}
    return Refused(f"refusal_{fault.code}", field, params)
