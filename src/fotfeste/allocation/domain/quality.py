"""How good a plan is at least, by its certificate."""

from decimal import ROUND_CEILING, Decimal

_HUNDREDTH = Decimal("0.01")


def missed_percent(objective: float, bound: float) -> Decimal:
    """How far from the best a plan can be at most, in per cent of the bound, rounded up to hundredths.

    0 only where nothing is missed: rounding never makes a plan better than it is shown to be.
    """
    missed = Decimal(max(0.0, bound - objective)) / Decimal(max(1.0, abs(bound)))
    return (missed * 100).quantize(_HUNDREDTH, ROUND_CEILING)
