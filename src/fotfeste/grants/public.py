"""What other packages may use of grants."""

from fotfeste.grants.actions.orders import order_run
from fotfeste.grants.actions.runs import compute_run
from fotfeste.grants.domain.periods import case_until, reach_of, through_of, throughs
from fotfeste.grants.domain.types import Scheme
from fotfeste.grants.needs import follow_grant_cases
from fotfeste.grants.panels import household_panels
from fotfeste.grants.queries.computed import Computed, computed, facts_of
from fotfeste.grants.queries.what_if import what_if

__all__ = [
    "Computed",
    "Scheme",
    "case_until",
    "compute_run",
    "computed",
    "facts_of",
    "follow_grant_cases",
    "household_panels",
    "order_run",
    "reach_of",
    "through_of",
    "throughs",
    "what_if",
]
