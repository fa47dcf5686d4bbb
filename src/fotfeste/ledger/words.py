"""The words of the ledger's codes, in the viewer's language."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fotfeste.accommodation.public import DEPARTURE_REASONS
from fotfeste.ledger.domain.types import ClaimAnswer, ClaimDecision, LineKind, RefusalReason, Scheme, SettlementKind

type Words = Mapping[str, str | Promise]

SCHEMES: Words = {Scheme.AMOT: _("AMOT"), Scheme.MAMOT: _("MAMOT")}
RUN_STATES: Words = {
    "computed": _("beregnet"),
    "checked": _("kontrollert"),
    "approved": _("godkjent"),
    "paid": _("betalt"),
    "stopped": _("stoppet"),
}
RUN_NEXT: Words = {
    "computed": _("En saksbehandler i UDI kontrollerer."),
    "checked": _("En annen enn den som beregnet og kontrollerte, godkjenner."),
    "approved": _("Den som godkjenner tilskudd, betaler."),
    "paid": _("Ingen. Kjøringen er ferdig."),
    "stopped": _("Ingen. Linjene teller ikke, og en ny kjøring kan beregnes."),
}
CLAIM_STATES: Words = {
    "noticed": _("varslet"),
    "answered": _("besvart"),
    "decided": _("avgjort"),
    "closed": _("avsluttet"),
}
TONES: Mapping[str, str] = {
    "computed": "info",
    "checked": "info",
    "approved": "warning",
    "paid": "success",
    "stopped": "neutral",
    "noticed": "warning",
    "answered": "info",
    "decided": "warning",
    "closed": "success",
}
LINE_KINDS: Words = {LineKind.DUE: _("tilskudd"), LineKind.CORRECTION: _("rettelse")}
SETTLEMENTS: Words = {
    SettlementKind.PAID: _("betalt av kommunen"),
    SettlementKind.OFFSET: _("motregnet"),
    SettlementKind.WAIVED: _("ettergitt"),
    SettlementKind.WRITTEN_OFF: _("avskrevet"),
    SettlementKind.RECOVERED: _("ikke tapt likevel: månedene gir tilskudd igjen"),
}
ANSWERS: Words = {
    ClaimAnswer.AGREES: _("Kommunen er enig"),
    ClaimAnswer.DISPUTES: _("Kommunen er uenig"),
}
DECISIONS: Words = {
    ClaimDecision.UPHELD: _("Kravet står"),
    ClaimDecision.REDUCED: _("Kravet er satt ned"),
}
REFUSALS: Words = {RefusalReason.NO_RATE: _("Ingen sats gjelder for måneden")}
# Why a line takes back or gives more, beside the reasons for which a stay ends.
CAUSES_OF_LINES: Words = {
    **DEPARTURE_REASONS,
    "start_corrected": _("Første dag er rettet"),
    "end_corrected": _("Siste dag er rettet"),
    "annulled": _("Oppholdet var registrert ved en feil"),
    "other_municipality": _("En annen kommune har måneden"),
    "rate_changed": _("Satsen er endret"),
    "reported_late": _("Meldt etter at måneden var betalt"),
    "corrected": _("Opplysningene er rettet"),
}
CAUSES: Words = {
    "ledger.run_computed": _("kjøringen er beregnet"),
    "ledger.run_check": _("kjøringen er kontrollert"),
    "ledger.run_approve": _("kjøringen er godkjent"),
    "ledger.run_pay": _("kjøringen er betalt, og noen skylder"),
    "ledger.claim_noticed": _("kravet er varslet"),
    "ledger.claim_answer": _("kommunen har svart på kravet"),
    "ledger.claim_decide": _("kravet er avgjort"),
}
EVENT_WORDS: Words = {
    "ledger.run_computed": _("Kjøring beregnet"),
    "ledger.run_check": _("Kjøring kontrollert"),
    "ledger.run_approve": _("Kjøring godkjent"),
    "ledger.run_pay": _("Kjøring betalt"),
    "ledger.run_stop": _("Kjøring stoppet"),
    "ledger.claim_noticed": _("Krav varslet"),
    "ledger.claim_answer": _("Krav besvart"),
    "ledger.claim_decide": _("Krav avgjort"),
    "ledger.claim_close": _("Krav avsluttet"),
}


def cause_of_line(code: str) -> str:
    """Why a line takes back or gives more; empty for what is due for the first time."""
    return str(CAUSES_OF_LINES.get(code, CAUSES_OF_LINES["corrected"])) if code else ""
