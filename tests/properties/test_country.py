"""The generated country holds against every invariant, whatever the seed, the size and the day."""

from dataclasses import replace
from datetime import date
from functools import cache
from itertools import count
from statistics import mean

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fotfeste.demo.domain.assumptions import assumptions
from fotfeste.demo.domain.country import Country, plan_country
from fotfeste.demo.domain.offices import offices
from fotfeste.demo.domain.seating import known_applications, world_of
from fotfeste.demo.domain.world import Keys, World, months_until
from fotfeste.demo.loading.rules import rules
from fotfeste.directory.reference import read
from tests.properties.case_invariants import CASES
from tests.properties.country_invariants import (
    REGISTRY_AND_STAYS,
    Written,
    settled_by_municipality,
    waiting_days,
    written,
)
from tests.properties.private_invariants import PRIVATE
from tests.properties.refusal_invariants import REFUSALS

TODAY = date(2026, 11, 21)


@cache
def seated_world() -> World:
    """The world on one day, with keys counted from 1."""
    drafts = offices(1, read.municipalities(), read.reception_units())
    keys = count(1)
    users = {user.username: next(keys) for draft in drafts for user in draft.users}
    return world_of(drafts, range(1, len(drafts) + 1), users, TODAY)


def world_on(today: date) -> World:
    """The world on any day."""
    return replace(seated_world(), today=today, months=months_until(today, known_applications(), assumptions()))


def country(people: int, seed: int, today: date = TODAY) -> Country:
    """A planned country."""
    return plan_country(people, seed, world_on(today), rules(), Keys())


@pytest.fixture(scope="module")
def two_thousand() -> Written:
    """A country of 2,000, written down."""
    return written(country(2000, seed=1))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    people=st.integers(1, 120),
    seed=st.integers(0, 2**32),
    today=st.dates(date(2024, 3, 1), date(2028, 12, 31)),
)
def test_a_small_country_breaks_no_rule(people: int, seed: int, today: date) -> None:
    found = written(country(people, seed, today))

    assert [broken for rule in (*REGISTRY_AND_STAYS, *CASES, *REFUSALS, *PRIVATE) for broken in rule(found)] == []
    assert len(found.all_persons) == people


@pytest.mark.parametrize("rule", [*REGISTRY_AND_STAYS, *CASES, *REFUSALS, *PRIVATE], ids=lambda rule: rule.__name__)
def test_a_country_of_two_thousand_breaks_no_rule(rule: object, two_thousand: Written) -> None:
    assert callable(rule)
    assert list(rule(two_thousand)) == []


def test_the_same_seed_gives_the_same_country() -> None:
    first, second = written(country(150, seed=7)), written(country(150, seed=7))

    assert first.rows == second.rows


def test_another_seed_gives_another_country() -> None:
    assert written(country(150, seed=7)).rows != written(country(150, seed=8)).rows


def test_settled_households_have_waited_about_72_days(two_thousand: Written) -> None:
    assert 62 <= mean(waiting_days(two_thousand)) <= 82


def test_most_people_have_been_settled_and_some_are_in_every_state(two_thousand: Written) -> None:
    states = [row.state for row in two_thousand.rows["CaseRecord"]]

    assert states.count("settled") > 0.6 * len(states)
    assert {"interview_due", "queued", "requested", "offered", "journey_agreed", "closed"} <= set(states)


def test_a_municipality_can_say_each_thing_that_follows_from_a_no(two_thousand: Written) -> None:
    follows = {row.follows for row in two_thousand.rows["RequestRecord"]}

    assert follows == {"", "not_this_week", "not_this_need", "not_until_reassessed"}


def test_municipalities_settle_in_proportion_to_their_requests(two_thousand: Written) -> None:
    settled = settled_by_municipality(two_thousand)
    municipalities = sorted(two_thousand.world.municipalities, key=lambda m: -m.requested)
    largest, wanted = municipalities[:60], sum(m.requested for m in municipalities)
    part = sum(settled[m.seat.organisation_id] for m in largest) / sum(settled.values())

    assert part == pytest.approx(sum(m.requested for m in largest) / wanted, abs=0.08)
    assert all(settled[m.seat.organisation_id] == 0 for m in municipalities if not m.requested)


def test_centres_have_people_empty_rooms_and_one_is_closed(two_thousand: Written) -> None:
    places = sum(row.places for row in two_thousand.rows["OperationRecord"] if row.period.is_open)
    now = [row for row in two_thousand.rows["StayRecord"] if row.period.is_open and row.annulled_at is None]
    closed = [row for row in two_thousand.rows["OperationRecord"] if not row.period.is_open]

    assert 0.1 * places < len(now) < 0.95 * places
    assert len({row.centre_id for row in now}) > 40
    assert closed


def test_every_assumption_says_that_it_is_one() -> None:
    reasons = country(1, seed=1).world.assumed.reasons

    assert reasons
    assert all(reason.startswith(("Assumed", "The")) for reason in reasons.values())
