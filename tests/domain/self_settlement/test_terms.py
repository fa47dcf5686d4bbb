"""Published terms of agreed self-settlement: what makes them whole, whom they are for, when they are too old."""

from dataclasses import replace
from datetime import date

import pytest

from fotfeste.kernel.errors import NoRule, Refused
from fotfeste.self_settlement.domain.parameters import book
from fotfeste.self_settlement.domain.terms import (
    Deposit,
    EmptyRent,
    Stand,
    TargetGroup,
    Terms,
    helps_with_deposit,
    is_for,
    ready_to_publish,
    review_of,
)

pytestmark = pytest.mark.req("SET-13")
YES = Terms(
    allows=True,
    deposit=Deposit.GUARANTEE,
    empty_rent=EmptyRent.NO,
    finds_next_home=True,
    office="Flyktningtjenesten",
    email="flyktning@levanger.example",
)


@pytest.mark.parametrize(
    ("last_on", "due_on"),
    [
        (date(2024, 3, 14), date(2025, 3, 14)),
        (date(2024, 1, 31), date(2025, 1, 31)),
        (date(2023, 12, 31), date(2024, 12, 31)),
        (date(2024, 2, 29), date(2025, 2, 28)),  # a leap day
        (date(2023, 2, 28), date(2024, 2, 28)),  # a leap year on the way
    ],
)
def test_terms_are_too_old_from_the_day_a_year_has_passed(last_on: date, due_on: date) -> None:
    review = review_of(last_on, due_on, book())
    assert review.due_on == due_on
    assert review.is_due_on(due_on)
    assert not review.is_due_on(date.fromordinal(due_on.toordinal() - 1))
    assert (review.rule.code, review.rule.status) == ("self_settlement.terms_review_months", "demo")


def test_before_there_was_a_rule_nothing_is_guessed() -> None:
    with pytest.raises(NoRule):
        review_of(date(2021, 3, 14), date(2021, 3, 14), book())


@pytest.mark.parametrize(
    ("lacking", "code", "field"),
    [
        ({"deposit": None}, "terms_need_deposit", "deposit"),
        ({"empty_rent": None}, "terms_need_empty_rent", "empty_rent"),
        ({"finds_next_home": None}, "terms_need_next_home", "finds_next_home"),
        ({"office": "  "}, "terms_need_office", "office"),
        ({"email": " "}, "terms_need_way", "phone"),
    ],
)
def test_whoever_allows_it_says_on_what_terms_and_whom_to_ask(
    lacking: dict[str, object], code: str, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        ready_to_publish(replace(YES, **lacking))  # type: ignore[arg-type]
    assert (refused.value.code, refused.value.field) == (code, field)


def test_whoever_does_not_allow_it_has_no_terms_and_needs_no_contact() -> None:
    said = ready_to_publish(replace(YES, allows=False, targets=(TargetGroup.WORK,), other_words=" Ikke i år. "))
    assert said == Terms(allows=False, other_words="Ikke i år.", office=YES.office, email=YES.email)
    assert said.stand is Stand.NOT_ALLOWED
    assert ready_to_publish(Terms(allows=False)) == Terms(allows=False)


def test_target_groups_stand_in_their_order_whatever_order_they_were_chosen_in() -> None:
    chosen = replace(YES, targets=(TargetGroup.WORK, TargetGroup.COUPLES))
    assert ready_to_publish(chosen).targets == (TargetGroup.COUPLES, TargetGroup.WORK)


@pytest.mark.parametrize(
    ("contact", "field"),
    [
        ({"office": "Kari Nordmann"}, "office"),
        ({"office": "Nordmann, Kari (flyktning)"}, "office"),
        ({"email": "kari.nordmann@levanger.example"}, "email"),
        ({"email": "Kari_Nordmann@levanger.example"}, "email"),
        ({"email": "gorild.aas@levanger.example"}, "email"),
        ({"office": "Nordmann gård"}, ""),  # one word of a name is no name
        ({"email": "flyktning.kari@levanger.example"}, ""),
    ],
)
def test_the_contact_is_an_office_and_never_somebody_who_works_there(contact: dict[str, str], field: str) -> None:
    staff = ["Kari Nordmann", "Gørild Aas"]
    typed = replace(YES, **contact)  # type: ignore[arg-type]
    if not field:
        assert ready_to_publish(typed, staff).office == typed.office
        return
    with pytest.raises(Refused) as refused:
        ready_to_publish(typed, staff)
    assert (refused.value.code, refused.value.field) == ("terms_of_a_person", field)


def test_terms_without_target_groups_are_for_everybody() -> None:
    some = replace(YES, targets=(TargetGroup.WORK, TargetGroup.FAMILIES))
    assert all(is_for(YES, each) for each in TargetGroup)
    assert [each for each in TargetGroup if is_for(some, each)] == [TargetGroup.FAMILIES, TargetGroup.WORK]
    assert not any(is_for(Terms(allows=False), each) for each in TargetGroup)


def test_help_with_the_deposit_may_be_from_case_to_case() -> None:
    helped = [each for each in Deposit if helps_with_deposit(replace(YES, deposit=each))]
    assert helped == [Deposit.PAID, Deposit.GUARANTEE, Deposit.LOAN, Deposit.ASSESSED]
    assert not helps_with_deposit(Terms(allows=False))
