"""Register that people of a household have left the centre (utregistrering, GUIDE 2.4)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from fotfeste.accommodation.actions.following import ask_for_places
from fotfeste.accommodation.actions.missing import require_reported
from fotfeste.accommodation.actions.reminding import remind_of_register
from fotfeste.accommodation.actions.stays import (
    LEFT_SAME_DAY,
    end_absences,
    end_beds,
    leave_centre,
    members_on,
    stays_reaching,
)
from fotfeste.accommodation.advice import departure_advice_for
from fotfeste.accommodation.domain.departure import (
    REGISTERED_BY_CENTRE,
    Address,
    PostalPlace,
    check_as_agreed,
    check_departure_day,
    completed_address,
    registered_same_day,
)
from fotfeste.accommodation.domain.types import DepartureReason
from fotfeste.accommodation.models import Stay
from fotfeste.directory.public import PostalCode
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.decisions import Decision
from fotfeste.kernel.errors import Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.events import Happening, publish
from fotfeste.platform.facts import annul, supersede
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import lock_group


@dataclass(frozen=True, slots=True)
class Departure:
    """What was registered: who left, whether nobody of the household stays behind, whether it was in time."""

    person_ids: tuple[int, ...]
    on: date
    is_whole_group: bool
    registered_same_day: Decision
    address: Address
    reminder: str = ""  # the letter about the population register, to be handed over to them


@act
def register_departure(
    group_id: int,
    person_ids: Collection[int],
    on: date,
    reason: DepartureReason,
    street: str = "",
    postal_code: str = "",
    place: str = "",
    county: str = "",
    *,
    is_meant: bool = False,
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> Departure:
    """Register the departure of some or all from the actor's centre (ACC-04, TRV-04): stays, beds, absences and needs
    end in one instant. `on` is the first day that is not a day of the stay; on the day of arrival itself the stay is
    annulled (`left_same_day:` and the reason: they are gone all the same), since it has no days. Whoever moves
    privately gets the reminder of the population register, also who has refused and says where to.
    `is_meant`: they are settled otherwise than it was agreed.

    The same day is the rule; a later one is let through and shown as late. Raises Refused: `departure_in_future`,
    `departure_before_arrival`, `nobody_selected`, `not_staying_here`, `move_is_placing`, `nobody_has_refused`,
    `reason_of_living_privately`, `departure_before_journey`, `address_elsewhere` (and not `is_meant`), and those of the
    address; `missing_minor_unreported`, of an unaccompanied minor who is gone; Stale, NotFound.
    Source: GUIDE 1.9, 2.4.
    """
    require(by, "accommodation.register_departure")
    today = legal_day(at)
    if reason is DepartureReason.MOVED_CENTRE:
        raise Refused("move_is_placing", "reason")
    if reason not in REGISTERED_BY_CENTRE:
        raise Refused("reason_of_living_privately", "reason")
    if on > today:
        raise Refused("departure_in_future", "on", {"day": on})
    lock_group(group_id, version=version)
    here = _stays_here(group_id, by, on, today)
    leaving = _chosen(here, person_ids)
    for stay in leaving:
        check_departure_day(stay.period, on, today)
    typed = Address(street, postal_code, place, county)
    address = _address_of(group_id, on, reason, typed, today=today, is_meant=is_meant)
    if reason is DepartureReason.NO_ADDRESS:
        require_reported(group_id, [stay.subject_id for stay in leaving], on, today)
    left = [stay.subject_id for stay in leaving]
    end_absences(left, on, by=by, at=at, reason="departed")
    end_beds(left, on, by=by, at=at, reason="departed")
    for stay in leaving:
        _end(stay, on, reason, address, by=by, at=at)
    # Who belonged to them on the day, and has been taken out since, does not hold the others back.
    staying = {stay.subject_id for stay in here} - {*left}
    is_whole_group = not staying & {*members_on(group_id, today)}
    has_address = reason is DepartureReason.REFUSED_AND_MOVED and not address.is_empty
    moved_privately = reason is DepartureReason.PRIVATE_ADDRESS or has_address
    letter = remind_of_register(group_id, left, on, by=by, at=at) if moved_privately else None
    _tell_departed(group_id, on, reason, by=by, at=at)
    # Last: what follows from the departure is still registered by the centre where they lived.
    _end_needs_and_tasks(group_id, left, on, is_whole_group, by=by, at=at)
    reminder = letter.reference if letter else ""
    return Departure(tuple(left), on, is_whole_group, registered_same_day(on, today), address, reminder)


def _address_of(
    group_id: int, on: date, reason: DepartureReason, typed: Address, *, today: date, is_meant: bool
) -> Address:
    """Where they moved to, if it fits the reason and what their case says."""
    advice, register = departure_advice_for(group_id, today), postal_place(typed.postal_code)
    if reason is DepartureReason.REFUSED_AND_MOVED and not (advice and advice.has_refused):
        raise Refused("nobody_has_refused", "reason")
    is_interviewed = advice is not None and advice.interviewed_on is not None
    address = completed_address(reason, typed, register, may_be_unknown=is_interviewed)
    if reason is DepartureReason.AGREED_SETTLEMENT and advice and advice.agreed and not is_meant:
        check_as_agreed(on, register, advice.agreed)
    return address


def _tell_departed(group_id: int, on: date, reason: DepartureReason, *, by: Viewer, at: datetime) -> None:
    publish(
        Happening(
            type="accommodation.departed",
            subject_id=group_id,
            object_kind="centre",
            object_id=by.organisation_id,
            transition=reason,
            holds_on=on,
            other_organisation_id=by.organisation_id,
        ),
        by=by,
        at=at,
    )


def postal_place(code: str) -> PostalPlace | None:
    """What the postal register says of a code; None where it does not know it."""
    row = PostalCode.objects.select_related("municipality__county").filter(code=code).first() if code else None
    if row is None:
        return None
    where = row.municipality
    return PostalPlace(row.code, row.place, where.county.name if where else "", where.number if where else "")


def _stays_here(group_id: int, by: Viewer, on: date, today: date) -> list[Stay]:
    """The open stays at the actor's centre of those who belong to the group now or did on the day."""
    persons = {*members_on(group_id, today), *members_on(group_id, on)}
    return [
        stay
        for stay in stays_reaching(sorted(persons), min(on, today))
        if stay.centre_id == by.organisation_id and stay.period.is_open
    ]


