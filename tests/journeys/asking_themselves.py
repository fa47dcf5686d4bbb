"""Households that ask Levanger for agreed self-settlement, one at every step of it."""

from fotfeste.directory.public import User
from fotfeste.kernel.calendar import legal_day
from fotfeste.self_settlement.public import (
    Asking,
    Check,
    Contract,
    DepositBy,
    Found,
    NoReason,
    WhyThere,
    agree_self_settlement,
    approve_home,
    ask_for_self_settlement,
    decline_household,
    send_home,
    welcome_household,
)
from tests.journeys.people import family
from tests.journeys.way import Way

_STEPS = {
    "self_asked": (0, "Vlasenko"),
    "self_welcome": (1, "Zinchenko"),
    "self_sent": (2, "Yermak"),
    "self_approved": (3, "Ostapenko"),
    "self_agreed": (4, "Prokopenko"),
}


def ask_themselves(way: Way) -> None:
    """Make them, and one that the municipality has said no to."""
    for name, (steps, family_name) in _STEPS.items():
        group = _asked(way, name, family_name)
        for step in (_welcome, _sent, _approved, _agreed)[:steps]:
            step(way, group)
    declined = _asked(way, "self_declined", "Radchenko")
    with way._as("demo-levanger", 1) as (by, at):
        reason = NoReason.NO_CAPACITY
        decline_household(declined, reason=reason, text="Vi har ikke flere plasser i år.", by=by, at=at)


def _asked(way: Way, name: str, family_name: str) -> int:
    group = way.queued(way.registered(name, family(family_name, "Olha", "Pavlo")))
    levanger = User.objects.get(username="demo-levanger").organisation_id
    asking = Asking(
        organisation_id=levanger,
        why_there=[WhyThere.WORK, WhyThere.NETWORK],
        message="Søsteren vår bor i Levanger, og det er arbeid for sykepleiere der.",
    )
    with way._as("demo-voss", 1) as (by, at):
        ask_for_self_settlement(group, asking, by=by, at=at)
    return group


def _welcome(way: Way, group: int) -> None:
    with way._as("demo-levanger", 1) as (by, at):
        welcome_household(group, text="Velkommen. Ring flyktningtjenesten før visning.", by=by, at=at)


def _sent(way: Way, group: int) -> None:
    with way._as("demo-voss", 1) as (by, at):
        contract = Contract(
            rent_ore=950_000,
            deposit_ore=6_000_000,
            deposit_by=DepositBy.GUARANTEE,
            notice_months=1,
            length_months=36,
            starts_on=legal_day(at),
            rooms=2,
            square_metres=45,
            persons=2,
            others=1,
        )
        home = Found(
            street="Kirkegata 4",
            postal_code="7600",
            landlord_name="Per Moe",
            landlord_contact="90 00 00 00",
            contract=contract,
        )
        send_home(group, home, by=by, at=at)


def _approved(way: Way, group: int) -> None:
    with way._as("demo-levanger", 0) as (by, at):
        approve_home(group, seen=list(Check), by=by, at=at)


def _agreed(way: Way, group: int) -> None:
    with way._as("demo-imdi", 0) as (by, at):
        agree_self_settlement(group, agreed_with="Anne Moe", by=by, at=at)
