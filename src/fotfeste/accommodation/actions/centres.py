"""Centres as they open, change and close; rooms and beds; beds that cannot be used."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import connection

from fotfeste.accommodation.domain.occupancy import first_day_closed
from fotfeste.accommodation.domain.types import OPERATED_BY, NewOperation, NewRoom
from fotfeste.accommodation.models import Bed, BedBlock, CentreOperation, Room
from fotfeste.accommodation.queries.free_beds import is_taken_in
from fotfeste.directory.public import Organisation, OrganisationKind
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import NotFound, Refused
from fotfeste.kernel.periods import Period
from fotfeste.platform.acts import act, require
from fotfeste.platform.events import Happening, publish
from fotfeste.platform.facts import annul, refuse_stale, supersede, version_of
from fotfeste.platform.viewer import Viewer


def lock_centre(centre_id: int) -> Organisation:
    """Lock a centre: places are counted and operations changed by one at a time. After the group, always.

    Raises NotFound where there is no such centre.
    """
    centre = (
        Organisation.objects.select_for_update(no_key=True).filter(pk=centre_id, kind=OrganisationKind.CENTRE).first()
    )
    if centre is None:
        raise NotFound("not_found")
    return centre


def fullest_from(centre_id: int, day: date) -> int:
    """The most people at a centre on any day from `day` on, those included whom the viewer may not see."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT occupancy_peak(%s, %s)", [centre_id, day])
        row = cursor.fetchone()
    return int(row[0])


def closed_within(centre_id: int, stay: Period) -> date | None:
    """The first day of a stay at a centre on which it is not in operation, or None."""
    operations = CentreOperation.objects.current().filter(centre_id=centre_id, period__overlap=stay)
    return first_day_closed((operation.period for operation in operations), stay)


def places_left(centre_id: int, from_on: date, today: date) -> int:
    """How many more can stay from a day on: against the fullest day, and the least maximum from today on."""
    reaching = CentreOperation.objects.current().filter(centre_id=centre_id, period__overlap=Period(today, None))
    most = min(reaching.values_list("places_maximum", flat=True), default=0)
    return most - fullest_from(centre_id, from_on)


def _fullest_within(centre_id: int, day: date, end: date | None) -> int:
    """The most people at a centre on any day from `day` to the one before `end`."""
    people = fullest_from(centre_id, day)
    if not people or end is None:
        return people
    days = "SELECT max(people_at(%s, d::date)) FROM generate_series(%s::date, %s::date - 1, '1 day') d"
    with connection.cursor() as cursor:
        cursor.execute(days, [centre_id, day, end])
        row = cursor.fetchone()
    return int(row[0] or 0)


@act
def open_centre_operation(
    centre_id: int, new: NewOperation, from_on: date, *, by: Viewer, at: datetime
) -> CentreOperation:
    """A centre goes into operation from a day (ACC-01). Raises Refused where it is in operation already.

    Refused too: `operator_is_of_another_kind`.
    """
    require(by, "accommodation.operate_centres")
    _check_operator(new)
    centre = lock_centre(centre_id)
    if _operation_from(centre.pk, from_on) is not None:
        raise Refused("one_operation_at_a_time", "from_on", {"day": from_on})
    operation = _write_operation(centre.pk, new, Period(from_on, None), by=by, at=at)
    _tell("centre_opened", centre.pk, from_on, by=by, at=at)
    return operation


@act
def change_operation(
    centre_id: int, new: NewOperation, from_on: date, *, by: Viewer, at: datetime, version: int | None = None
) -> CentreOperation:
    """Type, operator or places change from a day; what held before stays on record.

    Raises Refused `centre_is_closed` where it is not in operation on the day, `change_on_first_day` on its first,
    `operator_is_of_another_kind`, `more_people_than_maximum` where more stay there on some day of it; Stale where
    somebody else has changed it since `version` (see `operation_version`).
    """
    require(by, "accommodation.operate_centres")
    _check_operator(new)
    centre = lock_centre(centre_id)
    refuse_stale(version, CentreOperation.objects.filter(centre=centre))
    present = _operation_from(centre.pk, from_on)
    if present is None or present.period.start > from_on:
        raise Refused("centre_is_closed", "from_on", {"centre": centre.name, "day": from_on})
    end = present.period.end
    if (people := _fullest_within(centre.pk, from_on, end)) > new.places_maximum:
        raise Refused("more_people_than_maximum", "places_maximum", {"people": people})
    if present.period.start == from_on:
        annul(present, by=by, at=at, reason="corrected")
    else:
        supersede(present, by=by, at=at, reason="changed", period=present.period.with_end(from_on))
    operation = _write_operation(centre.pk, new, Period(from_on, end), by=by, at=at)
    _tell("centre_changed", centre.pk, from_on, by=by, at=at)
    return operation


@act
def end_operation(centre_id: int, on: date, *, by: Viewer, at: datetime) -> CentreOperation:
    """A centre closes: `on` is the first day without operation. Refused while people stay past it (ACC-08)."""
    require(by, "accommodation.operate_centres")
    centre = lock_centre(centre_id)
    present = _operation_from(centre.pk, on)
    if present is None or present.period.start >= on:
        raise Refused("centre_is_closed", "on", {"centre": centre.name, "day": on})
    if people := fullest_from(centre.pk, on):
        raise Refused("people_stay_past_closing", "on", {"people": people, "day": on})
    ended = supersede(present, by=by, at=at, reason="closed", period=present.period.with_end(on))
    _tell("centre_closed", centre.pk, on, by=by, at=at)
    return ended


def operation_version(centre_id: int) -> int:
    """The version of how a centre is operated, for the form that changes it."""
    return version_of(CentreOperation.objects.filter(centre_id=centre_id))


