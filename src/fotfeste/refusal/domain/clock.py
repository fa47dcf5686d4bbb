"""The clocks of a refusal: deadlines in days that stand still while it is suspended, and what was set first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fotfeste.kernel.calendar import is_working_day
from fotfeste.kernel.periods import ONE_DAY, Period


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day of something: as it was set, and as it is after extension and suspension.

    `runs_out_on` is None while it stands still.
    """

    set_for: date
    runs_out_on: date | None

    @property
    def after(self) -> date | None:
        """The first day on which it has passed; None while it stands still."""
        return self.runs_out_on and self.runs_out_on + ONE_DAY


def last_day(since: date, until: date, suspended: Sequence[Period]) -> date | None:
    """The day on which a deadline runs out that began to run the day after `since` and was to end on `until`.

    Suspended days do not count, so that it ends as many days later. What would end on a Saturday, a Sunday, a public
    holiday or a suspended day ends on the next working day that is none. None where a suspension in it has no end yet.
    Source: domstolloven § 149, which public deadlines follow; that days stand still is chosen by us (ADR 0050).
    """
    day, left = since, (until - since).days
    while left > 0 or not is_working_day(day) or _suspension(day, suspended):
        day += ONE_DAY
        inside = _suspension(day, suspended)
        if inside and inside.is_open:
            return None
        left -= not inside
    return day


def put_off(since: date, until: date, suspended: Sequence[Period]) -> date | None:
    """A day that was named on `since`, as many days later as were suspended before it; no working day is sought.

    None where a suspension before it has no end yet.
    """
    day, left = since, (until - since).days
    while left > 0:
        inside = _suspension(day, suspended)
        if inside and inside.is_open:
            return None
        day += ONE_DAY
        left -= not inside
    return day


def _suspension(day: date, suspended: Sequence[Period]) -> Period | None:
    return next((each for each in suspended if each.contains(day)), None)
