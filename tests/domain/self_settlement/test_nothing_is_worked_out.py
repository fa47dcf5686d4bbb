"""From all that the page of measures shows, no small count that is hidden can be worked out: not by subtracting one
table from another, not by a municipality that knows its own. A solver of integer programs stands for the reader, and
knows nothing of how the program chooses what to leave out (SET-13, SET-17).
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

import highspy
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fotfeste.kernel.hiding import SMALLEST_SHOWN
from fotfeste.self_settlement.domain.measures import Line, Measures, Noes, measures
from fotfeste.self_settlement.domain.places import Place
from fotfeste.self_settlement.domain.types import NoReason

pytestmark = [pytest.mark.req("SET-13"), pytest.mark.req("SET-17")]
NUMBERS = ("0301", "1103", "3101", "5037", "5038")
CLASSES = {"0301": 1, "1103": 1, "3101": 1, "5037": 4, "5038": 4}
MOST = 1000  # of a kind in a municipality
COUNTS = st.one_of(st.just(0), st.integers(0, 9))
KINDS = ("settled", "self_settled", "asked")


@st.composite
def countries(draw: st.DrawFn) -> tuple[Place, ...]:
    """Five municipalities, in two classes of centrality."""
    places = []
    for number in NUMBERS:
        self_settled = draw(COUNTS)
        settled = self_settled + draw(COUNTS)
        asked = self_settled + draw(COUNTS)
        places.append(Place(number, settled=settled, self_settled=self_settled, asked=asked))
    return tuple(places)


def hidden(places: Sequence[Place], own: str | None) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every small count that the page does not show: which kind, and of which municipalities together.

    Those that remain when a reader takes its own out of a sum are among them.
    """
    found = measures(places, {}, CLASSES, own=own)
    lines = {line.code: line for line in found.by_municipality}
    groups: list[tuple[tuple[str, ...], Line | None]] = [(tuple(p.number for p in places), found.country)]
    for of_class in found.by_centrality:
        numbers = tuple(p.number for p in places if str(CLASSES[p.number]) == of_class.code)
        groups.append((numbers, of_class))
    for each in places:
        groups.append(((each.number,), lines.get(each.number)))
    for (numbers, line), kind in product(groups, KINDS):
        others = [n for n in numbers if n != own]
        if 0 < total(places, kind, others) < SMALLEST_SHOWN:
            assert line is None or getattr(line, kind) is None, (numbers, kind)
            yield kind, tuple(others)
        is_rest_told = kind == "self_settled" and (line is None or line.settled is not None)
        if is_rest_told and 0 < total(places, "rest", others) < SMALLEST_SHOWN:
            yield "rest", tuple(others)


def total(places: Sequence[Place], kind: str, numbers: Sequence[str]) -> int:
    if kind == "rest":
        return total(places, "settled", numbers) - total(places, "self_settled", numbers)
    return sum(getattr(each, kind) for each in places if each.number in numbers)


class Reader:
    """One who has the page, and works out what each count can be: the least and the most that all of it allows.

    Knows that whoever is settled by agreement has asked, and what a line, or that there is none, tells.
    """

    def __init__(self, shown: Measures, own: str | None) -> None:
        self.solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, setting in (("output_flag", False), ("threads", 1)):
            self.solver.setOptionValue(option, setting)
        self.columns = {each: at for at, each in enumerate(product(NUMBERS, KINDS))}
        many = len(self.columns)
        self.solver.addVars(many, [0] * many, [MOST] * many)
        self.solver.changeColsIntegrality(many, list(range(many)), np.full(many, 1, dtype=np.uint8))
        lines = {line.code: line for line in shown.by_municipality}
        for number in NUMBERS:
            for kind in ("settled", "asked"):
                self._row({(number, kind): 1, (number, "self_settled"): -1}, 0, MOST)
            if number != own:
                limits = (SMALLEST_SHOWN, MOST) if number in lines else (0, SMALLEST_SHOWN - 1)
                self._row({(number, "asked"): 1}, *limits)
        self._read(shown.country, NUMBERS)
        for line in shown.by_centrality:
            self._read(line, [number for number in NUMBERS if str(CLASSES[number]) == line.code])
        for code, line in lines.items():
            self._read(line, [code])

    def _read(self, line: Line, numbers: Sequence[str]) -> None:
        for kind in KINDS if numbers else ():
            if (many := getattr(line, kind)) is not None:
                self._row(terms(kind, numbers), many, many)

    def _row(self, parts: Mapping[tuple[str, str], int], least: int, most: int) -> None:
        self.solver.addRow(least, most, len(parts), [self.columns[each] for each in parts], list(parts.values()))

    def can_be(self, kind: str, numbers: Sequence[str]) -> tuple[int, int]:
        """The least and the most that there can be in these municipalities together."""
        wanted, found = terms(kind, numbers), []
        for sign in (1, -1):
            for each, at in self.columns.items():
                self.solver.changeColCost(at, sign * wanted.get(each, 0))
            self.solver.run()
            assert self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
            found.append(sign * round(self.solver.getObjectiveValue()))
        return found[0], found[1]


def terms(kind: str, numbers: Sequence[str]) -> dict[tuple[str, str], int]:
    """What is added up, and what is taken away."""
    if kind == "rest":
        return {(each, "settled"): 1 for each in numbers} | {(each, "self_settled"): -1 for each in numbers}
    return {(each, kind): 1 for each in numbers}


@given(countries(), st.sampled_from((None, *NUMBERS)))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_hidden_count_of_a_place_can_be_worked_out(places: tuple[Place, ...], own: str | None) -> None:
    reader = Reader(measures(places, {}, CLASSES, own=own), own)
    for kind, numbers in hidden(places, own):
        least, most = reader.can_be(kind, numbers)
        assert least <= total(places, kind, numbers) <= most
        assert least < most, (kind, numbers, least)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 5)), min_size=len(NoReason), max_size=len(NoReason)))
@settings(max_examples=200, deadline=None)
def test_no_hidden_reason_can_be_worked_out(counts: list[tuple[int, int]]) -> None:
    """Not even by one who knows how many noes there are in all, and which of them are its own."""
    noes = {str(code): Noes(own + others, own) for code, (others, own) in zip(NoReason, counts, strict=True)}
    hidden = [code for code, many in measures([], noes, {}).reasons if many is None]
    small = [code for code in hidden if 0 < noes[code].many - noes[code].own < SMALLEST_SHOWN]
    assert all(code in hidden for code, each in noes.items() if 0 < each.many - each.own < SMALLEST_SHOWN)
    assert not small or len(hidden) > 1  # one goes up as another goes down, and their sum is the same


def test_the_order_of_lines_does_not_tell_which_hidden_count_is_larger() -> None:
    places = [Place("5038", settled=50, self_settled=4, asked=9), Place("5037", settled=50, self_settled=2, asked=9)]
    assert [line.code for line in measures(places, {}, CLASSES).by_municipality] == ["5037", "5038"]


def test_days_are_not_told_where_few_are_not_ones_own() -> None:
    own = Place("0301", asked=20, answered=6, answer_days=60)
    one = Place("5037", asked=9, answered=1, answer_days=3)
    assert measures([own, one], {}, CLASSES).answer_days == 9
    assert measures([own, one], {}, CLASSES, own="0301").answer_days is None  # the one other's would be found
    assert measures([own], {}, CLASSES, own="0301").answer_days == 10
