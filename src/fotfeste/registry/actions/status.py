"""A dated status of some of the people in a household (REG-05)."""

from collections.abc import Sequence
from datetime import date, datetime

from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.events import Happening, publish
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.actions.lock import lock_group, require_part
from fotfeste.registry.actions.persons import record_statuses, refuse_unless
from fotfeste.registry.domain.rules import needs_udi, permit_had, status_fits
from fotfeste.registry.domain.types import StatusKind
from fotfeste.registry.models import GroupMembership, PlacementGroup
from fotfeste.registry.queries.statuses import statuses_of


@act
def register_status(
    group_id: int,
    person_ids: Sequence[int],
    kind: StatusKind,
    holds_on: date,
    *,
    is_meant: bool = False,
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> PlacementGroup:
    """Register a status of chosen members of a placement group; those not chosen keep theirs.

    One event, `registry.status_registered`, with the kind as its transition. Permits and refusals are UDI's. Nobody is
    settled by this act: that follows from the departure, with stay, request and needs in the same instant (TRV-04).
    `is_meant`: a permit that somebody has from another day is given anew.
    Raises Refused: `settled_by_departure`, nobody chosen, somebody not of the group, a day that does not fit (field
    `holds_on`), `permit_is_registered` (and not `is_meant`).
    """
    if kind is StatusKind.SETTLED:
        raise Refused("settled_by_departure", "kind")
    require(by, "registry.register_permit" if needs_udi(kind) else "registry.register_status")
    group = lock_group(group_id, version=version)
    chosen = list(dict.fromkeys(person_ids))
    if not chosen:
        raise Refused("nobody_chosen", "person_ids")
    refuse_strangers(group_id, chosen, legal_day(at))
    require_part([group_id, *chosen], by=by, at=at)
    if not is_meant:
        _refuse_permit_twice(chosen, kind, holds_on)
    write_status(group_id, chosen, kind, holds_on, by=by, at=at)
    return group


def write_status(
    group_id: int, person_ids: Sequence[int], kind: StatusKind, holds_on: date, *, by: Viewer, at: datetime
) -> None:
    """Check the day against each person's earlier statuses, write, and tell. For acts that hold the group's lock.

    No permission is asked here: settlement and departure register what follows from acts of their own.
    """
    earlier = statuses_of(person_ids)
    for person_id in person_ids:
        refuse_unless(status_fits(kind, holds_on, earlier[person_id], legal_day(at)), "holds_on")
    record_statuses(person_ids, kind, holds_on, by=by, at=at)
    publish(
        Happening(
            type="registry.status_registered",
            subject_id=group_id,
            object_kind="placement_group",
            object_id=group_id,
            transition=kind,
            holds_on=holds_on,
        ),
        by=by,
        at=at,
    )


def _refuse_permit_twice(person_ids: Sequence[int], kind: StatusKind, holds_on: date) -> None:
    """Ask where somebody has the permit from another day: a slip of the day would stand beside the right one."""
    days = [permit_had(kind, holds_on, earlier) for earlier in statuses_of(person_ids).values()]
    if had := [day for day in days if day is not None]:
        raise Refused("permit_is_registered", "is_meant", {"day": min(had)})


def refuse_strangers(group_id: int, person_ids: Sequence[int], day: date) -> None:
    """Refuse persons who are not of the group on the day."""
    members = GroupMembership.objects.current().filter(
        group_id=group_id, period__contains=day, subject_id__in=person_ids
    )
    if members.count() < len(person_ids):
        raise Refused("not_a_member", "person_ids")
