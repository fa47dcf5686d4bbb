"""Place a household in a centre, or move it to another one."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta

from fotfeste.access.public import NeedReason, end_needs, open_needs
from fotfeste.accommodation.actions.absent import follow_absences
from fotfeste.accommodation.actions.centres import closed_within, lock_centre, places_left
from fotfeste.accommodation.actions.housed import end_for_a_centre
from fotfeste.accommodation.actions.stays import (
    dead_of,
    end_absences,
    end_beds,
    forget_who_lives_elsewhere,
    leave_centre,
    members_on,
    settled_among,
    stays_reaching,
)
from fotfeste.accommodation.domain.book import book
from fotfeste.accommodation.domain.departure import registered_here_until
from fotfeste.accommodation.domain.kinds import suits
from fotfeste.accommodation.domain.types import CentreType, DepartureReason, StayKind
from fotfeste.accommodation.models import CentreOperation, Stay
from fotfeste.accommodation.queries.everyone import gone_of
from fotfeste.directory.public import Organisation
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.periods import Period
from fotfeste.platform.acts import act, require
from fotfeste.platform.events import Happening, publish
from fotfeste.platform.facts import annul, supersede
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import Member, are_minors_alone, lock_group, members_of, require_part
from fotfeste.worklist.public import close_tasks, open_task

PLACE_GROUP = "place_group"
ASSIGN_BEDS = "assign_beds"


@act
def place_group(
    group_id: int,
    centre_id: int,
    from_on: date,
    *,
    by: Viewer,
    at: datetime,
    version: int | None = None,
    is_meant: bool = False,
) -> list[Stay]:
    """Place everyone in the group at a centre from a day; stays at another centre end that day (moved).

    Members who stay at the centre already are left where they are. Who has left for good is not taken along, nor asked
    for when it is seen what centre suits them; where everybody else stays at the centre, it is they who come back.
    Gives the new stays. `is_meant`: it is decided that unaccompanied minors stay at a centre that is not for them.
    Raises Refused: `placement_in_future`, `nobody_to_place`, `already_settled`, `not_theirs_to_register`,
    `centre_is_closed`, `already_at_centre`,
    `centre_only_for_minors`, `centre_not_for_minors` (and not `is_meant`), `centre_is_full`,
    `stay_reaches_past` (an earlier stay ends or begins after the day); Stale, NotFound.
    """
    require(by, "accommodation.place_group")
    today = legal_day(at)
    if from_on > today:
        raise Refused("placement_in_future", "from_on", {"day": from_on})
    lock_group(group_id, version=version)
    require_part([group_id], by=by, at=at)
    persons = unsettled(members_on(group_id, from_on), from_on)
    centre = lock_centre(centre_id)
    operation = _check_operation(centre, from_on, today)
    earlier = stays_reaching(persons, from_on)
    newcomers = _newcomers(persons, earlier, centre.pk, gone_of(group_id, from_on))
    living = {*newcomers, *_there(earlier, centre.pk)}
    _check_kind(
        centre,
        operation,
        (each for each in members_of(group_id, from_on) if each.subject_id in living),
        is_meant=is_meant,
    )
    _check_order(earlier, centre.pk, from_on)
    _check_room(centre, len(newcomers), from_on, today)
    _move_out(earlier, centre.pk, group_id, from_on, by=by, at=at)
    stays = _move_in(newcomers, centre.pk, from_on, by=by, at=at)
    open_needs(
        [group_id, *newcomers],
        organisation_id=centre.pk,
        reason=NeedReason.LIVES_HERE,
        from_on=from_on,
        at=at,
    )
    forget_who_lives_elsewhere(group_id, at=at)
    until = registered_here_until(from_on, today)
    end_needs([group_id, *persons], reason=NeedReason.REGISTERED_HERE, on=until, at=at)
    _tell(group_id, centre.pk, from_on, by=by, at=at)
    return stays


def unsettled(persons: Sequence[int], from_on: date) -> list[int]:
    """Those whom a centre can take in: not who has moved to a municipality, though others of the household stayed, and
    not the dead.

    Raises Refused `nobody_to_place` where there is nobody at all, `already_settled` where nobody is left.
    """
    if not persons:
        raise Refused("nobody_to_place", "from_on", {"day": from_on})
    living = sorted(set(persons) - dead_of(persons, from_on))
    if not living:
        raise Refused("nobody_to_place", "from_on", {"day": from_on})
    gone = settled_among(living)
    left = [person for person in living if person not in gone]
    if not left:
        raise Refused("already_settled")
    return left


def _check_operation(centre: Organisation, from_on: date, today: date) -> CentreOperation:
    """The centre's operation today; refused where it is closed on any day from the first one of the stay."""
    closed_on = closed_within(centre.pk, Period(from_on, None))
    if closed_on is not None:
        raise Refused("centre_is_closed", "centre", {"centre": centre.name, "day": closed_on})
    operation: CentreOperation = CentreOperation.objects.current().get(centre=centre, period__contains=today)
    return operation


