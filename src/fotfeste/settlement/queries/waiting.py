"""How long a case has waited against its goal."""

from datetime import date

from fotfeste.settlement.domain.goals import Waiting, waiting
from fotfeste.settlement.domain.parameters import book
from fotfeste.settlement.models import SettlementCase


def waiting_of(case: SettlementCase, day: date) -> Waiting | None:
    """The days from the permit against the goal; None where the decision has not come: nothing counts yet. Raises
    NoRule.
    """
    if case.waits_for_decision:
        return None
    return waiting(case.due_since_on, day, has_minors=case.has_minors_on(day), book=book())
