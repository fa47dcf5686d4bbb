"""Which months a run covers: quarters of MAMOT in arrears, thirds of a year of AMOT with an advance at the start."""

from datetime import date

import pytest

from fotfeste.grants.domain.periods import case_until, check_through, reach_of, through_of, throughs
from fotfeste.grants.domain.types import Scheme
from fotfeste.kernel.errors import Refused

pytestmark = pytest.mark.req("MON-01")


@pytest.mark.parametrize(
    ("scheme", "day", "through"),
    [
        (Scheme.MAMOT, date(2022, 6, 30), date(2022, 4, 1)),
        (Scheme.MAMOT, date(2022, 7, 1), date(2022, 7, 1)),
        (Scheme.MAMOT, date(2022, 1, 1), date(2022, 1, 1)),
        (Scheme.MAMOT, date(2022, 12, 31), date(2022, 10, 1)),
        (Scheme.AMOT, date(2022, 4, 30), date(2022, 1, 1)),
        (Scheme.AMOT, date(2022, 5, 1), date(2022, 5, 1)),
        (Scheme.AMOT, date(2022, 12, 31), date(2022, 9, 1)),
    ],
)
def test_a_run_reaches_to_the_end_of_the_last_period_that_is_over(scheme: Scheme, day: date, through: date) -> None:
    assert through_of(scheme, day) == through


def test_what_a_run_can_reach_is_listed_the_latest_first_back_to_the_first_stay() -> None:
    assert throughs(Scheme.MAMOT, date(2022, 3, 20), date(2022, 10, 5)) == (
        date(2022, 10, 1),
        date(2022, 7, 1),
        date(2022, 4, 1),
    )
    assert throughs(Scheme.AMOT, date(2022, 3, 20), date(2022, 10, 5)) == (date(2022, 9, 1), date(2022, 5, 1))
    assert throughs(Scheme.MAMOT, date(2022, 10, 2), date(2022, 10, 5)) == ()


def test_a_period_that_lasts_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        check_through(Scheme.MAMOT, date(2022, 10, 1), date(2022, 9, 30))
    assert (refused.value.code, refused.value.field) == ("period_not_over", "through")


@pytest.mark.parametrize(("scheme", "through"), [(Scheme.MAMOT, date(2022, 8, 1)), (Scheme.AMOT, date(2022, 7, 1))])
def test_a_day_that_ends_no_period_is_refused(scheme: Scheme, through: date) -> None:
    with pytest.raises(Refused) as refused:
        check_through(scheme, through, date(2022, 12, 1))
    assert refused.value.code == "not_a_period"


def test_amot_is_paid_four_months_in_advance_from_the_month_of_the_start() -> None:
    through, on = date(2022, 5, 1), date(2022, 6, 10)
    assert reach_of(Scheme.AMOT, [date(2022, 3, 20)], through, on=on) == date(2022, 7, 1)
    assert reach_of(Scheme.AMOT, [date(2021, 10, 2)], through, on=on) == through  # the advance is over
    assert reach_of(Scheme.AMOT, [date(2021, 10, 2), date(2022, 4, 30)], through, on=on) == date(2022, 8, 1)


def test_whoever_has_just_come_on_amot_need_not_wait_for_the_end_of_the_period() -> None:
    through = date(2022, 5, 1)
    assert reach_of(Scheme.AMOT, [date(2022, 5, 10)], through, on=date(2022, 5, 10)) == date(2022, 9, 1)
    assert reach_of(Scheme.AMOT, [date(2022, 5, 10)], through, on=date(2022, 5, 9)) == through  # not begun


def test_what_was_paid_in_advance_is_covered_although_the_stay_never_was() -> None:
    through, on = date(2022, 5, 1), date(2022, 6, 10)
    paid = [date(2022, month, 1) for month in (4, 5, 6, 7)]
    assert reach_of(Scheme.AMOT, [], through, on=on, booked=paid) == date(2022, 8, 1)
    assert reach_of(Scheme.MAMOT, [], date(2022, 4, 1), on=on, booked=paid) == date(2022, 4, 1)


def test_mamot_is_paid_in_arrears_alone() -> None:
    started, through = [date(2022, 3, 20)], date(2022, 4, 1)
    assert reach_of(Scheme.MAMOT, started, through, on=date(2022, 4, 5)) == through


def test_a_case_lasts_from_what_came_later_the_end_or_the_day_it_was_known() -> None:
    assert case_until(date(2022, 5, 10), date(2022, 9, 12)) == case_until(date(2022, 9, 12), date(2022, 5, 10))
    assert case_until(date(2022, 5, 10), date(2022, 5, 10)) == date(2025, 5, 10)
