"""Who meets the conditions of which scheme on which day: every condition, met, not met and unknown."""

from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import pytest

from fotfeste.alternative.domain.eligibility import (
    Facts,
    PersonFacts,
    condition_of,
    conditions_of,
    eligibility,
    unmet,
)
from fotfeste.alternative.domain.parameters import book
from fotfeste.alternative.domain.types import Condition, FamilyTie, HomeKind, Scheme
from fotfeste.kernel.decisions import Decision, Outcome

DAY = date(2022, 6, 1)
OLENA = PersonFacts(
    birth_date=date(1985, 6, 1),
    citizenship="UKR",
    is_alone_minor=False,
    lived_in_ukraine=True,
    tie=FamilyTie.NONE,
    is_registered=True,
    has_applied=True,
    has_duf=True,
    has_d_number=True,
    has_centre_right=True,
    has_near_family=False,
    has_carer=False,
    needs_adaptation=False,
)
FACTS = Facts(person=OLENA, received_on=DAY, home_kind=HomeKind.FAMILY, is_centre_housing=False)


def asked(facts: Facts, scheme: Scheme = Scheme.MAMOT, on: date = DAY) -> Decision:
    """The rule's answer."""
    return eligibility(facts, scheme, on, book())


def of(person: PersonFacts, *family: PersonFacts) -> Facts:
    """The facts of somebody with others."""
    return replace(FACTS, person=person, family=family)


def with_facts(person: PersonFacts, **changes: Any) -> PersonFacts:
    """Somebody of whom something else is known."""
    return replace(person, **changes)


def part(decision: Decision, condition: Condition) -> tuple[Outcome, str]:
    """What is answered about one condition, and why."""
    found = next(each for each in decision.parts if condition_of(each) is condition)
    (reason,) = found.reasons
    return found.outcome, reason.code


@pytest.mark.req("ALT-01")
def test_a_ukrainian_who_lived_there_and_has_found_a_home_meets_every_condition() -> None:
    decision = asked(FACTS)
    assert decision.is_yes
    assert [condition_of(each) for each in decision.parts] == list(conditions_of(Scheme.MAMOT, DAY, book()))
    assert all(len(each.reasons) == 1 for each in decision.parts)
    assert decision.rule.version == "2022-03-15/2022-03-15"


FLAGS = {
    Condition.REGISTERED: "is_registered",
    Condition.APPLIED_FOR_PROTECTION: "has_applied",
    Condition.DUF: "has_duf",
    Condition.D_NUMBER: "has_d_number",
}


@pytest.mark.req("ALT-01")
@pytest.mark.parametrize(("condition", "name"), FLAGS.items())
@pytest.mark.parametrize(("known", "outcome"), [(True, Outcome.YES), (False, Outcome.NO), (None, Outcome.UNKNOWN)])
def test_a_plain_condition_is_met_not_met_or_asked_for(
    condition: Condition, name: str, known: bool | None, outcome: Outcome
) -> None:
    decision = asked(of(with_facts(OLENA, **{name: known})))
    assert part(decision, condition)[0] is outcome
    assert decision.outcome is outcome


@pytest.mark.req("ALT-01")
@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"lived_in_ukraine": True}, (Outcome.YES, "target_group_ukrainian")),
        ({"lived_in_ukraine": False}, (Outcome.NO, "target_group_not_met")),
        ({"lived_in_ukraine": None}, (Outcome.UNKNOWN, "target_group_unknown")),
        ({"citizenship": "SYR", "had_protection": True}, (Outcome.YES, "target_group_protected")),
        ({"citizenship": "XXA", "had_protection": True}, (Outcome.YES, "target_group_protected")),
        # That they lived there does not help who was not protected there.
        ({"citizenship": "SYR", "had_protection": False}, (Outcome.NO, "target_group_not_met")),
        ({"citizenship": "SYR", "had_protection": None}, (Outcome.UNKNOWN, "target_group_unknown")),
        ({"citizenship": ""}, (Outcome.UNKNOWN, "citizenship_unknown")),
        ({"lived_in_ukraine": False, "tie": None}, (Outcome.UNKNOWN, "tie_unknown")),
    ],
)
def test_the_target_group_is_asked_of_citizenship_home_and_protection(
    changes: dict[str, object], expected: tuple[Outcome, str]
) -> None:
    assert part(asked(of(with_facts(OLENA, **changes))), Condition.TARGET_GROUP) == expected


STRANGER = replace(OLENA, citizenship="GEO", lived_in_ukraine=True, had_protection=False)


@pytest.mark.req("ALT-01")
@pytest.mark.parametrize("tie", [FamilyTie.SPOUSE, FamilyTie.COHABITANT, FamilyTie.HOUSEHOLD])
def test_close_family_of_one_of_the_target_group_is_in_it_too(tie: FamilyTie) -> None:
    family = replace(STRANGER, tie=tie)
    assert part(asked(of(family, OLENA)), Condition.TARGET_GROUP) == (Outcome.YES, "target_group_family")
    outside = replace(STRANGER, tie=FamilyTie.NONE)
    assert part(asked(of(family, outside)), Condition.TARGET_GROUP) == (Outcome.NO, "main_person_not_met")
    unknown = replace(OLENA, lived_in_ukraine=None)
    assert part(asked(of(family, unknown)), Condition.TARGET_GROUP) == (Outcome.UNKNOWN, "main_person_unknown")
    assert part(asked(of(family)), Condition.TARGET_GROUP) == (Outcome.UNKNOWN, "main_person_unknown")


