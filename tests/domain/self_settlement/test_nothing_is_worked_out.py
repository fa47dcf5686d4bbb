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
from fotfeste.self_settlement.domain.measures import Line, Measures, measures
from fotfeste.self_settlement.domain.noes import Noes
from fotfeste.self_settlement.domain.places import Place
from fotfeste.self_settlement.domain.types import NoReason

pytestmark = [pytest.mark.req("SET-13"), pytest.mark.req("SET-17")]
NUMBERS = ("0301", "1103", "3101", "5037", "5038")
CLASSES = {"0301": 1, "1103": 1, "3101": 1, "5037": 4, "5038": 4}
MOST = 1000  # of a kind in a municipality
COUNTS = st.one_of(st.just(0), st.integers(0, 9))
FEW = st.one_of(st.just(0), st.integers(0, 6))
REASONS = tuple(map(str, NoReason))
KINDS = ("settled", "self_settled", "asked")
type Country = tuple[tuple[Place, ...], Noes]


@st.composite
def countries(draw: st.DrawFn) -> Country:
    """Five municipalities, in two classes of centrality. Nearly all who ask are settled or told no."""
    places, noes = [], {}
    for number in NUMBERS:
        self_settled = draw(COUNTS)
        settled = self_settled + draw(COUNTS)
        noes[number] = {code: many for code in REASONS if (many := draw(FEW))}
        asked = self_settled + sum(noes[number].values()) + draw(FEW)
        answered, moved = draw(st.integers(0, asked)), draw(st.integers(0, self_settled))
        places.append(
            Place(
                number,
                settled=settled,
                self_settled=self_settled,
                asked=asked,
                answered=answered,
                answer_days=draw(st.integers(0, 40)) if answered else 0,
                moved=moved,
                move_days=draw(st.integers(0, 90)) if moved else 0,
            )
        )
    return tuple(places), noes


def lines_of(shown: Measures) -> list[tuple[tuple[str, ...], Line]]:
    """Each line that is shown, with the municipalities that it is of."""
    classes = [(tuple(n for n in NUMBERS if str(CLASSES[n]) == line.code), line) for line in shown.by_centrality]
    return [(NUMBERS, shown.country), *classes, *(((line.code,), line) for line in shown.by_municipality)]


