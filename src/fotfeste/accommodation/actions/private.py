"""People live privately in a municipality with public support (AMOT, MAMOT): a stay like another, without a centre."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from fotfeste.access.public import NeedReason, end_needs, open_needs
from fotfeste.accommodation.actions.departure import postal_place
from fotfeste.accommodation.actions.following import ask_for_places
from fotfeste.accommodation.actions.housed import end_stay, leave_municipality, tell_private
from fotfeste.accommodation.actions.placing import unsettled
from fotfeste.accommodation.actions.stays import (
    end_absences,
    end_beds,
    forget_who_lives_elsewhere,
    leave_centre,
    members_on,
    stays_reaching,
)
from fotfeste.accommodation.domain.departure import Address, completed_address, registered_here_until
from fotfeste.accommodation.domain.private import check_private_end, check_private_start, check_who_ends
from fotfeste.accommodation.domain.types import DepartureReason, StayKind
from fotfeste.accommodation.models import Stay
from fotfeste.directory.public import Organisation, OrganisationKind
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.periods import Period
from fotfeste.platform.acts import act, require
from fotfeste.platform.facts import annul, supersede
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import lock_group, require_part

_MOVED_PRIVATELY = "moved_privately"


@act
def start_private_stay(
    group_id: int,
    person_ids: Collection[int],
    *,
    kind: StayKind,
    municipality_id: int,
    on: date,
    street: str = "",
    postal_code: str = "",
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> list[Stay]:
    """Some or all of a household live privately in a municipality from a day on, which may have passed (ALT-14).

    A stay at a centre ends that day, one in another municipality too (a new agreement there): no day between. Beds and
    absence end. The municipality knows of them from the day. Gives the new stays; one event,
    `accommodation.private_stay_started`, with the kind as its transition. Address: where they live, if it is known.
    Raises Refused: `private_stay_in_future`, `nobody_selected`, `not_in_the_household`, `already_settled`,
    `not_theirs_to_register`, `not_a_municipality_to_live_in`, `lives_privately_there`, `stay_reaches_past`,
    `private_home_elsewhere`, those of the address; Stale, NotFound.
    """
    require(by, "accommodation.house_privately")
    lock_group(group_id, version=version)
    require_part([group_id], by=by, at=at)
    return start_private_stay_after(
        group_id,
        person_ids,
        kind=kind,
        municipality_id=municipality_id,
        on=on,
        street=street,
        postal_code=postal_code,
        by=by,
        at=at,
    )


@act
def start_private_stay_after(
    group_id: int,
    person_ids: Collection[int],
    *,
    kind: StayKind,
    municipality_id: int,
    on: date,
    street: str = "",
    postal_code: str = "",
    by: Viewer,
    at: datetime,
) -> list[Stay]:
    """A private stay as what follows from another act (a grant, that they have moved in), whose permission counts.

    Raises as `start_private_stay`, but `not_theirs_to_register`.
    """
    if kind is StayKind.CENTRE:
        raise Refused("stay_kind_known", "kind")
    today = legal_day(at)
    check_private_start(on, today)
    lock_group(group_id, version=None)
    persons = _chosen_members(group_id, person_ids, on, today)
    municipality = municipality_of(municipality_id)
    address = home_address(municipality, street, postal_code)
    _move_here(group_id, persons, municipality_id, on, address, by=by, at=at)
    stays = _begin(persons, kind, municipality_id, on, address, by=by, at=at)
    open_needs([group_id, *persons], organisation_id=municipality_id, reason=NeedReason.HOUSED_HERE, from_on=on, at=at)
    end_needs([group_id, *persons], reason=NeedReason.REGISTERED_HERE, on=registered_here_until(on, today), at=at)
    forget_who_lives_elsewhere(group_id, at=at)
    ask_for_places(group_id, by=by, at=at)
    tell_private("accommodation.private_stay_started", group_id, municipality_id, on, kind, by=by, at=at)
    return stays


@act
def end_private_stay(
    group_id: int,
    person_ids: Collection[int],
    on: date,
    reason: DepartureReason,
    *,
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> list[int]:
    """Some or all of a household live privately with support no more: `on` is the first day that is not a day of it.

    By the municipality where they live, for the reasons that it knows, or UDI. On the first day itself the stay is
    annulled: it had no days. Gives who they were. Raises Refused: `not_a_reason_to_end` and those of
    `end_private_stay_after`; Stale, NotFound.
    """
    require(by, "accommodation.end_private_stay")
    check_who_ends(reason, by.organisation_kind)
    return end_private_stay_after(group_id, person_ids, on, reason, by=by, at=at, version=version)


@act
def end_private_stay_after(
    group_id: int,
    person_ids: Collection[int],
    on: date,
    reason: DepartureReason,
    *,
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> list[int]:
    """The end of private stays as what follows from another act (settled, a no to the offer), whose permission counts.

    One event for each municipality, `accommodation.private_stay_ended`, with the reason as its transition; the
    municipality sees them for a while yet. Raises Refused: `nobody_selected`, `not_living_privately`,
    `private_end_in_future`, `private_end_before_start`; Stale, NotFound.
    """
    today = legal_day(at)
    lock_group(group_id, version=version)
    stays = _private_stays(group_id, person_ids, on, by, today)
    for stay in stays:
        check_private_end(stay.period, on, today)
    persons = [stay.subject_id for stay in stays]
    end_absences(persons, on, by=by, at=at, reason="departed")
    for stay in stays:
        end_stay(stay, on, reason, by=by, at=at)
    for municipality_id in sorted({stay.municipality_id for stay in stays if stay.municipality_id}):
        gone = [stay.subject_id for stay in stays if stay.municipality_id == municipality_id]
        tell_private("accommodation.private_stay_ended", group_id, municipality_id, on, reason, by=by, at=at)
        leave_municipality(group_id, gone, municipality_id, on, at=at)
    ask_for_places(group_id, by=by, at=at)
    return persons


def municipality_of(municipality_id: int) -> Organisation:
    """The municipality. Raises Refused `not_a_municipality_to_live_in`."""
    found: Organisation | None = Organisation.objects.filter(
        pk=municipality_id, kind=OrganisationKind.MUNICIPALITY
    ).first()
    if found is None:
        raise Refused("not_a_municipality_to_live_in", "municipality")
    return found


def home_address(municipality: Organisation, street: str, postal_code: str) -> Address:
    """The address of the home, with its place, where it is known: in the municipality.

    Raises Refused `postal_code_unknown`, `address_needed`, `private_home_elsewhere`.
    """
    register = postal_place(postal_code)
    typed = Address(street.strip(), postal_code.strip())
    address = completed_address(DepartureReason.PRIVATE_ADDRESS, typed, register, may_be_unknown=True)
    where = municipality.municipality
    if register is not None and where is not None and register.municipality != where.number:
        known = {"code": register.code, "place": register.place, "municipality": municipality.name}
        raise Refused("private_home_elsewhere", "postal_code", known)
    return address


def _chosen_members(group_id: int, person_ids: Collection[int], on: date, today: date) -> list[int]:
    """Those chosen, who belong to the household now and have not moved to a municipality or died."""
    if not person_ids:
        raise Refused("nobody_selected", "persons")
    chosen = sorted(set(person_ids))
    if set(chosen) - set(members_on(group_id, today)):
        raise Refused("not_in_the_household", "persons")
    if len(unsettled(chosen, on)) != len(chosen):
        raise Refused("already_settled", "persons")
    return chosen


def _private_stays(group_id: int, person_ids: Collection[int], on: date, by: Viewer, today: date) -> list[Stay]:
    """The open private stays of those chosen; of a municipality's own, where it is one that asks."""
    if not person_ids:
        raise Refused("nobody_selected", "persons")
    members = {*members_on(group_id, today), *members_on(group_id, on)}
    stays = [
        stay
        for stay in stays_reaching(sorted(set(person_ids) & members), min(on, today))
        if stay.municipality_id is not None and stay.period.is_open
    ]
    if by.organisation_kind == OrganisationKind.MUNICIPALITY:
        stays = [stay for stay in stays if stay.municipality_id == by.organisation_id]
    if len(stays) != len(set(person_ids)):
        raise Refused("not_living_privately", "persons")
    return stays


