"""Own car: the insurance's last day, the fares, what is owed and what is still to be paid."""

from dataclasses import replace
from datetime import date, time

import pytest

from fotfeste.kernel.errors import Refused
from fotfeste.kernel.periods import ONE_DAY
from fotfeste.settlement.domain.journey import OwnCar, check_journey, insured_until
from fotfeste.settlement.domain.own_car import (
    Claimed,
    Fares,
    customs_valid_until,
    due_ore,
    owed_ore,
    refund_ore,
    to_ask_again,
    udis_shares,
)
from fotfeste.settlement.domain.parameters import book
from fotfeste.settlement.domain.types import CarInsurance
from tests.domain.settlement.test_journey_rules import CAR, DAY, DRIVE, TODAY

TICKET, CHILD = 49_900, 24_950


@pytest.mark.req("TRV-03")
@pytest.mark.parametrize(
    ("issued_on", "last_day"),
    [
        (date(2024, 3, 1), date(2024, 3, 30)),
        (date(2024, 2, 1), date(2024, 3, 1)),  # a leap year
        (date(2023, 2, 1), date(2023, 3, 2)),
        (date(2023, 12, 15), date(2024, 1, 13)),
    ],
)
def test_customs_insurance_holds_on_its_thirtieth_day_and_not_after(issued_on: date, last_day: date) -> None:
    assert customs_valid_until(issued_on, book()) == last_day


def by_customs(issued_on: date | None) -> OwnCar:
    """Driven on customs' insurance; whatever the green card says does not count."""
    return replace(CAR, insurance=CarInsurance.CUSTOMS, customs_issued_on=issued_on, green_card_valid_until=DAY)


@pytest.mark.req("TRV-03")
@pytest.mark.parametrize(
    ("issued_on", "is_valid"),
    [(date(2024, 2, 26), True), (date(2024, 2, 25), False), (None, False), (DAY, True)],  # DAY is 26 March 2024
)
def test_a_car_is_driven_up_to_the_thirtieth_day(issued_on: date | None, is_valid: bool) -> None:
    plan = replace(DRIVE, own_car=by_customs(issued_on))
    if is_valid:
        assert check_journey(plan, today=TODAY, size=4, approved=(), book=book())
        return
    with pytest.raises(Refused) as caught:
        check_journey(plan, today=TODAY, size=4, approved=(), book=book())
    assert (caught.value.code, caught.value.field) == ("customs_insurance_not_valid", "customs_issued_on")


@pytest.mark.req("TRV-03")
def test_customs_insurance_that_is_issued_after_the_journey_insures_nobody_on_it() -> None:
    plan = replace(DRIVE, own_car=by_customs(DAY + ONE_DAY))
    with pytest.raises(Refused) as caught:
        check_journey(plan, today=TODAY, size=4, approved=(), book=book())
    assert (caught.value.code, caught.value.field) == ("customs_insurance_begins_late", "customs_issued_on")
    assert caught.value.params["day"] == DAY + ONE_DAY
    by_card = replace(by_customs(DAY + ONE_DAY), insurance=CarInsurance.GREEN_CARD)
    assert check_journey(replace(DRIVE, own_car=by_card), today=TODAY, size=4, approved=(), book=book())


@pytest.mark.req("TRV-03")
@pytest.mark.parametrize(
    ("departs", "arrives", "is_insured"),
    [
        (time(8), time(23, 59), True),
        (time(20), time(0), True),  # there as the last day ends
        (time(20), time(0, 1), False),
        (time(20), time(6), False),
        (time(20), None, True),  # nobody has said when they are there
    ],
)
@pytest.mark.parametrize(
    ("car", "field"),
    [(CAR, "green_card_valid_until"), (by_customs(date(2024, 2, 26)), "customs_issued_on")],  # both until DAY
)
def test_who_drives_over_midnight_is_insured_on_the_day_after_too(
    car: OwnCar, field: str, departs: time, arrives: time | None, is_insured: bool
) -> None:
    plan = replace(DRIVE, own_car=car, legs=(replace(DRIVE.legs[0], departs=departs, arrives=arrives),))
    if is_insured:
        assert check_journey(plan, today=TODAY, size=4, approved=(), book=book())
        return
    with pytest.raises(Refused) as caught:
        check_journey(plan, today=TODAY, size=4, approved=(), book=book())
    assert (caught.value.code, caught.value.field) == ("not_insured_all_the_way", field)
    assert caught.value.params == {"day": DAY, "last_on": DAY + ONE_DAY}


@pytest.mark.req("TRV-03")
def test_a_leg_that_leaves_on_the_day_after_is_driven_uninsured_though_nobody_said_when_it_arrives() -> None:
    first = replace(DRIVE.legs[0], end="Dombås", departs=time(20), arrives=time(23))
    plan = replace(DRIVE, legs=(first, replace(DRIVE.legs[0], start="Dombås", departs=time(0))))
    with pytest.raises(Refused, match="not_insured_all_the_way"):
        check_journey(plan, today=TODAY, size=4, approved=(), book=book())


@pytest.mark.req("TRV-03")
def test_a_green_card_says_itself_until_when() -> None:
    assert insured_until(replace(CAR, customs_issued_on=date(2020, 1, 1)), book()) == DAY


