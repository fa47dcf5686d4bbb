"""Birthdays, full years, and who is of age."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.kernel.ages import age_on, birthday, is_adult

BORN = date(2008, 2, 29)


@pytest.mark.req("REG-06")
@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2006, 3, 14), date(2024, 3, 13), 17),
        (date(2006, 3, 14), date(2024, 3, 14), 18),
        (BORN, date(2023, 2, 28), 14),
        (BORN, date(2023, 3, 1), 15),
        (BORN, date(2024, 2, 29), 16),
        (date(2024, 3, 14), date(2024, 3, 14), 0),
        (date(2024, 3, 15), date(2024, 3, 14), -1),
    ],
)
def test_age_is_the_number_of_full_years(born: date, day: date, age: int) -> None:
    assert age_on(born, day) == age


@pytest.mark.req("REG-06")
@given(st.dates(date(1920, 1, 1), date(2030, 1, 1)), st.integers(0, 100))
def test_age_grows_by_one_on_the_birthday_and_on_no_other_day(born: date, years: int) -> None:
    day = birthday(born, years)
    assert age_on(born, day) == years
    assert age_on(born, day - timedelta(1)) == years - 1
    assert is_adult(born, day) is (years >= 18)
