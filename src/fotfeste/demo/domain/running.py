"""Writes down the centres: in operation since before anybody came, some closed since, rooms, beds, beds out of use."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from fotfeste.demo.domain.assumptions import draw
from fotfeste.demo.domain.diary import Batch, By, reference
from fotfeste.demo.domain.house import House, free_at_last
from fotfeste.demo.domain.records import (
    BedRecord,
    BlockRecord,
    EventRecord,
    OperationRecord,
    RoomRecord,
)
from fotfeste.demo.domain.world import Keys, World
from fotfeste.kernel.periods import Period

SOURCE = "UDIs enheter 31. januar 2024; plasser og driver er antatt"
_CAUSES = ("Vannlekkasje", "Skal males", "Vinduet er knust", "Veggdyr, rommet saneres", "Seng mangler")


def centre_records(houses: Sequence[House], world: World, keys: Keys, seed: int, batch: Batch) -> None:
    """The records of every centre, into the batch."""
    rng = Random(f"{seed}-centres")
    for house in houses:
        _operate(house, world, keys, rng, batch)
        for room in house.rooms:
            batch[RoomRecord].append(
                RoomRecord(
                    room.id,
                    reference(rng),
                    house.centre.seat.organisation_id,
                    room.name,
                    room.building,
                    room.is_adapted,
                )
            )
            for bed in room.beds:
                batch[BedRecord].append(BedRecord(bed.id, room.id, bed.name))
    share = world.assumed.number("share_blocked_beds")
    for house, _, bed in free_at_last(houses):
        if rng.random() < share:
            on = max(bed.free_from, world.last_day - timedelta(days=rng.randint(2, 40)))
            if on <= world.last_day:
                staff = rng.choice(house.centre.seat.staff)
                at = datetime.combine(on, time(10, rng.randrange(60), tzinfo=UTC))
                by = By(at, staff.user_id, house.centre.seat.organisation_id)
                batch[BlockRecord].append(BlockRecord(bed.id, rng.choice(_CAUSES), Period(on), *by))


def _operate(house: House, world: World, keys: Keys, rng: Random, batch: Batch) -> None:
    """In operation from before the first arrival; where it has closed, the open row is superseded by an ended one."""
    centre, udi = house.centre, world.udi
    by = By(world.opened_at, udi.staff[0].user_id, udi.organisation_id)
    start = world.opened_at.date()
    operator = draw(rng, world.assumed.shares("operators"))
    row = OperationRecord(
        id=keys.next("operation"),
        centre_id=centre.seat.organisation_id,
        type=centre.type,
        operator=operator,
        is_decentralised=False,
        places=house.places,
        places_maximum=round(house.places * 1.2) + 2,
        source=SOURCE,
        operated_by_id=world.operator_of(centre, operator),
        period=Period(start),
        recorded_at=by.at,
        recorded_by_id=by.user_id,
        reported_by_id=by.organisation_id,
    )
    _tell("centre_opened", house, start, by, keys, batch)
    if house.closes_on is None:
        batch[OperationRecord].append(row)
        return
    at = datetime.combine(house.closes_on, time(15, tzinfo=UTC))
    ends = By(at, udi.staff[0].user_id, udi.organisation_id)
    batch[OperationRecord].append(row._replace(annulled_at=at, annulled_by_id=ends.user_id, annul_reason="closed"))
    batch[OperationRecord].append(
        row._replace(
            id=keys.next("operation"),
            period=row.period.with_end(house.closes_on),
            recorded_at=at,
            recorded_by_id=ends.user_id,
            reported_by_id=ends.organisation_id,
            supersedes_id=row.id,
        )
    )
    _tell("centre_closed", house, house.closes_on, ends, keys, batch)


def _tell(what: str, house: House, day: date, by: By, keys: Keys, batch: Batch) -> None:
    centre_id = house.centre.seat.organisation_id
    batch[EventRecord].append(
        EventRecord(
            type=f"accommodation.{what}",
            subject_id=None,
            object_kind="centre",
            object_id=centre_id,
            workflow="",
            transition="",
            from_state="",
            to_state="",
            holds_on=day,
            recorded_at=by.at,
            actor_id=by.user_id,
            organisation_id=by.organisation_id,
            other_organisation_id=centre_id,
            feed_position=keys.next("feed_position"),
        )
    )
