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


@dataclass(frozen=True, slots=True)
class Part:
    """How many of a line are of some kind, and whether the line's own count is shown."""

    whole: int
    part: int
    is_whole_shown: bool = True

    @property
    def is_told_by_its_rest(self) -> bool:
        """So few are not of the kind that the part must be left out where the whole is shown."""
        return self.part > 0 and (not self.is_whole_shown or 0 < self.whole - self.part < SMALLEST_SHOWN)

    @property
    def is_withheld(self) -> bool:
        """Not to be shown, whatever the other lines say."""
        return 0 < self.part < SMALLEST_SHOWN or self.is_told_by_its_rest


def left_out_parts(parts: Sequence[Part]) -> LeftOut:
    """What is left out of the parts of some lines, and of their sum, so that nobody works out a small part, or a small
    rest of a line. The sum of the wholes is taken to be shown.
    """
    total, wholes = sum(each.part for each in parts), sum(each.whole for each in parts)
    gone = [place for place, each in enumerate(parts) if each.is_withheld]
    can_go = [place for place, each in enumerate(parts) if each.part and not each.is_withheld]
    can_go.sort(key=lambda place: parts[place].part)
    is_sum = total > 0 and Part(wholes, total).is_withheld
    while not is_sum and _is_part_told([parts[place] for place in gone], total):
        is_sum = not can_go
        gone += can_go[:1]
        can_go = can_go[1:]
    return LeftOut(frozenset(gone), is_sum)


def _is_part_told(gone: Sequence[Part], total: int) -> bool:
    """Whether the sum leaves one answer alone for a part that is withheld."""
    unknown = sum(each.part for each in gone)
    least = {place: 1 if each.part < SMALLEST_SHOWN else SMALLEST_SHOWN for place, each in enumerate(gone)}
    most = {
        place: SMALLEST_SHOWN - 1 if each.part < SMALLEST_SHOWN else each.whole if each.is_whole_shown else total
        for place, each in enumerate(gone)
    }
    return any(
        each.is_withheld
        and max(least[place], unknown - sum(most.values()) + most[place])
        >= min(most[place], unknown - sum(least.values()) + least[place])
        for place, each in enumerate(gone)
    )
