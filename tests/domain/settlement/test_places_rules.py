"""Figures of a municipality's year: what can be said, and in which year a place counts."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from fotfeste.kernel.calendar import Week
from fotfeste.kernel.errors import Refused
from fotfeste.settlement.domain.places import SaidFigure, check_figure, check_year, counting_year

TODAY = date(2024, 3, 14)
SAID = SaidFigure(persons=20, minors=3, decided_on=TODAY, source="Sak 12/24")


@pytest.mark.req("SET-10")
@pytest.mark.parametrize("said", [SAID, replace(SAID, minors=20), replace(SAID, minors=0), replace(SAID, minors=None)])
def test_a_figure_of_today_with_minors_among_its_persons_can_be_said(said: SaidFigure) -> None:
    check_figure(said, TODAY)


@pytest.mark.req("SET-10")
@pytest.mark.parametrize(
    ("said", "code"),
    [
        (replace(SAID, minors=21), "minors_are_among_the_persons"),
        (replace(SAID, minors=-1), "minors_are_among_the_persons"),
        (replace(SAID, decided_on=TODAY + timedelta(days=1)), "decided_in_the_future"),
        (replace(SAID, source=" "), "figure_source_missing"),
        (replace(SAID, persons=-1), "not_a_number_of_persons"),
    ],
)
def test_a_figure_that_cannot_be_is_refused(said: SaidFigure, code: str) -> None:
    with pytest.raises(Refused, match=code):
        check_figure(said, TODAY)


@pytest.mark.req("SET-10")
@pytest.mark.parametrize(("year", "is_refused"), [(2021, True), (2022, False), (2027, False), (2028, True)])
def test_figures_are_said_of_the_years_around_this_one(year: int, is_refused: bool) -> None:
    if not is_refused:
        check_year(year, TODAY)
        return
    with pytest.raises(Refused, match="figure_of_another_time"):
        check_year(year, TODAY)


@pytest.mark.req("SET-10")
@pytest.mark.parametrize(
    ("week", "day", "year"),
    [
        (None, date(2024, 12, 30), 2024),
        (Week(2025, 1), date(2024, 12, 30), 2025),
        (Week(2024, 52), date(2024, 12, 29), 2024),
        (Week(2026, 53), date(2026, 12, 30), 2026),
        (Week(2026, 53), date(2027, 1, 2), 2027),
        (Week(2024, 25), date(2024, 6, 24), 2024),
    ],
)
def test_a_place_counts_in_the_year_of_its_week_and_in_none_that_is_over(
    week: Week | None, day: date, year: int
) -> None:
    assert counting_year(week, day) == year
