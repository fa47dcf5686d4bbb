"""MAMOT open again: an installation's own rules of the schemes, and the quarters that are paid by them."""

from datetime import date

from fotfeste.kernel.calendar import add_months
from fotfeste.platform.clock import today

RATE = 1_800_000
"""Of a person and a month, in øre: a made-up one."""
SOURCE = "Made up for the journeys"


def quarter(back: int) -> date:
    """The first day of a quarter: of this one (0), of the one before (1), and so on."""
    day = today()
    return add_months(date(day.year, day.month - (day.month - 1) % 3, 1), -3 * back)


def own_rules() -> str:
    """MAMOT has taken applications since a year ago, on the pages without a login too, and has a rate since then."""
    opened = f"effective_from = {quarter(4)}"
    # From a January: where the year turns, the month before it has a rate too.
    rated = f"effective_from = {quarter(4).replace(month=1)}"
    return "\n".join(
        f'[[value]]\ncode = "{code}"\nvalue = {value}\nunit = "{unit}"\n{since}\nknown_from = {quarter(4)}\n'
        f'source = "{SOURCE}"\nstatus = "demo"\n'
        for code, value, unit, since in (
            ("alternative.mamot_open", "true", "claim", opened),
            ("alternative.mamot_portal", "true", "claim", opened),
            ("grants.MAMOT.monthly_rate", RATE, "øre a person and month", rated),
        )
    )