def _move_here(
    group_id: int,
    persons: Sequence[int],
    municipality_id: int,
    on: date,
    address: Address,
    *,
    by: Viewer,
    at: datetime,
) -> None:
    """Stays elsewhere end on the day, and what hangs on them; who knew of them there knows of them for a while."""
    earlier = stays_reaching(persons, on)
    for stay in earlier:
        if stay.municipality_id == municipality_id and stay.period.is_open:
            raise Refused("lives_privately_there", "persons", {"day": stay.period.start})
        if stay.period.end is not None or stay.period.start > on:
            raise Refused("stay_reaches_past", "on", {"day": stay.period.end or stay.period.start})
    moving = [stay.subject_id for stay in earlier]
    end_absences(moving, on, by=by, at=at, reason=_MOVED_PRIVATELY)
    end_beds(moving, on, by=by, at=at, reason=_MOVED_PRIVATELY)
    for stay in earlier:
        if stay.municipality_id is not None:
            end_stay(stay, on, DepartureReason.AGREED_ELSEWHERE, by=by, at=at)
        else:
            _leave_for_home(stay, on, address, by=by, at=at)
    for centre_id in sorted({stay.centre_id for stay in earlier if stay.centre_id}):
        gone = [stay.subject_id for stay in earlier if stay.centre_id == centre_id]
        leave_centre(gone, centre_id, on, at=at, registered_on=legal_day(at))
    for left in sorted({stay.municipality_id for stay in earlier if stay.municipality_id}):
        gone = [stay.subject_id for stay in earlier if stay.municipality_id == left]
        tell_private(
            "accommodation.private_stay_ended", group_id, left, on, DepartureReason.AGREED_ELSEWHERE, by=by, at=at
        )
        leave_municipality(group_id, gone, left, on, at=at)


def _leave_for_home(stay: Stay, on: date, address: Address, *, by: Viewer, at: datetime) -> None:
    """A stay at a centre ends with the address that they gave."""
    if stay.period.start == on:
        annul(stay, by=by, at=at, reason=_MOVED_PRIVATELY)
        return
    supersede(
        stay,
        by=by,
        at=at,
        reason=_MOVED_PRIVATELY,
        period=stay.period.with_end(on),
        departure_reason=DepartureReason.PRIVATE_ADDRESS,
        street=address.street,
        postal_code=address.postal_code,
        place=address.place,
        county=address.county,
    )


def _begin(
    persons: Sequence[int],
    kind: StayKind,
    municipality_id: int,
    on: date,
    address: Address,
    *,
    by: Viewer,
    at: datetime,
) -> list[Stay]:
    return Stay.objects.bulk_create(
        Stay(
            subject_id=person,
            kind=kind,
            municipality_id=municipality_id,
            period=Period(on, None),
            street=address.street,
            postal_code=address.postal_code,
            place=address.place,
            county=address.county,
            recorded_at=at,
            recorded_by_id=by.user_id,
            reported_by_id=by.organisation_id,
        )
        for person in persons
    )
