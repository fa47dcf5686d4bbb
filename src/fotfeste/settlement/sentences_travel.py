"""The sentences about bookings, interruptions and own cars, and the words of their states."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fotfeste.settlement.domain.types import BookingChannel, BookingKind, CarInsurance, InterruptionKind

TRAVEL_SENTENCES: Mapping[str, str | Promise] = {
    "a_leg_arrives_after_it_leaves": _("En strekning kommer fram etter at den går. Rett klokkeslettene."),
    "customs_insurance_not_valid": _(
        "Forsikringen fra Tolletaten må gjelde på reisedagen. Den er gratis i 30 dager; etterpå må de ta kontakt med "
        "Tolletaten. Skriv dagen den ble utstedt, eller grønt kort."
    ),
    "customs_insurance_begins_late": _(
        "Tolletaten utstedte forsikringen {day}, og det er etter reisedagen. Rett dagen, eller velg en senere reisedag."
    ),
    "customs_insurance_has_a_day": _("Skriv dagen Tolletaten utstedte forsikringen."),
    "children_are_among_those_in_the_car": _(
        "Barn og spedbarn er blant personene i bilen. De kan ikke være flere enn dem."
    ),
    "luggage_checked_in_the_future": _("Dere kan ikke ha spurt fram i tid. Velg i dag eller en tidligere dag."),
    # Booking
    "agent_knows_already": _("Reisebyrået har fått vite alt dette. Det er ikke noe nytt å si."),
    "no_booking_draft": _("Det er ikke skrevet noe som kan sendes. Skriv meldingen først."),
    "booking_is_out_of_date": _("Reisen er endret etter at meldingen ble skrevet. Skriv den på nytt."),
    "sent_in_the_future": _("Skriv dagen meldingen ble sendt: fra {day} til i dag."),
    "sent_to_missing": _("Skriv hvem meldingen gikk til."),
    "no_booking_sent": _("Ingen melding til reisebyrået venter på svar."),
    "agent_reference_missing": _("Skriv reisebyråets referanse."),
    "booking_failure_needs_words": _("Skriv hva reisebyrået sa."),
    "price_of_no_leg": _("Det er flere priser enn strekninger. Last siden på nytt."),
    "one_booking_draft": _("Noen andre skrev en melding samtidig. Last siden på nytt."),
    "one_living_booking": _("Noen andre sendte en melding samtidig. Last siden på nytt."),
    "a_booking_message_once": _("Noen andre skrev en melding samtidig. Last siden på nytt."),
    "a_sent_booking_has_a_day": _("Det som er sendt, har en dag og en måte det ble sendt på."),
    "a_confirmed_booking_has_a_reference": _("Skriv reisebyråets referanse."),
    "a_failed_booking_says_why": _("Skriv hva reisebyrået sa."),
    "a_booking_says_something": _("Meldingen er tom."),
    "what_is_sent_stays": _("Det som er sendt, kan ikke endres. Skriv en ny melding."),
    "what_is_told_is_kept": _("Dette slettes ikke."),
    # Interruption
    "interruption_kind_missing": _("Velg hva som skjedde."),
    "an_interruption_says_what": _("Skriv hva som skjedde."),
    "interruption_in_the_future": _("Det kan ikke ha skjedd fram i tid. Velg i dag eller en tidligere dag."),
    "interruption_before_agreement": _(
        "Reisen ble avtalt {day}. Det som kom i veien, kan ikke ha skjedd før det. Rett datoen."
    ),
    "moved_to_the_same_day": _(
        "Det er samme dag som før. Kommer de bare fram senere, retter dere klokkeslettene under «Endre reisen»."
    ),
    "moved_to_a_later_day": _("Den nye dagen kan ikke være før {day}, da det skjedde."),
    "not_insured_on_the_new_day": _(
        "Forsikringen på bilen gjelder til og med {day}. Registrer at ny dag ikke er avtalt, og avtal reisen på nytt "
        "med nye papirer, eller en annen reisemåte."
    ),
    # Own car
    "not_insured_all_the_way": _(
        "Forsikringen på bilen gjelder til og med {day}, men de er ikke framme før {last_on}. Velg en tidligere "
        "avreise, eller skriv nye papirer."
    ),
    "no_car_money_due": _("Det er ingenting å gjøre opp for egen bil."),
    "paid_in_the_future": _("Skriv dagen pengene ble betalt: fra {day} til i dag."),
    "no_car_claim_to_send": _("Det er ikke betalt noe som UDI ikke har fått krav om."),
    "no_car_claim_to_decide": _("Ingen krav for egen bil venter på avgjørelse."),
    "no_car_claim_to_refund": _("Ingen godkjente krav for egen bil venter på refusjon."),
    "no_car_claim_to_resend": _("UDI har ikke avslått noe krav som kan sendes en gang til."),
    "a_resent_car_claim_says_why": _("Skriv hva UDI ikke hadde: en begrunnelse eller ny dokumentasjon."),
    "car_claim_is_paid_back": _(
        "Husstanden har betalt dette tilbake, eller UDI har dekket det. Det er ingenting å kreve."
    ),
    "no_car_denial_to_see": _("Det er ikke noe nytt avslag å se."),
    "a_denial_is_seen_when_it_is_there": _("Kravet er ikke avslått nå. Last siden på nytt."),
    "a_denial_stays": _("Et avslag blir stående i historikken."),
    "no_more_is_asked_than_paid": _("Det kan ikke kreves mer enn det som er betalt."),
    "no_more_is_refunded_than_paid": _("Det kan ikke refunderes mer enn det som er betalt."),
    "refunded_in_the_future": _("Skriv dagen pengene ble refundert: fra {day} til i dag."),
    "a_car_claim_once": _("Noen andre registrerte en betaling samtidig. Last siden på nytt."),
    "a_car_claim_is_of_money": _("Et krav gjelder et beløp."),
    "a_sent_car_claim_has_a_day": _("Et krav som er sendt, har en dag."),
    "a_decided_car_claim_has_a_day": _("Et krav som er avgjort, har en dag."),
    "a_denied_car_claim_says_why": _("Skriv hvorfor kravet avslås."),
    "a_refunded_car_claim_has_a_day": _("Et krav som er refundert, har en dag."),
    "a_car_is_paid_once": _("Det som er betalt, stemmer ikke med det de skal ha. Last siden på nytt."),
    "what_is_paid_stays": _("Det som er betalt, kan ikke endres. Forskjellen gjøres opp for seg."),
}
BOOKING_KINDS: Mapping[str, str | Promise] = {
    BookingKind.BOOKING: _("Bestilling"),
    BookingKind.CHANGE: _("Endring"),
    BookingKind.CANCELLATION: _("Avbestilling"),
}
BOOKING_STATES: Mapping[str, str | Promise] = {
    "drafted": _("utkast"),
    "sent": _("sendt, venter på svar"),
    "confirmed": _("bekreftet"),
    "failed": _("ikke mulig"),
    "changed": _("erstattet av en endring"),
    "cancelled": _("avbestilt"),
    "dropped": _("forkastet"),
}
BOOKING_TONES = {"sent": "info", "confirmed": "success", "failed": "warning", "drafted": "warning"}
CHANNELS: Mapping[str, str | Promise] = {
    BookingChannel.EMAIL: _("e-post"),
    BookingChannel.PHONE: _("telefon"),
}
INTERRUPTIONS: Mapping[str, str | Promise] = {
    InterruptionKind.DELAYED: _("forsinket"),
    InterruptionKind.CANCELLED: _("innstilt"),
    InterruptionKind.FELL_ILL: _("noen ble syk"),
    InterruptionKind.OTHER: _("noe annet"),
}
INSURANCES: Mapping[str, str | Promise] = {
    CarInsurance.GREEN_CARD: _("Grønt kort gyldig til og med"),
    CarInsurance.CUSTOMS: _("Tolletatens forsikring gjelder til og med"),
}
CLAIM_STATES: Mapping[str, str | Promise] = {
    "paid_out": _("betalt, ikke sendt til UDI"),
    "sent": _("venter på UDI"),
    "approved": _("godkjent, ikke refundert"),
    "denied": _("avslått"),
    "refunded": _("refundert"),
    "kept": _("mottakets egne penger"),
}
# Of a claim that residents paid back.
RETURN_STATES: Mapping[str, str | Promise] = {
    **CLAIM_STATES,
    "paid_out": _("betalt tilbake, ikke meldt til UDI"),
    "approved": _("godkjent, ikke betalt til UDI"),
    "denied": _("UDI krever det ikke"),
    "refunded": _("betalt til UDI"),
}
CLAIM_TONES = {
    "paid_out": "warning",
    "sent": "info",
    "approved": "info",
    "denied": "warning",
    "refunded": "success",
    "kept": "neutral",
}
