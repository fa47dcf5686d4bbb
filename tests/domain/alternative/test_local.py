"""Notice, follow-up and reports: pure rules by dated parameters."""

from datetime import date

import pytest

from fotfeste.alternative.domain.local import (
    contact_due,
    is_given_in_time,
    must_report,
    notice_for,
    report_due,
    years_lived,
)
from fotfeste.alternative.domain.parameters import book
from fotfeste.kernel.errors import NoRule
from fotfeste.kernel.periods import Period


@pytest.mark.req("ALT-10")
def test_notice_is_given_one_to_two_months_before() -> None:
    first, last = notice_for(date(2024, 5, 31), book())
    assert (first.on, last.on) == (date(2024, 3, 31), date(2024, 4, 30))
    assert is_given_in_time(date(2024, 4, 30), date(2024, 5, 31), book())
    assert not is_given_in_time(date(2024, 5, 1), date(2024, 5, 31), book())


@pytest.mark.req("ALT-12")
def test_contact_is_due_some_weeks_after_the_last() -> None:
    due = contact_due(date(2024, 1, 1), book())
    assert due.on == date(2024, 2, 12)
    assert not due.is_late_on(date(2024, 2, 12))
    assert due.is_late_on(date(2024, 2, 13))


@pytest.mark.req("ALT-13")
def test_amot_is_reported_of_and_mamot_is_not() -> None:
    assert must_report("amot", 2023, book())
    assert not must_report("mamot", 2023, book())
    with pytest.raises(NoRule):
        must_report("mamot", 2021, book())
    assert report_due(2023, book()).on == date(2024, 2, 29)
    assert report_due(2024, book()).on == date(2025, 2, 28)


@pytest.mark.req("ALT-13")
@pytest.mark.parametrize(
    ("period", "years"),
    [
        (Period(date(2022, 12, 31), date(2023, 1, 1)), [2022]),
        (Period(date(2022, 12, 31), date(2023, 1, 2)), [2022, 2023]),
        (Period(date(2023, 6, 1)), [2023, 2024]),
        (Period(date(2024, 6, 1)), []),
    ],
)
def test_the_years_with_a_day_there_until_today(period: Period, years: list[int]) -> None:
    assert years_lived([period], date(2024, 3, 14)) == years
