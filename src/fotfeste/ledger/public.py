"""What other packages may use of ledger."""

from fotfeste.ledger.actions.claims import answer_claim, decide_claim, open_claim, settle_claim
from fotfeste.ledger.actions.heads import lock_scheme
from fotfeste.ledger.actions.runs import approve_run, check_run, pay_run, record_run, stop_run
from fotfeste.ledger.domain.types import (
    Account,
    Balance,
    ClaimAnswer,
    LineKind,
    LineOnBook,
    RefusalReason,
    RefusedLine,
    RunLine,
    Scheme,
    SettlementKind,
)
from fotfeste.ledger.models import Claim, Line, Payment, Refusal, Run, RunTotal
from fotfeste.ledger.queries.balances import accounts, balances, claims_to_propose, lines_of
from fotfeste.ledger.queries.persons import PersonMonth, lines_about, money_of, person_money
from fotfeste.ledger.words import CAUSES, EVENT_WORDS, cause_of_line

__all__ = [
    "CAUSES",
    "EVENT_WORDS",
    "Account",
    "Balance",
    "Claim",
    "ClaimAnswer",
    "Line",
    "LineKind",
    "LineOnBook",
    "Payment",
    "PersonMonth",
    "Refusal",
    "RefusalReason",
    "RefusedLine",
    "Run",
    "RunLine",
    "RunTotal",
    "Scheme",
    "SettlementKind",
    "accounts",
    "answer_claim",
    "approve_run",
    "balances",
    "cause_of_line",
    "check_run",
    "claims_to_propose",
    "decide_claim",
    "lines_about",
    "lines_of",
    "lock_scheme",
    "money_of",
    "open_claim",
    "pay_run",
    "person_money",
    "record_run",
    "settle_claim",
    "stop_run",
]
