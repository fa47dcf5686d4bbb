"""Which counts of a tree of sums are left out, so that none that could tell of somebody is worked out from the rest.

The country is the sum of its classes, a class of its municipalities. A reader knows every count that is shown, and the
least and the most that each that is left out can be. Bounds that go up the tree and down again are exact in a tree.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from fotfeste.kernel.hiding import SMALLEST_SHOWN

MANY = 10**9  # more than there are households


@dataclass(frozen=True, slots=True)
class Node:
    """A count in a tree. `above`: the place of its sum, which comes before it; None at the top.

    `least` and `most`: what a reader knows of it where it is left out. `tells`: what else is known with it, such as
    how many are not the reader's own. `is_known`: the reader's own. `is_never_shown`: no line tells of it.
    """

    count: int
    above: int | None
    least: int = 0
    most: int = MANY
    tells: tuple[int, ...] = ()
    is_known: bool = False
    is_never_shown: bool = False

    @property
    def is_small(self) -> bool:
        """It, or what is known with it, is of one to four households."""
        return not self.is_known and any(0 < each < SMALLEST_SHOWN for each in (self.count, *self.tells))

    @property
    def is_hidden(self) -> bool:
        """Left out whatever the others say. Nobody is few, too: what is left out may be nobody."""
        return not self.is_known and (self.is_never_shown or self.count < SMALLEST_SHOWN or self.is_small)


def left_out_of_tree(nodes: Sequence[Node]) -> frozenset[int]:
    """The places of the counts that are left out. No more are left out when no small one can be worked out."""
    hidden = {place for place, node in enumerate(nodes) if node.is_hidden}
    while (told := _told(nodes, hidden)) is not None:
        more = _beside(nodes, hidden, told)
        if more is None:  # all are left out
            break
        hidden.add(more)
    return frozenset(hidden)


def _told(nodes: Sequence[Node], hidden: set[int]) -> int | None:
    """The first small count that has one answer."""
    bounds = _bounds(nodes, hidden)
    return next((place for place in sorted(hidden) if nodes[place].is_small and len(set(bounds[place])) == 1), None)


def _beside(nodes: Sequence[Node], hidden: set[int], place: int) -> int | None:
    """The count to leave out too: of those that are nearest in the tree the smallest."""
    seen, near = {place}, {place}
    while near:
        shown = [each for each in near if each not in hidden and not nodes[each].is_known]
        if shown:
            return min(shown, key=lambda each: (nodes[each].count, each))
        near = {other for each in near for other in _neighbours(nodes, each)} - seen
        seen |= near
    return None


def _neighbours(nodes: Sequence[Node], place: int) -> list[int]:
    """Its sum, its parts, and the other parts of its sum."""
    above = nodes[place].above
    beside = [
        other for other, node in enumerate(nodes) if node.above == place or (above is not None and node.above == above)
    ]
    return beside if above is None else [above, *beside]


def _bounds(nodes: Sequence[Node], hidden: set[int]) -> list[tuple[int, int]]:
    """The least and the most that each count can be, for a reader of those that are shown."""
    low = [node.least if place in hidden else node.count for place, node in enumerate(nodes)]
    high = [node.most if place in hidden else node.count for place, node in enumerate(nodes)]
    parts: list[list[int]] = [[] for _ in nodes]
    for place, node in enumerate(nodes):
        if node.above is not None:
            parts[node.above].append(place)
    for place in reversed(range(len(nodes))):
        if parts[place]:
            low[place] = max(low[place], sum(low[part] for part in parts[place]))
            high[place] = min(high[place], sum(high[part] for part in parts[place]))
    for place in range(len(nodes)):
        least, most = sum(low[part] for part in parts[place]), sum(high[part] for part in parts[place])
        wanted = [
            (max(low[part], low[place] - most + high[part]), min(high[part], high[place] - least + low[part]))
            for part in parts[place]
        ]
        for part, (lowest, highest) in zip(parts[place], wanted, strict=True):
            low[part], high[part] = lowest, highest
    return list(zip(low, high, strict=True))
