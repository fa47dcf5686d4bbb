"""The forms of centres, and of those who live there or have left, each on a page where it is open."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from fotfeste.accommodation.public import (
    DepartureReason,
    Room,
    ToldParty,
    assign_beds,
    grant_leave,
    register_absence,
)
from fotfeste.directory.public import Organisation
from fotfeste.platform.scope import scope
from fotfeste.registry.public import members_of
from tests.acting import block_bed
from tests.actions.accommodation.missing_people import minor_missing, tell
from tests.actions.accommodation.people import beds_at
from tests.actions.settlement.stage import (
    depart,
    family,
    queued,
)
from tests.conftest import Cast
from tests.settlement_steps import placed, registered
from tests.web.place import Place, reference


def _at_voss(cast: Cast) -> list[Place]:
    group = placed(cast, registered(cast, family()))
    here, voss = [reference(group)], Organisation.objects.get(pk=cast.centre.organisation_id)
    first, second, *_ = beds_at(cast, cast.centre_administrator, [("214", 2), ("215", 2)])
    room = Room.objects.get(name="215").reference
    with scope(cast.centre, cast.day):
        persons = [member.subject_id for member in members_of(group, cast.day)]
        assign_beds(group, dict(zip(persons, (first, second), strict=False)), cast.day, by=cast.centre, at=cast.at)
        register_absence(group, persons[:1], cast.day, is_abroad=False, by=cast.centre, at=cast.at)
        leaves_on, back_on = cast.day + timedelta(days=5), cast.day + timedelta(days=9)
        grant_leave(group, persons[1:2], leaves_on, back_on, is_abroad=False, by=cast.centre, at=cast.at)
    with scope(cast.centre_administrator, cast.day):
        third = Room.objects.get(name="215").beds.order_by("pk")[0]
        block_bed(third.pk, cast.day, None, "broken", by=cast.centre_administrator, at=cast.at)
    names = list(Room.objects.get(name="215").beds.order_by("pk").values_list("name", flat=True))
    return [
        *(
            Place(name, cast.centre, here)
            for name in (
                "assign_beds",
                "register_departure",
                "correct_arrival",
                "register_absence",
                "grant_leave",
                "withdraw_leave",
                "move_return",
                "register_return",
            )
        ),
        Place("centre_operation", cast.udi, [voss.reference]),
        Place("close_centre", cast.udi, [voss.reference]),
        Place("centre_rooms", cast.centre_administrator, [voss.reference]),
        Place("add_beds", cast.centre_administrator, [room]),
        Place("block_bed", cast.centre_administrator, [room, names[1]]),
        Place("unblock_bed", cast.centre_administrator, [room, names[0]]),
    ]


def _left(cast: Cast) -> list[Place]:
    group = queued(cast)
    depart(cast, group, DepartureReason.PRIVATE_ADDRESS)
    here = [reference(group)]
    return [Place("annul_departure", cast.centre, here), Place("register_new_address", cast.centre, here)]


def _missing(cast: Cast) -> list[Place]:
    group, minor = minor_missing(cast)
    tell(cast, group, minor, ToldParty.POLICE)
    here = [reference(group)]
    return [Place("report_missing", cast.centre, here), Place("missing_minor", cast.udi, here)]


ACCOMMODATION_STAGES: Mapping[str, Callable[[Cast], list[Place]]] = {
    "missing": _missing,
    "at a centre": _at_voss,
    "left": _left,
}
ACCOMMODATION_NAMES: Mapping[str, Sequence[str]] = {
    "at a centre": [
        "assign_beds", "register_departure", "correct_arrival", "register_absence", "grant_leave", "withdraw_leave",
        "move_return", "register_return", "centre_operation", "close_centre", "centre_rooms", "add_beds", "block_bed",
        "unblock_bed",
    ],
    "missing": ["report_missing", "missing_minor"],
    "left": ["annul_departure", "register_new_address"],
}  # fmt: skip
