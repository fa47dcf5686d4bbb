"""What other packages may use of self_settlement."""

from fotfeste.self_settlement.actions.terms import publish_terms, review_terms
from fotfeste.self_settlement.domain.terms import Deposit, EmptyRent, Stand, TargetGroup, Terms
from fotfeste.self_settlement.queries.terms import TermsOnDay, terms_of

__all__ = [
    "Deposit",
    "EmptyRent",
    "Stand",
    "TargetGroup",
    "Terms",
    "TermsOnDay",
    "publish_terms",
    "review_terms",
    "terms_of",
]