@pytest.mark.req("TRV-03")
@pytest.mark.parametrize(
    ("fares", "ore"),
    [
        (Fares(1, TICKET), 49_900),
        (Fares(4, TICKET), 199_600),
        (Fares(4, TICKET, children=2, child_price_ore=CHILD), 149_700),
        (Fares(3, TICKET, infants=1), 99_800),  # the infant would have travelled for nothing
        (Fares(3, TICKET, infants=1, infant_price_ore=5_000), 104_800),
        (Fares(4, TICKET, 1, CHILD, 1, 0), 124_750),
        (Fares(2, 0), 0),
    ],
)
def test_the_refund_is_the_fare_of_each_person_in_the_car(fares: Fares, ore: int) -> None:
    assert refund_ore(fares) == ore


@pytest.mark.req("TRV-03")
@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        (
            {"children": 3, "infants": 2, "child_price_ore": CHILD},
            "children_are_among_those_in_the_car",
            "children_in_car",
        ),
        ({"children": 1}, "ticket_price_missing", "child_price"),
        ({"children": 1, "child_price_ore": -1}, "ticket_not_negative", "child_price"),
        ({"infants": 1, "infant_price_ore": -1}, "ticket_not_negative", "infant_price"),
        ({"infants": -1}, "children_are_among_those_in_the_car", "children_in_car"),
    ],
)
def test_fares_that_cannot_be_are_refused_at_the_field(change: dict[str, int], code: str, field: str) -> None:
    plan = replace(DRIVE, own_car=replace(CAR, **change))  # type: ignore[arg-type]
    with pytest.raises(Refused) as caught:
        check_journey(plan, today=TODAY, size=4, approved=(), book=book())
    assert (caught.value.code, caught.value.field) == (code, field)


@pytest.mark.req("TRV-03")
@pytest.mark.parametrize(
    ("state", "paid", "owed", "due"),
    [
        ("journey_agreed", [], 199_600, 199_600),
        ("journey_agreed", [199_600], 199_600, 0),
        ("journey_agreed", [149_700], 199_600, 49_900),  # another came into the car
        ("journey_agreed", [249_500], 199_600, -49_900),  # one less
        ("settled", [], 199_600, 199_600),
        ("accepted", [], 0, 0),  # put off: nothing is paid
        ("accepted", [199_600], 199_600, 0),  # ... and nothing asked back
        ("queued", [199_600], 0, -199_600),  # the offer was taken back
        ("closed", [], 0, 0),
        ("refused", [199_600], 0, -199_600),
    ],
)
def test_what_is_owed_follows_the_case(state: str, paid: list[int], owed: int, due: int) -> None:
    found = owed_ore(state, Fares(4, TICKET), paid)
    assert (found, due_ore(found, paid)) == (owed, due)
    assert owed_ore(state, None, []) == 0


@pytest.mark.req("TRV-03")
@pytest.mark.parametrize(
    ("claims", "shares"),
    [
        ([("refunded", 1000), ("sent", -1000)], [1000, -1000]),
        ([("denied", 1000), ("sent", -1000)], [0, 0]),  # UDI has paid nothing: it has nothing to get back
        ([("denied", 1000), ("approved", 300), ("sent", -500)], [0, 300, -300]),
        ([("sent", 1000), ("sent", -1000)], [1000, -1000]),  # not answered yet
        ([("denied", 1000), ("kept", -1000), ("sent", 1000), ("sent", -400)], [0, 0, 1000, -400]),
        ([("refunded", 1000), ("denied", -400), ("sent", -600)], [1000, 0, -600]),  # UDI asked for nothing back
        ([("refunded", 1000), ("refunded", -1000), ("sent", 1000), ("paid_out", -1000)], [1000, -1000, 1000, -1000]),
    ],
)
def test_udi_is_owed_no_more_than_it_has_covered(claims: list[tuple[str, int]], shares: list[int]) -> None:
    seen = [Claimed(number, state, amount) for number, (state, amount) in enumerate(claims, start=1)]
    assert list(udis_shares(seen).values()) == shares


DENIED = Claimed(1, "denied", 1000)


@pytest.mark.req("TRV-03")
@pytest.mark.parametrize(
    ("others", "asked"),
    [
        ([], 1000),
        ([("kept", -300)], 700),  # the household has 700 still
        ([("paid_out", -300)], 700),  # ... whether UDI has been told or not
        ([("kept", -1000)], 0),
        ([("approved", 500), ("sent", -800)], 700),  # UDI covers nothing of the 700 that they have
        ([("refunded", 500), ("denied", -400)], 600),  # UDI let the centre keep 400: it is covered by that
        ([("kept", -1000), ("sent", 1000)], 0),  # paid anew, and asked for in full
    ],
)
def test_no_more_is_asked_once_more_than_they_have_and_udi_does_not_cover(
    others: list[tuple[str, int]], asked: int
) -> None:
    claims = [DENIED, *(Claimed(number, state, amount) for number, (state, amount) in enumerate(others, start=2))]
    assert to_ask_again(1, claims) == asked
    if asked:
        once_more = [replace(DENIED, state="sent", asked_ore=asked, after=len(claims)), *claims[1:]]
        assert udis_shares(once_more)[1] == asked
        assert {**udis_shares(once_more), 1: 0} == udis_shares(claims)


@pytest.mark.req("TRV-03")
def test_what_was_refunded_stays_what_it_was() -> None:
    claims = [Claimed(1, "denied", 1000), Claimed(2, "refunded", 500, refunded_ore=500), Claimed(3, "sent", -800)]
    assert udis_shares(claims) == {1: 0, 2: 500, 3: -500}
