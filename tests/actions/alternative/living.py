"""A household that lives privately in Levanger, and what the municipality finds there."""

from dataclasses import replace
from datetime import date

from fotfeste.accommodation.public import DepartureReason, StayKind, end_private_stay, start_private_stay
from fotfeste.alternative.domain.local import (
    CheckOccasion,
    CheckResult,
    CheckWay,
    SharedRoom,
)
from fotfeste.alternative.domain.types import HostRelation
from fotfeste.alternative.public import Home
from fotfeste.platform.scope import scope
from fotfeste.registry.public import NewGroup, members_of, register_group
from tests.actions.settlement.stage import ARRIVED_ON, family
from tests.conftest import Cast


def registered(cast: Cast, group: NewGroup | None = None) -> int:
    """A household that the police have registered."""
    with scope(cast.registrar, cast.day):
        return register_group(group or family(), by=cast.registrar, at=cast.at).subject_id


def housed(cast: Cast, kind: StayKind = StayKind.MAMOT, on: date = ARRIVED_ON) -> int:
    """The Kovalenkos live privately in Levanger from a day, and its staff follow them up."""
    group = registered(cast)
    with scope(cast.udi, cast.day):
        start_private_stay(
            group,
            [member.subject_id for member in members_of(group, cast.day)],
            kind=kind,
            municipality_id=cast.municipality.organisation_id,
            on=on,
            street="Kirkegata 1",
            postal_code="7600",
            by=cast.udi,
            at=cast.at,
        )
    return group


def has_left(cast: Cast) -> int:
    """A household that lived in Levanger on AMOT in February, and has left the country."""
    group = housed(cast, StayKind.AMOT)
    with scope(cast.udi, cast.day):
        persons = [member.subject_id for member in members_of(group, cast.day)]
        left = date(2024, 3, 1), DepartureReason.LEFT_COUNTRY
        end_private_stay(group, persons, *left, by=cast.udi, at=cast.at)
    return group


def home(**changes: object) -> Home:
    """What was found at Kirkegata 1."""
    plain = Home(
        occasion=CheckOccasion.AGREEMENT,
        checked_on=date(2024, 3, 1),
        way=CheckWay.VISIT,
        street="Kirkegata 1",
        postal_code="7600",
        host_name="Kari Vert",
        host_contact="900 00 000",
        relation=HostRelation.FRIEND,
        has_own_entrance=False,
        shared_rooms=[SharedRoom.KITCHEN],
        others_living_there=2,
        rent_ore=300_000,
        result=CheckResult.ACCEPTABLE,
        must_be_done="",
        follow_up_on=None,
        is_told_of_choice=True,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]
