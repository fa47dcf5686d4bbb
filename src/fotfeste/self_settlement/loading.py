"""Bulk loading of published terms and their reviews. Rows are named tuples of columns."""

from collections.abc import Sequence
from typing import NamedTuple

from fotfeste.platform.bulk import Loader
from fotfeste.self_settlement.models import PublishedTerms, TermsReview


def load_terms(loader: Loader, rows: Sequence[NamedTuple]) -> int:
    """What municipalities publish of agreed self-settlement."""
    return loader.copy(PublishedTerms, rows)


def load_reviews(loader: Loader, rows: Sequence[NamedTuple]) -> int:
    """Days on which they looked at it again."""
    return loader.copy(TermsReview, rows)
