"""What rows of stays may not say together."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from fotfeste.grants.domain.types import StayFact

type Conflict = tuple[int, int, str]
"""The places of the two rows in the sequence, the later one first, and what is wrong with it."""


def first_conflict(stays: Sequence[StayFact], as_known_at: datetime) -> Conflict | None:
    """The first thing that breaks the rules that computing rests on; None where nothing does.

    Of all rows: no number twice, no stay of two persons. Of those live at `as_known_at`: no stay twice, no person in
    two stays on one day. A stay of no days shares none.
    """
    return _in_all(stays) or _in_live(stays, as_known_at)


def _in_all(stays: Sequence[StayFact]) -> Conflict | None:
    numbers: dict[int, int] = {}
    first_of: dict[str, int] = {}
    for place, row in enumerate(stays):
        if (other := numbers.setdefault(row.row, place)) != place:
            return place, other, "the same row number"
        if stays[other := first_of.setdefault(row.stay, place)].person != row.person:
            return place, other, "another person in the same stay"
    return None


def _in_live(stays: Sequence[StayFact], as_known_at: datetime) -> Conflict | None:
    live = [place for place, row in enumerate(stays) if row.is_live(as_known_at)]
    first_of: dict[str, int] = {}
    for place in live:
        if (other := first_of.setdefault(stays[place].stay, place)) != place:
            return place, other, "a second live version of the same stay"
    with_days = sorted(
        (place for place in live if stays[place].has_days()), key=lambda p: (stays[p].person, stays[p].start)
    )
    for other, place in pairwise(with_days):
        before, after = stays[other], stays[place]
        if before.person == after.person and (before.end is None or after.start < before.end):
            return max(place, other), min(place, other), "a live stay of the same person that has days of this one"
    return None
