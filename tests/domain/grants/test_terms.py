"""The dated terms: when grants are paid, what they are computed by, and what is chosen by us."""

from datetime import date

import pytest

from fotfeste.grants.domain.parameters import book
from fotfeste.grants.domain.terms import days_in, first_day, month_number, terms_of
from fotfeste.grants.domain.types import MonthRule, Scheme
from fotfeste.kernel.parameters import ParameterStatus

MAMOT, AMOT = terms_of(Scheme.MAMOT), terms_of(Scheme.AMOT)


@pytest.mark.req("MON-01")
def test_mamot_is_paid_per_quarter_in_arrears() -> None:
    """On the last day of a quarter it is not over."""
    paying = MAMOT.paying(date(2022, 6, 30))
    assert paying.closed_through(date(2022, 6, 30)) == date(2022, 4, 1)
    assert paying.closed_through(date(2022, 7, 1)) == date(2022, 7, 1)
    assert paying.closed_through(date(2023, 1, 31)) == date(2023, 1, 1)
    assert paying.advance_through(date(2022, 3, 20)) == date(2022, 3, 1)


@pytest.mark.req("MON-01")
def test_amot_is_paid_per_four_months_and_four_in_advance() -> None:
    """57 396 kroner in advance in 2018."""
    paying = AMOT.paying(date(2018, 5, 1))
    assert [paying.closed_through(date(2018, month, 15)).month for month in (1, 4, 5, 8, 9, 12)] == [1, 1, 5, 5, 9, 9]
    assert paying.advance_through(date(2018, 11, 30)) == date(2019, 3, 1)
    rate = AMOT.rate(date(2018, 5, 1))
    assert rate is not None
    assert rate.amount_ore * paying.advance_months == 5_739_600


@pytest.mark.req("MON-01")
def test_rates_have_a_version_a_source_and_end_with_their_year() -> None:
    """No rate goes on into a year for which none is known."""
    rates = {year: MAMOT.rate(date(year, 12, 1)) for year in range(2021, 2026)}
    assert {year: rate and rate.amount_ore for year, rate in rates.items()} == {
        2021: None,
        2022: 1_610_500,
        2023: 1_694_200,
        2024: 1_768_700,
        2025: None,
    }
    assert [rate.version for rate in rates.values() if rate] == [f"{y}-01-01/{y}-01-01" for y in (2022, 2023, 2024)]
    assert AMOT.rate(date(2019, 1, 1)) is None


@pytest.mark.req("MON-01")
def test_what_is_chosen_by_us_says_so() -> None:
    """A value is ours just where its source says it is, and then it is marked demo."""
    for code in book().codes():
        for version in book().history(code):
            assert version.source.lower().startswith("chosen by us") == (version.status is ParameterStatus.DEMO), code
    ours = {code for code in book().codes() if book().history(code)[0].status is ParameterStatus.DEMO}
    assert "grants.MAMOT.month_rule" in ours
    assert "grants.AMOT.month_rule" not in ours


def test_each_month_rule_in_force_is_one_that_is_known() -> None:
    """Before the first rule it is the first: there is no rate then."""
    for terms in (MAMOT, AMOT):
        assert terms.month_rule(date(1990, 1, 1)) is MonthRule.STARTED_MONTH
        assert terms.month_rule_ref(date(2026, 1, 1)).code == f"grants.{terms.scheme}.month_rule"


def test_a_run_that_was_asked_for_waits_two_hours() -> None:
    """Ours."""
    assert MAMOT.order_hours(date(2024, 1, 1)) == 2


@pytest.mark.parametrize("month", [date(1, 1, 1), date(2024, 2, 1), date(9999, 12, 1)])
def test_months_are_counted_and_found_again(month: date) -> None:
    """From the first that there is to the last."""
    assert first_day(month_number(month)) == month
    assert days_in(month) == {1: 31, 2: 29, 12: 31}[month.month]
