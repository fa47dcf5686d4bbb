"""Those who have lived privately in the country: MAMOT's own totals at its real size, and parts of them below it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fotfeste.alternative.domain.states import APPLICATION
from fotfeste.demo.domain import application_records as application
from fotfeste.demo.domain import records
from fotfeste.demo.domain.country import Country
from fotfeste.demo.domain.paying import PastRun, owed, paid, past_runs, stay_facts, taken_back
from fotfeste.demo.domain.people import Population
from fotfeste.demo.domain.private import AMOT, MAMOT, PrivateLiving, people_on_mamot, persons_of, plan_private
from fotfeste.demo.domain.world import Keys
from fotfeste.demo.loading.rules import rules
from fotfeste.grants.domain.types import Facts, NewLine, Scheme
from fotfeste.grants.loading import compute
from tests.properties.country_invariants import Written, nobody_is_in_two_places, written
from tests.properties.private_invariants import PRIVATE, TOP_TEN, places
from tests.properties.test_country import TODAY, world_on

WHOLE = 75_000


@cache
def planned(people: int, seed: int, today: date = TODAY) -> tuple[PrivateLiving, ...]:
    """Everyone who has lived privately in a country of so many people."""
    world = world_on(today)
    return plan_private(people, seed, world, Population(seed, world.assumed), 1)


def only_private(people: int, seed: int, today: date = TODAY) -> Written:
    """Their records alone, without those who lived in centres."""
    return written(Country(world_on(today), rules(), Keys(), seed, 1, [], [], private=planned(people, seed, today)))


@pytest.fixture(scope="module")
def whole() -> Written:
    """All of MAMOT."""
    return only_private(WHOLE, seed=1)


@pytest.mark.req("INS-01")
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_6663_people_are_on_mamot_in_245_municipalities(seed: int) -> None:
    on_mamot = [each for each in planned(WHOLE, seed) if each.scheme == MAMOT]

    assert persons_of(on_mamot) == people_on_mamot(WHOLE, world_on(TODAY)) == 6663
    assert len({each.municipality.place.municipality_number for each in on_mamot}) == 245


@pytest.mark.req("INS-01")
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_ten_with_most_places_are_those_of_table_3_1_and_nobody_else_is_above_the_tenth(seed: int) -> None:
    found: Counter[str] = Counter()
    sizes: dict[str, int] = {}
    for each in planned(WHOLE, seed):
        if each.scheme == MAMOT:
            number = each.municipality.place.municipality_number
            found[number] += len(each.household.persons)
            sizes[number] = each.municipality.population
    names = {m.place.municipality_number: m.place.name for m in world_on(TODAY).municipalities}
    first = found.most_common(10)

    assert {names[number]: count for number, count in first} == TOP_TEN
    assert all(count < 117 for _, count in found.most_common()[10:])
    assert all(count <= 50 for number, count in found.items() if sizes[number] < 5000)  # MAMOT 5.2
    assert all(sizes[number] >= 20000 for number, count in found.items() if count > 100)


@pytest.mark.req("INS-01")
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_applications_peak_in_april_and_may_2022_and_are_low_and_even_after(seed: int) -> None:
    months = Counter(each.applied_on.replace(day=1) for each in planned(WHOLE, seed) if each.scheme == MAMOT)
    later = [months[date(2023, number, 1)] for number in range(1, 13)]

    assert {month for month, _ in months.most_common(2)} == {date(2022, 4, 1), date(2022, 5, 1)}
    assert max(later) < 0.15 * months[date(2022, 4, 1)]
    assert max(later) < 2.5 * min(later)
    assert min(each.applied_on for each in planned(WHOLE, seed) if each.scheme == MAMOT) >= date(2022, 3, 17)
    assert max(each.applied_on for each in planned(WHOLE, seed) if each.scheme == MAMOT) < date(2024, 2, 15)


def test_most_are_settled_and_some_ends_are_heard_of_months_later() -> None:
    on_mamot = [each for each in planned(WHOLE, 1) if each.scheme == MAMOT]
    reasons = Counter(each.reason for each in on_mamot)
    late = [each for each in on_mamot if each.ends_on and each.end_known_on and _days(each) > 60]

    assert reasons["agreed_settlement"] > 0.75 * len(on_mamot)
    assert reasons["left_country"] > 100
    assert 0.05 * len(on_mamot) < len(late) < 0.25 * len(on_mamot)


def _days(each: PrivateLiving) -> int:
    assert each.end_known_on is not None
    assert each.ends_on is not None
    return (each.end_known_on - each.ends_on).days


def test_some_live_on_amot_today_and_unaccompanied_minors_are_among_them() -> None:
    on_amot = [each for each in planned(WHOLE, 1) if each.scheme == AMOT and each.granted_on]

    assert persons_of(on_amot) == 210
    assert all(each.ends_on is None for each in on_amot)
    assert any(each.household.is_unaccompanied for each in on_amot)
    assert any(not each.household.is_unaccompanied for each in on_amot)


def test_there_are_applications_in_every_state_where_a_visitor_can_be_somebody(whole: Written) -> None:
    numbers = {m.seat.organisation_id: m.place.municipality_number for m in whole.world.municipalities}
    found = Counter(
        (numbers[row.municipality_id], row.state)
        for row in whole.all(application.ApplicationRecord)
        if row.scheme == AMOT and row.state != "granted"
    )

    assert {state for _, state in found} == set(APPLICATION.states) - {"draft", "granted"}
    assert {number for number, _ in found} == {"5001", "5037", "5038"}
    assert found["5037", "at_municipality"] == 2


@pytest.mark.parametrize("rule", [*PRIVATE, nobody_is_in_two_places], ids=lambda rule: rule.__name__)
def test_the_whole_of_mamot_breaks_no_rule(rule: object, whole: Written) -> None:
    assert callable(rule)
    assert list(rule(whole)) == []


def test_the_records_have_as_many_places_as_the_plan(whole: Written) -> None:
    assert sum(places(whole).values()) == 6663


@settings(max_examples=15, deadline=None)
@given(people=st.integers(1, 3000), seed=st.integers(0, 2**32), today=st.dates(date(2024, 3, 1), date(2028, 12, 31)))
def test_a_smaller_country_has_its_part_and_breaks_no_rule(people: int, seed: int, today: date) -> None:
    found, top = only_private(people, seed, today), world_on(today).assumed.shares("mamot_top")

    assert [broken for rule in PRIVATE for broken in rule(found)] == []
    assert sum(places(found).values()) == people_on_mamot(people, world_on(today)) == round(people * 6663 / 75000)
    assert all(abs(places(found)[number] - people * whole / WHOLE) <= 1 for number, whole in top.items())


@pytest.fixture(scope="module")
def runs(whole: Written) -> list[PastRun]:
    """Every quarter's run of the whole scheme."""
    number_of = {m.seat.organisation_id: m.place.municipality_number for m in whole.world.municipalities}
    return past_runs(stay_facts(whole.all(records.StayRecord), number_of), compute, whole.world.last_day)


