"""The words from the queue to the municipality: events, why tasks came, states of requests and offers."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from fotfeste.settlement.domain.types import ClosingReason, WithdrawalReason

type Words = Mapping[str, str | Promise]

# What passes between the centre, the travel agent and UDI: no business of a municipality's.
TRAVEL_EVENTS = frozenset(
    f"settlement.{what}"
    for what in (
        *("booking_written", "booking_dropped", "booking_sent", "booking_confirmed", "booking_failed"),
        *("car_paid", "car_claim_sent", "car_claim_approved", "car_claim_denied", "car_claim_refunded"),
        *("car_claim_kept", "car_claim_resent", "car_denial_seen"),
    )
)
OFFER_EVENT_WORDS: Words = {
    "settlement.send_request": _("En kommune ble spurt om bosetting"),
    "settlement.accept_request": _("Kommunen svarte ja"),
    "settlement.decline_request": _("Kommunen svarte nei"),
    "settlement.withdraw_request": _("IMDi trakk forespørselen tilbake"),
    "settlement.release_municipality": _("IMDi løste kommunen fra forespørselen"),
    "settlement.make_offer": _("Tilbud om bosetting gitt"),
    "settlement.accept_offer": _("Husstanden takket ja til tilbudet"),
    "settlement.decline_offer": _("Husstanden takket nei til tilbudet"),
    "settlement.withdraw_offer": _("IMDi trakk tilbudet tilbake"),
    "settlement.withdrawal_told": _("Husstanden fikk vite at tilbudet er trukket tilbake"),
    "settlement.withdrawal_seen": _("Kommunen så at forespørselen er trukket tilbake"),
    "settlement.travel_approval_asked": _("UDI ble spurt om reisemåte"),
    "settlement.travel_approval_answered": _("UDI svarte om reisemåte"),
    "settlement.agree_journey": _("Reisen ble avtalt med kommunen"),
    "settlement.change_journey": _("Reisen ble endret"),
    "settlement.postpone_journey": _("Reisen ble utsatt, og ny dag er ikke avtalt"),
    "settlement.booking_written": _("Melding til reisebyrået skrevet"),
    "settlement.booking_dropped": _("Utkast til reisebyrået forkastet"),
    "settlement.booking_sent": _("Melding sendt til reisebyrået"),
    "settlement.booking_confirmed": _("Reisebyrået bekreftet"),
    "settlement.booking_failed": _("Reisebyrået kunne ikke gjøre det som ble bestilt"),
    "settlement.car_paid": _("Mottaket gjorde opp for egen bil"),
    "settlement.car_claim_sent": _("Krav for egen bil sendt til UDI"),
    "settlement.car_claim_approved": _("UDI godkjente kravet for egen bil"),
    "settlement.car_claim_denied": _("UDI avslo kravet for egen bil"),
    "settlement.car_claim_resent": _("Krav for egen bil sendt til UDI en gang til"),
    "settlement.car_denial_seen": _("Mottaket så at UDI avslo kravet for egen bil"),
    "settlement.car_claim_refunded": _("Oppgjør for egen bil mellom UDI og mottaket registrert"),
    "settlement.car_claim_kept": _("Mottaket beholder det husstanden betalte tilbake for egen bil"),
    "settlement.register_departure": _("Husstanden reiste og er bosatt"),
    "settlement.agreed_where_they_live": _("IMDi og kommunen ble enige om bosetting der de bor"),
    "settlement.settle_where_they_live": _("Bosatt i kommunen der de bodde privat"),
    "settlement.agree_found_home": _("IMDi og kommunen ble enige om avtalt selvbosetting"),
    "settlement.move_into_found_home": _("Flyttet inn i boligen de fant selv, og ble bosatt"),
    "settlement.annul_agreement": _("Bosettingen der de bor, ble tatt tilbake"),
    "settlement.arrived": _("Kommunen bekreftet at husstanden er kommet"),
    "settlement.not_arrived": _("Kommunen meldte at husstanden ikke kom"),
    "settlement.no_show_followed": _("IMDi fulgte opp at husstanden ikke kom"),
    "settlement.close_case": _("Bosettingssaken ble avsluttet"),
    "settlement.annul_departure": _("Avreisen ble tatt tilbake: husstanden er ikke bosatt"),
    "settlement.reopen_interview": _("Bosettingssaken ble åpnet igjen"),
    "settlement.reopen_case": _("Bosettingssaken ble åpnet igjen"),
    "settlement.annul_refusal": _("Husstandens nei ble tatt tilbake: det var registrert feil"),
    "settlement.interpreter_cancelled": _("Tolken ble avbestilt"),
    "settlement.journey_cancelled": _("Reisen ble avbestilt"),
    "settlement.register_not_moved": _("Husstanden flyttet ikke den avtalte dagen"),
    "settlement.annul_not_moved": _("At husstanden ikke flyttet, ble tatt tilbake: det var registrert feil"),
    "settlement.accept_after_all": _("Husstanden takket ja likevel: tilbudet står"),
    "settlement.annul_acceptance": _("At husstanden takket ja likevel, ble tatt tilbake: det var registrert feil"),
    "settlement.back_to_queue": _("Husstanden takket ja likevel, men kommunen har trukket tilbudet"),
    "settlement.private_move_seen": _("IMDi så hvem som ikke er der lenger"),
    "settlement.change_told": _("Kommunen fikk beskjed om at husstanden er endret"),
    "settlement.change_seen": _("Kommunen har sett hvem som kommer nå"),
    "settlement.household_grown": _("Noen kom til i husstanden etter bosettingssamtalen"),
    "settlement.household_shrunk": _("Noen i husstanden er ikke der lenger"),
    "settlement.household_seen_again": _("IMDi så husstanden på nytt"),
    "settlement.passed_on_taken_back": _("IMDi trakk en opplysning til kommunen tilbake"),
    "settlement.capabilities_declared": _("Kommunen meldte hva den kan tilby"),
    "settlement.decision_registered": _("Kommunestyrets vedtak ble registrert"),
    "settlement.request_registered": _("IMDis anmodning for året ble registrert"),
    "settlement.week_limit_declared": _("Kommunen meldte hvor mange den tar imot i en uke"),
    "settlement.local_offers_declared": _("Kommunen meldte hva den har av utdanning og arbeid"),
    "settlement.resources_declared": _("Kommunen meldte hvor mange boliger og plasser den har"),
    "settlement.places_reserved": _("Plasser ble holdt av for et integreringsmottak"),
}
# Why a municipality that the household asked itself, and that had said yes, has no part any more.
ASKED_OVER: Words = {
    "settlement.asked_withdrawn": _("husstanden spør ikke lenger"),
    "settlement.asked_not_agreed": _("IMDi og kommunen ble ikke enige"),
    "settlement.asked_offered": _("IMDi har gitt husstanden et annet tilbud"),
    "settlement.asked_case_over": _("bosettingssaken er avsluttet"),
    "settlement.asked_without_permit": _("ingen i husstanden har tillatelse nå"),
}
OFFER_CAUSES: Words = {
    "settlement.move_annulled": _("innflyttingen var registrert ved en feil"),
    "settlement.move_annulled_and_changed": _("innflyttingen var registrert ved en feil, og husstanden er endret"),
    "settlement.send_request": _("IMDi har spurt om bosetting"),
    "settlement.accept_request": _("kommunen har svart ja"),
    "settlement.decline_request": _("kommunen har svart nei"),
    "settlement.withdraw_request": _("forespørselen er trukket tilbake"),
    "settlement.release_municipality": _("kommunen er løst fra forespørselen"),
    "settlement.make_offer": _("IMDi har gitt tilbud"),
    "settlement.accept_offer": _("husstanden har takket ja"),
    "settlement.decline_offer": _("husstanden har takket nei"),
    "settlement.register_not_moved": _("husstanden flyttet ikke den avtalte dagen"),
    "settlement.annul_not_moved": _("at de ikke flyttet, var registrert feil"),
    "settlement.accept_after_all": _("husstanden har takket ja likevel"),
    "settlement.back_to_queue": _("husstanden har takket ja, men kommunen har trukket tilbudet"),
    "settlement.annul_refusal": _("neiet var registrert feil: tilbudet venter på svar"),
    "settlement.annul_closing": _("saken var avsluttet ved en feil"),
    "settlement.withdraw_offer": _("tilbudet er trukket tilbake"),
    "settlement.close_case": _("bosettingssaken er avsluttet"),
    "settlement.nobody_has_permit": _("ingen i husstanden har tillatelse nå"),
    "settlement.left_after_refusal": _("husstanden takket nei og har reist"),
    "settlement.travel_approval_asked": _("mottaket spør om annen reisemåte"),
    "settlement.agree_journey": _("reisen er avtalt"),
    "settlement.postpone_journey": _("reisen er utsatt"),
    "settlement.car_unlike_household": _("husstanden er ikke så mange som reisen ble avtalt for"),
    "settlement.agent_knows_otherwise": _("reisebyrået vet noe annet enn det som er avtalt"),
    "settlement.booking_written": _("meldingen er skrevet og ikke sendt"),
    "settlement.booking_sent": _("meldingen er sendt"),
    "settlement.car_paid": _("dere har gjort opp for egen bil"),
    "settlement.car_claim_denied": _("UDI har avslått kravet"),
    "settlement.car_claim_sent": _("mottaket har gjort opp for egen bil"),
    "settlement.register_departure": _("husstanden har reist"),
    "settlement.settle_where_they_live": _("bosatt der de bor"),
    "settlement.annul_agreement": _("bosettingen der de bor, er tatt tilbake"),
    "settlement.agree_found_home": _("IMDi og kommunen er enige om avtalt selvbosetting"),
    "settlement.move_into_found_home": _("husstanden har flyttet inn"),
    "settlement.not_arrived": _("kommunen har meldt at husstanden ikke kom"),
    "settlement.refused_and_moved": _("noen som sa nei til tilbudet, har flyttet til en egen adresse"),
    "settlement.moved_privately": _("noen har flyttet privat etter bosettingssamtalen"),
    "settlement.address_known": _("adressen til noen som har reist, er blitt kjent"),
    "settlement.moved_without_agreement": _("husstanden bodde privat med støtte, og har flyttet uten ny avtale"),
    "settlement.left_country": _("husstanden har oppgitt at den reiser ut av landet"),
    "settlement.gone_without_address": _("husstanden er borte uten å ha oppgitt adresse"),
    "settlement.change_told": _("husstanden er endret etter at dere ble spurt"),
    "settlement.household_grown": _("noen er kommet til i husstanden etter bosettingssamtalen"),
    "settlement.household_shrunk": _("noen i husstanden er ikke der lenger"),
    "settlement.household_seen_again": _("IMDi har sett husstanden på nytt"),
    "settlement.interview_supplemented": _("bosettingssamtalen er supplert"),
    "settlement.household_moved": _("husstanden har flyttet"),
    **ASKED_OVER,
}
WITHDRAWAL_REASONS: Words = {
    WithdrawalReason.HOME_LOST: _("kommunen har mistet boligen"),
    WithdrawalReason.MUNICIPALITY_WITHDRAWS: _("kommunen trekker sitt ja"),
    WithdrawalReason.DOES_NOT_FIT: _("kommunen passer ikke lenger for husstanden"),
    WithdrawalReason.OTHER: _("en annen grunn"),
    WithdrawalReason.CASE_CLOSED: _("bosettingssaken ble avsluttet"),
}
CLOSING_REASONS: Words = {
    ClosingReason.OWN_WAY: _("husstanden ordner bolig selv og vil ikke ha hjelp av IMDi"),
    ClosingReason.NO_PERMIT: _("ingen i husstanden har tillatelse lenger"),
    ClosingReason.HAD_OFFER: _("de har hatt sitt ene tilbud"),
    ClosingReason.MISTAKE: _("saken ble åpnet ved en feil"),
    ClosingReason.OTHER: _("en annen grunn"),
    ClosingReason.PERMIT_LEFT: _("den eneste med tillatelse er ikke i husstanden lenger"),
    ClosingReason.PERMIT_VOID: _("ingen i husstanden har tillatelse lenger"),
}
CAME_TO: Words = {
    "queued": _("Husstanden hadde spurt dere selv. Dere hadde svart ja, og det var ikke avtalt med IMDi."),
    "requested": _("Dere var spurt og hadde ikke svart."),
    "municipality_found": _("Dere hadde svart ja."),
    "offered": _("Husstanden hadde fått tilbud om kommunen deres."),
    "accepted": _("Husstanden hadde takket ja til tilbudet."),
    "journey_agreed": _("Reisen til dere var avtalt."),
    "refused": _("Husstanden hadde takket nei til tilbudet."),
}
CASE_NEXT: Words = {
    "interview_due": _("Mottaket holder samtalen"),
    "queued": _("IMDi finner kommune"),
    "requested": _("Kommunen svarer"),
    "municipality_found": _("IMDi gir tilbud"),
    "offered": _("Husstanden svarer"),
    "accepted": _("Mottaket avtaler reisen"),
    "journey_agreed": _("Husstanden reiser"),
}
_IMDI_ARRANGES = _("IMDi avtaler reisen")
DECISION_NEXT = _("UDI avgjør")
REQUEST_STATES: Words = {
    "open": _("venter på svar"),
    "accepted": pgettext_lazy("request", "ja"),
    "declined": pgettext_lazy("request", "nei"),
    "withdrawn": _("trukket tilbake"),
    "fulfilled": _("oppfylt"),
}
REQUEST_TONES: Mapping[str, str] = {
    "open": "info",
    "accepted": "success",
    "declined": "warning",
    "withdrawn": "neutral",
    "fulfilled": "success",
}
OFFER_STATES: Words = {
    "open": _("venter på svar"),
    "accepted": _("takket ja"),
    "declined": _("takket nei"),
    "withdrawn": _("trukket tilbake"),
}
CASE_TONES: Mapping[str, str] = {
    "interview_due": "neutral",
    "queued": "warning",
    "requested": "info",
    "municipality_found": "info",
    "offered": "info",
    "accepted": "success",
    "journey_agreed": "success",
    "refused": "danger",
    "settled": "success",
    "closed": "neutral",
}


def municipality_named(name: str) -> str:
    """`Levanger kommune`."""
    return gettext("%(name)s kommune") % {"name": name}


def case_next(state: str, *, is_at_centre: bool) -> str:
    """Whose move it is, and what; empty where it is over. IMDi arranges the journey of those who live at no centre."""
    if state == "accepted" and not is_at_centre:
        return str(_IMDI_ARRANGES)
    return str(CASE_NEXT.get(state, ""))