def _there(earlier: Iterable[Stay], centre_id: int) -> frozenset[int]:
    return frozenset(stay.subject_id for stay in earlier if stay.centre_id == centre_id and stay.period.is_open)


def _newcomers(persons: Sequence[int], earlier: Sequence[Stay], centre_id: int, gone: Collection[int]) -> list[int]:
    """Those who come: whoever lives with the others and is not there yet; where there is nobody, those who had left."""
    there = _there(earlier, centre_id)
    coming = [person for person in persons if person not in there]
    newcomers = [person for person in coming if person not in gone] or coming
    if not newcomers:
        raise Refused("already_at_centre", "centre")
    return newcomers


def _check_kind(centre: Organisation, operation: CentreOperation, people: Iterable[Member], *, is_meant: bool) -> None:
    answer = suits(CentreType(operation.type), are_minors_alone=are_minors_alone(people))
    if answer.is_no:
        raise Refused("centre_only_for_minors", "centre", {"centre": centre.name})
    if not answer.is_yes and not is_meant:
        raise Refused("centre_not_for_minors", "centre", {"centre": centre.name})


def _check_order(earlier: Sequence[Stay], centre_id: int, from_on: date) -> None:
    """An open stay elsewhere can end on the day; one that ends or begins later would overlap."""
    for stay in earlier:
        if stay.centre_id == centre_id and stay.period.is_open:
            continue
        if stay.period.end is not None or stay.period.start > from_on:
            latest = stay.period.end or stay.period.start
            raise Refused("stay_reaches_past", "from_on", {"day": latest})


def _check_room(centre: Organisation, people: int, from_on: date, today: date) -> None:
    free = places_left(centre.pk, from_on, today)
    if people > free:
        raise Refused("centre_is_full", "centre", {"centre": centre.name, "free": max(free, 0), "people": people})


def _move_out(earlier: Sequence[Stay], centre_id: int, group_id: int, on: date, *, by: Viewer, at: datetime) -> None:
    leaving = [stay for stay in earlier if stay.centre_id != centre_id]
    if not leaving:
        return
    persons = [stay.subject_id for stay in leaving]
    end_absences(persons, on, by=by, at=at, reason="moved_centre")
    end_beds(persons, on, by=by, at=at, reason="moved_centre")
    for stay in leaving:
        if stay.period.start == on:
            annul(stay, by=by, at=at, reason="left_same_day")
        else:
            supersede(
                stay,
                by=by,
                at=at,
                reason="moved_centre",
                period=stay.period.with_end(on),
                departure_reason=DepartureReason.MOVED_CENTRE,
            )
    for left in {stay.centre_id for stay in leaving if stay.centre_id is not None}:
        gone = [stay.subject_id for stay in leaving if stay.centre_id == left]
        leave_centre([group_id, *gone], left, on, at=at, registered_on=legal_day(at))
        close_tasks([ASSIGN_BEDS], subject_id=group_id, by=by, at=at, outcome="void", organisation_id=left)
    end_for_a_centre(group_id, leaving, on, by=by, at=at)
    follow_absences(group_id, by=by, at=at)


def _move_in(persons: Sequence[int], centre_id: int, from_on: date, *, by: Viewer, at: datetime) -> list[Stay]:
    return Stay.objects.bulk_create(
        Stay(
            subject_id=person,
            kind=StayKind.CENTRE,
            centre_id=centre_id,
            period=Period(from_on, None),
            recorded_at=at,
            recorded_by_id=by.user_id,
            reported_by_id=by.organisation_id,
        )
        for person in persons
    )


def _tell(group_id: int, centre_id: int, from_on: date, *, by: Viewer, at: datetime) -> None:
    """The task that asked for it is done, the centre gets its own, and whoever listens is told."""
    limit = book().get("bed_assignment_days", from_on)
    close_tasks([PLACE_GROUP], subject_id=group_id, by=by, at=at)
    open_task(
        ASSIGN_BEDS,
        subject_id=group_id,
        organisation_id=centre_id,
        cause="accommodation.placed",
        basis_on=from_on,
        due_on=from_on + timedelta(days=limit.integer),
        due_rule=limit.code,
        at=at,
    )
    publish(
        Happening(
            type="accommodation.placed",
            subject_id=group_id,
            object_kind="centre",
            object_id=centre_id,
            holds_on=from_on,
            other_organisation_id=centre_id,
        ),
        by=by,
        at=at,
    )
