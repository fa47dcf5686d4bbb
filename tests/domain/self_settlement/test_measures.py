"""Shares, days and reasons of agreed self-settlement; what could tell of somebody is hidden (SET-13, SET-17)."""

import pytest

from fotfeste.self_settlement.domain.measures import measures
from fotfeste.self_settlement.domain.places import Place
from fotfeste.self_settlement.domain.types import NoReason

pytestmark = [pytest.mark.req("SET-13"), pytest.mark.req("SET-17")]
PLACES = [
    Place("0301", settled=100, self_settled=20, asked=30, answered=25, answer_days=250, moved=20, move_days=1210),
    Place("5037", settled=40, self_settled=2, asked=4, answered=4, answer_days=8, moved=2, move_days=80),
    Place("5038", settled=20),
    Place("1103", settled=60, self_settled=6, asked=9),
    Place("3203", settled=90, self_settled=8, asked=12),
]
CENTRALITY = {"0301": 1, "3203": 1, "5037": 4, "5038": 4, "1103": 4}


def test_the_country_has_shares_and_mean_days() -> None:
    found = measures(PLACES, {}, CENTRALITY)
    assert (found.country.settled, found.country.self_settled, found.country.percent) == (310, 36, 11)
    assert (found.country.answer_days, found.country.move_days) == (9, 59)


def test_a_small_count_is_hidden_but_for_ones_own() -> None:
    lines = {line.code: line for line in measures(PLACES, {}, CENTRALITY).by_municipality}
    assert list(lines) == ["0301", "3203", "1103"]  # a line would tell of the few in 5037
    assert (lines["0301"].self_settled, lines["0301"].percent) == (20, 20)
    own = {line.code: line for line in measures(PLACES, {}, CENTRALITY, own="5037").by_municipality}["5037"]
    assert (own.self_settled, own.asked, own.percent) == (2, 4, 5)
    assert [line.code for line in measures([], {}, CENTRALITY, own="5037").by_municipality] == ["5037"]


def test_a_count_beside_a_small_one_is_hidden_where_the_small_one_would_be_what_is_left() -> None:
    found = measures(PLACES, {}, CENTRALITY)
    lines = {line.code: line for line in found.by_municipality}
    assert (found.by_centrality[3].self_settled, lines["1103"].self_settled) == (8, None)  # 8 less 6 are the 2 in 5037
    assert lines["1103"].settled == 60


def test_every_class_of_centrality_has_a_line() -> None:
    found = measures(PLACES, {}, CENTRALITY)
    assert [line.code for line in found.by_centrality] == ["1", "2", "3", "4", "5", "6"]
    assert found.by_centrality[3].settled == 120
    assert found.by_centrality[1].percent is None


def test_reasons_come_by_how_often_and_small_ones_are_hidden() -> None:
    noes = {"0301": {"no_capacity": 8, "other": 3}, "3203": {"no_capacity": 4, "not_allowed": 7}}
    found = measures(PLACES, noes, CENTRALITY)
    country = dict(zip(found.reasons, found.country.noes, strict=True))
    assert (found.reasons[:2], country["no_capacity"], country["not_allowed"]) == (
        ["no_capacity", "not_allowed"],
        12,
        7,
    )
    # All reasons have a line: that one has been given would tell of the few.
    assert {code for code, many in country.items() if many is None} == set(NoReason) - {"no_capacity", "not_allowed"}


def test_few_answers_have_no_mean() -> None:
    found = measures([PLACES[1]], {}, CENTRALITY)
    assert (found.country.answer_days, found.country.move_days) == (None, None)


def test_days_are_told_by_centrality_and_by_municipality_and_always_of_ones_own() -> None:
    found = measures(PLACES, {}, CENTRALITY, own="5037")
    assert [line.answer_days for line in found.by_centrality] == [10, None, None, None, None, None]
    days = {line.code: (line.answer_days, line.move_days) for line in found.by_municipality}
    assert days == {"0301": (10, 61), "3203": (None, None), "1103": (None, None), "5037": (2, 40)}
    assert found.own is not None
    assert (found.own.code, found.own.answer_days) == ("5037", 2)
    assert measures(PLACES, {}, CENTRALITY).own is None


def test_reasons_are_told_by_centrality_and_by_municipality_and_always_of_ones_own() -> None:
    noes = {"0301": {"no_capacity": 9}, "5037": {"no_capacity": 1}, "1103": {"other": 2}, "3203": {"no_capacity": 6}}
    found = measures(PLACES, noes, CENTRALITY, own="5037")
    assert found.reasons[0] == "no_capacity"
    assert [line.noes[0] for line in found.by_centrality] == [15, None, None, None, None, None]
    given = {line.code: line.noes[0] for line in found.by_municipality}
    assert given == {"0301": 9, "3203": 6, "1103": None, "5037": 1}
    assert found.own is not None
    assert list(found.own.noes) == [1, 0, 0, 0, 0]
