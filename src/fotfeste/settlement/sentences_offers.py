"""The sentences from the queue to the offer: refusals, the reasons of decisions, and the words of codes."""

from collections.abc import Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fotfeste.kernel.decisions import Reason
from fotfeste.platform import words
from fotfeste.settlement.domain.types import (
    Capability,
    DeclineReason,
    LocalService,
    Offerable,
    PlaceKind,
)
from fotfeste.settlement.sentences_places import PLACE_KINDS

OFFER_SENTENCES: Mapping[str, str | Promise] = {
    "household_is_being_settled": _(
        "Husstanden er på vei til en kommune. Bare UDI eller mottaket der de bor kan gjøre dette nå."
    ),
    # Request
    "week_is_over": _("Uke {week} i {year} er over. Velg denne uken eller en senere."),
    "not_a_municipality": _("Velg en kommune fra lista."),
    "asks_by_themselves": _(
        "De ber om avtalt selvbosetting i {municipality}, og har plassen i køen så lenge. Skriv hvorfor dere spør en"
        " kommune likevel."
    ),
    "municipality_does_not_fit": _("{name} ser ikke ut til å passe. Skriv hvorfor dere spør kommunen likevel."),
    "possible_week_missing": _("Skriv hvilken uke kommunen tidligst kan ta imot dem."),
    "need_not_confirmed": _(
        "Kommunen svarte før alle behovene var kjent. Kryss av for det den har bekreftet etterpå, "
        "eller løs kommunen og spør på nytt."
    ),
    "no_need_question": _("Kommunen er ikke spurt om noe nytt behov, eller en kollega har allerede svart."),
    "need_answer_missing": _("Velg ja eller nei."),
    "unmet_need_needs_words": _("Skriv hvorfor kommunen ikke kan dekke behovet."),
    "unmet_need_has_words": _("Skriv hvorfor kommunen ikke kan dekke behovet."),
    "one_open_need_question": _("Kommunen er allerede spurt om dette behovet."),
    "answered_need_question_has_a_day": _("Et svar fra kommunen må ha en dag."),
    "capability_not_confirmed": _(
        "Husstanden trenger mer enn det dere har bekreftet. Bekreft alt de trenger, eller svar nei med grunn."
    ),
    "request_is_gone": _(
        "Denne forespørselen er ikke lenger hos dere: IMDi har trukket den tilbake, eller en kollega har svart nei. "
        "Det dere skrev, er ikke sendt. Spør IMDi hvis noe er uklart."
    ),
    "one_living_request_per_case": _("En annen kommune er allerede spurt om denne husstanden. Last siden på nytt."),
    "one_row_per_municipality_year": _("Kommunen har allerede tall for dette året."),
    "one_open_capability": _("Kommunen har allerede meldt dette. Last siden på nytt."),
    # Somebody has come since the interview
    "household_is_seen": _("Husstanden er allerede sett på nytt. Last siden på nytt."),
    "nobody_is_unasked": _("Alle i husstanden er med i samtalen. Velg at saken går videre, og skriv hvorfor."),
    "nobody_holds_the_interview": _(
        "Husstanden bor ikke på noe mottak, så ingen kan supplere samtalen. "
        "Velg at saken går videre, og skriv hvorfor, eller vent til de er plassert."
    ),
    "goes_on_needs_reason": _("Skriv hvorfor saken går videre som den er."),
    "interview_is_not_held": _("Samtalen er ikke holdt ennå. Fullfør den i stedet."),
    # Offer
    "one_offer_only": _(
        "{names} har allerede fått sitt ene tilbud om bosetting og kan ikke få et nytt. Ingen kommune kan spørres. "
        "Mottaket eller IMDi avslutter saken, eller UDI tar dem det gjelder, ut av husstanden."
    ),
    "found_by_themselves": _("De fant kommunen selv, og IMDi er enig. De flytter inn uten tilbud."),
    "the_others_are_settled": _(
        "De andre i husstanden er bosatt. UDI må først ta dem som er tilbake, ut av husstanden, og så ta tilbake "
        "avreisen. Har de andre heller ikke reist, ta tilbake avreisen deres først."
    ),
    "household_is_settled": _(
        "Husstanden er bosatt i en kommune. Den nye ville ikke få noen egen bosettingssak. "
        "La personen være i sin egen husstand. Spør UDI hvis de skal bo sammen."
    ),
    "household_has_refused": _(
        "Husstanden har takket nei til sitt ene tilbud, og får ikke et nytt. Den nye ville heller ikke få noe tilbud. "
        "La personen være i sin egen husstand. Spør UDI hvis de skal bo sammen."
    ),
    "closing_not_registered": _("Bosettingssaken er ikke avsluttet for hånd. Det er ingenting å ta tilbake."),
    "closed_with_the_permit": _(
        "Bosettingssaken ble avsluttet av seg selv fordi ingen i husstanden har tillatelse. "
        "Får noen i husstanden tillatelse, åpnes en ny sak."
    ),
    "nobody_to_settle": _("Ingen i husstanden har tillatelse nå. Da kan ikke bosettingssaken åpnes igjen."),
    "closed_and_left": _("Husstanden bor ikke på mottak lenger. Da kan ikke bosettingssaken åpnes igjen."),
    "refusal_not_registered": _("Husstanden har ikke noe nei å ta tilbake."),
    "refused_and_left": _("Husstanden bor ikke på mottak lenger. Da kan ikke neiet tas tilbake."),
    "municipality_holds_no_more": _(
        "Kommunen har fått vite at det er slutt, og holder ikke lenger av boligen. Da kan ikke neiet tas tilbake."
    ),
    "one_living_offer_per_case": _("Husstanden har allerede fått sitt ene tilbud. Den kan ikke få et nytt."),
    "settlement_offer_request_id_key": _("Denne forespørselen har allerede ført til et tilbud."),
    "nobody_is_due": _(
        "Ingen i husstanden har tillatelse nå, og da er det ingen å finne kommune til. "
        "Vent til UDI har gitt en ny tillatelse, eller avslutt saken med grunn."
    ),
    "withdrawal_reason_missing": _("Velg hvorfor tilbudet trekkes tilbake."),
    "withdrawal_needs_words": _("Skriv med egne ord hvorfor tilbudet trekkes tilbake."),
    "withdrawn_offer_has_a_reason": _("Velg hvorfor tilbudet trekkes tilbake."),
    "withdrawn_after_it_was_made": _("Et tilbud kan ikke trekkes tilbake før det er gitt. Rett datoen."),
    "told_of_what_was_sent_before": _("En forespørsel kan ikke være slutt før den er sendt. Rett datoen."),
    "withdrawal_is_told": _("En kollega har allerede registrert at husstanden har fått vite det."),
    "told_in_the_future": _("De kan ikke ha fått vite det fram i tid. Velg i dag eller en tidligere dag."),
    "told_before_withdrawal": _("Tilbudet ble trukket tilbake {day}. De kan ikke ha fått vite det før det."),
    "change_is_seen": _("En kollega har allerede sett at husstanden er endret."),
    "withdrawal_is_seen": _("En kollega har allerede kvittert for dette."),
    "seen_withdrawal_has_a_time": _("Det må stå når dere så at forespørselen er trukket tilbake."),
    "journey_too_late": _("Reisen kan ikke være mer enn et år etter uken som er avtalt, senest {day}. Rett datoen."),
    "closing_reason_missing": _("Velg hvorfor saken avsluttes."),
    "closing_needs_words": _("Skriv med egne ord hvorfor saken avsluttes."),
    "only_a_closed_case_has_a_reason": _("Bare en avsluttet sak kan ha en grunn til at den er avsluttet."),
    "nobody_may_move": _(
        "Ingen i husstanden har tillatelse nå, og da kan ingen flytte. IMDi vurderer saken. "
        "Vent til UDI har gitt en ny tillatelse."
    ),
    "no_municipality_before_the_decision": _("Ingen kommune spørres før husstanden har fått en tillatelse."),
    "week_missing": _("Skriv bosettingsuken."),
    "offer_before_possible_week": _(
        "Kommunen kan tidligst ta imot dem i uke {week} i {year}. Velg den uken eller en senere. "
        "Kan kommunen likevel tidligere, må IMDi spørre den på nytt."
    ),
    "who_answered_missing": _("Skriv hvem som svarte for husstanden."),
    # Settled where they live
    "nobody_lives_privately": _(
        "Husstanden bor ikke privat samlet i én kommune nå. Da går bosettingen den vanlige veien."
    ),
    "settled_by_imdi": _(
        "Skal de bosettes der de bor, gjør IMDi det. Flytter de til en kommune de har sagt ja til, registrerer UDI "
        "flyttingen."
    ),
    "settled_ahead_of_time": _("{day} er ikke kommet ennå. Registrer bosettingen den dagen den gjelder fra."),
    "agreement_in_the_future": _("{day} er ikke kommet ennå. Skriv dagen dere ble enige med kommunen."),
    "settled_before_agreement": _("Dere ble enige {day}. De kan ikke være bosatt før det."),
    "partner_missing": _("Skriv hvem i kommunen dere er enige med."),
    "asked_elsewhere": _("{municipality} er spurt om å bosette dem. Trekk forespørselen tilbake først."),
    "settled_or_refused_already": _("Husstanden er bosatt eller har takket nei. Det kan ikke gjøres en gang til."),
    "take_settlement_back": _(
        "De er bosatt der de bodde fra {day}. Ta først tilbake at oppholdet sluttet. "
        "Da kan IMDi bosette dem fra riktig dag."
    ),
    "guardian_name_missing": _("Skriv navnet på vergen, representanten eller følgepersonen som var med da de svarte."),
    "guardian_not_registered": _(
        "Det er ikke registrert noen verge for {names}. En enslig mindreårig svarer ikke alene på tilbudet. "
        "Registrer vergen på husstandens side, under «Rett opplysninger» for den det gjelder, og så svaret."
    ),
    "answer_language_missing": _("Velg språket svaret ble gitt på."),
    "consequences_not_shown": _(
        "Gå gjennom følgene av et nei med husstanden, på et språk de forstår, og kryss av for at det er gjort."
    ),
    "declined_knowing_the_consequences": _("Gå gjennom følgene av et nei med husstanden før svaret registreres."),
    "answer_in_the_future": _("Svaret kan ikke være gitt fram i tid. Velg i dag eller en tidligere dag."),
    "answer_before_offer": _("Tilbudet ble gitt {day}. Svaret kan ikke være gitt før det."),
}

