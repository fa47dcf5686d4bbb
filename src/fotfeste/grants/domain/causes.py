"""Why a line takes something back or adds to it: what has become of the stay that gave the month."""

from collections.abc import Sequence
from enum import StrEnum

from fotfeste.grants.domain.dues import touches
from fotfeste.grants.domain.types import NewLine, StayFact


class LineCause(StrEnum):
    """Causes of a correction beside the reasons for which a stay ends (accommodation.DepartureReason)."""

    TAKEN_BACK = "annulled"  # they never lived there
    OTHER_MUNICIPALITY = "other_municipality"  # the month is another municipality's
    BEGAN_LATER = "start_corrected"
    KNOWN_LATER = "reported_late"  # due after all
    RATE = "rate_changed"


def cause_of(line: NewLine, live: Sequence[StayFact], *, is_new: bool) -> str:
    """The code of why a correction is made; "" for what is due for the first time.

    `live` are the person's live rows; `is_new` says that what earlier lines said of the month was nothing.
    """
    if line.amount_ore > 0:
        return LineCause.KNOWN_LATER if not is_new else ""
    there = [row for row in live if touches(row, line.month)]
    if any(row.municipality == line.municipality for row in there) and len(there) == 1:
        return LineCause.RATE
    if there:
        return LineCause.OTHER_MUNICIPALITY
    before = [row for row in live if row.end is not None and row.end <= line.month]
    same = [row for row in before if row.municipality == line.municipality] or before
    if same:
        return max(same, key=lambda row: (row.start, row.row)).cause or LineCause.TAKEN_BACK
    return LineCause.BEGAN_LATER if live else LineCause.TAKEN_BACK


def days_in_month(line: NewLine, live: Sequence[StayFact]) -> int:
    """How many days of its month the person was on the scheme in the line's municipality."""
    first = line.month.toordinal()
    following = line.month.replace(
        year=line.month.year + line.month.month // 12, month=line.month.month % 12 + 1
    ).toordinal()
    return sum(
        max(
            0,
            min(following, row.end.toordinal() if row.end else following) - max(first, row.start.toordinal()),
        )
        for row in live
        if row.municipality == line.municipality
    )
