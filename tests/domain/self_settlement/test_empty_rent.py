"""Rent for a home that stands empty before they come: said in full or not at all, beside what is published (SET-17)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.kernel.errors import Refused
from fotfeste.self_settlement.domain.empty_rent import (
    EmptyDays,
    PaidBy,
    empty_days,
    empty_rent_findings,
    rent_for,
)
from fotfeste.self_settlement.domain.terms import EmptyRent

pytestmark = pytest.mark.req("SET-17")
BEGINS = date(2024, 4, 1)
HALF_APRIL = EmptyDays(paid_by=PaidBy.MUNICIPALITY, from_on=BEGINS, until_on=date(2024, 4, 16), amount_ore=600_000)


def test_days_are_told_with_the_last_one_and_kept_until_they_move_in() -> None:
    last = date(2024, 4, 15)
    assert empty_days(PaidBy.MUNICIPALITY, BEGINS, last, 600_000, starts_on=BEGINS) == HALF_APRIL
    assert empty_days(None, None, None, 0, starts_on=BEGINS) is None


@pytest.mark.parametrize(
    ("paid_by", "first", "last", "amount", "code", "field"),
    [
        (None, BEGINS, None, 0, "empty_rent_without_payer", "empty_rent_by"),
        (None, None, None, 1, "empty_rent_without_payer", "empty_rent_by"),
        (PaidBy.OTHER, None, BEGINS, 1, "empty_rent_incomplete", "empty_from"),
        (PaidBy.OTHER, BEGINS, None, 1, "empty_rent_incomplete", "empty_last"),
        (PaidBy.OTHER, BEGINS, BEGINS, 0, "empty_rent_incomplete", "empty_rent"),
        (PaidBy.OTHER, date(2024, 3, 31), BEGINS, 1, "empty_rent_before_rent", "empty_from"),
        (PaidBy.OTHER, date(2024, 4, 2), BEGINS, 1, "empty_rent_ends_first", "empty_last"),
    ],
)
def test_what_is_said_by_halves_is_refused(
    paid_by: PaidBy | None, first: date | None, last: date | None, amount: int, code: str, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        empty_days(paid_by, first, last, amount, starts_on=BEGINS)
    assert (refused.value.code, refused.value.field) == (code, field)


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        (EmptyRent.PAID, []),
        (EmptyRent.ASSESSED, ["empty_rent_to_assess"]),
        (EmptyRent.NO, ["empty_rent_not_in_terms"]),
        (None, ["empty_rent_not_published"]),
    ],
)
def test_it_is_held_beside_what_the_municipality_has_published(said: EmptyRent | None, codes: list[str]) -> None:
    assert [each.code for each in empty_rent_findings(HALF_APRIL, 1_200_000, said)] == codes
    assert empty_rent_findings(None, 1_200_000, said) == ()


def test_more_than_the_rent_for_the_days_stands_out() -> None:
    assert [each.code for each in empty_rent_findings(HALF_APRIL, 1_199_998, EmptyRent.PAID)] == [
        "empty_rent_over_rent"
    ]


@pytest.mark.parametrize(
    ("first", "until", "ore"),
    [
        (date(2024, 4, 1), date(2024, 5, 1), 1_200_000),
        (date(2024, 2, 1), date(2024, 3, 1), 1_200_000),
        (date(2023, 2, 15), date(2023, 3, 1), 600_000),
        (date(2024, 4, 16), date(2024, 6, 1), 1_800_000),
        (date(2024, 12, 31), date(2025, 1, 2), 77_420),  # two thirty-firsts, rounded up
    ],
)
def test_rent_for_days_is_the_part_of_each_month(first: date, until: date, ore: int) -> None:
    assert rent_for(1_200_000, first, until) == ore


@given(st.integers(0, 5_000_000), st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 400))
def test_rent_grows_with_the_days_and_parts_are_not_less_than_the_whole(rent: int, first: date, days: int) -> None:
    until, middle = first + timedelta(days=days), first + timedelta(days=days // 2)
    whole = rent_for(rent, first, until)
    assert whole <= rent_for(rent, first, until + timedelta(days=1))
    assert whole <= rent_for(rent, first, middle) + rent_for(rent, middle, until) <= whole + 1
