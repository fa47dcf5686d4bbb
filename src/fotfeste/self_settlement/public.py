"""What other packages may use of self_settlement."""

from fotfeste.self_settlement.actions.terms import publish_terms, review_terms
from fotfeste.self_settlement.domain.empty_rent import EmptyDays, PaidBy
from fotfeste.self_settlement.domain.home import Contract, checks_of
from fotfeste.self_settlement.domain.terms import Deposit, EmptyRent, Stand, TargetGroup, Terms
from fotfeste.self_settlement.domain.types import Check, DepositBy, EndCause, NoReason, WhyThere
from fotfeste.self_settlement.models import SelfSettlement, SentHome
from fotfeste.self_settlement.queries.asked import left_out_on, waits_in_queue
from fotfeste.self_settlement.queries.terms import TermsOnDay, terms_of

__all__ = [
    "Check",
    "Contract",
    "Deposit",
    "DepositBy",
    "EmptyDays",
    "EmptyRent",
    "EndCause",
    "NoReason",
    "PaidBy",
    "SelfSettlement",
    "SentHome",
    "Stand",
    "TargetGroup",
    "Terms",
    "TermsOnDay",
    "WhyThere",
    "checks_of",
    "left_out_on",
    "publish_terms",
    "review_terms",
    "terms_of",
    "waits_in_queue",
]
