"""The pages of runs and claims."""

from tests.journeys.visits.visit import APPROVER, LEVANGER, UDI, VERDAL, Visit, form, household, sees

RUN, CLAIM = "/tilskudd/kjoringer/{run_%s}/", "/tilskudd/krav/{claim_%s}/"

MONEY = [
    *sees("compute_run", "/tilskudd/beregn/", UDI),
    *sees("runs", "/tilskudd/kjoringer/", UDI),
    *sees("claims", "/tilskudd/krav/", UDI),
    *sees("own_account", "/kommunen/tilskudd/", LEVANGER),
    *sees("money_if", "/husstand/{placed}/penger/", UDI),
    Visit("money_if", "/husstand/{placed}/penger/?what=end&on=1.6.2026", UDI, "nobody lives privately"),
    Visit("money_if", "/husstand/{placed}/penger/?what=move&on=i+morgen", UDI, "mistyped", 422),
    *sees("run", RUN % "computed", UDI, note="computed"),
    *sees("run", RUN % "approved", UDI, APPROVER, note="approved"),
    *sees("run", RUN % "taking_back", UDI, note="paid"),
    *sees("run_lines", f"{RUN % 'taking_back'}linjer/", UDI),
    *sees("run_refusals", f"{RUN % 'approved'}ikke-beregnet/", UDI),
    *sees("run_check", f"{RUN % 'computed'}kontroller/", UDI),
    *sees("run_approve", f"{RUN % 'computed'}godkjenn/", APPROVER),
    *sees("run_pay", f"{RUN % 'approved'}betal/", APPROVER),
    *form("run_stop", f"{RUN % 'computed'}stopp/", UDI),
    *sees("claims_after_run", f"{RUN % 'taking_back'}krev/", UDI),
    *sees("claim", CLAIM % "noticed", UDI, VERDAL, note="noticed"),
    *sees("claim", CLAIM % "answered", UDI, APPROVER, note="answered"),
    *sees("claim", CLAIM % "decided", UDI, note="decided"),
    *form("claim_answer", f"{CLAIM % 'noticed'}svar/", VERDAL),
    *form("claim_decide", f"{CLAIM % 'answered'}avgjor/", APPROVER),
    *form("claim_settle", f"{CLAIM % 'decided'}oppgjor/", APPROVER),
    *sees("ledger_line", "/tilskudd/linje/{line}/{line_month}/", UDI),
    Visit("compute_run", "/tilskudd/beregn/?run=MAMOT:{through}", UDI, "shown beforehand"),
    *sees("own_account", "/kommunen/tilskudd/", VERDAL, note="with a claim"),
    *household("paid_for", UDI, LEVANGER),
]
