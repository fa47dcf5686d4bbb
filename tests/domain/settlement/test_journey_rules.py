"""The journey: payers, food, luggage, own car, approval."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

import pytest

from fotfeste.kernel.calendar import Week
from fotfeste.kernel.errors import Refused
from fotfeste.settlement.domain.journey import (
    JourneyPlan,
    LegPlan,
    OwnCar,
    approved_modes,
    check_journey,
    check_near_offer,
    luggage_checked_on,
    luggage_pieces,
    modes_to_approve,
    needs_food,
    payers,
)
from fotfeste.settlement.domain.own_car import Fares, refund_ore
from fotfeste.settlement.domain.parameters import book
from fotfeste.settlement.domain.types import Payer, TravelMode

TODAY = date(2024, 3, 14)
DAY = date(2024, 3, 26)
TRAIN = LegPlan(TravelMode.TRAIN, "Voss", "Trondheim S")
TRAIN_ON = LegPlan(TravelMode.TRAIN, "Trondheim S", "Levanger stasjon")
BY_CAR_OF_MUNICIPALITY = LegPlan(TravelMode.MINIBUS, "Levanger stasjon", "Levanger")
PLAN = JourneyPlan(
    travels_on=DAY,
    agreed_with="Anne Moe",
    agreed_on=TODAY,
    hub="Levanger stasjon",
    legs=(TRAIN, TRAIN_ON, BY_CAR_OF_MUNICIPALITY),
    minutes=600,
    has_food=True,
    luggage_pieces=2,
)
CAR = OwnCar(
    persons=4,
    ticket_price_ore=49_900,
    self_declaration_signed_on=TODAY,
    green_card_valid_until=DAY,
)
DRIVE = replace(PLAN, hub="", legs=(LegPlan(TravelMode.OWN_CAR, "Voss", "Levanger"),), own_car=CAR)


def refusal(plan: JourneyPlan, *, approved: Collection[TravelMode] = (), today: date = TODAY) -> tuple[str, str | None]:
    with pytest.raises(Refused) as caught:
        check_journey(plan, today=today, size=4, approved=approved, book=book())
    return caught.value.code, caught.value.field


@pytest.mark.req("TRV-01")
def test_the_centre_pays_to_the_hub_and_the_municipality_from_it() -> None:
    assert payers(PLAN.legs, "levanger Stasjon ") == (Payer.CENTRE, Payer.CENTRE, Payer.MUNICIPALITY)


@pytest.mark.req("TRV-01")
def test_a_hub_that_no_leg_ends_at_is_refused() -> None:
    assert refusal(replace(PLAN, hub="Værnes")) == ("hub_not_on_the_way", "hub")


@pytest.mark.req("TRV-01")
def test_a_journey_that_ends_at_the_hub_is_all_paid_by_the_centre() -> None:
    assert payers((TRAIN,), "Trondheim S") == (Payer.CENTRE,)


@pytest.mark.req("TRV-02")
@pytest.mark.parametrize(("minutes", "is_needed"), [(179, False), (180, True), (181, True)])
def test_food_is_needed_at_exactly_three_hours(minutes: int, is_needed: bool) -> None:
    assert needs_food(minutes, DAY, book()).is_yes is is_needed


@pytest.mark.req("TRV-02")
def test_a_long_journey_without_food_is_refused_and_a_short_one_is_not() -> None:
    assert refusal(replace(PLAN, minutes=180, has_food=False)) == ("journey_without_food", "has_food")
    assert check_journey(replace(PLAN, minutes=179, has_food=False), today=TODAY, size=4, approved=(), book=book())


@pytest.mark.req("TRV-02")
def test_the_usual_luggage_is_two_pieces() -> None:
    assert luggage_pieces(DAY, book()) == 2


@pytest.mark.req("TRV-02")
def test_a_taxi_paid_by_the_centre_needs_udis_approval_first() -> None:
    taxi = replace(PLAN, legs=(LegPlan(TravelMode.TAXI, "Voss", "Levanger stasjon"), BY_CAR_OF_MUNICIPALITY))
    assert refusal(taxi) == ("travel_not_approved", "legs")
    assert check_journey(taxi, today=TODAY, size=4, approved=[TravelMode.TAXI], book=book()) == (
        Payer.CENTRE,
        Payer.MUNICIPALITY,
    )


@pytest.mark.req("TRV-02")
def test_what_the_municipality_pays_is_its_own_choice() -> None:
    assert not modes_to_approve(PLAN.legs, payers(PLAN.legs, PLAN.hub))


@pytest.mark.req("TRV-03")
def test_an_own_car_with_its_papers_needs_no_hub_and_no_approval() -> None:
    assert check_journey(DRIVE, today=TODAY, size=4, approved=(), book=book()) == (Payer.CENTRE,)


@pytest.mark.req("TRV-03")
@pytest.mark.parametrize(
    ("car", "code", "field"),
    [
        (replace(CAR, self_declaration_signed_on=None), "self_declaration_missing", "self_declaration_signed_on"),
        (
            replace(CAR, self_declaration_signed_on=date(2024, 3, 15)),
            "self_declaration_too_late",
            "self_declaration_signed_on",
        ),
        (replace(CAR, green_card_valid_until=None), "green_card_not_valid", "green_card_valid_until"),
        (replace(CAR, green_card_valid_until=date(2024, 3, 25)), "green_card_not_valid", "green_card_valid_until"),
        (replace(CAR, persons=5), "persons_in_car_wrong", "persons_in_car"),
        (replace(CAR, persons=0), "persons_in_car_wrong", "persons_in_car"),
        (replace(CAR, ticket_price_ore=None), "ticket_price_missing", "ticket_price"),
        (replace(CAR, ticket_price_ore=-1), "ticket_not_negative", "ticket_price"),
    ],
)
def test_an_own_car_without_its_papers_is_refused_at_the_field(car: OwnCar, code: str, field: str) -> None:
    assert refusal(replace(DRIVE, own_car=car)) == (code, field)


@pytest.mark.req("TRV-03")
def test_the_refund_is_a_ticket_per_person_in_the_car() -> None:
    assert refund_ore(Fares(4, 49_900)) == 199_600


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        (replace(PLAN, agreed_with=" "), "agreed_with_missing"),
        (replace(PLAN, agreed_on=date(2024, 3, 15)), "agreed_in_the_future"),
        (replace(PLAN, travels_on=date(2024, 3, 13)), "journey_before_agreement"),
        (replace(PLAN, minutes=0), "a_journey_takes_time"),
        (replace(PLAN, luggage_pieces=-1), "luggage_not_negative"),
        (replace(PLAN, legs=()), "journey_without_legs"),
        (replace(PLAN, legs=(LegPlan(TravelMode.TRAIN, "Voss", ""),)), "leg_without_places"),
        (replace(PLAN, legs=(TRAIN, BY_CAR_OF_MUNICIPALITY)), "leg_starts_elsewhere"),
        (replace(PLAN, hub=""), "a_journey_has_a_hub"),
        (replace(PLAN, legs=(LegPlan(TravelMode.OWN_CAR, "Voss", "Levanger"),)), "own_car_without_papers"),
        (replace(DRIVE, legs=(*DRIVE.legs, LegPlan(TravelMode.BUS, "Levanger", "X"))), "own_car_drives_all_the_way"),
    ],
)
@pytest.mark.req("TRV-01")
def test_a_plan_that_cannot_be_travelled_is_refused(plan: JourneyPlan, code: str) -> None:
    assert refusal(plan)[0] == code


@pytest.mark.req("TRV-02")
@pytest.mark.parametrize(
    ("answers", "approved"),
    [
        ([], set()),
        ([(["taxi"], True)], {"taxi"}),
        ([(["taxi"], True), (["minibus"], False)], {"taxi"}),
        ([(["taxi"], True), (["taxi", "minibus"], False)], set()),
        ([(["taxi"], False), (["taxi"], True), (["minibus"], True)], {"taxi", "minibus"}),
    ],
)
def test_of_each_way_of_travelling_udis_latest_answer_counts(
    answers: list[tuple[list[str], bool]], approved: set[str]
) -> None:
    assert approved_modes(answers) == approved


@pytest.mark.req("TRV-02")
def test_an_approval_of_a_taxi_is_none_of_a_minibus() -> None:
    first, *rest = PLAN.legs
    minibus = replace(PLAN, legs=(replace(first, mode=TravelMode.MINIBUS), *rest))
    assert refusal(minibus, approved=[TravelMode.TAXI]) == ("travel_not_approved", "legs")


@pytest.mark.req("TRV-03")
def test_a_self_declaration_that_is_signed_after_they_have_driven_is_too_late() -> None:
    late = replace(CAR, self_declaration_signed_on=date(2024, 3, 27))
    with pytest.raises(Refused, match="self_declaration_too_late"):
        check_journey(replace(DRIVE, own_car=late), today=date(2024, 3, 28), size=4, approved=(), book=book())


@pytest.mark.req("SET-07")
def test_a_journey_up_to_a_year_after_the_week_of_the_offer_is_no_slip() -> None:
    check_near_offer(date(2025, 3, 31), Week(2024, 13))  # a year after Sunday 31 March
    with pytest.raises(Refused, match="journey_too_late"):
        check_near_offer(date(2025, 4, 1), Week(2024, 13))


@pytest.mark.req("TRV-02")
@pytest.mark.parametrize(
    ("checked_on", "before_on", "carriers_before", "holds"),
    [
        (date(2024, 3, 12), date(2024, 3, 12), {"Widerøe"}, False),  # SAS has come since then
        (date(2024, 3, 12), date(2024, 3, 12), {"sas "}, True),
        (date(2024, 3, 12), date(2024, 3, 12), {"SAS", "Widerøe"}, True),  # one fewer
        (date(2024, 3, 13), date(2024, 3, 12), {"Widerøe"}, True),  # asked again
        (date(2024, 3, 12), None, set(), True),  # said for the first time
        (None, date(2024, 3, 12), {"Widerøe"}, True),
    ],
)
def test_a_luggage_check_is_of_the_carriers_of_that_day(
    checked_on: date | None, before_on: date | None, carriers_before: set[str], holds: bool
) -> None:
    legs = (LegPlan(TravelMode.PLANE, "Bergen", "Værnes", operator="SAS"), LegPlan(TravelMode.BUS, "Værnes", "X"))
    plan = replace(PLAN, legs=legs, luggage_checked_on=checked_on)
    assert luggage_checked_on(plan, before_on, carriers_before) == (checked_on if holds else None)
