"""What must be left out beside the small counts, so that nobody works one out from a sum and the rest of its lines.

A reader knows of a small count that it is one to four, of one that is left out beside it that it is more, and what all
of them come to. Where that leaves one answer, a count more is left out; where there is none more, the sum is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

SMALLEST_SHOWN = 5  # IMDi's statistics hide counts of one to four persons


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The places of the counts that are left out although they are not small, and whether the sum is."""

    places: frozenset[int]
    is_sum: bool


def left_out(counts: Sequence[int], *, total: int, own: int | None = None, rest: int = 0) -> LeftOut:
    """What is left out of some lines and their sum. `own`: the place of a line that is shown whatever it says;
    `rest`: how many more there are in the sum, of at least one each, that no line tells of.
    """
    small = [place for place, count in enumerate(counts) if 0 < count < SMALLEST_SHOWN and place != own]
    can_go = [place for place, count in enumerate(counts) if count >= SMALLEST_SHOWN and place != own]
    can_go.sort(key=lambda place: counts[place])
    gone: list[int] = []
    while small and _is_told(counts, small, gone, can_go, total=total, rest=rest):
        if not can_go:
            return LeftOut(frozenset(gone), is_sum=True)
        gone.append(can_go.pop(0))
    return LeftOut(frozenset(gone), is_sum=False)


def _is_told(
    counts: Sequence[int], small: Sequence[int], gone: Sequence[int], shown: Sequence[int], *, total: int, rest: int
) -> bool:
    """Whether one answer alone is left for a small count: the least and the most that it can be are the same."""
    unknown = total - sum(count for place, count in enumerate(counts) if place not in {*small, *gone})
    next_shown = counts[shown[0]] if shown else unknown
    # Those that no line tells of are not more than the lines: they are small too.
    least = len(small) - 1 + SMALLEST_SHOWN * len(gone) + rest
    most = (SMALLEST_SHOWN - 1) * (len(small) - 1 + rest) + next_shown * len(gone)
    return max(1, unknown - most) >= min(SMALLEST_SHOWN - 1, unknown - least)
