"""Agreed self-settlement in numbers: how large a part of settlements, how many days, why not; by municipality and by
centrality (SET-13, SET-17). Counts alone: one that could tell of somebody is hidden, and cannot be worked out.

Who just moved by themselves is in none of these: only a request that was agreed with IMDi is counted as settled.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fotfeste.kernel.hiding import SMALLEST_SHOWN
from fotfeste.self_settlement.domain.places import NOBODYS, Place, Spot, spots_of
from fotfeste.self_settlement.domain.types import NoReason
from fotfeste.self_settlement.domain.untold import MANY, Node, left_out_of_tree


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
    mine = known.setdefault(own, Place(own)) if own is not None else NOBODYS
    spots = spots_of(list(known.values()), centrality, mine)
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


def _lines(spots: Sequence[Spot], noes: int) -> list[Line]:
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


def _self_settled(spot: Spot) -> Node:
    """Not more than were settled, or have asked, which a reader is taken to know. How many were settled otherwise
    follows from it.
    """
    place, mine = spot.place, spot.mine
    rest = place.settled - place.self_settled
    others_rest = rest - (mine.settled - mine.self_settled)
    return _node(spot, "self_settled", most=min(place.settled, place.asked), tells=(rest, others_rest))


def _asked(spot: Spot, self_settled: int, noes: int) -> Node:
    """Not fewer than were settled by agreement, and in the whole country not than were told no."""
    of_line = SMALLEST_SHOWN if spot.is_municipality and spot.has_line else 0
    return _node(spot, "asked", least=max(self_settled, of_line, noes if spot.above is None else 0))


def _node(spot: Spot, name: str, *, least: int = 0, most: int = MANY, tells: tuple[int, ...] = ()) -> Node:
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
