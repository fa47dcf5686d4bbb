"""The sentences of the ledger's refusals, by code (a rule's or a database constraint's)."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_ANOTHER_APPROVES = _("Du har beregnet eller kontrollert kjøringen. En annen må godkjenne den.")
_ANOTHER_DECIDES = _("Du har varslet kravet. En annen må avgjøre det.")
_OPEN_RUN = _("Det finnes en kjøring for ordningen som ikke er betalt. Betal eller stopp den før dere beregner en ny.")
_OPEN_CLAIM = _("Kommunen har et åpent krav for ordningen. Gjør det ferdig før dere varsler et nytt.")
_LINES = _("Linjene stemmer ikke med det som står i reskontroen. Ingenting er lagret. Beregn på nytt.")
_WHY_STOPPED = _("Skriv hvorfor kjøringen stoppes.")
_WHY_DISPUTED = _("Skriv hva dere er uenige i.")
_WHY_REDUCED = _("Skriv hvorfor kravet settes ned.")
_WHY_WAIVED = _("Skriv hvorfor beløpet ettergis.")
_NOTHING = _("Skriv et beløp som er større enn null.")

SENTENCES: Mapping[str, str | Promise] = {
    "ledger_is_kept": _("Det som er bokført, kan ikke endres eller slettes. En feil rettes med en ny linje."),
    # Runs
    "run_is_open": _OPEN_RUN,
    "one_open_run": _OPEN_RUN,
    "run_covers_whole_months": _("En kjøring går til den første dagen i en måned."),
    "run_is_not_paid": _("Kjøringen er ikke betalt. Brevene skrives når den er betalt."),
    "approved_by_another": _ANOTHER_APPROVES,
    "stopped_run_says_why": _WHY_STOPPED,
    "lines_as_the_run_says": _LINES,
    "correction_names_its_lines": _LINES,
    "one_grant_a_month": _LINES,
    "one_line_a_month": _LINES,
    "line_says_something": _LINES,
    "paid_once": _("Kommunen har fått betalt i denne kjøringen. Ingenting betales to ganger."),
    "payment_as_computed": _("Beløpet er ikke det kjøringen er kommet til. Ingenting er betalt."),
    # Claims
    "nothing_to_claim": _("Kommunen skylder ikke noe som kan kreves nå. Last siden på nytt."),
    "claim_needs_named": _(
        "Kravet gjelder også noen du ikke har innsyn i. En kollega som har innsyn i alle, må varsle det."
    ),
    "one_open_claim": _OPEN_CLAIM,
    "claim_awaits_payment": _("En kjøring for ordningen er godkjent og ikke betalt. Betal eller stopp den først."),
    "signed_by_who_acts": _("Det som bokføres, står på den som gjør det. Ingenting er lagret."),
    "disputed_claim_says_why": _WHY_DISPUTED,
    "claim_answer_awaited": _("Kommunen har frist til {due_on} med å svare. Kravet kan avgjøres når de har svart."),
    "decided_by_another": _ANOTHER_DECIDES,
    "payment_seen_by_another": _("Du varslet kravet. En annen i UDI må registrere at det er betalt."),
    "upheld_beyond_the_claim": _("Beløpet kan ikke være større enn kravet."),
    "upheld_below_settled": _("Mer enn dette er gjort opp. Kravet kan ikke settes lavere."),
    "reduced_claim_says_why": _WHY_REDUCED,
    "settled_beyond_the_claim": _("Beløpet er større enn det som gjenstår av kravet."),
    "settlement_is_of_something": _NOTHING,
    "waived_with_a_reason": _WHY_WAIVED,
    "recovered_beyond_the_loss": _("Det kan ikke føres tilbake mer enn det som er ettergitt eller avskrevet."),
    "waived_before_decision": _("Kravet er ikke avgjort. Et beløp kan ettergis eller avskrives etter avgjørelsen."),
    "too_much_to_write_off": _("Bare en liten rest kan avskrives, og hele resten på én gang. Ettergi den heller."),
    "claim_settled_ahead": _("Dagen er ikke kommet ennå. Registrer innbetalingen når den er kommet."),
    "offset_is_of_a_run": _("Motregning skjer av seg selv når en kjøring betales."),
}
