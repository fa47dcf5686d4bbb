"""Which looks stand out, among those without work around them."""

from datetime import UTC, datetime, timedelta

import pytest

from fotfeste.access.domain.types import LookRule
from fotfeste.access.domain.unusual import (
    Finding,
    Occasion,
    name_tokens,
    of_each_household,
    unusual,
)
from fotfeste.kernel.names import family_tokens, search_tokens

pytestmark = pytest.mark.req("ACS-03")

NINE = datetime(2024, 3, 14, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def look(number: int, household: int, minutes: int, user: int = 1) -> Occasion:
    """A look so many minutes after nine."""
    return Occasion(number, user, household, NINE + timedelta(minutes=minutes), "r")


def of_rule(rule: LookRule, *looks: Occasion, many: int = 3) -> list[Finding]:
    """What one rule finds."""
    return [finding for finding in unusual(looks, many=many, within=HOUR) if finding.rule is rule]


def test_each_household_that_somebody_looked_at_without_work_is_found_once_a_day() -> None:
    looks = [look(1, 7, 0), look(2, 7, 5), look(3, 8, 6), look(4, 7, 60 * 24), look(5, 7, 6, user=2)]
    found = of_rule(LookRule.WITHOUT_WORK, *looks)
    assert [(each.user_id, each.household_id, each.looks, each.look_id) for each in found] == [
        (1, 7, 1, 4), (2, 7, 1, 5), (1, 8, 1, 3), (1, 7, 2, 1),
    ]  # fmt: skip


def test_many_households_within_the_time_are_found_once_with_those_of_that_time() -> None:
    looks = [look(1, 7, 0), look(2, 8, 61), look(3, 9, 90), look(4, 7, 110), look(5, 7, 115), look(6, 8, 200)]
    [found] = of_rule(LookRule.MANY_WITHOUT_WORK, *looks)
    assert (found.households, found.looks, found.household_id) == (3, 4, None)
    assert (found.first_at, found.last_at) == (NINE + timedelta(minutes=61), NINE + timedelta(minutes=115))


def test_the_same_household_many_times_is_not_many() -> None:
    assert of_rule(LookRule.MANY_WITHOUT_WORK, *(look(n, 7, n) for n in range(20))) == []


def test_those_of_two_users_are_not_counted_together() -> None:
    assert of_rule(LookRule.MANY_WITHOUT_WORK, look(1, 7, 0), look(2, 8, 1), look(3, 9, 2, user=2)) == []


def test_what_is_a_minute_too_far_apart_is_not_many() -> None:
    assert of_rule(LookRule.MANY_WITHOUT_WORK, look(1, 7, 0), look(2, 8, 30), look(3, 9, 61)) == []
    assert len(of_rule(LookRule.MANY_WITHOUT_WORK, look(1, 7, 0), look(2, 8, 30), look(3, 9, 60))) == 1


def test_a_day_ends_at_midnight_in_norway() -> None:
    late = datetime(2024, 3, 14, 22, 59, tzinfo=UTC)  # one minute to midnight in Oslo
    looks = [Occasion(1, 1, 7, late, "r"), Occasion(2, 1, 7, late + timedelta(minutes=2), "r")]
    found = unusual(looks, many=9, within=HOUR)
    assert [each.looks for each in found] == [1, 1]


def test_nothing_stands_out_where_there_was_work_with_all() -> None:
    assert unusual([], many=3, within=HOUR) == []


def test_a_likeness_of_names_is_found_of_each_user_day_and_household() -> None:
    looks = [look(2, 7, 5), look(1, 7, 0), look(3, 8, 6), look(4, 7, 6, user=2)]
    found = of_each_household(LookRule.SAME_NAME, looks)
    assert {(each.rule, each.user_id, each.household_id, each.looks, each.look_id) for each in found} == {
        (LookRule.SAME_NAME, 1, 7, 2, 1), (LookRule.SAME_NAME, 1, 8, 1, 3), (LookRule.SAME_NAME, 2, 7, 1, 4),
    }  # fmt: skip


def stored(given_name: str, family_name: str, original_name: str = "") -> frozenset[str]:
    """What is kept of a person's names."""
    return search_tokens(given_name, family_name, original_name) | family_tokens(family_name)


@pytest.mark.parametrize(
    ("staff", "person", "is_full", "is_family"),
    [
        ("Olena Kovalenko", ("Olena", "Kovalenko"), True, True),
        ("Kovalenko Olena", ("Olena", "Kovalenko"), True, False),
        ("Pål Ødegård", ("Pal", "Odegard"), True, True),
        ("Olena Kovalenko", ("Olena Maria", "Kovalenko"), True, True),
        ("Kari Kovalenko", ("Olena", "Kovalenko"), False, True),
        ("Kari Hansen-Moe", ("Per", "Moe"), False, True),
        ("Kari Andrij", ("Andrij", "Kovalenko"), False, False),
        ("Olena Kovalenko", ("Олена", "Коваленко"), True, True),
        ("Olena Kovalenka", ("Olena", "Kovalenko"), False, False),
    ],
)
def test_names_are_alike_as_the_search_folds_them_and_a_given_name_is_no_family_name(
    staff: str, person: tuple[str, str], is_full: bool, is_family: bool
) -> None:
    tokens, kept = name_tokens(staff), stored(*person)
    families = {token for token in tokens if token.startswith("@")}
    assert (tokens - families <= kept) is is_full
    assert bool(families & kept) is is_family


@pytest.mark.parametrize("name", ["", "Olena", " - ", "Olena -"])
def test_a_name_of_one_word_is_like_nobodys(name: str) -> None:
    assert name_tokens(name) == frozenset()


def test_looks_at_protected_households_are_told_together_for_a_user_and_a_day_without_a_household() -> None:
    minutes = [(3, 1, 24 * 60), (1, 1, 0), (2, 1, 90), (4, 2, 5)]
    hidden = [Occasion(number, user, None, NINE + timedelta(minutes=after), "r") for number, user, after in minutes]
    found = of_each_household(LookRule.PROTECTED, hidden)
    assert {(each.user_id, each.look_id, each.looks, each.household_id, each.households) for each in found} == {
        (1, 1, 2, None, 0), (1, 3, 1, None, 0), (2, 4, 1, None, 0),
    }  # fmt: skip
    assert of_each_household(LookRule.PROTECTED, []) == []
