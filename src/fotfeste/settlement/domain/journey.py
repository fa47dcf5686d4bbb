"""Rules of the journey: who pays which leg, food, luggage, own car, what needs UDI's approval (TRV-01..03,
GUIDE 1.8).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta

from fotfeste.kernel.calendar import Week
from fotfeste.kernel.decisions import Decision, Reason, RuleRef
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.parameters import ParameterBook
from fotfeste.settlement.domain.types import Payer, TravelMode

PUBLIC_TRANSPORT = frozenset({TravelMode.TRAIN, TravelMode.BUS, TravelMode.PLANE, TravelMode.BOAT})
NEEDS_APPROVAL = frozenset(TravelMode) - PUBLIC_TRANSPORT - {TravelMode.OWN_CAR}
LATEST_AFTER_OFFER = timedelta(days=365)  # no source says when; a year is longer than anybody holds a home
APPROVAL = RuleRef("settlement.travel_approval", "2024", "GUIDE 1.8", "verified")


@dataclass(frozen=True, slots=True)
class LegPlan:
    """One leg as planned: how, from where, to where, and its price in øre where known."""

    mode: TravelMode
    start: str
    end: str
    price_ore: int | None = None


@dataclass(frozen=True, slots=True)
class OwnCar:
    """What must be there when residents drive themselves. Money in øre, per person."""

    persons: int | None
    ticket_price_ore: int | None
    self_declaration_signed_on: date | None
    green_card_valid_until: date | None


@dataclass(frozen=True, slots=True)
class JourneyPlan:
    """A journey as it is being agreed. `minutes` is the whole way, waiting included."""

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
    """The ways of travelling that the centre is to pay for and UDI must approve."""
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


def needs_approval(legs: Sequence[LegPlan], paid_by: Sequence[Payer]) -> Decision:
    """Whether UDI must approve in writing first: where the centre is to pay for anything but public transport
    (TRV-02).

    An own car needs none: it has its own rule, the self-declaration (TRV-03). What the municipality pays is
    its own choice.
    """
    other = sorted(modes_to_approve(legs, paid_by))
    if other:
        return Decision.yes(APPROVAL, Reason("not_public_transport", {"modes": ", ".join(other)}))
    return Decision.no(APPROVAL, Reason("public_transport"))


def car_refund_ore(ticket_price_ore: int, persons: int) -> int:
    """What residents in an own car are refunded, in øre: a public transport ticket per person in it
    (TRV-03).
    """
    return ticket_price_ore * persons


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
    if plan.minutes <= 0:
        raise Refused("a_journey_takes_time", "hours")
    if plan.luggage_pieces < 0:
        raise Refused("luggage_not_negative", "luggage_pieces")
    _check_legs(plan)
    paid_by = payers(plan.legs, plan.hub)
    if plan.own_car is not None:
        _check_own_car(plan.own_car, plan.travels_on, today=today, size=size)
    if needs_food(plan.minutes, plan.travels_on, book).is_yes and not plan.has_food:
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


def _check_own_car(car: OwnCar, travels_on: date, *, today: date, size: int) -> None:
    """Self-declaration signed before the journey, a green card valid that day, and a price to refund
    (TRV-03).
    """
    if car.self_declaration_signed_on is None:
        raise Refused("self_declaration_missing", "self_declaration_signed_on")
    if car.self_declaration_signed_on > min(travels_on, today):
        raise Refused("self_declaration_too_late", "self_declaration_signed_on")
    if car.green_card_valid_until is None or car.green_card_valid_until < travels_on:
        raise Refused("green_card_not_valid", "green_card_valid_until")
    if car.persons is None or not 1 <= car.persons <= size:
        raise Refused("persons_in_car_wrong", "persons_in_car", {"size": size})
    if car.ticket_price_ore is None:
        raise Refused("ticket_price_missing", "ticket_price")
    if car.ticket_price_ore < 0:
        raise Refused("ticket_not_negative", "ticket_price")
