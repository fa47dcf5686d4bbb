"""Figures put together: every month, the ten with most, small counts hidden, sizes, years, handling time."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.insight.domain.figures import (
    Both,
    Count,
    Municipality,
    by_centrality,
    by_size,
    by_weeks,
    by_year,
    every_month,
    handling_time,
    top_places,
)

pytestmark = pytest.mark.req("INS-01")
OSLO = Municipality("0301", "Oslo", 717_710, 1)
LEVANGER = Municipality("5037", "Levanger", 20_000, 3)
VERDAL = Municipality("5038", "Verdal", 19_999, 4)
SNAASA = Municipality("5041", "Snåsa", 4_999, 5)
ALL = {each.number: each for each in (OSLO, LEVANGER, VERDAL, SNAASA)}


def test_a_month_without_applications_is_there_too() -> None:
    found = every_month({date(2022, 11, 1): Both(3, 1), date(2023, 2, 1): Both(5)})

    assert found == [
        (date(2022, 11, 1), Both(3, 1)),
        (date(2022, 12, 1), Both(0)),
        (date(2023, 1, 1), Both(0)),
        (date(2023, 2, 1), Both(5)),
    ]
    assert every_month({}) == []


@pytest.mark.parametrize(("number", "shown"), [(0, 0), (1, None), (4, None), (5, 5), (470, 470)])
def test_one_to_four_are_not_shown(number: int, shown: int | None) -> None:
    assert Count(number).shown == shown


def test_ones_own_municipality_stands_after_the_ten_with_most_and_is_not_hidden() -> None:
    many = {f"99{n:02}": Municipality(f"99{n:02}", f"K{n:02}", 10_000, 4) for n in range(12)} | ALL
    places = {number: 20 + int(number) % 100 for number in many if number.startswith("99")} | {"5041": 2}
    found = top_places(places, many, "5041")

    assert len(found) == 11
    assert [line.places.number for line in found[:10]] == sorted(places.values(), reverse=True)[:10]
    assert (found[-1].municipality, found[-1].is_own) == (SNAASA, True)
    assert len(top_places(places, many, None)) == len(top_places(places, many, "9911")) == 10


def test_a_municipality_without_anybody_sees_that_it_has_none() -> None:
    assert top_places({"0301": 9}, ALL, "5041")[-1].places == Count(0)


def test_sizes_are_those_of_ssb_and_each_municipality_is_in_one() -> None:
    small, middle, large = by_size({"0301": 470, "5037": 189, "5041": 3}, list(ALL.values()))

    assert (small.municipalities, small.with_places, small.places.shown) == (1, 1, None)
    assert (middle.municipalities, middle.with_places, middle.places.number) == (1, 0, 0)
    assert (large.municipalities, large.with_places, large.places.number) == (2, 2, 659)


def test_centrality_has_a_line_for_each_class() -> None:
    found = by_centrality({"0301": 470, "5037": 189}, list(ALL.values()))

    assert [line.code for line in found] == ["1", "2", "3", "4", "5", "6"]
    assert [line.places.number for line in found] == [470, 0, 189, 0, 0, 0]


def test_amounts_of_quarters_are_summed_by_year() -> None:
    quarters = [(date(2022, 4, 1), Both(10, 4)), (date(2022, 7, 1), Both(20, 0)), (date(2023, 1, 1), Both(-5, 1))]

    assert by_year(quarters) == [(2022, Both(30, 4)), (2023, Both(-5, 1))]


def test_half_of_the_applications_are_decided_within_the_median() -> None:
    found = handling_time({3: 2, 14: 2, 15: 1, 31: 1, 60: 1})

    assert (found.applications, found.median_days) == (7, 14)
    assert (found.within_two_weeks, found.within_a_month) == (4, 6)
    assert (found.percent(found.within_two_weeks), found.percent(found.within_a_month)) == (57, 86)


def test_without_applications_there_is_no_median_and_no_part() -> None:
    assert handling_time({}).median_days is None
    assert handling_time({}).percent(0) is None


@given(st.dictionaries(st.integers(0, 400), st.integers(1, 50), max_size=20))
def test_every_application_is_in_one_week(days: dict[int, int]) -> None:
    weeks = by_weeks({day: Both(many) for day, many in days.items()})

    assert sum(both.country for _, both in weeks) == sum(days.values())
    assert dict(weeks)[1].country == sum(many for day, many in days.items() if day <= 7)
    assert dict(weeks)[2].country == sum(many for day, many in days.items() if 7 < day <= 14)
    assert dict(weeks)[8].country == sum(many for day, many in days.items() if day > 49)