@pytest.mark.req("ALT-01")
@pytest.mark.parametrize(
    ("born", "expected"),
    [
        (date(2004, 6, 2), (Outcome.YES, "target_group_family")),
        (date(2004, 6, 1), (Outcome.NO, "child_is_grown")),  # eighteen on the day
        (None, (Outcome.UNKNOWN, "birth_date_unknown")),
    ],
)
def test_a_child_is_close_family_until_the_birthday(born: date | None, expected: tuple[Outcome, str]) -> None:
    child = replace(STRANGER, tie=FamilyTie.CHILD, birth_date=born)
    assert part(asked(of(child, OLENA)), Condition.TARGET_GROUP) == expected


@pytest.mark.req("ALT-02")
@pytest.mark.parametrize(
    ("born", "alone", "expected"),
    [
        (date(2010, 1, 1), True, (Outcome.NO, "not_alone_not_met")),
        (date(2010, 1, 1), False, (Outcome.YES, "not_alone_met")),
        (date(2010, 1, 1), None, (Outcome.UNKNOWN, "not_alone_unknown")),
        (date(1990, 1, 1), True, (Outcome.YES, "not_alone_met")),
        (None, None, (Outcome.UNKNOWN, "not_alone_unknown")),
    ],
)
def test_an_unaccompanied_minor_is_outside_mamot(
    born: date | None, alone: bool | None, expected: tuple[Outcome, str]
) -> None:
    minor = replace(OLENA, birth_date=born, is_alone_minor=alone)
    assert part(asked(of(minor)), Condition.NOT_ALONE) == expected


@pytest.mark.req("ALT-02")
def test_an_unaccompanied_minor_is_led_to_amot() -> None:
    minor = replace(OLENA, birth_date=date(2010, 1, 1), is_alone_minor=True, has_carer=True)
    assert asked(of(minor)).is_no
    assert asked(of(minor), Scheme.AMOT).is_yes
    # A carer who is no near family is for minors alone.
    assert asked(of(replace(OLENA, has_carer=True)), Scheme.AMOT).is_no


@pytest.mark.req("ALT-02")
@pytest.mark.parametrize(
    ("family", "carer", "needs", "alone"),
    list(product([True, False, None], [True, False, None], [True, False, None], [True, False])),
)
def test_amot_asks_for_near_family_or_a_need_that_centres_cannot_meet(
    family: bool | None, carer: bool | None, needs: bool | None, alone: bool
) -> None:
    person = replace(OLENA, has_near_family=family, has_carer=carer, needs_adaptation=needs, is_alone_minor=alone)
    ways = [family, needs, *([carer] if alone else [])]
    expected = Outcome.YES if any(ways) else Outcome.UNKNOWN if None in ways else Outcome.NO
    assert part(asked(of(person), Scheme.AMOT), Condition.NEED_OR_FAMILY)[0] is expected


@pytest.mark.req("ALT-02")
@pytest.mark.parametrize(("right", "outcome"), [(True, Outcome.YES), (False, Outcome.NO), (None, Outcome.UNKNOWN)])
def test_amot_is_for_those_who_are_entitled_to_a_centre_place(right: bool | None, outcome: Outcome) -> None:
    person = replace(OLENA, has_centre_right=right, has_near_family=True)
    assert asked(of(person), Scheme.AMOT).outcome is outcome


@pytest.mark.req("ALT-01")
def test_a_home_that_is_used_to_run_a_centre_does_not_count_and_what_is_not_known_is_asked_for() -> None:
    assert part(asked(replace(FACTS, is_centre_housing=True)), Condition.NOT_CENTRE_HOUSING)[0] is Outcome.NO
    assert part(asked(replace(FACTS, is_centre_housing=None)), Condition.NOT_CENTRE_HOUSING)[0] is Outcome.UNKNOWN
    assert part(asked(replace(FACTS, home_kind=None)), Condition.HOME)[0] is Outcome.UNKNOWN


@pytest.mark.req("ALT-07")
@pytest.mark.parametrize(
    ("settles_on", "expected"),
    [
        (None, (Outcome.YES, "four_weeks_not_agreed")),
        (date(2022, 6, 29), (Outcome.YES, "four_weeks_met")),
        (date(2022, 6, 28), (Outcome.NO, "four_weeks_not_met")),
        (date(2022, 5, 1), (Outcome.NO, "four_weeks_not_met")),
    ],
)
def test_less_than_four_weeks_to_settlement_is_a_ground_of_its_own(
    settles_on: date | None, expected: tuple[Outcome, str]
) -> None:
    decision = asked(replace(FACTS, settles_on=settles_on))
    assert part(decision, Condition.FOUR_WEEKS) == expected
    assert unmet(decision) == ((Condition.FOUR_WEEKS,) if expected[0] is Outcome.NO else ())


@pytest.mark.req("ALT-08")
@pytest.mark.parametrize(
    ("received_on", "outcome"),
    [
        (date(2022, 3, 14), Outcome.NO),
        (date(2022, 3, 15), Outcome.YES),
        (date(2024, 2, 14), Outcome.YES),
        (date(2024, 2, 15), Outcome.NO),
    ],
)
def test_mamot_takes_the_applications_that_came_while_it_was_open(received_on: date, outcome: Outcome) -> None:
    # Also where they are decided later.
    for on in (received_on, date(2024, 6, 1)):
        assert part(asked(replace(FACTS, received_on=received_on), on=on), Condition.OPEN)[0] is outcome


def test_a_no_says_all_that_is_not_met_and_nothing_else() -> None:
    person = replace(OLENA, has_duf=False, has_d_number=None, is_registered=False)
    decision = asked(of(person))
    assert decision.is_no
    assert [reason.code for reason in decision.reasons] == ["registered_not_met", "duf_not_met"]
