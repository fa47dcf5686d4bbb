"""The rest of a year planned at once, as it stands and otherwise."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.allocation.domain.expected import NOBODY, Expected, whole_groups
from fotfeste.allocation.domain.nation import Scenario, country_of, groups_of
from fotfeste.allocation.domain.parameters import book
from fotfeste.allocation.domain.places import Places
from fotfeste.allocation.domain.policy import policy_on
from fotfeste.allocation.domain.question import Outcome, Question, checked
from fotfeste.allocation.domain.types import Resource, SaidNo, Steering, WeekRoom
from fotfeste.allocation.domain.year import Standing, outcome_of, points_by, solved_year, year_of
from fotfeste.kernel.calendar import Week
from fotfeste.kernel.errors import Refused
from fotfeste.settlement.domain.types import AfterDecline, Declined, Following

pytestmark = pytest.mark.req("SET-15")
ON = date(2024, 3, 4)
SMALL = Scenario("small", groups=40, places_percent=3)
GROUPS = groups_of(SMALL)
COUNTRY = tuple(replace(each, week=WeekRoom(1)) for each in country_of(SMALL))
STANDING = Standing(
    waiting=GROUPS[:10],
    expected=Expected(GROUPS[10:], 1.5),
    municipalities=COUNTRY,
    places=tuple(Places(each.left[Resource.PERSONS], each.requested) for each in COUNTRY),
    policy=policy_on(ON, book()),
    on=ON,
    year=2024,
)


def come_to(question: Question) -> Outcome:
    year = year_of(STANDING, question)
    return outcome_of(year, *solved_year(year))


@given(st.integers(1, 60), st.floats(0, 20), st.integers(0, 300))
def test_the_expected_become_as_many_whole_groups_spread_evenly(kinds: int, each: float, percent: int) -> None:
    some = tuple(replace(GROUPS[0], reference=str(place)) for place in range(kinds))
    found = whole_groups(Expected(some, each), percent)
    assert len(found) == round(kinds * each * percent / 100)
    times = [found.count(group) for group in some]
    assert max(times) - min(times) <= 1


def test_nobody_expected_is_nobody() -> None:
    assert whole_groups(NOBODY, 300) == ()


@given(st.integers(0, 300), st.integers(0, 300))
def test_fewer_per_cent_are_never_more_places_and_what_is_kept_is_among_them(one: int, other: int) -> None:
    few, many = sorted((one, other))
    kept = replace(STANDING.municipalities[0], left={Resource.PERSONS: 17, Resource.MINORS: 3}, kept={"1": 9, "2": 8})
    standing = replace(STANDING, municipalities=(kept,))
    [less], [more] = (year_of(standing, Question(places_percent=each)).municipalities for each in (few, many))
    assert all(less.left[resource] <= more.left[resource] for resource in kept.left)
    assert sum(less.kept.values()) <= less.left[Resource.PERSONS]
    assert less.week is None


def test_a_request_stands_for_the_decision_that_is_not_made_in_per_cent_too() -> None:
    undecided = replace(COUNTRY[0], left={}, requested=40, taken=10)
    standing = replace(STANDING, municipalities=(undecided,))
    for percent, left in ((100, 30), (50, 15), (0, 0)):
        [found] = year_of(standing, Question(places_percent=percent)).municipalities
        assert found.left == {Resource.PERSONS: left}
    [impossible] = year_of(standing, Question({"unknown_counts": "impossible"})).municipalities
    assert impossible.left == {}


def test_the_year_as_it_stands_has_those_who_wait_first_and_every_place() -> None:
    year = year_of(STANDING, Question())
    assert year.groups[:10] == STANDING.waiting
    assert len(year.groups) == 10 + 45
    assert [each.left for each in year.municipalities] == [each.left for each in COUNTRY]
    assert year.policy == STANDING.policy
    assert year.on == date(2024, 12, 31)


def test_who_comes_is_counted_once_in_the_sums_and_by_municipality() -> None:
    found = come_to(Question(places_percent=25))
    assert found.placed_persons == sum(each.persons for each in found.received)
    assert found.placed_groups == sum(each.groups for each in found.received)
    assert all(each.persons <= each.room for each in found.received)
    assert 0 < found.placed_persons < found.persons
    assert all(each.persons == each.room > 0 for each in found.full)


def test_fewer_who_come_and_no_place_at_all_are_years_too() -> None:
    assert come_to(Question(arrivals_percent=0)).groups == 10
    nothing = come_to(Question(places_percent=0))
    assert (nothing.placed_persons, nothing.points, nothing.used, nothing.full) == (0, 0.0, 0, ())


def test_a_municipality_that_receives_nobody_has_no_room_and_pins_to_it_are_free() -> None:
    first = COUNTRY[0].number
    standing = replace(
        STANDING, steering=Steering(pinned={"0": first, "1": COUNTRY[1].number}, closed=frozenset({"1"}))
    )
    year = year_of(standing, Question(closed=first))
    assert year.steering == Steering(pinned={"1": COUNTRY[1].number})
    received = {each.number: each for each in outcome_of(year, *solved_year(year)).received}
    assert (received[first].room, received[first].persons) == (0, 0)


@pytest.mark.parametrize(
    ("declined", "holds"),
    [
        (Declined(ON, "no_housing", Following(AfterDecline.NOT_THIS_WEEK, Week(2024, 20))), False),
        (Declined(ON, "no_housing", Following(AfterDecline.NOT_THIS_WEEK, Week(2025, 1))), True),
        (Declined(ON, "no_housing", Following(AfterDecline.NOT_THIS_NEED)), True),
        (Declined(ON, "no_housing", Following(AfterDecline.NOT_UNTIL_REASSESSED)), True),
        (None, True),
    ],
)
def test_a_no_for_some_weeks_is_over_before_the_year_is(declined: Declined | None, holds: bool) -> None:
    said = SaidNo(COUNTRY[0].number, declined)
    year = year_of(replace(STANDING, waiting=(replace(GROUPS[0], said_no=(said,)),)), Question())
    assert year.groups[0].said_no == ((said,) if holds else ())


def test_a_plan_weighed_otherwise_is_worth_no_more_by_the_policy_that_stands() -> None:
    question = Question({"weight_work": 0, "weight_relations": 5})
    plain, year = year_of(STANDING, Question()), year_of(STANDING, question)
    best = outcome_of(plain, *solved_year(plain))
    problem, found = solved_year(year)
    assert outcome_of(year, problem, found).placed_persons == best.placed_persons  # else points are of other people
    assert points_by(STANDING.policy, year, found.municipality) <= best.points * 1.01


def test_the_key_tells_questions_apart_and_not_the_order_of_their_words() -> None:
    one, other = {"weight_work": 1, "weight_spread": 2}, {"weight_spread": 2, "weight_work": 1}
    assert Question(one).key == Question(other).key
    different = [
        Question(),
        Question(one),
        Question(places_percent=90),
        Question(arrivals_percent=90),
        Question(closed="0301"),
    ]
    assert len({each.key for each in different}) == 5


@pytest.mark.parametrize("percent", [-1, 301])
def test_per_cents_have_bounds(percent: int) -> None:
    for question in (Question(places_percent=percent), Question(arrivals_percent=percent)):
        with pytest.raises(Refused, match="what_if_percent_wrong"):
            checked(question, STANDING.policy)