REASONS: Mapping[str, str | Promise] = {
    "room": _("Plass til {size}: {left} av {decided} vedtatte plasser er ledige."),
    "no_room": _("Ikke plass til {size}: {left} av {decided} vedtatte plasser er ledige."),
    "room_for_minors": _("{left} av {decided} vedtatte plasser for enslige mindreårige er ledige."),
    "minors_full": _("{left} av {decided} vedtatte plasser for enslige mindreårige er ledige."),
    "council_not_decided": _("Ukjent plass: kommunestyrets vedtak for {year} er ikke kjent."),
    "minors_not_decided": _("Ukjent plass: vedtak om enslige mindreårige for {year} er ikke kjent."),
    "asked_for_others": _("Kommunen er også spurt om {asked} andre utover vedtaket og har ikke svart."),
    "resource_left": _("Det er {left} ledig av {resource}, de trenger {wanted}."),
    "resource_short": _("Ikke nok {resource}: det er {left} ledig, de trenger {wanted}."),
    "week_is_full": _(
        "Tar imot høyst {most} i en uke: {planned} er lovet eller spurt om for uke {week}, eller for en uke som ikke "
        "er bestemt."
    ),
    "figures_of_earlier_year": _("Tallene er fra vedtaket for {year}, det siste som er kjent."),
    "nothing_special_needed": _("Husstanden trenger ikke noe særskilt."),
    "capability_offered": _("Tilbyr {capability}."),
    "capability_not_offered": _("Tilbyr ikke {capability}."),
    "capability_not_said": _("Har ikke meldt om de tilbyr {capability}. Spør kommunen."),
}

