"""The rules of departure: order of days, the same-day rule, addresses, how long a centre sees those who left."""

from datetime import date

import pytest

from fotfeste.accommodation.domain.departure import (
    ASKS_FOR_ADDRESS,
    Address,
    PostalPlace,
    check_departure_day,
    completed_address,
    consequences_of,
    lived_here_until,
    registered_same_day,
)
from fotfeste.accommodation.domain.types import DepartureReason
from fotfeste.kernel.decisions import Outcome
from fotfeste.kernel.errors import NoRule, Refused
from fotfeste.kernel.periods import Period

STAY = Period(date(2024, 2, 12), None)
TODAY = date(2024, 3, 14)
LEVANGER = PostalPlace("7600", "LEVANGER", "Trøndelag")


@pytest.mark.parametrize(
    ("on", "code"),
    [
        (date(2024, 3, 15), "departure_in_future"),
        (date(2024, 2, 11), "departure_before_arrival"),
    ],
)
@pytest.mark.req("ACC-04")
def test_a_departure_out_of_order_is_refused_beside_its_day(on: date, code: str) -> None:
    with pytest.raises(Refused) as refused:
        check_departure_day(STAY, on, TODAY)
    assert (refused.value.code, refused.value.field) == (code, "on")


@pytest.mark.parametrize("on", [date(2024, 2, 12), date(2024, 3, 1), TODAY])
def test_a_departure_from_the_day_of_arrival_to_today_is_in_order(on: date) -> None:
    check_departure_day(STAY, on, TODAY)


@pytest.mark.parametrize(
    ("registered_on", "outcome", "reason"),
    [
        (date(2024, 3, 14), Outcome.YES, "departure_registered_in_time"),
        (date(2024, 3, 15), Outcome.NO, "departure_registered_late"),
        (date(2024, 3, 20), Outcome.NO, "departure_registered_late"),
    ],
)
@pytest.mark.req("ACC-04")
def test_a_departure_is_registered_on_the_same_day_or_late(registered_on: date, outcome: Outcome, reason: str) -> None:
    decision = registered_same_day(TODAY, registered_on)
    assert decision.outcome is outcome
    assert decision.reasons[0].code == reason
    assert decision.rule.source.startswith("GUIDE 2.4")


def test_a_late_departure_says_how_many_days() -> None:
    decision = registered_same_day(date(2024, 3, 14), date(2024, 3, 17))
    assert decision.reasons[0].fields == {"days": 3}


def test_a_day_before_every_rule_is_not_guessed_at() -> None:
    with pytest.raises(NoRule):
        registered_same_day(date(2019, 12, 31), date(2019, 12, 31))


@pytest.mark.parametrize("reason", sorted(ASKS_FOR_ADDRESS))
@pytest.mark.parametrize(("address", "field"), [(Address(), "street"), (Address(street="Kirkegata 1"), "postal_code")])
@pytest.mark.req("ACC-04")
def test_those_who_settle_or_give_an_address_need_street_and_postal_code(
    reason: DepartureReason, address: Address, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        completed_address(reason, address, None)
    assert (refused.value.code, refused.value.field) == ("address_needed", field)


@pytest.mark.req("ACC-04")
def test_place_and_county_are_filled_in_from_the_postal_register() -> None:
    typed = Address("Kirkegata 1", "7600")
    assert completed_address(DepartureReason.AGREED_SETTLEMENT, typed, LEVANGER) == Address(
        "Kirkegata 1", "7600", "LEVANGER", "Trøndelag"
    )


@pytest.mark.parametrize(
    ("typed", "register", "code", "field"),
    [
        (Address("Kirkegata 1", "9999"), None, "postal_code_unknown", "postal_code"),
        (Address("Kirkegata 1", "7600", "VERDAL"), LEVANGER, "place_does_not_match", "place"),
        (Address("Kirkegata 1", "7600", "", "Oslo"), LEVANGER, "county_does_not_match", "county"),
    ],
)
def test_an_address_that_contradicts_the_register_is_refused_beside_its_field(
    typed: Address, register: PostalPlace | None, code: str, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        completed_address(DepartureReason.PRIVATE_ADDRESS, typed, register)
    assert (refused.value.code, refused.value.field) == (code, field)


def test_the_case_of_a_place_does_not_matter() -> None:
    typed = Address("Kirkegata 1", "7600", "Levanger", "trøndelag")
    assert completed_address(DepartureReason.PRIVATE_ADDRESS, typed, LEVANGER).place == "LEVANGER"


def test_a_place_without_a_county_keeps_what_was_typed() -> None:
    typed = Address("Veg 1", "9170", "", "Svalbard")
    register = PostalPlace("9170", "LONGYEARBYEN", "")
    assert completed_address(DepartureReason.PRIVATE_ADDRESS, typed, register).county == "Svalbard"


@pytest.mark.req("ACC-04")
def test_who_left_without_an_address_has_none() -> None:
    with pytest.raises(Refused) as refused:
        completed_address(DepartureReason.NO_ADDRESS, Address(street="Kirkegata 1"), None)
    assert refused.value.code == "address_not_expected"


@pytest.mark.parametrize(
    ("departed_on", "registered_on", "until"),
    [
        (date(2024, 3, 14), date(2024, 3, 14), date(2024, 4, 13)),
        (date(2024, 1, 1), date(2024, 3, 14), date(2024, 4, 13)),
    ],
)
def test_a_centre_sees_those_who_left_for_a_month_after_it_registered_them(
    departed_on: date, registered_on: date, until: date
) -> None:
    assert lived_here_until(departed_on, registered_on) == until


@pytest.mark.parametrize(
    ("reason", "whole", "code", "is_there"),
    [
        (DepartureReason.AGREED_SETTLEMENT, True, "settled_from_that_day", True),
        (DepartureReason.AGREED_SETTLEMENT, True, "settlement_case_closes", False),
        (DepartureReason.PRIVATE_ADDRESS, True, "remind_of_population_register", True),
        (DepartureReason.LEFT_COUNTRY, True, "settlement_case_closes", True),
        (DepartureReason.LEFT_COUNTRY, False, "settlement_case_closes", False),
        (DepartureReason.LEFT_COUNTRY, False, "bed_becomes_free", True),
    ],
)
@pytest.mark.req("TRV-04")
def test_the_consequences_follow_from_the_reason_and_who_leaves(
    reason: DepartureReason, whole: bool, code: str, is_there: bool
) -> None:
    codes = {consequence.code for consequence in consequences_of(reason, is_whole_group=whole)}
    assert (code in codes) is is_there
