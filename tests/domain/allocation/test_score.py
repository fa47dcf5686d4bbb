"""The score: parts that add up, each with its reason; what a tie weighs, and what it does not decide."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.allocation.domain.fit import possible
from fotfeste.allocation.domain.policy import PartKind, Policy
from fotfeste.allocation.domain.score import Score, falls, score, spread, waiting
from fotfeste.allocation.domain.types import (
    Adult,
    Background,
    Group,
    Municipality,
    Needs,
    Offer,
    Resource,
    Service,
    Strength,
    Tie,
)
from fotfeste.directory.reference.projection import LatLon
from fotfeste.settlement.domain.types import Capability
from tests.domain.allocation.making import (
    DAY,
    EDUCATION,
    GOAL,
    NURSE,
    OSLO,
    PERMIT,
    POLICY,
    STUDENT,
    WELDER,
    WORK,
    countries,
    country,
    group,
    groups,
    municipality,
    policies,
)


def scored(asked: Group, seen: Municipality, *others: Municipality) -> Score:
    return score(asked, seen, country(seen, *others), POLICY)


def told(found: Score, kind: PartKind) -> tuple[int, list[str]]:
    part = found.part(kind)
    return part.value, [reason.code for reason in part.reasons]


@pytest.mark.req("SET-15")
@given(groups(), countries(), policies())
def test_the_parts_add_up_to_the_score_exactly(asked: Group, seen: Mapping[str, Municipality], policy: Policy) -> None:
    for each in seen.values():
        found = score(asked, each, seen, policy)
        assert found.total == sum(part.value * part.weight for part in found.parts)
        assert [part.kind for part in found.parts] == list(PartKind)[: len(found.parts)]
        assert all(-1000 <= part.value <= 1000 for part in found.parts)


@pytest.mark.req("SET-15")
@given(groups(), countries())
def test_a_part_that_counts_says_why(asked: Group, seen: Mapping[str, Municipality]) -> None:
    for each in seen.values():
        for part in score(asked, each, seen, POLICY).parts:
            assert part.reasons or part.value == 0, part


@pytest.mark.req("SET-08")
@given(policies(), st.lists(st.sampled_from(Strength), min_size=1, max_size=4))
def test_ties_alone_never_outweigh_what_everybody_can_have(policy: Policy, strengths: list[Strength]) -> None:
    ties = tuple(Tie("1001", strength) for strength in strengths)
    welder = group(needs=Needs(ties=ties, adults=(Adult(30, (WELDER,)),)))
    where_they_are = municipality("1001", offers=frozenset(), requested=10, taken=10)
    elsewhere = municipality("1002", offers=frozenset({Offer(WORK, "industry", "welder")}), requested=10)
    both = country(where_they_are, elsewhere)
    assert score(welder, elsewhere, both, policy).total > score(welder, where_they_are, both, policy).total


@pytest.mark.req("SET-08")
def test_a_tie_makes_nothing_possible_that_is_not() -> None:
    mother = Needs(hard=frozenset({Capability.ADAPTED_HOUSING}), ties=(Tie("1001", Strength.CLOSEST),))
    assert possible(group(needs=mother), municipality(capabilities={Capability.ADAPTED_HOUSING: False})).is_no


@pytest.mark.req("SET-08")
@pytest.mark.parametrize(
    ("ties", "value", "codes"),
    [
        ((Tie("1001", Strength.CLOSEST),), 1000, ["tie_there"]),
        ((Tie("1001", Strength.CLOSE),), 700, ["tie_there"]),
        ((Tie("1001", Strength.OTHER),), 300, ["tie_there"]),
        ((Tie("1002", Strength.CLOSE),), 280, ["tie_next_door"]),
        ((Tie("1003", Strength.CLOSEST),), 0, []),
        ((Tie("1001", Strength.CLOSE), Tie("1002", Strength.OTHER)), 820, ["tie_there", "tie_next_door"]),
        ((Tie("1001", Strength.CLOSEST), Tie("1001", Strength.CLOSE)), 1000, ["tie_there", "tie_there"]),
    ],
)
def test_a_tie_counts_by_strength_there_and_less_next_door(ties: tuple[Tie, ...], value: int, codes: list[str]) -> None:
    seen = municipality("1001", neighbours=frozenset({"1002"}))
    assert told(scored(group(needs=Needs(ties=ties)), seen), PartKind.RELATIONS) == (value, codes)


@pytest.mark.req("SET-10")
@pytest.mark.parametrize(
    ("background", "offers", "value", "code"),
    [
        (WELDER, {Offer(WORK, "industry", "welder")}, 1000, "work_in_occupation"),
        (WELDER, {Offer(WORK, "industry")}, 500, "work_in_field"),
        (WELDER, {Offer(EDUCATION, "industry")}, 500, "study_in_field"),
        (WELDER, {Offer(WORK, "industry", "car_mechanic")}, 0, "no_offer_for_occupation"),
        (WELDER, {Offer(WORK, "health", "nurse")}, 0, "no_offer_for_occupation"),
        (WELDER, set(), 0, "no_offer_for_occupation"),
        (WELDER, None, 0, "offers_not_said"),
        (NURSE, {Offer(WORK, "health", "nurse")}, 700, "work_asks_authorisation"),
        (NURSE, {Offer(WORK, "health", "nurse"), Offer(EDUCATION, "health", "nurse")}, 900, "study_for_occupation"),
        (Background("health"), {Offer(WORK, "health", "nurse")}, 0, "no_offer_in_field"),
        (Background("health"), {Offer(WORK, "health")}, 500, "work_in_field"),
        (STUDENT, {Offer(WORK, "electro", "electrical_engineer")}, 500, "work_after_education"),
        (STUDENT, {Offer(EDUCATION, "electro", "electrical_engineer")}, 900, "study_for_occupation"),
    ],
)
def test_work_and_education_are_matched_by_occupation_then_field(
    background: Background, offers: set[Offer] | None, value: int, code: str
) -> None:
    seen = municipality(offers=None if offers is None else frozenset(offers))
    asked = group(needs=Needs(adults=(Adult(30, (background,)),)))
    assert told(scored(asked, seen), PartKind.WORK) == (value, [code])


@pytest.mark.req("SET-10")
def test_work_is_the_mean_of_the_adults_best_and_pensioners_are_not_asked() -> None:
    seen = municipality(offers=frozenset({Offer(WORK, "industry", "welder")}))
    welder, other, old = Adult(30, (NURSE, WELDER)), Adult(31), Adult(67, (WELDER,))
    together = scored(group(3, needs=Needs(adults=(welder, other, old))), seen)
    assert told(together, PartKind.WORK) == (500, ["work_in_occupation", "background_not_known"])
    assert told(scored(group(needs=Needs(adults=(old,))), seen), PartKind.WORK) == (0, [])


@pytest.mark.req("SET-11")
def test_from_an_integration_centre_the_host_comes_first_then_its_neighbours_then_what_is_near() -> None:
    host = municipality("1001", centre=OSLO)
    border = municipality("1002", neighbours=frozenset({"1001"}), centre=LatLon(60.5, 10.7))
    near = municipality("1003", centre=LatLon(60.4, 10.74))
    far = municipality("1004", centre=LatLon(63.0, 10.74))
    asked = group(host="1001")
    found = [told(scored(asked, each, host), PartKind.CONTINUITY) for each in (host, border, near, far)]
    assert found == [
        (1000, ["host_municipality"]),
        (600, ["borders_on_host"]),
        (300, ["near_host"]),
        (0, ["far_from_host"]),
    ]
    assert told(scored(group(), host), PartKind.CONTINUITY) == (0, [])


@pytest.mark.req("SET-12")
def test_who_lives_there_on_mamot_is_scored_for_staying() -> None:
    here, other = municipality("1001"), municipality("1002")
    asked = group(lives_in="1001")
    assert told(scored(asked, here), PartKind.RESIDENCE) == (1000, ["lives_there"])
    assert told(scored(asked, other), PartKind.RESIDENCE) == (0, ["lives_elsewhere"])
    assert told(scored(group(), here), PartKind.RESIDENCE) == (0, [])


@pytest.mark.req("SET-10")
def test_services_are_the_share_of_what_would_help_them() -> None:
    wished = Needs(services=frozenset({Service.SCHOOL_SUPPORT, Service.HOME_HELP, Service.HEARING}))
    seen = municipality(services={Service.SCHOOL_SUPPORT: True, Service.HOME_HELP: False})
    found = told(scored(group(needs=wished), seen), PartKind.SERVICES)
    assert found == ((300 + 0 + 1000) // 3, ["service_not_said", "service_missing", "service_there"])
    assert told(scored(group(), seen), PartKind.SERVICES) == (0, [])


@pytest.mark.req("SET-10")
@pytest.mark.parametrize(
    ("said", "value", "code"),
    [
        ({Service.PET_HOME: True}, 300, "service_there"),
        ({}, 90, "service_not_said"),
        ({Service.PET_HOME: False}, 0, "service_missing"),
    ],
)
def test_an_animal_that_they_would_part_with_counts_for_less_than_help(
    said: dict[Service, bool], value: int, code: str
) -> None:
    asked = group(needs=Needs(services=frozenset({Service.PET_HOME})))
    assert told(scored(asked, municipality(services=said)), PartKind.SERVICES) == (value, [code])


@pytest.mark.req("SET-09")
@pytest.mark.parametrize(
    ("requested", "taken", "value"), [(40, 10, 750), (40, 40, 0), (40, 55, 0), (0, 0, 0), (None, 3, 500)]
)
def test_spread_is_what_is_left_of_the_request(requested: int | None, taken: int, value: int) -> None:
    found = scored(group(), municipality(requested=requested, taken=taken))
    assert found.part(PartKind.SPREAD).value == value


@pytest.mark.req("SET-09")
def test_spread_falls_with_each_person_of_the_group_and_with_those_whom_the_plan_sends_there() -> None:
    place = municipality(requested=10, taken=2)
    assert spread(place, POLICY).value == 800
    assert spread(place, POLICY, 3).value == (800 + 700 + 600) // 3
    found = spread(place, POLICY, 3, planned=4)
    assert found.value == (400 + 300 + 200) // 3
    assert [(each.code, dict(each.fields)) for each in found.reasons] == [
        ("share_of_request", {"taken": 2, "requested": 10})
    ]
    assert spread(place, POLICY, 3, planned=7).value == 100 // 3
    assert falls(place, 10) == (0, 100, 200, 300, 400, 500, 600, 700, 800, 800)
    assert falls(municipality(requested=10, taken=10), 3) == ()
    assert falls(municipality(requested=None), 3) == ()


@pytest.mark.req("SET-07")
def test_what_must_be_asked_about_first_takes_points_off() -> None:
    asked = group(needs=Needs(hard=frozenset({Capability.PETS})))
    said = scored(asked, municipality(capabilities={Capability.PETS: True}))
    not_said = scored(asked, municipality())
    assert told(not_said, PartKind.CERTAINTY) == (-1000, ["capability_not_said"])
    assert said.total - not_said.total == 1000 * POLICY.weight(PartKind.CERTAINTY)


@pytest.mark.req("SET-09")
def test_leaving_a_group_for_later_is_worth_less_for_every_day_towards_its_goal() -> None:
    days = [PERMIT + timedelta(days=each) for each in range(150)]
    worth = [waiting(group(), day, POLICY).total for day in days]
    assert worth == sorted(worth, reverse=True)
    assert worth[0] == -1000 * POLICY.weight(PartKind.LATER)
    on_the_day = waiting(group(), GOAL, POLICY)
    assert on_the_day.total == -1000 * (POLICY.weight(PartKind.LATER) + POLICY.weight(PartKind.URGENCY))
    assert on_the_day.part(PartKind.URGENCY).reasons[0].code == "goal_ahead"
    assert waiting(group(), GOAL + timedelta(days=1), POLICY).part(PartKind.URGENCY).reasons[0].code == "goal_passed"


@pytest.mark.req("SET-09")
@given(groups(), countries())
def test_nobody_waits_for_nothing_where_something_is_possible(asked: Group, seen: Mapping[str, Municipality]) -> None:
    later = waiting(asked, PERMIT, POLICY).total
    assert all(score(asked, each, seen, POLICY).total > later for each in seen.values())


@pytest.mark.req("SET-09")
def test_urgency_stops_growing_where_the_policy_says() -> None:
    years_ago = group(due_since_on=date(2020, 1, 1), goal_on=date(2020, 4, 1))
    assert waiting(years_ago, DAY, POLICY).part(PartKind.URGENCY).value == -POLICY.numbers["urgency_most"]


def test_a_child_is_in_the_sum_by_persons_and_not_by_the_score() -> None:
    seen = municipality(offers=frozenset({Offer(WORK, "industry", "welder")}))
    adults = Needs(adults=(Adult(30, (WELDER,)),))
    alone, with_children = group(needs=adults), group(4, needs=adults, uses={Resource.SCHOOL_PLACES: 3})
    assert scored(alone, seen).total == scored(with_children, seen).total
