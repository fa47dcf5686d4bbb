"""Days in Norway: legal days, ISO weeks, months, working days."""

from datetime import UTC, date, datetime, time, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.kernel.calendar import (
    OSLO,
    Month,
    Week,
    add_months,
    add_working_days,
    is_working_day,
    legal_day,
    next_working_day,
    on_the_wall,
    public_holidays,
)
from fotfeste.kernel.errors import Refused

days = st.dates(date(2000, 1, 1), date(2050, 12, 31))


@pytest.mark.parametrize(
    ("instant", "expected"),
    [
        (datetime(2024, 1, 31, 22, 59, tzinfo=UTC), date(2024, 1, 31)),
        (datetime(2024, 1, 31, 23, 0, tzinfo=UTC), date(2024, 2, 1)),
        (datetime(2024, 6, 30, 21, 59, tzinfo=UTC), date(2024, 6, 30)),
        (datetime(2024, 6, 30, 22, 0, tzinfo=UTC), date(2024, 7, 1)),
        (datetime(2024, 6, 30, 23, 30, tzinfo=OSLO), date(2024, 6, 30)),
    ],
)
def test_the_legal_day_is_the_day_in_oslo(instant: datetime, expected: date) -> None:
    assert legal_day(instant) == expected


def test_an_instant_without_a_time_zone_has_no_legal_day() -> None:
    with pytest.raises(ValueError, match="time zone"):
        legal_day(datetime.fromisoformat("2024-01-01T12:00"))


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2024, 3, 18), "2024-W12"),
        (date(2024, 12, 30), "2025-W01"),
        (date(2021, 1, 3), "2020-W53"),
        (date(2027, 1, 1), "2026-W53"),
    ],
)
def test_a_day_falls_in_its_iso_week(day: date, text: str) -> None:
    assert str(Week.of(day)) == text
    assert Week.parse(text) == Week.of(day)


@given(days, st.integers(-500, 500))
def test_weeks_add_up_and_keep_their_order(day: date, weeks: int) -> None:
    week = Week.of(day)
    later = week + weeks
    assert later == Week.of(day + timedelta(weeks=weeks))
    assert (later > week) is (weeks > 0)
    assert week.period.contains(day)
    assert week.period.days() == 7
    assert (week.first_day.isoweekday(), week.last_day.isoweekday()) == (1, 7)
    assert Week.parse(str(week)) == week
    assert week.period.touches((week + 1).period)


@pytest.mark.parametrize("text", ["2024-12", "2024-W1", "2024-W53", "2024-W00", "uke 12", "", "٢٠٢٤-W12"])
def test_what_is_no_week_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refusal:
        Week.parse(text)
    assert refusal.value.code == "week_invalid"


@given(days, st.integers(-300, 300))
def test_months_add_up_and_keep_their_order(day: date, months: int) -> None:
    month = Month.of(day)
    assert month.period.contains(day)
    assert (month + months) + -months == month
    assert ((month + months) > month) is (months > 0)
    assert Month.parse(str(month)) == month
    assert month.period.touches((month + 1).period)


@pytest.mark.parametrize("text", ["2024", "2024-13", "2024-00", "24-01", "mars 2024"])
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refusal:
        Month.parse(text)
    assert refusal.value.code == "month_invalid"


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2024, 3, 31), -1, date(2024, 2, 29)),
        (date(2024, 12, 15), 1, date(2025, 1, 15)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 5, 3), 0, date(2024, 5, 3)),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_the_month(start: date, months: int, expected: date) -> None:
    assert add_months(start, months) == expected


def test_the_norwegian_holidays_of_every_year_are_those_of_a_library_that_others_keep() -> None:
    for year in range(1947, 2101):
        assert public_holidays(year) == frozenset(holidays.country_holidays("NO", years=year)), year


def test_the_norwegian_holidays_of_2024_are_known() -> None:
    named = [
        (1, 1),
        (3, 28),
        (3, 29),
        (3, 31),
        (4, 1),
        (5, 1),
        (5, 9),
        (5, 17),
        (5, 19),
        (5, 20),
        (12, 25),
        (12, 26),
    ]
    assert public_holidays(2024) == {date(2024, month, day) for month, day in named}


@pytest.mark.parametrize(
    ("day", "is_working"),
    [
        (date(2024, 5, 16), True),
        (date(2024, 5, 17), False),  # Constitution Day
        (date(2024, 5, 18), False),  # Saturday
        (date(2024, 5, 20), False),  # Whit Monday
        (date(2024, 12, 24), True),
        (date(2025, 4, 17), False),  # Maundy Thursday
    ],
)
def test_a_working_day_is_neither_weekend_nor_holiday(day: date, is_working: bool) -> None:
    assert is_working_day(day) is is_working


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        (date(2024, 5, 16), 1, date(2024, 5, 21)),  # over 17 May, Whitsun and Whit Monday
        (date(2024, 5, 21), -1, date(2024, 5, 16)),
        (date(2024, 5, 18), 1, date(2024, 5, 21)),
        (date(2024, 5, 18), 0, date(2024, 5, 18)),
        (date(2024, 3, 26), 3, date(2024, 4, 3)),  # over Easter
    ],
)
def test_working_days_are_counted_over_holidays(day: date, n: int, expected: date) -> None:
    assert add_working_days(day, n) == expected


@given(days, st.integers(0, 20), st.integers(0, 20))
def test_working_days_add_up(day: date, first: int, then: int) -> None:
    assert add_working_days(add_working_days(day, first), then) == add_working_days(day, first + then)


@given(days, st.integers(1, 20))
def test_exactly_n_working_days_are_passed(day: date, n: int) -> None:
    end = add_working_days(day, n)
    passed = [day + timedelta(days=each) for each in range(1, (end - day).days + 1)]
    assert is_working_day(end)
    assert sum(map(is_working_day, passed)) == n


@given(days)
def test_the_next_working_day_is_the_first_from_the_day_on(day: date) -> None:
    found = next_working_day(day)
    assert is_working_day(found)
    assert not any(is_working_day(day + timedelta(days=each)) for each in range((found - day).days))


def test_the_hour_that_summer_time_leaps_over_is_refused_with_its_field() -> None:
    with pytest.raises(Refused) as refused:
        on_the_wall(date(2027, 3, 28), time(2, 30), field="clock")
    assert (refused.value.code, refused.value.field) == ("hour_does_not_exist", "clock")
    for clock, hour in ((time(1, 59), 0), (time(3, 0), 1)):
        assert on_the_wall(date(2027, 3, 28), clock).astimezone(UTC).hour == hour


def test_of_the_hour_that_comes_twice_the_first_is_meant() -> None:
    for clock in (time(2, 30), time(2, 30, fold=1)):
        assert on_the_wall(date(2027, 10, 31), clock).astimezone(UTC) == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
