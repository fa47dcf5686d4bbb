"""Rules of the journey: who pays which leg, food, luggage, own car, what needs UDI's approval (TRV-01..03,
GUIDE 1.8).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, date, time, timedelta

from fotfeste.kernel.calendar import Week
from fotfeste.kernel.decisions import Decision, Reason
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.parameters import ParameterBook
from fotfeste.settlement.domain.own_car import customs_valid_until
from fotfeste.settlement.domain.travel_times import LegTimes, last_day, leg_times, whole_way
from fotfeste.settlement.domain.types import CarInsurance, Payer, TravelMode

PUBLIC_TRANSPORT = frozenset({TravelMode.TRAIN, TravelMode.BUS, TravelMode.PLANE, TravelMode.BOAT})
NEEDS_APPROVAL = frozenset(TravelMode) - PUBLIC_TRANSPORT - {TravelMode.OWN_CAR}
LATEST_AFTER_OFFER = timedelta(days=365)  # no source says when; a year is longer than anybody holds a home


@dataclass(frozen=True, slots=True)
class LegPlan:
    """One leg as planned: how, from where, to where, its price in øre and its times on the wall where known."""

    mode: TravelMode
    start: str
    end: str
    price_ore: int | None = None
    departs: time | None = None
    arrives: time | None = None
    operator: str = ""


@dataclass(frozen=True, slots=True)
class OwnCar:
    """What must be there when residents drive themselves. Money in øre, per person.

    `persons` are all in the car; of them children and infants may have fares of their own. With customs' insurance the
    day that it was issued says until when it holds; otherwise the green card does.
    """

    persons: int | None
    ticket_price_ore: int | None
    self_declaration_signed_on: date | None
    green_card_valid_until: date | None
    children: int = 0
    child_price_ore: int | None = None
    infants: int = 0
    infant_price_ore: int = 0
    insurance: CarInsurance = CarInsurance.GREEN_CARD
    customs_issued_on: date | None = None


@dataclass(frozen=True, slots=True)
class JourneyPlan:
    """A journey as it is being agreed. `minutes` is the whole way, waiting included, as somebody says: it counts only
    where the times of the legs do not tell all of it (`minutes_of`)."""

    travels_on: date
    agreed_with: str
    agreed_on: date
    hub: str
    legs: tuple[LegPlan, ...]
    minutes: int
    has_food: bool
    luggage_pieces: int
    own_car: OwnCar | None = None
    receiver: str = ""
    booking_reference: str = ""
    note: str = ""
    luggage_checked_on: date | None = None


def times_of(plan: JourneyPlan) -> tuple[LegTimes, ...]:
    """When each leg leaves and arrives. Raises Refused `hour_does_not_exist`."""
    return leg_times(plan.travels_on, ((leg.departs, leg.arrives) for leg in plan.legs))


def minutes_of(plan: JourneyPlan) -> int:
    """The whole way in minutes: from the times of its legs, or as it was said where they do not tell. Raises Refused
    `hour_does_not_exist`.

    Where no leg goes on from the hub, the times tell the way to it alone: of them and what was said the longer counts.
    Source: GUIDE 1.8 ("total reisevei").
    """
    computed = whole_way(times_of(plan))
    if computed is None:
        return plan.minutes
    return max(computed, plan.minutes) if _ends_at_hub(plan) else computed


def _ends_at_hub(plan: JourneyPlan) -> bool:
    """Whether somebody fetches them at the hub; who drives their own car drives all the way."""
    return plan.own_car is None and _same_place(plan.legs[-1].end, plan.hub)


def _same_place(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()


def payers(legs: Sequence[LegPlan], hub: str) -> tuple[Payer, ...]:
    """Who pays each leg: the centre to the hub, the municipality from it (TRV-01).

    The hub (knutepunkt) is where a leg ends; the last such leg counts. Who drives their own car is paid by
    the centre, which UDI refunds. Raises Refused `hub_not_on_the_way` where no leg ends at the hub. Source:
    GUIDE 1.8.
    """
    if legs and all(leg.mode is TravelMode.OWN_CAR for leg in legs):
        return tuple(Payer.CENTRE for _ in legs)
    last = max((place for place, leg in enumerate(legs) if _same_place(leg.end, hub)), default=None)
    if last is None:
        raise Refused("hub_not_on_the_way", "hub", {"hub": hub})
    return tuple(Payer.CENTRE if place <= last else Payer.MUNICIPALITY for place in range(len(legs)))


def luggage_checked_on(plan: JourneyPlan, before_on: date | None, carriers_before: Collection[str]) -> date | None:
    """The day on which all carriers of a journey were asked about luggage; None where one has come since then.

    `before_on` and `carriers_before` are of the journey as it was. Saved again with the day it holds for those now.
    """
    asked = {carrier.strip().casefold() for carrier in carriers_before}
    carriers = {leg.operator.strip().casefold() for leg in plan.legs} - {""}
    is_of_others = plan.luggage_checked_on is not None and plan.luggage_checked_on == before_on and carriers - asked
    return None if is_of_others else plan.luggage_checked_on


def needs_food(minutes: int, on: date, book: ParameterBook) -> Decision:
    """Whether the centre must give food and drink: from three hours, exactly three included. Raises
    NoRule.
    """
    parameter = book.get("settlement.food_from_minutes", on)
    fields = {"minutes": minutes, "limit": parameter.integer}
    if minutes >= parameter.integer:
        return Decision.yes(parameter.rule_ref(), Reason("journey_is_long", fields), inputs=fields)
    return Decision.no(parameter.rule_ref(), Reason("journey_is_short", fields), inputs=fields)


def luggage_pieces(on: date, book: ParameterBook) -> int:
    """How many pieces of luggage each person usually may take. Raises NoRule."""
    return book.get("settlement.luggage_pieces", on).integer


def modes_to_approve(legs: Sequence[LegPlan], paid_by: Sequence[Payer]) -> frozenset[TravelMode]:
    """The ways of travelling that UDI must approve in writing first: what the centre is to pay for beside public
    transport (TRV-02, GUIDE 1.8).

    An own car needs none: it has its own rule, the self-declaration (TRV-03). What the municipality pays is its own
    choice.
    """
    paid = zip(legs, paid_by, strict=True)
    return frozenset(leg.mode for leg, payer in paid if payer is Payer.CENTRE and leg.mode in NEEDS_APPROVAL)


def approved_modes(answers: Iterable[tuple[Iterable[str], bool]]) -> frozenset[TravelMode]:
    """What UDI has approved: of each way of travelling, its latest answer counts.

    `answers` are UDI's, the oldest first: the modes that were asked for, and whether it said yes.
    """
    is_approved: dict[TravelMode, bool] = {}
    for modes, is_yes in answers:
        is_approved |= {TravelMode(mode): is_yes for mode in modes}
    return frozenset(mode for mode, is_yes in is_approved.items() if is_yes)


def insured_until(car: OwnCar, book: ParameterBook) -> date | None:
    """The last day on which the car may be driven; None where nobody has said. Raises NoRule."""
    if car.insurance is not CarInsurance.CUSTOMS:
        return car.green_card_valid_until
    return customs_valid_until(car.customs_issued_on, book) if car.customs_issued_on else None


def check_journey(
    plan: JourneyPlan, *, today: date, size: int, approved: Collection[TravelMode], book: ParameterBook
) -> tuple[Payer, ...]:
    """Who pays each leg of a journey that may be agreed. Raises Refused with the field, or NoRule.

    `size` is the number of persons in the group; `approved` are the modes that UDI has approved in writing. One that
    is written down late, after they have travelled, is let through: it was agreed before they went, and without it
    they could not be settled.
    """
    if not plan.agreed_with.strip():
        raise Refused("agreed_with_missing", "agreed_with")
    if plan.agreed_on > today:
        raise Refused("agreed_in_the_future", "agreed_on")
    if plan.travels_on < plan.agreed_on:
        raise Refused("journey_before_agreement", "travels_on", {"day": plan.agreed_on})
    if plan.luggage_pieces < 0:
        raise Refused("luggage_not_negative", "luggage_pieces")
    if plan.luggage_checked_on is not None and plan.luggage_checked_on > today:
        raise Refused("luggage_checked_in_the_future", "luggage_checked_on")
    _check_legs(plan)
    minutes = minutes_of(plan)
    if minutes <= 0:
        raise Refused("a_journey_takes_time", "hours")
    paid_by = payers(plan.legs, plan.hub)
    if plan.own_car is not None:
        _check_own_car(plan.own_car, plan.travels_on, today=today, size=size, book=book)
        _check_insured_all_the_way(plan.own_car, last_day(plan.travels_on, times_of(plan)), book)
    if needs_food(minutes, plan.travels_on, book).is_yes and not plan.has_food:
        raise Refused("journey_without_food", "has_food")
    if not modes_to_approve(plan.legs, paid_by) <= frozenset(approved):
        raise Refused("travel_not_approved", "legs")
    return paid_by


def check_near_offer(travels_on: date, week: Week) -> None:
    """Refuse a journey that is a slip of the year: nobody holds a home so long after the week of the offer (SET-07).

    Later in the same year it is let through and said: the municipality may hold the home longer than it first said.
    """
    latest = week.last_day + LATEST_AFTER_OFFER if week.year < MAXYEAR - 1 else date.max
    if travels_on > latest:
        raise Refused("journey_too_late", "travels_on", {"day": latest})


def _check_legs(plan: JourneyPlan) -> None:
    if not plan.legs:
        raise Refused("journey_without_legs", "legs")
    for number, leg in enumerate(plan.legs, start=1):
        if not leg.start.strip() or not leg.end.strip():
            raise Refused("leg_without_places", "legs", {"number": number})
        if leg.price_ore is not None and leg.price_ore < 0:
            raise Refused("price_not_negative", "legs", {"number": number})
    for number, (before, after) in enumerate(zip(plan.legs, plan.legs[1:], strict=False), start=2):
        if not _same_place(before.end, after.start):
            raise Refused("leg_starts_elsewhere", "legs", {"number": number, "end": before.end, "start": after.start})
    by_car = [leg for leg in plan.legs if leg.mode is TravelMode.OWN_CAR]
    if by_car and plan.own_car is None:
        raise Refused("own_car_without_papers", "is_own_car")
    if plan.own_car is not None and len(by_car) != len(plan.legs):
        raise Refused("own_car_drives_all_the_way", "legs")
    if plan.own_car is None and not plan.hub.strip():
        raise Refused("a_journey_has_a_hub", "hub")


def _check_own_car(car: OwnCar, travels_on: date, *, today: date, size: int, book: ParameterBook) -> None:
    """Self-declaration signed before the journey, a green card valid that day, and a price to refund
    (TRV-03).
    """
    if car.self_declaration_signed_on is None:
        raise Refused("self_declaration_missing", "self_declaration_signed_on")
    if car.self_declaration_signed_on > min(travels_on, today):
        raise Refused("self_declaration_too_late", "self_declaration_signed_on")
    if car.insurance is CarInsurance.CUSTOMS and car.customs_issued_on and car.customs_issued_on > travels_on:
        raise Refused("customs_insurance_begins_late", "customs_issued_on", {"day": car.customs_issued_on})
    valid_until = insured_until(car, book)
    if car.insurance is CarInsurance.CUSTOMS and (valid_until is None or valid_until < travels_on):
        raise Refused("customs_insurance_not_valid", "customs_issued_on", {"day": valid_until})
    if valid_until is None or valid_until < travels_on:
        raise Refused("green_card_not_valid", "green_card_valid_until")
    _check_fares(car, size)


def _check_insured_all_the_way(car: OwnCar, last_on: date, book: ParameterBook) -> None:
    """Who drives over midnight is insured on the day after too."""
    valid_until = insured_until(car, book)
    if valid_until is not None and valid_until < last_on:
        field = "customs_issued_on" if car.insurance is CarInsurance.CUSTOMS else "green_card_valid_until"
        raise Refused("not_insured_all_the_way", field, {"day": valid_until, "last_on": last_on})


def _check_fares(car: OwnCar, size: int) -> None:
    """Who is in the car, and the fare of each."""
    if car.persons is None or not 1 <= car.persons <= size:
        raise Refused("persons_in_car_wrong", "persons_in_car", {"size": size})
    if car.children < 0 or car.infants < 0 or car.children + car.infants > car.persons:
        raise Refused("children_are_among_those_in_the_car", "children_in_car")
    if car.ticket_price_ore is None:
        raise Refused("ticket_price_missing", "ticket_price")
    if car.children and car.child_price_ore is None:
        raise Refused("ticket_price_missing", "child_price")
    for field, price in (
        ("ticket_price", car.ticket_price_ore),
        ("child_price", car.child_price_ore or 0),
        ("infant_price", car.infant_price_ore),
    ):
        if price < 0:
            raise Refused("ticket_not_negative", field)
