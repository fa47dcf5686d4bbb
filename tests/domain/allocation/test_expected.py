"""Whom a plan expects: like those of late, as many as the months of the year bring, until the year is over."""

from dataclasses import replace
from datetime import date

import pytest

from fotfeste.allocation.domain.expected import FEWEST, NOBODY, Season, expected, season, weeks_ahead
from fotfeste.allocation.domain.policy import Policy
from fotfeste.allocation.domain.types import Group, SaidNo
from fotfeste.directory.reference import monthly_applications
from fotfeste.directory.reference.records import MonthlyApplications
from fotfeste.kernel.calendar import Week
from tests.domain.allocation.making import POLICY, group

ON = date(2026, 3, 2)
LATE = [replace(group(2), said_no=(SaidNo("1001"),))] * FEWEST
FLAT = Season({}, {})


def looking_ahead(weeks: int, recent: int = 12) -> Policy:
    """The policy with other weeks."""
    values = {"coming_weeks": weeks, "recent_weeks": recent}
    parameters = {name: replace(POLICY.parameters[name], value=value) for name, value in values.items()}
    return replace(POLICY, parameters={**POLICY.parameters, **parameters})


def row(year: int, month: int, applications: int, scheme: str = "collective_protection") -> MonthlyApplications:
    return MonthlyApplications(scheme, year, month, "TOTAL", applications, "complete row", "udi.no")


def test_the_months_of_udi_are_known_as_far_as_its_tables_go() -> None:
    found = season(monthly_applications())
    assert found.gaps == (10, 11, 12)
    assert found.years[5] == (2024, 2026)
    assert found.years[9] == (2024,)
    assert found.of(date(2027, 11, 3)) == 1.0
    assert found.of(date(2027, 9, 3)) == pytest.approx(2105 / (14094 / 9))


def test_a_month_is_held_against_the_known_months_of_its_own_year() -> None:
    found = season([row(2024, 1, 100), row(2024, 2, 300), row(2026, 2, 10), row(2025, 1, 999, "individual_asylum")])
    assert found.share == {1: 0.5, 2: (1.5 + 1.0) / 2}


def test_only_the_weeks_that_are_left_of_the_year_count() -> None:
    assert len(list(weeks_ahead(date(2026, 12, 10), 2026, 52))) == 3  # weeks 51 to 53
    assert list(weeks_ahead(date(2026, 12, 28), 2026, 52)) == []
    assert list(weeks_ahead(ON, 2026, 2)) == [date(2026, 3, 9), date(2026, 3, 16)]


@pytest.mark.parametrize("on", [date(2024, 12, 30), date(2027, 1, 2)], ids=["in 2025-W01", "in 2026-W53"])
def test_at_new_year_the_weeks_are_those_of_the_year_whose_places_they_are(on: date) -> None:
    year = max(on.year, Week.of(on).year)
    weeks = [Week.of(day) for day in weeks_ahead(on, year, 60)]
    assert (weeks[0], weeks[-1]) == (Week.of(on) + 1, Week(year, 52))


def test_each_of_those_of_late_stands_for_as_many_as_the_months_bring() -> None:
    assert expected(LATE, looking_ahead(24), ON, 2026, FLAT).each == 2.0
    spring = Season(dict.fromkeys((3, 4, 5), 2.0) | {1: 1.0, 2: 1.0, 12: 1.0}, {})
    found = expected(LATE, looking_ahead(8, 9), ON, 2026, spring)
    assert found.each == pytest.approx(8 * 2.0 / (1 * 2.0 + 8 * 1.0))


def test_they_come_anew() -> None:
    found = expected(LATE, looking_ahead(24), ON, 2026, FLAT)
    assert len(found.groups) == FEWEST
    assert {each.said_no for each in found.groups} == {()}
    assert {(each.due_since_on, each.goal_on - each.due_since_on) for each in found.groups} == {
        (ON, LATE[0].goal_on - LATE[0].due_since_on)
    }


@pytest.mark.parametrize(
    ("late", "weeks", "on"),
    [(LATE, 0, ON), (LATE[1:], 24, ON), (LATE, 24, date(2026, 12, 28))],
    ids=["the policy looks no week ahead", "too few to say anything", "the year is over"],
)
def test_nobody_is_expected(late: list[Group], weeks: int, on: date) -> None:
    assert expected(late, looking_ahead(weeks), on, 2026, FLAT) is NOBODY
