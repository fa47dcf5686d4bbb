"""When the legs of a journey leave and arrive, and how long the whole way takes, waiting included (TRV-02)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from fotfeste.kernel.calendar import OSLO, on_the_wall
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.periods import ONE_DAY

type Clocks = tuple[time | None, time | None]  # when a leg leaves and when it arrives, as on the wall in Norway
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class LegTimes:
    """When one leg leaves and arrives: instants in UTC, None where nobody has said."""

    departs_at: datetime | None = None
    arrives_at: datetime | None = None

    @property
    def minutes(self) -> int | None:
        """How long the leg takes; None where an end is not known."""
        if self.departs_at is None or self.arrives_at is None:
            return None
        return (self.arrives_at - self.departs_at) // _MINUTE


def leg_times(travels_on: date, clocks: Iterable[Clocks]) -> tuple[LegTimes, ...]:
    """The instants of legs that are written as times of the day, the first on the day of the journey.

    Each is the first time that the clock shows it after what comes before: a train that leaves 23.05 and arrives 06.40
    arrives on the next day. So no leg and no wait is longer than a day and a night. Of the hour that comes twice in
    October it is the one that fits; the hour that is not there in March is refused (`hour_does_not_exist`, with the
    number of the leg).
    """
    found: list[LegTimes] = []
    before: datetime | None = None
    for number, (departs, arrives) in enumerate(clocks, start=1):
        departs_at = _next(travels_on, departs, before, number, is_arrival=False)
        before = departs_at or before
        arrives_at = _next(travels_on, arrives, before, number, is_arrival=True)
        before = arrives_at or before
        found.append(LegTimes(departs_at, arrives_at))
    return tuple(found)


def _next(
    travels_on: date, clock: time | None, before: datetime | None, number: int, *, is_arrival: bool
) -> datetime | None:
    """The first instant at which the clock shows it, not before what comes before; an arrival is after it."""
    if clock is None:
        return None
    wall = before.astimezone(OSLO) if before else None
    day = wall.date() if wall else travels_on
    for on in (day, day + ONE_DAY):
        # An hour that would have been over already is no answer, whether it was there or not.
        is_over = wall is not None and on == day and clock < wall.time()
        for at in _shown_on(on, clock, number, is_needed=not is_over):
            if before is None or at > before or (at == before and not is_arrival):
                return at
    raise AssertionError("the clock shows every time within two days")


def _shown_on(day: date, clock: time, number: int, *, is_needed: bool) -> tuple[datetime, ...]:
    """The instants of a day at which the clock shows a time: one, or both of the night in October. None of the night in
    March where another day will do.
    """
    try:
        first = on_the_wall(day, clock)
    except Refused as refused:
        if not is_needed:
            return ()
        raise Refused(refused.code, "legs", {**refused.params, "number": number}) from refused
    return first.astimezone(UTC), first.replace(fold=1).astimezone(UTC)


def whole_way(times: Sequence[LegTimes]) -> int | None:
    """Minutes from the first departure to the last arrival, waiting included; None where either is not known.

    Source: GUIDE 1.8 ("total reisevei").
    """
    if not times or times[0].departs_at is None or times[-1].arrives_at is None:
        return None
    return (times[-1].arrives_at - times[0].departs_at) // _MINUTE


def last_day(travels_on: date, times: Sequence[LegTimes]) -> date:
    """The last day on which they travel, as far as the times tell. Who arrives at midnight travels until then."""
    ends = [each.arrives_at - _MINUTE for each in times if each.arrives_at]
    starts = [each.departs_at for each in times if each.departs_at]
    return max([travels_on, *(at.astimezone(OSLO).date() for at in (*starts, *ends))])


def waits(times: Sequence[LegTimes]) -> tuple[int | None, ...]:
    """Minutes of waiting after each leg but the last; None where an end is not known."""
    return tuple(
        None if one.arrives_at is None or other.departs_at is None else (other.departs_at - one.arrives_at) // _MINUTE
        for one, other in pairwise(times)
    )