CAPABILITIES: Mapping[Capability, str | Promise] = {
    Capability.ADAPTED_HOUSING: _("tilrettelagt bolig"),
    Capability.HEALTH_SPECIALISTS: _("spesialisthelsetjeneste i nærheten"),
    Capability.STAFFED_HOUSING: _("bemannet bolig"),
    Capability.PETS: _("bolig der kjæledyr er tillatt"),
    Capability.UNACCOMPANIED_MINORS: _("tilbud til enslige mindreårige"),
}
LOCAL_SERVICES: Mapping[LocalService, str | Promise] = {
    LocalService.SCHOOL_SUPPORT: _("tilrettelegging i skole og barnehage"),
    LocalService.HOME_HELP: _("hjelp i hjemmet"),
    LocalService.HEARING: _("tilbud til hørselshemmede, med tegnspråk"),
    LocalService.ADAPTED_TRAINING: _("tilpasset opplæring for voksne"),
}
DECLINE_REASONS: Mapping[DeclineReason, str | Promise] = {
    DeclineReason.NO_HOUSING: _("ingen egnet bolig"),
    DeclineReason.NO_ADAPTED_HOUSING: _("ingen tilrettelagt bolig"),
    DeclineReason.NO_HEALTH_SERVICES: _("mangler helsetjenestene de trenger"),
    DeclineReason.NO_SCHOOL_PLACE: _("mangler plass i skole eller barnehage"),
    DeclineReason.QUOTA_FILLED: _("vedtaket er brukt opp"),
    DeclineReason.OTHER: _("en annen grunn"),
}


def offerable_words() -> Mapping[Offerable, str]:
    """What capabilities and services are called in a sentence, in the viewer's language."""
    said: dict[Offerable, str] = {code: str(words) for code, words in CAPABILITIES.items()}
    return said | {code: str(words) for code, words in LOCAL_SERVICES.items()}


def capability_name(code: str) -> str:
    """What a capability is called in a sentence."""
    return str(CAPABILITIES[Capability(code)])


def reason_sentence(reason: Reason) -> str:
    """A decision's reason as a sentence in the viewer's language."""
    shown: dict[str, str] = {}
    for name, value in reason.fields.items():
        if name == "capability":
            shown[name] = capability_name(str(value))
        elif name == "resource":
            shown[name] = str(PLACE_KINDS[PlaceKind(str(value))])
        elif isinstance(value, int) and name != "year":
            shown[name] = words.number(value)
        else:
            shown[name] = words.day(value) if isinstance(value, date) else str(value)
    return str(REASONS[reason.code]).format(**shown)
