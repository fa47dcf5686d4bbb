"""How often each reason for no is shown, of the country, its classes and its municipalities, so that no small number
can be worked out.

Small numbers are left out, and nobody's. Of each small one a doubt must be left: another table, with the same numbers
where they are shown and as many noes in all, in which it is another. Looked for is one that differs by one no: given
for another reason, or by another municipality that has asked for more than it has settled and refused. Where none is
left, the numbers that the cheapest of them would change are left out too.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from fotfeste.kernel.hiding import SMALLEST_SHOWN
from fotfeste.self_settlement.domain.places import Spot

type Noes = Mapping[str, Mapping[str, int]]  # by number of municipality, by reason
type _Cell = tuple[int, str]  # a place in the tree, and a reason


def noes_shown(spots: Sequence[Spot], noes: Noes, reasons: Sequence[str]) -> list[Mapping[str, int | None]]:
    """For each spot how often each reason was given; None where it is left out. The reader's own is shown."""
    table = _table(spots, noes, reasons)
    shown = {cell for cell in table.many if table.may_be_shown(cell)}
    for cell in table.many:
        if table.is_small(cell):
            cheapest = min(table.changed_elsewhere(cell, shown), key=table.cost)
            shown -= cheapest
    return [
        {code: table.many[at, code] if spot.is_own or (at, code) in shown else None for code in reasons}
        for at, spot in enumerate(spots)
    ]


@dataclass(frozen=True, slots=True)
class _Table:
    """`many`: how often; `others`: without the reader's own. `paths`: of each municipality that is not the reader's,
    itself and the sums that it is in. `free`: how many more noes it may have given.
    """

    spots: Sequence[Spot]
    reasons: Sequence[str]
    many: Mapping[_Cell, int]
    others: Mapping[_Cell, int]
    paths: Mapping[int, frozenset[int]]
    free: Mapping[int, int]

    def may_be_shown(self, cell: _Cell) -> bool:
        spot = self.spots[cell[0]]
        return spot.has_line and not spot.is_own and self.many[cell] >= SMALLEST_SHOWN and not self.is_small(cell)

    def is_small(self, cell: _Cell) -> bool:
        is_few = 0 < self.many[cell] < SMALLEST_SHOWN or 0 < self.others[cell] < SMALLEST_SHOWN
        return is_few and self.others[cell] > 0

    def changed_elsewhere(self, cell: _Cell, shown: set[_Cell]) -> Iterator[frozenset[_Cell]]:
        """What is shown and would be another in each of the tables that differ by one no in this cell."""
        at, code = cell
        inside = [place for place, path in self.paths.items() if at in path]
        outside = [place for place, path in self.paths.items() if at not in path]
        for place in inside:
            given, path = self.others[place, code], self.paths[place]
            for other in self.reasons if given else ():
                if other != code:
                    yield frozenset((each, of) for each in path for of in (code, other)) & shown
            for place_out in outside:
                takes = given and self.free[place_out]
                gives = self.others[place_out, code] and self.free[place]
                if takes or gives:
                    yield frozenset((each, code) for each in path ^ self.paths[place_out]) & shown

    def cost(self, cells: frozenset[_Cell]) -> tuple[int, int, int, list[_Cell]]:
        """The country is what the page is for, then its classes."""
        tops = sum(self.spots[at].above is None for at, _ in cells)
        classes = sum(not self.spots[at].is_municipality for at, _ in cells) - tops
        return tops, classes, sum(self.many[cell] for cell in cells), sorted(cells)


def _table(spots: Sequence[Spot], noes: Noes, reasons: Sequence[str]) -> _Table:
    many = {(at, code): 0 for at in range(len(spots)) for code in reasons}
    others = dict(many)
    paths: dict[int, frozenset[int]] = {}
    free: dict[int, int] = {}
    for at, spot in enumerate(spots):
        if not spot.is_municipality:
            continue
        given, path = noes.get(spot.place.number, {}), _path(spots, at)
        for code, count in given.items():
            for each in path:
                many[each, code] += count
                others[each, code] += 0 if spot.is_own else count
        if not spot.is_own:
            paths[at] = path
            free[at] = max(0, spot.place.asked - spot.place.self_settled - sum(given.values()))
    return _Table(spots, reasons, many, others, paths, free)


def _path(spots: Sequence[Spot], at: int | None) -> frozenset[int]:
    found = []
    while at is not None:
        found.append(at)
        at = spots[at].above
    return frozenset(found)