def _chosen(here: Sequence[Stay], person_ids: Collection[int]) -> list[Stay]:
    if not person_ids:
        raise Refused("nobody_selected", "persons")
    leaving = [stay for stay in here if stay.subject_id in set(person_ids)]
    if len(leaving) != len(set(person_ids)):
        raise Refused("not_staying_here", "persons")
    return leaving


def _end(stay: Stay, on: date, reason: DepartureReason, address: Address, *, by: Viewer, at: datetime) -> None:
    if stay.period.start == on:
        annul(stay, by=by, at=at, reason=LEFT_SAME_DAY + reason)
        return
    supersede(
        stay,
        by=by,
        at=at,
        reason="departed",
        period=stay.period.with_end(on),
        departure_reason=reason,
        street=address.street,
        postal_code=address.postal_code,
        place=address.place,
        county=address.county,
    )


def _end_needs_and_tasks(
    group_id: int, left: Sequence[int], on: date, is_whole_group: bool, *, by: Viewer, at: datetime
) -> None:
    """The centre's need of those who left becomes the follow-up one; the household's own when nobody is behind."""
    subjects = {group_id, *left, *members_on(group_id, legal_day(at))} if is_whole_group else set(left)
    leave_centre(sorted(subjects), by.organisation_id, on, at=at, registered_on=legal_day(at))
    ask_for_places(group_id, by=by, at=at)
