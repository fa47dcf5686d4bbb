"""The one clock. Views and jobs read it once and pass `at` and `day` on; nothing below asks for the time."""

from datetime import UTC, date, datetime

from fotfeste.kernel.calendar import legal_day


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The legal day in Norway (Europe/Oslo) at this instant."""
    return legal_day(now())
