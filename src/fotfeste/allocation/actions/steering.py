"""Steering: what a case worker decides ahead of the plans, in small acts that each can be taken back (SET-15).

It changes no plan: the next one that is asked for is made with it.
"""

from datetime import datetime

from fotfeste.allocation.actions.locking import lock_households, lock_municipalities
from fotfeste.allocation.domain.states import PLAN_PERMISSION
from fotfeste.allocation.domain.steering import check_pin, checked_reason
from fotfeste.allocation.domain.types import SteeringKind
from fotfeste.allocation.models import ClosedMunicipality, SteeredGroup
from fotfeste.allocation.queries.inputs import candidates_on
from fotfeste.allocation.queries.steering import closing_named, steered_groups, steering_named
from fotfeste.directory.public import Organisation, OrganisationKind
from fotfeste.kernel.calendar import Week, legal_day
from fotfeste.kernel.errors import NotAllowed, NotFound, Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.events import Happening, Told, publish
from fotfeste.platform.viewer import Viewer

_GROUP, _CLOSING = "allocation_steering", "allocation_closing"


@act
def pin_group(group_id: int, number: str, *, reason: str, by: Viewer, at: datetime) -> SteeredGroup:
    """Pin a household to a municipality (feste) in the plans to come; an earlier pin ends with it.

    Raises NotAllowed, NotFound; Refused `not_in_the_queue`, `steered_once`, `steering_reason_missing`; PinNotPossible
    where they cannot be settled there, with why. What is not known about the municipality does not hinder it.
    """
    user_id, reason = _planner(by), checked_reason(reason)
    _lock_group(group_id)
    found = candidates_on(by, legal_day(at), group_id)
    if not found.groups:
        raise Refused("not_in_the_queue")
    municipality = next((each for each in found.municipalities if each.number == number), None)
    if municipality is None:
        raise NotFound("not_found")
    check_pin(found.groups[0], municipality, found.steering.without_pins)
    for earlier in steered_groups(by, group_id).filter(kind=SteeringKind.PINNED):
        if earlier.municipality_id == found.organisations[number]:
            raise Refused("steered_once", "municipality")
        _end(earlier, by=by, at=at, event="allocation.group_unpinned")
    return _steer(group_id, found.organisations[number], SteeringKind.PINNED, reason, user_id, by=by, at=at)


@act
def forbid_municipality(group_id: int, number: str, *, reason: str, by: Viewer, at: datetime) -> SteeredGroup:
    """Decide that a household shall never go to a municipality (utelukke), in the plans to come.

    Raises NotAllowed, NotFound; Refused `pinned_there` where it is pinned to it, `steered_once`,
    `steering_reason_missing`.
    """
    user_id, reason = _planner(by), checked_reason(reason)
    _lock_group(group_id)
    municipality_id = _municipality(number)
    if steered_groups(by, group_id).filter(kind=SteeringKind.PINNED, municipality_id=municipality_id).exists():
        raise Refused("pinned_there", "municipality")
    return _steer(group_id, municipality_id, SteeringKind.FORBIDDEN, reason, user_id, by=by, at=at)


@act
def lift_steering(reference: str, *, by: Viewer, at: datetime) -> SteeredGroup:
    """Take back what was decided for a household. Raises NotAllowed, NotFound; Refused `steering_is_over`."""
    _planner(by)
    found = steering_named(by, reference)
    _lock_group(found.subject_id)
    found.refresh_from_db(fields=["ended_at"])
    if found.ended_at is not None:
        raise Refused("steering_is_over")
    _end(found, by=by, at=at, event=f"allocation.group_un{found.kind}")
    return found


@act
def close_municipality(number: str, *, reason: str, by: Viewer, at: datetime) -> ClosedMunicipality:
    """Leave a municipality out of the plans of this week (stenge denne uken). Pins to it give no place meanwhile.

    What is being sent to it is sent before it is closed, or not at all. Raises
    NotAllowed, NotFound; Refused `closed_once_a_week`, `steering_reason_missing`.
    """
    user_id, reason = _planner(by), checked_reason(reason)
    municipality_id = _municipality(number)
    lock_municipalities([municipality_id])
    closing = ClosedMunicipality.objects.create(
        organisation_id=by.organisation_id,
        municipality_id=municipality_id,
        week=str(Week.of(legal_day(at))),
        reason=reason,
        steered_at=at,
        steered_by_id=user_id,
    )
    _tell("allocation.municipality_closed", _CLOSING, closing.pk, by=by, at=at)
    return closing


@act
def open_municipality(reference: str, *, by: Viewer, at: datetime) -> ClosedMunicipality:
    """Open a municipality again that was closed this week. Raises NotAllowed, NotFound; Refused `steering_is_over`."""
    _planner(by)
    found = closing_named(by, reference)
    if not ClosedMunicipality.objects.filter(pk=found.pk, ended_at__isnull=True).update(
        ended_at=at, ended_by_id=by.user_id
    ):
        raise Refused("steering_is_over")
    _tell("allocation.municipality_opened", _CLOSING, found.pk, by=by, at=at)
    return found


def end_pin_when_asked(told: Told) -> None:
    """A municipality is asked for a household: what it was pinned to is over. What it is kept from stays, for a no."""
    if told.event.subject_id is None:
        return
    for pin in steered_groups(told.by, told.event.subject_id).filter(kind=SteeringKind.PINNED):
        _end(pin, by=told.by, at=told.at, event="allocation.group_unpinned")


def _planner(by: Viewer) -> int:
    """Who decides. Raises NotAllowed."""
    require(by, PLAN_PERMISSION)
    if by.user_id is None:
        raise NotAllowed
    return by.user_id


def _lock_group(group_id: int) -> None:
    """The household, so that it is not asked for meanwhile. Raises NotFound where the viewer does not see it."""
    if not lock_households([group_id]):
        raise NotFound("not_found")


def _municipality(number: str) -> int:
    found = Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY, municipality_id=number).order_by("pk")
    key = found.values_list("pk", flat=True).first()
    if key is None:
        raise NotFound("not_found")
    return key


def _steer(
    group_id: int, municipality_id: int, kind: SteeringKind, reason: str, user_id: int, *, by: Viewer, at: datetime
) -> SteeredGroup:
    steered = SteeredGroup.objects.create(
        organisation_id=by.organisation_id,
        subject_id=group_id,
        municipality_id=municipality_id,
        kind=kind,
        reason=reason,
        steered_at=at,
        steered_by_id=user_id,
    )
    _tell(f"allocation.group_{kind}", _GROUP, steered.pk, by=by, at=at)
    return steered


def _end(steered: SteeredGroup, *, by: Viewer, at: datetime, event: str) -> None:
    steered.ended_at, steered.ended_by_id = at, by.user_id
    steered.save(update_fields=["ended_at", "ended_by"])
    _tell(event, _GROUP, steered.pk, by=by, at=at)


def _tell(kind: str, what: str, key: int, *, by: Viewer, at: datetime) -> None:
    """Tell it of nobody: an event about the household would be read by its centre and its municipality."""
    publish(Happening(type=kind, subject_id=None, object_kind=what, object_id=key), by=by, at=at)
