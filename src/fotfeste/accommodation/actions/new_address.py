"""An address that becomes known, or another, after people have left a centre on their own (ACC-07)."""

from collections.abc import Collection
from datetime import date, datetime

from fotfeste.accommodation.actions.annulled import Departed, departures_of
from fotfeste.accommodation.actions.departure import postal_place
from fotfeste.accommodation.actions.reminding import remind_of_register
from fotfeste.accommodation.actions.stays import members_on
from fotfeste.accommodation.domain.departure import Address, completed_address
from fotfeste.accommodation.domain.types import DepartureReason
from fotfeste.accommodation.models import Stay
from fotfeste.directory.public import OrganisationKind
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.events import Happening, publish
from fotfeste.platform.facts import supersede
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import lock_group

MAY_BE_KNOWN_LATER = frozenset({DepartureReason.PRIVATE_ADDRESS, DepartureReason.NO_ADDRESS})
ADDRESS_KNOWN = "address_known"  # why the row of a departure is written anew


@act
def register_new_address(
    group_id: int,
    person_ids: Collection[int],
    street: str,
    postal_code: str,
    *,
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> date:
    """Register where those live who moved privately or were gone: by the centre that they left, as long as it sees
    them, or UDI. Gives the day that they left.

    The reason of the departure stands: it says what was given then. What stood before stays in the history. Who was
    gone gets the reminder of the population register with their first address. One event,
    `accommodation.address_registered`; where it stood so already, nothing happens.
    Raises Refused: `nobody_selected`, `departure_not_registered`, `departure_of_another_centre`,
    `one_departure_at_a_time`, `no_address_of_these`, those of the address; Stale, NotFound. Source: GUIDE 1.9.
    """
    require(by, "accommodation.annul_departure")
    lock_group(group_id, version=version)
    left = _departed(group_id, person_ids, by=by, at=at)
    reason, on = DepartureReason(left[0].reason), left[0].on
    typed = Address(street.strip(), postal_code.strip())
    address = completed_address(DepartureReason.PRIVATE_ADDRESS, typed, postal_place(typed.postal_code))
    moved = [each for each in left if _where(each.stay) != address]
    if not moved:
        return on
    for each in moved:
        supersede(
            each.stay,
            by=by,
            at=at,
            reason=ADDRESS_KNOWN,
            street=address.street,
            postal_code=address.postal_code,
            place=address.place,
            county=address.county,
        )
    unreminded = [each.stay.subject_id for each in moved if not each.stay.street]
    if reason is DepartureReason.NO_ADDRESS and unreminded:
        remind_of_register(group_id, unreminded, on, by=by, at=at)
    publish(
        Happening(
            type="accommodation.address_registered",
            subject_id=group_id,
            object_kind="centre",
            object_id=left[0].centre_id,
            transition=reason,
            holds_on=legal_day(at),
            other_organisation_id=left[0].centre_id,
        ),
        by=by,
        at=at,
    )
    return on


def _where(stay: Stay) -> Address:
    return Address(stay.street, stay.postal_code, stay.place, stay.county)


def _departed(group_id: int, person_ids: Collection[int], *, by: Viewer, at: datetime) -> list[Departed]:
    """The departure of those chosen: one day, one reason, one centre; one that has an address, or may get it."""
    if not person_ids:
        raise Refused("nobody_selected", "persons")
    left = [
        each
        for each in departures_of(members_on(group_id, legal_day(at)))
        if each.stay.subject_id in set(person_ids) and each.stay.annulled_at is None
    ]
    if len(left) != len(set(person_ids)):
        raise Refused("departure_not_registered", "persons")
    if by.organisation_kind != OrganisationKind.UDI and {each.centre_id for each in left} != {by.organisation_id}:
        raise Refused("departure_of_another_centre", "persons")
    if any(each.same != left[0].same for each in left):
        raise Refused("one_departure_at_a_time", "persons")
    if left[0].reason not in MAY_BE_KNOWN_LATER:
        raise Refused("no_address_of_these", "persons")
    return left
