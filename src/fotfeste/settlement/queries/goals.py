"""The goals of settlement as they are in force, for whoever holds many people against them."""

from fotfeste.settlement.domain.goals import Goal, goals
from fotfeste.settlement.domain.parameters import book


def settlement_goals() -> tuple[Goal, ...]:
    """Every dated goal with the permits that it holds for (SET-09)."""
    return goals(book())
