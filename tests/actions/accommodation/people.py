"""Households and centres for these tests."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from fotfeste.access.public import NeedReason, end_needs
from fotfeste.accommodation.public import (
    Bed,
    CentreType,
    DepartureReason,
    NewOperation,
    NewRoom,
    OperatorKind,
    assign_beds,
    place_group,
    register_departure,
)
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import NewGroup, NewPerson, PlacementGroup, Sex, members_of, register_group
from tests.acting import add_rooms, open_centre_operation
from tests.actions.registry import families
from tests.conftest import Cast

ARRIVED = date(2024, 2, 1)


def household(cast: Cast, *names: str, registered_on: date = ARRIVED) -> tuple[int, list[int]]:
    """A placement group of these people, registered by the police; UDI has their case. Gives the group and persons."""
    persons = tuple(
        NewPerson(
            given_name=name,
            family_name="Kovalenko",
            birth_date=date(1985, 6, 1),
            sex=Sex.UNKNOWN,
            citizenship="UKR",
            languages=("uk",),
        )
        for name in names or ("Olena",)
    )
    with scope(cast.registrar, cast.day):
        group = register_group(NewGroup(persons=persons, registered_on=registered_on), by=cast.registrar, at=cast.at)
        members = members_of(group.pk, cast.day)
    return group.pk, [member.subject_id for member in members]


def minor_alone(cast: Cast) -> int:
    """An unaccompanied minor, registered by the police. Gives the group."""
    with scope(cast.registrar, cast.day):
        return register_group(families.minor_alone(), by=cast.registrar, at=cast.at).subject_id


def operation(places: int = 100, maximum: int = 120, kind: CentreType = CentreType.EMERGENCY) -> NewOperation:
    """A centre's operation, with its places."""
    return NewOperation(
        type=kind,
        operator=OperatorKind.PRIVATE,
        places=places,
        places_maximum=maximum,
        source="test",
    )


def open_centre(
    cast: Cast,
    viewer: Viewer,
    *,
    places: int = 100,
    maximum: int = 120,
    from_on: date = date(2024, 1, 1),
    kind: CentreType = CentreType.EMERGENCY,
) -> int:
    """Put the viewer's centre into operation, and give its key."""
    with scope(cast.udi, cast.day):
        new = operation(places, maximum, kind)
        open_centre_operation(viewer.organisation_id, new, from_on, by=cast.udi, at=cast.at)
    return viewer.organisation_id


def beds_at(cast: Cast, administrator: Viewer, rooms: Iterable[tuple[str, int]]) -> list[int]:
    """Add rooms (name, number of beds) to the administrator's centre; gives the beds."""
    with scope(administrator, cast.day):
        made = add_rooms(
            administrator.organisation_id,
            [NewRoom(name=name, beds=beds) for name, beds in rooms],
            by=administrator,
            at=cast.at,
        )
    return list(Bed.objects.filter(room__in=made).order_by("room__name", "pk").values_list("pk", flat=True))


def gone_and_forgotten(cast: Cast, name: str, bed: int, until: date) -> None:
    """Somebody who had a bed at the cast's centre since they arrived, has left, and whom the centre no longer sees."""
    group_id, (person,) = household(cast, name)
    with scope(cast.udi, cast.day):
        place_group(group_id, cast.centre.organisation_id, ARRIVED, by=cast.udi, at=cast.at)
    with scope(cast.centre, cast.day):
        assign_beds(group_id, {person: bed}, ARRIVED, by=cast.centre, at=cast.at)
        register_departure(group_id, [person], until, DepartureReason.LEFT_COUNTRY, by=cast.centre, at=cast.at)
        end_needs([group_id, person], reason=NeedReason.LIVED_HERE, on=cast.day, at=cast.at)


def version_of(group_id: int) -> int:
    """The household's version, as a form would have it."""
    return PlacementGroup.objects.get(subject_id=group_id).version


def later(cast: Cast, days: int) -> datetime:
    """The same time of day some days later."""
    return cast.at + timedelta(days=days)
