"""Storage of self_settlement, one module for each theme."""

from fotfeste.self_settlement.models.asked import SelfSettlement, SentHome
from fotfeste.self_settlement.models.terms import PublishedTerms, TermsReview

__all__ = ["PublishedTerms", "SelfSettlement", "SentHome", "TermsReview"]
