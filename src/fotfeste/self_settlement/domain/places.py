"""What has happened in municipalities, and the tree of their sums: the country, its classes of centrality, those of a
class without a line together, and each.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fotfeste.kernel.hiding import SMALLEST_SHOWN

_CLASSES = tuple(range(1, 7))


@dataclass(frozen=True, slots=True)
class Place:
    """What has happened in a municipality. Days are sums over those that `answered` and `moved` count."""

    number: str
    settled: int = 0  # households, in every way
    self_settled: int = 0  # of them those that it was agreed with
    asked: int = 0
    answered: int = 0
    answer_days: int = 0
    moved: int = 0
    move_days: int = 0

    @property
    def has_line(self) -> bool:
        """Whether enough have asked, or are settled by agreement, to be told of: a line would tell of the few."""
        return max(self.asked, self.self_settled) >= SMALLEST_SHOWN


NOBODYS = Place("")


@dataclass(frozen=True, slots=True)
class Spot:
    """A sum or a municipality in the tree."""

    place: Place
    above: int | None
    mine: Place  # the part of it that is the reader's own
    has_line: bool
    is_municipality: bool = False

    @property
    def is_own(self) -> bool:
        return self.is_municipality and self.place == self.mine


def spots_of(places: Sequence[Place], centrality: Mapping[str, int], mine: Place) -> list[Spot]:
    """The tree, each sum before its parts. `mine`: the reader's own municipality, which has a line in any case."""
    spots = [Spot(_sum("", places), None, mine, has_line=True)]

    def add(code: str, parts: Sequence[Place], above: int, *, has_line: bool) -> int:
        spots.append(Spot(_sum(code, parts), above, mine if mine in parts else NOBODYS, has_line))
        return len(spots) - 1

    for code in (*_CLASSES, None):
        of_class = [each for each in places if _class_of(each, centrality) == code]
        above = add(str(code), of_class, 0, has_line=code is not None)
        untold = [each for each in of_class if not (each.has_line or each == mine)]
        without_line = add("", untold, above, has_line=False)
        for each in of_class:
            its = mine if each == mine else NOBODYS
            line = each.has_line or each == mine
            spots.append(Spot(each, above if line else without_line, its, line, is_municipality=True))
    return spots


def _class_of(place: Place, centrality: Mapping[str, int]) -> int | None:
    found = centrality.get(place.number)
    return found if found in _CLASSES else None


def _sum(code: str, places: Sequence[Place]) -> Place:
    counted: Counter[str] = Counter()
    for each in places:
        for name in ("settled", "self_settled", "asked", "answered", "answer_days", "moved", "move_days"):
            counted[name] += getattr(each, name)
    return Place(code, **counted)
