"""Storage of the ledger: append-only. Fenced."""

from fotfeste.ledger.models.claims import Claim, ClaimPart, ClaimSettlement
from fotfeste.ledger.models.runs import Line, LineCorrection, Payment, Refusal, Run, RunTotal

__all__ = [
    "Claim",
    "ClaimPart",
    "ClaimSettlement",
    "Line",
    "LineCorrection",
    "Payment",
    "Refusal",
    "Run",
    "RunTotal",
]
