"""The journey to the municipality: how far, by what, over which hub, who pays."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from fotfeste.demo.domain.world import MunicipalitySeat, Place, World

FLIES_FROM_KM = 450
OWN_CAR = "own_car"


@dataclass(frozen=True, slots=True)
class Route:
    """A journey as it is agreed. Legs: mode, from, to, payer, price in øre (None: not known)."""

    hub: str
    minutes: int
    legs: tuple[tuple[str, str, str, str, int | None], ...]
    is_own_car: bool
    ticket_price_ore: int


def find_route(rng: Random, world: World, start: Place, start_name: str, to: MunicipalitySeat, way: str) -> Route:
    """A route from a centre to a municipality; `way` is public, taxi (to the hub, approved by UDI) or own_car."""
    travel = world.assumed.shares("travel")
    kilometres = max(start.kilometres_to(to.place) * travel["detour"], 4)
    price = round(kilometres * travel["ore_per_kilometre"] / 100) * 100 + 6000
    if way == OWN_CAR:
        minutes = round(kilometres / travel["kilometres_an_hour"] * 60)
        legs = ((OWN_CAR, start_name, to.place.name, "centre", None),)
        return Route("", max(minutes, 10), legs, True, price)
    hub = rng.choice(world.assumed.table("hubs")[to.place.county_number])
    is_flight = kilometres > FLIES_FROM_KM
    mode = "taxi" if way == "taxi" else ("plane" if is_flight else rng.choice(("train", "bus", "bus")))
    speed = 420 if is_flight and mode == "plane" else travel["kilometres_an_hour"]
    minutes = round(kilometres / speed * 60 + travel["waiting_minutes"] * (3 if is_flight else 1))
    first = (mode, start_name, hub, "centre", price)
    last = (rng.choice(("minibus", "bus", "taxi")), hub, to.place.name, "municipality", None)
    return Route(hub, max(minutes, 10), (first, last), False, price)


def green_card(travels_on: date) -> date:
    """How long the insurance from customs lasts when it is taken out just before."""
    return travels_on + timedelta(days=20)
