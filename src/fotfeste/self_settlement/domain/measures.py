"""Agreed self-settlement in numbers: how large a part of settlements, how many days, why not; by municipality and by
centrality (SET-13, SET-17). Counts alone: one that could tell of somebody is hidden, and cannot be worked out.

Who just moved by themselves is in none of these: only a request that was agreed with IMDi is counted as settled.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fotfeste.kernel.hiding import SMALLEST_SHOWN
from fotfeste.self_settlement.domain.types import NoReason
from fotfeste.self_settlement.domain.untold import MANY, Node, left_out_of_tree

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


_NOBODYS = Place("")


@dataclass(frozen=True, slots=True)
class Noes:
    """How often a reason was given, and how many of these noes the reader's own municipality gave."""

    many: int
    own: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table: households settled, and of them by agreement; None where the number is hidden."""

    code: str
    settled: int | None
    self_settled: int | None
    asked: int | None

    @property
    def percent(self) -> int | None:
        """Share of the settlements, in whole percent; None where a number is hidden or nobody was settled."""
        return self.self_settled * 100 // self.settled if self.settled and self.self_settled is not None else None


@dataclass(frozen=True, slots=True)
class Measures:
    """Everything that the page shows. Days are means, None where there are too few to tell of."""

    country: Line
    answer_days: int | None
    move_days: int | None
    reasons: Sequence[tuple[str, int | None]]
    by_centrality: Sequence[Line]
    by_municipality: Sequence[Line]


def measures(
    places: Iterable[Place], noes: Mapping[str, Noes], centrality: Mapping[str, int], *, own: str | None = None
) -> Measures:
    """Put the counts together. `noes`: by reason; `centrality`: class by number of municipality; `own`: the reader's,
    whose line is shown whatever it says. What is left out is chosen for a reader who knows it.
    """
    known = {each.number: each for each in places}
    mine = known.setdefault(own, Place(own)) if own is not None else _NOBODYS
    spots = _spots(list(known.values()), centrality, mine)
    said = sum(each.many for each in noes.values())
    lines = [(spot, line) for spot, line in zip(spots, _lines(spots, said), strict=True) if spot.has_line]
    municipalities = [line for spot, line in lines if spot.is_municipality]
    country, *classes = [line for spot, line in lines if not spot.is_municipality]
    total = spots[0].place
    return Measures(
        country=country,
        answer_days=_mean(total.answer_days, total.answered, mine.answered),
        move_days=_mean(total.move_days, total.moved, mine.moved),
        reasons=_reasons(noes),
        by_centrality=classes,
        # By what is shown: the order of those that are left out would tell which is larger.
        by_municipality=sorted(
            municipalities, key=lambda each: (-(each.self_settled or 0), -(each.asked or 0), each.code)
        ),
    )


@dataclass(frozen=True, slots=True)
class _Spot:
    """A sum or a municipality in the tree: the country, its classes, those of a class without a line, and each."""

    place: Place
    above: int | None
    mine: Place  # the part of it that is the reader's own
    has_line: bool
    is_municipality: bool = False

    @property
    def is_own(self) -> bool:
        return self.is_municipality and self.place == self.mine


def _spots(places: Sequence[Place], centrality: Mapping[str, int], mine: Place) -> list[_Spot]:
    spots = [_Spot(_sum("", places), None, mine, has_line=True)]

    def add(code: str, parts: Sequence[Place], above: int, *, has_line: bool) -> int:
        spots.append(_Spot(_sum(code, parts), above, mine if mine in parts else _NOBODYS, has_line))
        return len(spots) - 1

    for code in (*_CLASSES, None):
        of_class = [each for each in places if _class_of(each, centrality) == code]
        above = add(str(code), of_class, 0, has_line=code is not None)
        untold = [each for each in of_class if not (each.has_line or each == mine)]
        without_line = add("", untold, above, has_line=False)
        for each in of_class:
            its = mine if each == mine else _NOBODYS
            line = each.has_line or each == mine
            spots.append(_Spot(each, above if line else without_line, its, line, is_municipality=True))
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


def _lines(spots: Sequence[_Spot], noes: int) -> list[Line]:
    """A line for each spot."""
    self_settled = left_out_of_tree([_self_settled(each) for each in spots])
    told = [0 if at in self_settled else spot.place.self_settled for at, spot in enumerate(spots)]
    settled = left_out_of_tree([_node(spot, "settled", least=many) for spot, many in zip(spots, told, strict=True)])
    asked = left_out_of_tree([_asked(spot, many, noes) for spot, many in zip(spots, told, strict=True)])
    return [
        Line(
            spot.place.number,
            None if at in settled else spot.place.settled,
            None if at in self_settled else spot.place.self_settled,
            None if at in asked else spot.place.asked,
        )
        for at, spot in enumerate(spots)
    ]


def _self_settled(spot: _Spot) -> Node:
    """Not more than were settled, or have asked, which a reader is taken to know. How many were settled otherwise
    follows from it.
    """
    place, mine = spot.place, spot.mine
    rest = place.settled - place.self_settled
    others_rest = rest - (mine.settled - mine.self_settled)
    return _node(spot, "self_settled", most=min(place.settled, place.asked), tells=(rest, others_rest))


def _asked(spot: _Spot, self_settled: int, noes: int) -> Node:
    """Not fewer than were settled by agreement, and in the whole country not than were told no."""
    of_line = SMALLEST_SHOWN if spot.is_municipality and spot.has_line else 0
    return _node(spot, "asked", least=max(self_settled, of_line, noes if spot.above is None else 0))


def _node(spot: _Spot, name: str, *, least: int = 0, most: int = MANY, tells: tuple[int, ...] = ()) -> Node:
    count: int = getattr(spot.place, name)
    if spot.place == Place(spot.place.number):  # where nothing has happened, a reader may know so
        most = 0
    if spot.is_municipality and not spot.has_line and name != "settled":
        most = min(most, SMALLEST_SHOWN - 1)
    others = count - getattr(spot.mine, name)
    return Node(
        count,
        spot.above,
        min(least, count),
        max(most, count),
        tells=(others, *tells),
        is_known=spot.is_own,
        is_never_shown=not spot.has_line,
    )


def _reasons(noes: Mapping[str, Noes]) -> list[tuple[str, int | None]]:
    """All the reasons there are, whether given or not: which are would tell of the few. The number of noes is not
    shown, and is taken to be known.
    """
    codes = [str(each) for each in dict.fromkeys((*NoReason, *noes))]
    given = [noes.get(code, Noes(0)) for code in codes]
    total = Node(sum(each.many for each in given), None, is_known=True)
    gone = left_out_of_tree([total, *(Node(n.many, 0, n.own, tells=(n.many - n.own,)) for n in given)])
    lines = [
        (code, None if at in gone else each.many) for at, (code, each) in enumerate(zip(codes, given, strict=True), 1)
    ]
    return sorted(lines, key=lambda line: -(line[1] or 0))


def _mean(days: int, many: int, own: int) -> int | None:
    """Whole days, rounded to the nearest; None where those that are not the reader's own are too few."""
    is_told = many >= SMALLEST_SHOWN and (many == own or many - own >= SMALLEST_SHOWN)
    return (2 * days + many) // (2 * many) if is_told else None
