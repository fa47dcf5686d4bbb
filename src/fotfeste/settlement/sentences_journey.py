"""The sentences from the agreed journey to the municipality: refusals, and the words of codes."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fotfeste.settlement.domain.types import Payer, TravelMode

JOURNEY_SENTENCES: Mapping[str, str | Promise] = {
    "agreed_with_missing": _("Skriv hvem i kommunen datoen er avtalt med."),
    "agreed_in_the_future": _("Avtalen kan ikke være gjort fram i tid. Velg i dag eller en tidligere dag."),
    "journey_before_agreement": _(
        "Reisen ble avtalt {day}. De kan ikke ha reist før det. Rett reisedagen, eller dagen den ble avtalt."
    ),
    "a_journey_takes_time": _("Skriv hvor lang tid hele reisen tar."),
    "luggage_not_negative": _("Antall kolli kan ikke være under 0."),
    "journey_without_food": _(
        "Hele reisen tar tre timer eller mer. Da skal mottaket sørge for mat og drikke. Kryss av når det er ordnet."
    ),
    "journey_without_legs": _("Skriv minst én strekning."),
    "leg_without_places": _("Skriv både fra og til på strekning {number}."),
    "leg_starts_elsewhere": _(
        "Strekning {number} begynner i {start}, men den forrige sluttet i {end}. Rett den ene, eller legg til en."
    ),
    "price_not_negative": _("Prisen kan ikke være under 0 kr."),
    "a_leg_once": _("Noen andre lagret reisen samtidig. Last siden på nytt."),
    "a_journey_has_a_hub": _("Skriv knutepunktet: flyplassen, stasjonen eller bussterminalen nærmest kommunen."),
    "hub_not_on_the_way": _(
        "Ingen strekning slutter i {hub}. Skriv knutepunktet likt begge steder: dit betaler mottaket."
    ),
    "own_car_without_papers": _(
        "En strekning er med egen bil. Kryss av for egen bil og fyll ut det som gjelder bilen."
    ),
    "own_car_drives_all_the_way": _(
        "Med egen bil kjører de hele veien. Velg egen bil på alle strekninger, eller ta bort krysset."
    ),
    "own_car_has_its_papers": _("Egen bil krever signert egenerklæring, gyldig grønt kort og pris på billett."),
    "self_declaration_missing": _("Egenerklæringen må være signert før reisen. Skriv datoen."),
    "self_declaration_too_late": _("Egenerklæringen må være signert før reisen, senest i dag."),
    "green_card_not_valid": _(
        "Grønt kort må være gyldig på reisedagen. Tolletaten utsteder forsikring som er gratis i 30 dager."
    ),
    "persons_in_car_wrong": _("Skriv hvor mange av husstanden som sitter i bilen, fra 1 til {size}."),
    "ticket_price_missing": _("Skriv hva billetten med kollektivtransport koster per person."),
    "ticket_not_negative": _("Prisen kan ikke være under 0 kr."),
    "travel_not_approved": _(
        "Mottaket kan bare bestille kollektivtransport uten videre, og det UDI sist har godkjent. "
        "Spør UDI om skriftlig godkjenning først."
    ),
    "travel_mode_known": _("Velg et reisemiddel fra lista."),
    "payer_known": _("Reisen betales av mottaket eller kommunen."),
    "modes_missing": _("Velg hva dere vil bestille: drosje, minibuss eller begge."),
    "explanation_missing": _("Skriv hvorfor kollektivtransport ikke er hensiktsmessig."),
    "one_open_travel_question": _("UDI er allerede spurt, og har ikke svart ennå."),
    "no_travel_question": _("Det er ikke noe ubesvart spørsmål om reisemåte i denne saken."),
    "travel_approval_is_written": _("Skriv referansen til UDIs skriftlige godkjenning."),
    "travel_refusal_needs_words": _("Skriv hvorfor UDI ikke godkjenner reisemåten."),
    "answered_travel_question_has_a_day": _("Et svar fra UDI må ha en dato."),
    # Departure and arrival
    "household_has_arrived": _(
        "Kommunen har bekreftet at husstanden kom {day}. Avreisen kan ikke tas tilbake. Snakk med kommunen."
    ),
    "found_home_is_moved_into": _(
        "Husstanden har avtalt selvbosetting. Velg «Registrer at de har flyttet inn» på husstandens side når de har "
        "flyttet. Reiser de av en annen grunn, velg den grunnen."
    ),
    "journey_not_agreed": _(
        "Husstanden kan ikke bosettes ennå: tilbudet må være godtatt og reisen avtalt med kommunen. "
        "Reiser de av en annen grunn, velg den grunnen."
    ),
    "nothing_chosen_to_cancel": _("Kryss av for det dere har avbestilt."),
    "nothing_to_cancel": _("En kollega har allerede registrert at dette er avbestilt."),
    "private_move_is_seen": _("En kollega har allerede kvittert for dette."),
    "no_show_needs_words": _("Skriv hva dere vet om hvorfor de ikke kom."),
    "no_show_is_told": _("Det er allerede meldt {day} at husstanden ikke kom. IMDi har fått beskjed."),
    "no_show_is_followed": _("En kollega har allerede kvittert for dette, eller husstanden er kommet likevel."),
    "nobody_has_permit": _(
        "Ingen i husstanden har tillatelse {day}, og da kan ingen bosettes. Se om datoen er riktig, eller spør UDI."
    ),
    "journey_day_not_over": _("Husstanden kan flytte den avtalte dagen. Dette kan registreres fra {day}."),
    "yes_is_acted_upon": _(
        "Reisen er avtalt, eller husstanden venter på en annen kommune. Da kan ikke ja-et tas tilbake."
    ),
    "still_refuses": _("Noen av dem har ikke takket ja til tilbudet. Registrer det først, eller velg en annen årsak."),
    "held_home_is_taken_up": _("Noen i husstanden har takket ja. Meld fra til IMDi om at tilbudet ikke kan holdes."),
    "fewer_travel_than_in_car": _(
        "Reisen er avtalt med {in_car} personer i bilen, men bare {size} skal reise. Endre reisen først, "
        "så oppgjøret for egen bil blir riktig."
    ),
    "paid_for_more_than_travel": _(
        "Det er betalt for {in_car} personer i bilen, men bare {size} skal reise. Mottaket må endre reisen først. "
        "Vent, eller avslå kravet."
    ),
    "departure_before_agreement": _(
        "Reisen ble avtalt med kommunen {day}. Husstanden kan ikke være bosatt før det. Rett datoen."
    ),
    "departure_before_answer": _("Husstanden svarte på tilbudet {day}. De kan ikke være bosatt før det. Rett datoen."),
    "agreed_before_offer": _("Tilbudet ble gitt {day}. Reisen kan ikke være avtalt før det. Rett datoen."),
    "not_their_centre": _(
        "Husstanden bor ikke hos dere nå. Mottaket der de bor, følger opp bosettingen. Ring dem om det haster."
    ),
    "settle_the_whole_group": _(
        "Ved avtalt bosetting reiser hele husstanden samlet. Velg alle som bor på mottaket. "
        "Bor noen av dem på et annet mottak, må UDI samle husstanden først."
    ),
    "arrival_is_confirmed": _("Ankomsten er allerede bekreftet: husstanden kom {day}."),
    "arrival_in_the_future": _("Dagen er ikke kommet ennå. Bekreft når husstanden er kommet."),
    "arrival_before_departure": _("Husstanden reiste {day}. Den kan ikke ha kommet før det."),
}

MODES: Mapping[TravelMode, str | Promise] = {
    TravelMode.TRAIN: _("tog"),
    TravelMode.BUS: _("buss"),
    TravelMode.PLANE: _("fly"),
    TravelMode.BOAT: _("båt"),
    TravelMode.OWN_CAR: _("egen bil"),
    TravelMode.TAXI: _("drosje"),
    TravelMode.MINIBUS: _("minibuss"),
}
PAYERS: Mapping[Payer, str | Promise] = {
    Payer.CENTRE: _("mottaket"),
    Payer.MUNICIPALITY: _("kommunen"),
}
