"""Which months are due, to whom, how much."""

from datetime import date

import pytest

from fotfeste.grants.domain.computing import compute
from fotfeste.grants.domain.dues import due, split_by_days
from fotfeste.grants.domain.terms import Months, Terms, terms_of
from fotfeste.grants.domain.types import MonthRule, Refused, Scheme
from fotfeste.kernel.parameters import ParameterBook
from tests.domain.grants.making import (
    FREDRIKSTAD,
    OSLO,
    PERSON,
    RATE_2022,
    RATE_2023,
    RATE_2024,
    TRONDHEIM,
    brief,
    day,
    facts,
    row,
)

DAILY = """
[[value]]
code = "grants.MAMOT.month_rule"
value = "daily"
unit = "started_month or daily"
effective_from = 2023-01-01
known_from = 2023-01-01
source = "of this test"
status = "demo"
"""


def by_days() -> Terms:
    """MAMOT where each day counts, from 2023."""
    ours = terms_of(Scheme.MAMOT)
    return Terms(Scheme.MAMOT, ours.parameters.with_versions(ParameterBook.load(DAILY).versions))


@pytest.mark.req("MON-01")
def test_one_day_in_a_month_gives_the_whole_month() -> None:
    """The last day of March, and the first of April."""
    run = compute(facts(row("2022-03-31", "2022-04-02"), through="2022-06-01"))
    assert brief(run.lines) == [(FREDRIKSTAD, "2022-03", RATE_2022), (FREDRIKSTAD, "2022-04", RATE_2022)]
    assert {each.month_rule for each in run.lines} == {MonthRule.STARTED_MONTH}


@pytest.mark.req("MON-01")
@pytest.mark.parametrize(("settled", "months"), [("2022-06-01", ["2022-05"]), ("2022-06-02", ["2022-05", "2022-06"])])
def test_the_day_it_ends_is_no_day_on_the_scheme(settled: str, months: list[str]) -> None:
    """Settled on the first of June leaves June; a day later it is due."""
    run = compute(facts(row("2022-05-20", settled), through="2022-09-01"))
    assert [month for _, month, _ in brief(run.lines)] == months


@pytest.mark.req("MON-01")
def test_each_year_has_its_rate_and_says_where_it_is_from() -> None:
    """From December to January, twice."""
    run = compute(facts(row("2022-12-31", "2024-01-02"), through="2024-03-01"))
    assert [amount for _, _, amount in brief(run.lines)] == [RATE_2022, *[RATE_2023] * 12, RATE_2024]
    rates = [each.rate for each in run.lines if each.rate is not None]
    assert [(each.effective_from, each.source) for each in rates][-1] == (date(2024, 1, 1), "MAMOT 4.2.5")
    assert len(rates) == len(run.lines)


@pytest.mark.req("MON-01")
def test_a_month_without_a_rate_is_refused_and_the_rest_goes_on() -> None:
    """Before 2022 and after 2024 no rate is known, and none is guessed."""
    run = compute(facts(row("2021-12-05", "2022-01-09"), row("2024-12-31", row=2), through="2025-02-01"))
    assert brief(run.lines) == [(FREDRIKSTAD, "2022-01", RATE_2022), (FREDRIKSTAD, "2024-12", RATE_2024)]
    assert run.refused == (
        Refused(PERSON, FREDRIKSTAD, day("2021-12"), "no_rate"),
        Refused(PERSON, FREDRIKSTAD, day("2025-01"), "no_rate"),
    )


@pytest.mark.req("MON-01")
def test_amot_has_the_rate_of_2018_alone() -> None:
    """Verified, and old."""
    run = compute(facts(row("2018-12-01"), through="2019-02-01", known="2022-02-01", scheme=Scheme.AMOT))
    assert brief(run.lines) == [(FREDRIKSTAD, "2018-12", 1_434_900)]
    assert [each.month for each in run.refused] == [day("2019-01")]


def test_a_run_covers_months_that_end_before_its_last_day() -> None:
    """Neither a day of the month after, nor a stay that begins there."""
    run = compute(facts(row("2022-03-20"), row("2022-05-01", row=2, person="x"), through="2022-05-01"))
    assert [month for _, month, _ in brief(run.lines)] == ["2022-03", "2022-04"]


