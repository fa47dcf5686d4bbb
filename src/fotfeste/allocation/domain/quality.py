"""How good a plan is at least, by its certificate."""

from decimal import ROUND_CEILING, Decimal

_HUNDREDTH = Decimal("0.01")


def missed_percent(objective: float, bound: float, worth: float) -> Decimal:
    """How far from the best a plan can be at most, in per cent of what the best would be worth; rounded up.

    `worth`: the plan's points as pages show them. `objective` and `bound` are less the prices of places that are held
    for those who are expected; the difference of the two is not.

    0 only where nothing is missed: rounding never makes a plan better than it is shown to be.
    """
    missed = max(0.0, bound - objective)
    return (Decimal(missed) / Decimal(max(1.0, abs(worth + missed))) * 100).quantize(_HUNDREDTH, ROUND_CEILING)
