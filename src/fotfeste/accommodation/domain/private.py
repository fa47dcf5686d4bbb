"""Living privately with public support: which days a stay can have, why it ends, who registers what, what is corrected.

Source: MAMOT evaluation 4.2.4 and 6.1.2; ALT-08, ALT-14.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from fotfeste.accommodation.domain.book import book
from fotfeste.accommodation.domain.types import DepartureReason
from fotfeste.directory.domain.types import OrganisationKind
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.periods import Period

_OF_MUNICIPALITY = (
    DepartureReason.AGREED_SETTLEMENT,
    DepartureReason.MOVED_WITHOUT_AGREEMENT,
    DepartureReason.MUNICIPALITY_WITHDREW,
    DepartureReason.LEFT_COUNTRY,
    DepartureReason.NO_ADDRESS,
    DepartureReason.DECEASED,
)
# What somebody can register as the end of a private stay, by the kind of organisation.
ENDED_BY: Mapping[str, tuple[DepartureReason, ...]] = {
    OrganisationKind.UDI: (
        *_OF_MUNICIPALITY,
        DepartureReason.OFFER_DECLINED,
        DepartureReason.CONDITIONS_FAILED,
        DepartureReason.SCHEME_ENDED,
    ),
    OrganisationKind.MUNICIPALITY: _OF_MUNICIPALITY,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RightStay:
    """How a private stay was in truth; None for what was right. `end` is the first day that is not a day of the stay.

    `goes_on`: it has not ended. `never_was`: nobody lived there with support on any day.
    """

    start: date | None = None
    end: date | None = None
    reason: DepartureReason | None = None
    municipality_id: int | None = None
    goes_on: bool = False
    never_was: bool = False

    @property
    def says_nothing(self) -> bool:
        """Nothing is to be put right."""
        return self == RightStay()


def check_private_start(on: date, today: date) -> None:
    """Refuse a stay that has not begun. Raises Refused `private_stay_in_future` (field `on`)."""
    if on > today:
        raise Refused("private_stay_in_future", "on", {"day": on})


def check_private_end(stay: Period, on: date, today: date) -> None:
    """Refuse an end that has not come, and one before the stay began; on its first day the stay never was.

    Raises Refused `private_end_in_future`, `private_end_before_start` (field `on`).
    """
    if on > today:
        raise Refused("private_end_in_future", "on", {"day": on})
    if on < stay.start:
        raise Refused("private_end_before_start", "on", {"day": on, "start": stay.start})


def check_who_ends(reason: DepartureReason, kind: str) -> None:
    """Refuse a reason that is not theirs to register. Raises Refused `not_a_reason_to_end`."""
    if reason not in ENDED_BY.get(kind, ()):
        raise Refused("not_a_reason_to_end", "reason")


def corrected(stay: Period, right: RightStay, today: date) -> Period:
    """The days of a stay as they were in truth.

    Raises Refused `nothing_to_correct`, `private_stay_lasts`, `private_stay_in_future`, `private_end_in_future`,
    `private_end_before_start`.
    """
    if stay.is_open and right.end is not None and right.reason is None:
        raise Refused("private_stay_lasts", "end")
    start = right.start or stay.start
    end = None if right.goes_on else right.end or stay.end
    check_private_start(start, today)
    period = Period(start, None)
    if end is not None:
        check_private_end(period, end, today)
        if end == start:
            raise Refused("private_end_before_start", "end", {"day": end, "start": start})
        period = Period(start, end)
    if period == stay and right.reason is None and right.municipality_id is None:
        raise Refused("nothing_to_correct")
    return period


def housed_until(ended_on: date, registered_on: date) -> date:
    """The first day on which a municipality sees those who lived there no more, counted from the later of the days."""
    return max(ended_on, registered_on) + timedelta(days=book().get("private_follow_up_days", ended_on).integer)