@pytest.mark.req("MON-04")
def test_a_month_in_two_municipalities_is_due_once_to_the_first() -> None:
    """Also where the rows come the other way round, and a third municipality is passed within the month."""
    stays = (
        row("2023-03-20", "2023-05-03", OSLO, row=3),
        row("2023-03-12", "2023-03-20", TRONDHEIM, row=2),
        row("2023-02-10", "2023-03-12", FREDRIKSTAD, row=1),
    )
    run = compute(facts(*stays, through="2023-07-01"))
    assert brief(run.lines) == [
        (OSLO, "2023-04", RATE_2023),
        (OSLO, "2023-05", RATE_2023),
        (FREDRIKSTAD, "2023-02", RATE_2023),
        (FREDRIKSTAD, "2023-03", RATE_2023),
    ]


@pytest.mark.req("MON-04")
def test_two_stays_in_one_month_and_municipality_give_it_once() -> None:
    """They touch, or there are days between: the first gives the month."""
    for second in ("2023-03-12", "2023-03-25"):
        stays = (row("2023-03-01", "2023-03-12"), row(second, "2023-03-31", row=2))
        run = compute(facts(*stays, through="2023-07-01"))
        assert [(each.stay, each.amount_ore) for each in run.lines] == [("s1", RATE_2023)]


def test_a_stay_of_no_days_gives_nothing_and_takes_nothing() -> None:
    """Neither alone, nor on the day another begins elsewhere."""
    stays = (row("2023-03-12", "2023-03-12"), row("2023-03-12", None, TRONDHEIM, row=2))
    run = compute(facts(*stays, through="2023-04-01"))
    assert brief(run.lines) == [(TRONDHEIM, "2023-03", RATE_2023)]
    assert compute(facts(stays[0], through="2023-04-01")).lines == ()


def test_what_is_not_known_yet_and_what_is_superseded_gives_nothing() -> None:
    """On the very instant a row is superseded it is not there any more, and the new one is."""
    old = row("2023-01-01", row=1, stay="s", known_to="2023-02-01")
    new = row("2023-01-10", None, TRONDHEIM, row=2, stay="s", known_from="2023-02-01")
    for known, municipality in (("2023-01-31", FREDRIKSTAD), ("2023-02-01", TRONDHEIM)):
        run = compute(facts(old, new, through="2023-02-01", known=known))
        assert [each.municipality for each in run.lines] == [municipality]
    assert compute(facts(old, new, through="2023-02-01", known="2021-12-31")).lines == ()


@pytest.mark.req("MON-01")
def test_a_rule_of_days_gives_each_municipality_its_part() -> None:
    """March 2023: eleven days in one, twenty in the other, and the parts sum to the whole. 2022 is by its own rule."""
    stays = (row("2022-12-31", "2023-03-12"), row("2023-03-12", "2023-04-02", TRONDHEIM, row=2))
    run = compute(facts(*stays, through="2023-06-01"), by_days())
    march = {each.municipality: each.amount_ore for each in run.lines if each.month == day("2023-03")}
    assert march == {FREDRIKSTAD: 601_168, TRONDHEIM: 1_093_032}
    assert sum(march.values()) == RATE_2023
    april = [each.amount_ore for each in run.lines if each.month == day("2023-04")]
    assert april == [56_473]  # 1 694 200 / 30 = 56 473,33
    rules = {each.month.year: each.month_rule for each in run.lines}
    assert rules == {2022: MonthRule.STARTED_MONTH, 2023: MonthRule.DAILY}


def test_parts_by_days_sum_back_to_what_all_days_give() -> None:
    """The rest goes to the largest remainder, and to the lower number among equals."""
    assert split_by_days(100, {"b": 1, "a": 1, "c": 1}, 3) == {"a": 34, "b": 33, "c": 33}
    assert split_by_days(101, {"a": 1}, 2) == {"a": 51}


def test_what_is_due_may_come_in_any_order_of_rows() -> None:
    """By person and month, with the row that gives it."""
    stays = [row("2022-05-01", "2022-05-09", row=2, person="b"), row("2022-04-30", "2022-05-02", row=1, person="a")]
    found = list(due(stays, Months(terms_of(Scheme.MAMOT)), day("2022-09")))
    assert [(each.person, each.month, each.row.row) for each in found] == [
        ("a", day("2022-04"), 1),
        ("a", day("2022-05"), 1),
        ("b", day("2022-05"), 2),
    ]
