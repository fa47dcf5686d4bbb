"""Nobody is worse off by what they are: sets of people in a plan beside a plain draw, small ones hidden."""

from collections.abc import Mapping
from datetime import date

import numpy as np
import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.allocation.domain.draw import proportional_draw
from fotfeste.allocation.domain.fairness import (
    Fates,
    Line,
    compare,
    fates,
    sets_below,
)
from fotfeste.allocation.domain.households import Household, Person
from fotfeste.allocation.domain.matrix import pose
from fotfeste.allocation.domain.solver.certificate import UNPLACED, objective
from fotfeste.allocation.domain.types import FamilyType, Group, Municipality, Resource, SetKind
from fotfeste.allocation.sentences_reasons import reason_sentence
from fotfeste.allocation.words import set_name
from fotfeste.registry.domain.types import Sex
from tests.domain.allocation.making import DAY, PERMIT, POLICY, countries, group, groups, municipality

UKR, SYR = "UKR", "SYR"


def person(age: int = 30, sex: Sex = Sex.FEMALE, citizenship: str = UKR) -> Person:
    return Person(age, sex, citizenship)


def household(*ages: int, sex: Sex = Sex.FEMALE, citizenship: str = UKR) -> Household:
    return Household(tuple(person(age, sex, citizenship) for age in ages))


def fate(points: list[float], days: list[int] | None = None) -> Fates:
    return Fates(np.array(points), np.array(days or [10] * len(points)))


def line(lines: tuple[Line, ...], kind: SetKind, value: str) -> Line:
    return next(each for each in lines if (each.kind, each.value) == (kind, value))


@pytest.mark.req("SET-09")
@pytest.mark.parametrize(
    ("ages", "is_unaccompanied", "found"),
    [
        ((30,), False, FamilyType.ALONE),
        ((30, 31), False, FamilyType.COUPLE),
        ((30, 31, 60), False, FamilyType.OTHER),
        ((30, 17), False, FamilyType.SINGLE_PARENT),
        ((30, 31, 4), False, FamilyType.COUPLE_WITH_CHILDREN),
        ((16, 14), True, FamilyType.UNACCOMPANIED_MINOR),
        ((16, 19), True, FamilyType.UNACCOMPANIED_MINOR),
    ],
)
def test_a_household_is_of_a_kind_by_who_is_in_it(
    ages: tuple[int, ...], is_unaccompanied: bool, found: FamilyType
) -> None:
    assert Household(household(*ages).persons, is_unaccompanied).family_type is found


@pytest.mark.req("SET-09")
def test_averages_are_by_person_and_stand_beside_the_draw() -> None:
    people = [household(30, 31, 4, 5), household(40, 41, 9), household(*[30] * 6, sex=Sex.MALE)]
    found = compare(people, fate([10, 24, 40], [30, 40, 60]), [fate([10, 10, 10]), fate([20, 20, 20])])
    families = line(found, SetKind.FAMILY_TYPE, "couple_with_children")
    assert (families.persons, families.points, families.drawn_points) == (7, 16, 15)
    assert families.days == pytest.approx((4 * 30 + 3 * 40) / 7)
    men = line(found, SetKind.SEX, "male")
    assert (men.persons, men.points, men.days, men.drawn_days) == (6, 40, 60, 10)


@pytest.mark.req("SET-09")
def test_one_to_four_people_are_not_shown_nor_what_would_tell_them() -> None:
    people = [household(*[30] * 9), household(*[40] * 6), household(30, citizenship=SYR)]
    found = compare(people, fate([10, 20, 30]), [fate([5, 5, 5])])
    assert line(found, SetKind.CITIZENSHIP, SYR).points is None
    assert line(found, SetKind.CITIZENSHIP, SYR).persons is None
    assert line(found, SetKind.CITIZENSHIP, UKR).persons is None
    assert line(found, SetKind.SEX, "female").persons == 16


@pytest.mark.req("SET-09")
def test_a_protected_set_below_the_draw_is_named_with_both_averages() -> None:
    people = [household(30, 9, 8, 7, 6), household(*[30] * 5, sex=Sex.MALE)]
    below = sets_below(people, fate([10, 30]), [fate([12, 12])], POLICY.protected_sets)
    assert [(reason.code, dict(reason.fields)) for reason in below] == [
        ("set_below_the_draw", {"kind": "family_type", "value": "single_parent", "points": 10000, "drawn": 12000}),
        ("set_below_the_draw", {"kind": "sex", "value": "female", "points": 10000, "drawn": 12000}),
    ]
    assert not sets_below(people, fate([12, 12]), [fate([12, 12])], POLICY.protected_sets)


@pytest.mark.req("SET-09")
def test_a_small_protected_set_below_the_draw_is_found_and_its_averages_are_not_told() -> None:
    people = [household(70), household(*[30] * 9, sex=Sex.MALE)]
    below = sets_below(people, fate([1, 9]), [fate([2, 2])], POLICY.protected_sets)
    told = {reason.fields["value"]: dict(reason.fields) for reason in below}
    assert told["67"] == {"kind": "age_band", "value": "67"}
    assert {reason.code for reason in below} == {"small_set_below_the_draw"}


