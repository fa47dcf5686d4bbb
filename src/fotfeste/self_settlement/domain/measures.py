"""Agreed self-settlement in numbers: how large a part of settlements, how many days, why not; by municipality and by
centrality (SET-13, SET-17). Counts alone: one that could tell of somebody is hidden, and cannot be worked out.

Who just moved by themselves is in none of these: only a request that was agreed with IMDi is counted as settled.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fotfeste.kernel.hiding import SMALLEST_SHOWN
from fotfeste.self_settlement.domain.days import means
from fotfeste.self_settlement.domain.noes import Noes, noes_shown
from fotfeste.self_settlement.domain.places import NOBODYS, Place, Spot, spots_of
from fotfeste.self_settlement.domain.types import NoReason
from fotfeste.self_settlement.domain.untold import MANY, Node, left_out_of_tree


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table: households settled, and of them by agreement; None where the number is hidden. Days are means,
    None where there are too few to tell of. `noes`: how often each reason was given, in the order of the reasons.
    """

    code: str
    settled: int | None
    self_settled: int | None
    asked: int | None
    answer_days: int | None
    move_days: int | None
    noes: Sequence[int | None]

    @property
    def percent(self) -> int | None:
        """Share of the settlements, in whole percent; None where a number is hidden or nobody was settled."""
        return self.self_settled * 100 // self.settled if self.settled and self.self_settled is not None else None


@dataclass(frozen=True, slots=True)
class Measures:
    """Everything that the page shows. `reasons`: all that there are, the most frequent in the country first, given or
    not: which are would tell of the few. `own`: the line of the reader's own municipality.
    """

    country: Line
    own: Line | None
    reasons: Sequence[str]
    by_centrality: Sequence[Line]
    by_municipality: Sequence[Line]

    @property
    def tells_reasons(self) -> bool:
        """Whether any line says how often a reason was given: all of them may be too seldom to be shown."""
        lines = (self.country, *self.by_centrality, *self.by_municipality, *([self.own] if self.own else []))
        return any(many is not None for line in lines for many in line.noes)


def measures(places: Iterable[Place], noes: Noes, centrality: Mapping[str, int], *, own: str | None = None) -> Measures:
    """Put the counts together. `noes`: by municipality and reason; `centrality`: class by number of municipality;
    `own`: the reader's, whose line is shown whatever it says. What is left out is chosen for a reader who knows it.
    """
    known = {number: Place(number) for number in noes} | {each.number: each for each in places}
    mine = known.setdefault(own, Place(own)) if own is not None else NOBODYS
    spots = spots_of(list(known.values()), centrality, mine)
    codes = [str(each) for each in dict.fromkeys((*NoReason, *(code for given in noes.values() for code in given)))]
    given = noes_shown(spots, noes, codes)
    reasons = sorted(codes, key=lambda code: -(given[0][code] or 0))
    lines = [(spot, line) for spot, line in zip(spots, _lines(spots, noes, given, reasons), strict=True)]
    country, *classes = [line for spot, line in lines if spot.has_line and not spot.is_municipality]
    return Measures(
        country=country,
        own=next((line for spot, line in lines if spot.is_own), None),
        reasons=reasons,
        by_centrality=classes,
        # By what is shown: the order of those that are left out would tell which is larger.
        by_municipality=sorted(
            (line for spot, line in lines if spot.has_line and spot.is_municipality),
            key=lambda each: (-(each.self_settled or 0), -(each.asked or 0), each.code),
        ),
    )


def _lines(
    spots: Sequence[Spot], noes: Noes, given: Sequence[Mapping[str, int | None]], reasons: Sequence[str]
) -> list[Line]:
    """A line for each spot."""
    refused = [sum(many or 0 for many in each.values()) for each in given]
    refused[0] = sum(sum(each.values()) for each in noes.values())  # not shown, and taken to be known
    self_settled = left_out_of_tree([_self_settled(spot, many) for spot, many in zip(spots, refused, strict=True)])
    told = [0 if at in self_settled else spot.place.self_settled for at, spot in enumerate(spots)]
    settled = left_out_of_tree([_node(spot, "settled", least=many) for spot, many in zip(spots, told, strict=True)])
    asked = left_out_of_tree([_asked(spot, many, nos) for spot, many, nos in zip(spots, told, refused, strict=True)])
    answer_days = means(spots, "answer_days", "answered", set(range(len(spots))) - asked)
    move_days = means(spots, "move_days", "moved", set(range(len(spots))) - self_settled)
    return [
        Line(
            spot.place.number,
            None if at in settled else spot.place.settled,
            None if at in self_settled else spot.place.self_settled,
            None if at in asked else spot.place.asked,
            answer_days[at],
            move_days[at],
            [given[at][code] for code in reasons],
        )
        for at, spot in enumerate(spots)
    ]


def _self_settled(spot: Spot, refused: int) -> Node:
    """Not more than were settled, or have asked and were not refused, which a reader is taken to know. How many were
    settled otherwise follows from it.
    """
    place, mine = spot.place, spot.mine
    rest = place.settled - place.self_settled
    others_rest = rest - (mine.settled - mine.self_settled)
    most = min(place.settled, place.asked - refused)
    return _node(spot, "self_settled", most=most, tells=(rest, others_rest))


def _asked(spot: Spot, self_settled: int, refused: int) -> Node:
    """Not fewer than were settled by agreement, or told no."""
    of_line = SMALLEST_SHOWN if spot.is_municipality and spot.has_line else 0
    return _node(spot, "asked", least=max(self_settled + refused, of_line))


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
