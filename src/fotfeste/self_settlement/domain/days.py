"""For which places a mean of days is shown, so that nobody finds the days of a few by taking one mean from another.

The reader is taken to know more than the page says: how many are behind each mean, and their days exactly. What such
a one can work out is made of what each mean has left when those below it, and the reader's own, are taken out of it.
"""

from collections.abc import Collection, Sequence

from fotfeste.kernel.hiding import SMALLEST_SHOWN
from fotfeste.self_settlement.domain.places import Spot


def means(spots: Sequence[Spot], days: str, many: str, may: Collection[int]) -> list[int | None]:
    """The mean for each spot, in whole days; None where it is not shown. `days`, `many`: the sum of a place, and how
    many it is of. `may`: the spots whose own count is shown; where it is not, a mean would tell that it is not small.
    """
    told = _told(spots, many, may)
    return [
        _mean(getattr(spot.place, days), getattr(spot.place, many)) if at in told else None
        for at, spot in enumerate(spots)
    ]


def _mean(days: int, many: int) -> int | None:
    """Rounded to the nearest."""
    return (2 * days + many) // (2 * many) if many else None


def _told(spots: Sequence[Spot], many: str, may: Collection[int]) -> set[int]:
    shown = {at for at in may if not spots[at].is_own and _is_enough(spots[at], many)}
    while few := _too_few_left(spots, many, shown):
        shown.discard(few[0])
    return shown | {at for at, spot in enumerate(spots) if spot.is_own}


def _is_enough(spot: Spot, many: str) -> bool:
    of_all: int = getattr(spot.place, many)
    own: int = getattr(spot.mine, many)
    return of_all >= SMALLEST_SHOWN and (of_all == own or of_all - own >= SMALLEST_SHOWN)


def _too_few_left(spots: Sequence[Spot], many: str, shown: Collection[int]) -> list[int]:
    """The first mean that would tell of a few: those below it, the smallest first, then itself. Empty: none does."""
    for at in sorted(shown):
        below = [other for other in shown if other != at and _nearest(spots, spots[other].above, shown) == at]
        left = [
            getattr(spot.place, many)
            for other, spot in enumerate(spots)
            if spot.is_municipality and not spot.is_own and _nearest(spots, other, shown) == at
        ]
        if 0 < sum(left) < SMALLEST_SHOWN:
            return [*sorted(below, key=lambda other: (getattr(spots[other].place, many), other)), at]
    return []


def _nearest(spots: Sequence[Spot], at: int | None, shown: Collection[int]) -> int | None:
    """The first that is shown, from a spot upwards."""
    while at is not None and at not in shown:
        at = spots[at].above
    return at