def hidden(country: Country, shown: Measures, own: str | None) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every small count that the page does not show: which kind, and of which municipalities together.

    Those that remain when a reader takes its own out of a sum are among them.
    """
    lines = dict(lines_of(shown))
    for numbers, kind in product({*lines, *((number,) for number in NUMBERS)}, (*KINDS, *REASONS)):
        line = lines.get(numbers)
        others = tuple(n for n in numbers if n != own)
        if 0 < total(country, kind, others) < SMALLEST_SHOWN:
            assert line is None or count(shown, line, kind) is None, (numbers, kind)
            yield kind, others
        is_rest_told = kind == "self_settled" and (line is None or line.settled is not None)
        if is_rest_told and 0 < total(country, "rest", others) < SMALLEST_SHOWN:
            yield "rest", others


def count(shown: Measures, line: Line, kind: str) -> int | None:
    """What a line says of a kind, or of a reason for no."""
    if kind in REASONS:
        return line.noes[list(shown.reasons).index(kind)]
    found: int | None = getattr(line, kind)
    return found


def total(country: Country, kind: str, numbers: Sequence[str]) -> int:
    places, noes = country
    if kind == "rest":
        return total(country, "settled", numbers) - total(country, "self_settled", numbers)
    if kind in REASONS:
        return sum(noes[number].get(kind, 0) for number in numbers)
    return sum(getattr(each, kind) for each in places if each.number in numbers)


class Reader:
    """One who has the page, and works out what each count can be: the least and the most that all of it allows.

    Knows that whoever is settled by agreement or told no has asked, how many noes there are in all, what a line, or
    that there is none, tells, and that a mean is of five at least.
    """

    def __init__(self, shown: Measures, own: str | None, noes: int) -> None:
        self.solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, setting in (("output_flag", False), ("threads", 1)):
            self.solver.setOptionValue(option, setting)
        kinds = (*KINDS, "answered", "moved", *REASONS)
        self.columns = {each: at for at, each in enumerate(product(NUMBERS, kinds))}
        many = len(self.columns)
        self.solver.addVars(many, [0] * many, [MOST] * many)
        self.solver.changeColsIntegrality(many, list(range(many)), np.full(many, 1, dtype=np.uint8))
        lines = {line.code for line in shown.by_municipality}
        for number in NUMBERS:
            self._row({(number, "settled"): 1, (number, "self_settled"): -1}, 0, MOST)
            refused = {(number, code): -1 for code in REASONS}
            self._row({(number, "asked"): 1, (number, "self_settled"): -1} | refused, 0, MOST)
            self._row({(number, "asked"): 1, (number, "answered"): -1}, 0, MOST)
            self._row({(number, "self_settled"): 1, (number, "moved"): -1}, 0, MOST)
            if number != own:
                limits = (SMALLEST_SHOWN, MOST) if number in lines else (0, SMALLEST_SHOWN - 1)
                self._row({(number, "asked"): 1}, *limits)
        self._row({(number, code): 1 for number in NUMBERS for code in REASONS}, noes, noes)
        for numbers, line in lines_of(shown):
            self._read(shown, line, numbers)
            for days, of in ((line.answer_days, "answered"), (line.move_days, "moved")):
                if days is not None and numbers != (own,):
                    self._row(terms(of, numbers), SMALLEST_SHOWN, MOST)

    def _read(self, shown: Measures, line: Line, numbers: Sequence[str]) -> None:
        for kind in (*KINDS, *REASONS) if numbers else ():
            if (many := count(shown, line, kind)) is not None:
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
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_hidden_count_of_a_place_can_be_worked_out(country: Country, own: str | None) -> None:
    places, noes = country
    shown = measures(places, noes, CLASSES, own=own)
    reader = Reader(shown, own, sum(sum(each.values()) for each in noes.values()))
    for kind, numbers in hidden(country, shown, own):
        least, most = reader.can_be(kind, numbers)
        assert least <= total(country, kind, numbers) <= most
        assert least < most, (kind, numbers, least)


@given(
    countries(),
    st.sampled_from((None, *NUMBERS)),
    st.sampled_from((("answer_days", "answered"), ("move_days", "moved"))),
)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_nobody_works_out_the_days_of_a_few(country: Country, own: str | None, kind: tuple[str, str]) -> None:
    """Not even who knows how many are behind each mean, and what their days come to exactly, also where the mean is
    rounded: what is asked is what can be added up of the lines that are shown.
    """
    (days, of), (places, noes) = kind, country
    lines = lines_of(measures(places, noes, CLASSES, own=own))
    many = {each.number: getattr(each, of) for each in places}
    there = [number for number in NUMBERS if many[number]]
    known = [numbers for numbers, line in lines if getattr(line, days) is not None] + ([(own,)] if own else [])
    rows = np.array([[int(number in numbers) for number in there] for numbers in known]).reshape(-1, len(there) or 1)
    for chosen in product((0, 1), repeat=len(there)):  # any municipalities together
        others = sum(many[number] for number, is_in in zip(there, chosen, strict=True) if is_in and number != own)
        if 0 < others < SMALLEST_SHOWN:
            assert rank([*rows, chosen]) > rank(rows), (known, chosen)


def rank(rows: Any) -> int:
    """How many of the rows say something of their own."""
    return int(np.linalg.matrix_rank(np.array(rows))) if len(rows) else 0


def test_the_order_of_lines_does_not_tell_which_hidden_count_is_larger() -> None:
    places = [Place("5038", settled=50, self_settled=4, asked=9), Place("5037", settled=50, self_settled=2, asked=9)]
    assert [line.code for line in measures(places, {}, CLASSES).by_municipality] == ["5037", "5038"]


def test_days_are_not_told_where_few_are_not_ones_own() -> None:
    own = Place("0301", asked=20, answered=6, answer_days=60)
    one = Place("5037", asked=9, answered=1, answer_days=3)
    assert measures([own, one], {}, CLASSES).country.answer_days == 9
    # The one other's would be found.
    assert measures([own, one], {}, CLASSES, own="0301").country.answer_days is None
    assert measures([own], {}, CLASSES, own="0301").country.answer_days == 10


def test_days_of_a_municipality_are_left_out_where_those_of_its_few_neighbours_would_be_what_is_left() -> None:
    many = Place("5037", asked=9, answered=9, answer_days=90)
    one = Place("5038", asked=6, answered=1, answer_days=30)
    of_class, line = _class_and_line(measures([many, one], {}, CLASSES))
    assert (of_class.answer_days, line.answer_days) == (12, None)
    of_class, line = _class_and_line(measures([many], {}, CLASSES))
    assert (of_class.answer_days, line.answer_days) == (10, 10)


def _class_and_line(found: Measures) -> tuple[Line, Line]:
    """Of Levanger's class, and Levanger's own."""
    return found.by_centrality[3], next(line for line in found.by_municipality if line.code == "5037")


def test_a_reason_is_left_out_of_a_line_where_few_have_it_in_the_rest_of_the_class() -> None:
    places = [Place("5037", asked=30), Place("5038", asked=2)]
    code = str(NoReason.NO_CAPACITY)
    found = measures(places, {"5037": {code: 20}, "5038": {code: 2}}, CLASSES)
    of_class, line = _class_and_line(found)
    assert (count(found, of_class, code), count(found, line, code)) == (22, None)
    found = measures([*places, Place("0301", asked=9)], {"5037": {code: 20}}, CLASSES)
    of_class, line = _class_and_line(found)
    assert (count(found, of_class, code), count(found, line, code)) == (20, 20)
