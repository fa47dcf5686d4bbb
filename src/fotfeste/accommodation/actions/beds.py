"""Give the people of a household beds, or move them to other beds within the centre."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from fotfeste.accommodation.actions.placing import ASSIGN_BEDS
from fotfeste.accommodation.actions.stays import end_beds, members_on, stays_reaching
from fotfeste.accommodation.models import Bed, BedAssignment, Stay
from fotfeste.accommodation.queries.free_beds import Occupied, occupied_beds
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.periods import Period
from fotfeste.platform.acts import act, require
from fotfeste.platform.events import Happening, publish
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import lock_group
from fotfeste.worklist.public import close_tasks


def bed_field(person_id: int) -> str:
    """The name of the form field for a person's bed: refusals are put beside it."""
    return f"bed_{person_id}"


@act
def assign_beds(
    group_id: int,
    beds: Mapping[int, int],
    from_on: date,
    *,
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> int:
    """Give each person (key) a bed (value) of the actor's centre from a day; another bed at the centre ends then.

    Gives the number of people who changed bed. The task is done when everyone of the household at the centre has one.
    Raises Refused with `field=bed_field(person)`: `bed_chosen_twice`, `bed_not_free`, `bed_free_from` (a
    later day), `bed_not_here`, `not_staying_here`;
    `beds_in_future`, `bed_before_arrival`, `bed_changed_later` (field `from_on`),
    `nobody_selected`; Stale, NotFound.
    """
    require(by, "accommodation.assign_beds")
    if from_on > legal_day(at):
        raise Refused("beds_in_future", "from_on", {"day": from_on})
    lock_group(group_id, version=version)
    members = members_on(group_id, legal_day(at))
    stays = {
        stay.subject_id: stay
        for stay in stays_reaching(members, from_on)
        if stay.centre_id == by.organisation_id and stay.period.is_open
    }
    _check_people(beds, stays, from_on)
    _check_beds(beds, by.organisation_id, from_on, legal_day(at))
    changed = _without_those_who_stay_put(beds, from_on)
    if not changed:
        raise Refused("nobody_selected")
    end_beds(list(changed), from_on, by=by, at=at, reason="moved_bed")
    BedAssignment.objects.bulk_create(
        BedAssignment(
            subject_id=person,
            bed_id=bed,
            period=Period(from_on, None),
            recorded_at=at,
            recorded_by_id=by.user_id,
            reported_by_id=by.organisation_id,
        )
        for person, bed in changed.items()
    )
    close_when_all_have_beds(group_id, list(stays), by=by, at=at)
    publish(
        Happening(
            type="accommodation.beds_assigned",
            subject_id=group_id,
            object_kind="centre",
            object_id=by.organisation_id,
            holds_on=from_on,
            other_organisation_id=by.organisation_id,
        ),
        by=by,
        at=at,
    )
    return len(changed)


def _check_people(beds: Mapping[int, int], stays: Mapping[int, Stay], from_on: date) -> None:
    for person in beds:
        stay = stays.get(person)
        if stay is None:
            raise Refused("not_staying_here", bed_field(person))
        if stay.period.start > from_on:
            raise Refused("bed_before_arrival", "from_on", {"arrival": stay.period.start})
    later = BedAssignment.objects.current().filter(subject_id__in=list(beds), period__startswith__gt=from_on)
    if (row := later.order_by("period").first()) is not None:
        raise Refused("bed_changed_later", "from_on", {"day": row.period.start})


def _check_beds(beds: Mapping[int, int], centre_id: int, from_on: date, today: date) -> None:
    """Lock the beds in the order of their keys, and say whose bed cannot be had, and why."""
    wanted = sorted(set(beds.values()))
    found = set(
        Bed.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk__in=wanted, room__centre_id=centre_id)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    occupied = occupied_beds(centre_id, from_on, beds.keys(), today=today)
    chosen: set[int] = set()
    for person, bed in beds.items():
        if bed not in found:
            raise Refused("bed_not_here", bed_field(person))
        if bed in chosen:
            raise Refused("bed_chosen_twice", bed_field(person))
        if bed in occupied:
            raise _refusal(occupied[bed], bed_field(person))
        chosen.add(bed)


def _refusal(occupied: Occupied, field: str) -> Refused:
    """That a bed cannot be had, and the day from which it can where that is not ahead; never why (ADR 0020)."""
    if occupied.until_on is None:
        return Refused("bed_not_free", field)
    return Refused("bed_free_from", field, {"day": occupied.until_on})


def _without_those_who_stay_put(beds: Mapping[int, int], from_on: date) -> dict[int, int]:
    present = dict(
        BedAssignment.objects.current()
        .filter(subject_id__in=list(beds), period__contains=from_on, period__endswith__isnull=True)
        .values_list("subject_id", "bed_id")
    )
    return {person: bed for person, bed in beds.items() if present.get(person) != bed}


def close_when_all_have_beds(group_id: int, persons: Sequence[int], *, by: Viewer, at: datetime) -> None:
    """Close the task of giving out beds when every one of the household who stays here has one today."""
    with_bed = (
        BedAssignment.objects.current()
        .filter(subject_id__in=persons, period__contains=legal_day(at))
        .values("subject_id")
        .distinct()
        .count()
    )
    if with_bed == len(persons):
        close_tasks([ASSIGN_BEDS], subject_id=group_id, by=by, at=at, organisation_id=by.organisation_id)