@pytest.mark.req("INS-01")
@pytest.mark.req("MON-01")
def test_what_is_due_until_the_second_quarter_of_2024_is_within_five_per_cent_of_348_million(
    whole: Written, runs: list[PastRun]
) -> None:
    number_of = {m.seat.organisation_id: m.place.municipality_number for m in whole.world.municipalities}
    facts = stay_facts(whole.all(records.StayRecord), number_of)
    now = datetime.combine(whole.world.last_day, time(23, tzinfo=UTC))
    at_once = compute(Facts(Scheme.MAMOT, now, date(2024, 7, 1), facts))

    assert sum(line.amount_ore for line in at_once.lines) == pytest.approx(348_000_000_00, rel=0.05)
    # Quarter by quarter, with every correction, it comes to the same for each municipality.
    assert _net(line for run in runs for line in run.result.lines) == _net(at_once.lines)


def _net(lines: Iterable[NewLine]) -> Counter[str]:
    found: Counter[str] = Counter()
    for line in lines:
        found[line.municipality] += line.amount_ore
    return found


def test_runs_take_back_what_was_paid_for_days_after_an_end_that_was_heard_of_late(runs: list[PastRun]) -> None:
    corrections = [line for run in runs for line in run.result.lines if line.kind == "correction"]
    offset = [
        each
        for run in runs
        for each in run.result.municipalities
        if each.net_ore > 0 and each.payable_ore < each.net_ore
    ]

    assert len(corrections) > 200
    assert offset
    assert all(each.payable_ore >= 0 for run in runs for each in run.result.municipalities)


def test_what_municipalities_owe_when_all_is_paid_is_what_was_paid_less_what_was_due(runs: list[PastRun]) -> None:
    sent = sum(payment.amount_ore for run in runs for payment in paid(run))
    due = sum(line.amount_ore for run in runs for line in run.result.lines)

    assert owed(runs)
    assert sum(owed(runs).values()) == sent - due
    for municipality, amount in owed(runs).items():
        assert sum(-line.amount_ore for _, line in taken_back(runs, municipality)) >= amount


def test_before_the_scheme_was_over_nobody_is_drawn_for_it() -> None:
    world = replace(world_on(date(2024, 3, 1)), today=date(2023, 5, 1))

    assert people_on_mamot(WHOLE, world) == 0