def _check_operator(new: NewOperation) -> None:
    """A municipal centre is run by a municipality, others by a company or a foundation. Nobody said is allowed."""
    if new.operated_by_id is None:
        return
    kind = OPERATED_BY[new.operator]
    if not Organisation.objects.filter(pk=new.operated_by_id, kind=kind).exists():
        raise Refused("operator_is_of_another_kind", "operated_by")


def _operation_from(centre_id: int, day: date) -> CentreOperation | None:
    """The first operation that has a day from `day` on."""
    return (
        CentreOperation.objects.current()
        .filter(centre_id=centre_id, period__overlap=Period(day, None))
        .order_by("period")
        .first()
    )


def _write_operation(centre_id: int, new: NewOperation, period: Period, *, by: Viewer, at: datetime) -> CentreOperation:
    return CentreOperation.objects.create(
        centre_id=centre_id,
        type=new.type,
        operator=new.operator,
        operated_by_id=new.operated_by_id,
        is_decentralised=new.is_decentralised,
        places=new.places,
        places_maximum=new.places_maximum,
        source=new.source,
        period=period,
        recorded_at=at,
        recorded_by_id=by.user_id,
        reported_by_id=by.organisation_id,
    )


def _tell(what: str, centre_id: int, day: date, *, by: Viewer, at: datetime) -> None:
    publish(
        Happening(
            type=f"accommodation.{what}",
            subject_id=None,
            object_kind="centre",
            object_id=centre_id,
            holds_on=day,
            other_organisation_id=centre_id,
        ),
        by=by,
        at=at,
    )


@act
def add_rooms(centre_id: int, rooms: Sequence[NewRoom], *, by: Viewer, at: datetime) -> list[Room]:
    """Add rooms with their beds, numbered from 1 (ACC-02). Raises Refused where a room of the name is there."""
    _require_own_centre(centre_id, by)
    lock_centre(centre_id)
    present = set(Room.objects.filter(centre_id=centre_id).values_list("building", "name"))
    made = []
    for new in rooms:
        if (new.building, new.name) in present:
            raise Refused("one_room_of_a_name", "name", {"name": new.name})
        present.add((new.building, new.name))
        made.append(
            Room.objects.create(centre_id=centre_id, name=new.name, building=new.building, is_adapted=new.is_adapted)
        )
    Bed.objects.bulk_create(
        Bed(room=room, name=str(number))
        for room, new in zip(made, rooms, strict=True)
        for number in range(1, new.beds + 1)
    )
    _tell("rooms_added", centre_id, legal_day(at), by=by, at=at)
    return made


@act
def add_beds(room_reference: str, beds: int, *, by: Viewer, at: datetime) -> list[Bed]:
    """Add beds to a room, numbered on from those that are there."""
    room = Room.objects.filter(reference=room_reference).first()
    if room is None:
        raise NotFound("not_found")
    _require_own_centre(room.centre_id, by)
    lock_centre(room.centre_id)
    first = Bed.objects.filter(room=room).count() + 1
    made = Bed.objects.bulk_create(Bed(room=room, name=str(n)) for n in range(first, first + beds))
    _tell("beds_added", room.centre_id, legal_day(at), by=by, at=at)
    return made


@act
def block_bed(bed_id: int, from_on: date, until_on: date | None, cause: str, *, by: Viewer, at: datetime) -> BedBlock:
    """A bed cannot be used from a day; `until_on` is the first day it can again. Refused while somebody has it."""
    bed = _own_bed(bed_id, by)
    if until_on is not None and until_on <= from_on:
        raise Refused("block_ends_before_it_starts", "until_on", {"from": from_on})
    period = Period(from_on, until_on)
    if BedBlock.objects.current().filter(bed=bed, period__overlap=period).exists():
        raise Refused("one_block_at_a_time", "from_on")
    if is_taken_in(bed, period):  # also by somebody whom the session does not see
        raise Refused("bed_is_taken", "from_on")
    block = BedBlock.objects.create(
        bed=bed,
        period=period,
        cause=cause,
        recorded_at=at,
        recorded_by_id=by.user_id,
        reported_by_id=by.organisation_id,
    )
    _tell("bed_blocked", bed.room.centre_id, from_on, by=by, at=at)
    return block


@act
def unblock_bed(bed_id: int, on: date, *, by: Viewer, at: datetime) -> None:
    """A blocked bed can be used again from a day. Raises Refused where it is not blocked then."""
    bed = _own_bed(bed_id, by)
    block = BedBlock.objects.current().filter(bed=bed, period__overlap=Period(on, None)).order_by("period").first()
    if block is None:
        raise Refused("bed_not_blocked", "on", {"day": on})
    if block.period.start >= on:
        annul(block, by=by, at=at, reason="not_blocked_after_all")
    else:
        supersede(block, by=by, at=at, reason="usable_again", period=block.period.with_end(on))
    _tell("bed_unblocked", bed.room.centre_id, on, by=by, at=at)


def _require_own_centre(centre_id: int, by: Viewer) -> None:
    """Rooms and beds are the centre's own business; another centre's are not there for it."""
    require(by, "accommodation.run_centre")
    if by.organisation_id != centre_id:
        raise NotFound("not_found")


def _own_bed(bed_id: int, by: Viewer) -> Bed:
    """The bed, locked, if it stands at the actor's centre."""
    require(by, "accommodation.run_centre")
    bed = (
        Bed.objects.select_for_update(of=("self",), no_key=True)
        .select_related("room")
        .filter(pk=bed_id, room__centre_id=by.organisation_id)
        .first()
    )
    if bed is None:
        raise NotFound("not_found")
    return bed
