"""Journeys in the states that their pages show: what the visits about travel need."""

from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, datetime, time
from typing import Protocol

from fotfeste.platform.viewer import Viewer
from fotfeste.settlement import public as settlement
from fotfeste.settlement.public import LegPlan, OwnCar, TravelMode


class Country(Protocol):
    """Who acts, and when."""

    def _as(self, username: str, days_ago: int) -> AbstractContextManager[tuple[Viewer, datetime]]: ...

    def _day(self, days_ago: int) -> date: ...


def on_the_road(group: int, country: Country) -> int:
    """The agent has a booking and has not answered; then the journey is put off, and a change is written."""
    hub = "Trondheim lufthavn Værnes"
    legs = (
        LegPlan(TravelMode.TRAIN, "Voss", "Bergen lufthavn", None, time(19, 40), time(22, 5)),
        LegPlan(TravelMode.PLANE, "Bergen lufthavn", hub, None, time(6, 50), time(8, 5)),
        LegPlan(TravelMode.BUS, hub, "Levanger", None, time(8, 45), time(10, 15)),
    )
    plan = settlement.JourneyPlan(
        travels_on=country._day(-12), agreed_with="Merethe Eie", agreed_on=country._day(1),
        hub=hub, legs=legs, minutes=0, has_food=True, luggage_pieces=2, receiver="Merethe Eie, 400 00 000",
    )  # fmt: skip
    with country._as("demo-voss", 0) as (by, at):
        settlement.write_booking(group, needs="Plass til barnevogn", by=by, at=at)
        settlement.send_booking(group, channel="email", sent_to="Berg-Hansen, Voss", sent_on=at.date(), by=by, at=at)
        settlement.postpone_journey(
            group, kind="cancelled", happened_on=at.date(), new_on=plan.travels_on, by=by, at=at
        )
        settlement.agree_journey(group, plan, by=by, at=at)
        settlement.write_booking(group, needs="Plass til barnevogn", by=by, at=at)
    return group


def driving(group: int, country: Country) -> int:
    """They drive: one claim is denied, one approved, one waits for UDI, one is not sent, and something is due."""
    car = OwnCar(2, 129_900, country._day(0), country._day(-300))
    plan = settlement.JourneyPlan(
        travels_on=country._day(-6), agreed_with="Merethe Eie", agreed_on=country._day(0), hub="",
        legs=(LegPlan(TravelMode.OWN_CAR, "Voss", "Levanger"),), minutes=720, has_food=True, luggage_pieces=2,
        own_car=car,
    )  # fmt: skip
    for price in (129_900, 134_900, 119_900, 124_900):
        with country._as("demo-voss", 0) as (by, at):
            now = replace(plan, own_car=replace(car, ticket_price_ore=price))
            settlement.agree_journey(group, now, by=by, at=at)
            settlement.pay_own_car(group, paid_on=at.date(), by=by, at=at)
            if price != 124_900:
                settlement.send_car_claim(group, by=by, at=at)
        if price > 129_000:
            with country._as("demo-udi", 0) as (by, at):
                approves = price == 134_900
                text = "" if approves else "Egenerklæringen mangler underskrift."
                settlement.decide_car_claim(group, approves=approves, text=text, by=by, at=at)
    with country._as("demo-voss", 0) as (by, at):
        settlement.agree_journey(group, replace(plan, own_car=replace(car, persons=3)), by=by, at=at)
    return group