@pytest.mark.req("SET-09")
def test_what_no_page_shows_a_difference_in_is_not_below_the_draw() -> None:
    people = [household(*[30] * 9)]
    assert not sets_below(people, fate([9.9996]), [fate([10.0])], POLICY.protected_sets)
    assert sets_below(people, fate([9.999]), [fate([10.0])], POLICY.protected_sets)


@pytest.mark.req("SET-09")
def test_what_becomes_of_a_group_is_where_it_is_placed_or_that_it_waits() -> None:
    asked = [group(2), group(60, reference="big")]
    found = pose(asked, [municipality()], POLICY, DAY).instance
    scores = found.scores.rows(np.array([0, 1]))
    became = fates(found, asked, np.array([0, UNPLACED]), settled_on=date(2026, 12, 1), later_on=date(2026, 12, 8))
    assert became.points.tolist() == [scores[0, 0], found.unplaced[1]]
    assert became.days.tolist() == [(date(2026, 12, 1) - PERMIT).days, (date(2026, 12, 8) - PERMIT).days]


@pytest.mark.req("SET-09")
def test_who_come_to_one_municipality_share_what_it_is_worth_less_by_how_many_they_are() -> None:
    asked = [group(1), group(3, reference="others")]
    found = pose(asked, [municipality(requested=4)], POLICY, DAY).instance
    assert found.crowding is not None
    alone, together = (
        fates(found, asked, np.array(placed), settled_on=DAY, later_on=DAY).points for placed in ([0, UNPLACED], [0, 0])
    )
    less = found.scores.rows(np.array([0, 1]))[:, 0] - together
    assert less == pytest.approx([found.crowding.less[:4].mean()] * 2)
    assert together[0] < alone[0]


@pytest.mark.req("SET-09")
@given(st.lists(groups(), min_size=1, max_size=9), countries(), st.integers(0, 9))
def test_the_points_of_all_persons_come_to_what_a_plan_is_worth(
    asked: list[Group], seen: Mapping[str, Municipality], seed: int
) -> None:
    found = pose(asked, list(seen.values()), POLICY, DAY).instance
    placed = proportional_draw(found, seed)
    points = fates(found, asked, placed, settled_on=DAY, later_on=DAY).points
    assert points @ found.demand[:, 0] == pytest.approx(objective(found, placed))


@pytest.mark.req("SET-15")
@given(st.lists(groups(), min_size=1, max_size=9), countries(), st.integers(0, 9))
def test_a_draw_keeps_every_limit_and_uses_what_is_possible_alone(
    asked: list[Group], seen: Mapping[str, Municipality], seed: int
) -> None:
    found = pose(asked, list(seen.values()), POLICY, DAY).instance
    scores = found.scores.rows(np.arange(len(asked)))
    placed = proportional_draw(found, seed)
    used = np.zeros_like(found.limit)
    for row, column in enumerate(placed):
        if column != UNPLACED:
            assert not np.isnan(scores[row, column])
            used[column] += found.demand[row]
    assert (used <= found.limit).all()
    assert placed.tolist() == proportional_draw(found, seed).tolist()


@pytest.mark.req("SET-15")
def test_a_draw_gives_municipalities_people_in_proportion_to_their_places() -> None:
    places = {"1001": 300, "1002": 100}
    seen = [municipality(number, left={Resource.PERSONS: left}) for number, left in places.items()]
    found = pose([group(reference=str(each)) for each in range(200)], seen, POLICY, DAY).instance
    counts = np.mean([(proportional_draw(found, seed) == 0).sum() for seed in range(20)])
    assert 140 < counts < 160


@pytest.mark.parametrize(
    ("kind", "value", "nb", "en"),
    [
        ("age_band", "0", "0–5 år", "0–5 years"),
        ("age_band", "67", "67 år og over", "67 years and over"),
        ("sex", "female", "kvinner", "women"),
        ("family_type", "single_parent", "enslige forsørgere og barna deres", "single parents and their children"),
        ("citizenship", "UKR", "statsborgere av Ukraina", "citizens of Ukraine"),
    ],
)
def test_a_set_of_people_is_called_as_people_say(kind: str, value: str, nb: str, en: str) -> None:
    assert set_name(kind, value) == nb
    with translation.override("en"):
        assert set_name(kind, value) == en


def test_every_set_that_can_be_below_the_draw_can_be_named_in_a_sentence() -> None:
    people = [
        Household((person(16),), is_unaccompanied=True),
        *(household(*ages) for ages in ((30,), (30, 40), (30, 40, 50), (30, 9), (30, 31, 9), (70, 72))),
    ]
    below = sets_below(people, fate([1.0] * 7), [fate([2.0] * 7)], POLICY.protected_sets)
    said = [reason_sentence(reason, {}) for reason in below]
    assert "Dårligere ut enn ved loddtrekning: kvinner, 1 poeng per person mot 2 poeng." in said
    small = "Dårligere ut enn ved loddtrekning: enslige mindreårige. De er for få til at tallene vises."
    assert small in said
