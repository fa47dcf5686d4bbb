"""A private stay was otherwise than was registered: other days, another municipality, or it never was (late facts)."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from fotfeste.access.public import NeedReason, end_needs, open_needs
from fotfeste.accommodation.actions.following import ask_for_places
from fotfeste.accommodation.actions.housed import leave_municipality, tell_private
from fotfeste.accommodation.actions.private import municipality_of
from fotfeste.accommodation.domain.departure import Address
from fotfeste.accommodation.domain.private import RightStay, corrected, housed_until
from fotfeste.accommodation.domain.types import DepartureReason, StayKind
from fotfeste.accommodation.models import Stay
from fotfeste.directory.public import OrganisationKind
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.periods import Period
from fotfeste.platform.acts import act, require
from fotfeste.platform.facts import annul, supersede
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import GroupMembership, Mistake, TakenBack, check_mistake, lock_group, record_correction

_NOWHERE = Address()


@act
def correct_private_stay(
    group_id: int,
    person_ids: Collection[int],
    right: RightStay,
    *,
    reason: Mistake | str,
    text: str = "",
    in_municipality: int | None = None,
    began_on: date | None = None,
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> list[Stay]:
    """Put right the latest private stay of some or all of a household, by the municipality where they lived (its end)
    or UDI. `in_municipality`: the latest one there, whatever came after; `began_on`: the one that began on the day.

    What was believed is annulled and kept; the stay before it that ended where this one began ends on the new day
    instead, so that no day is lost or counted twice. Who knows of them follows. One event for each municipality that
    it concerns, `accommodation.private_stay_corrected`. Gives the stays as they are now, none that never was.
    Raises Refused: `mistake_missing`, `mistake_needs_words`, `nobody_selected`, `not_living_privately`,
    `one_stay_at_a_time`, `nothing_to_correct`, `correction_is_udis`, those of `corrected`, `no_overlapping_stays`;
    Stale, NotFound.
    """
    require(by, "accommodation.end_private_stay")
    check_mistake(reason, text)
    if right.says_nothing:
        raise Refused("nothing_to_correct")
    lock_group(group_id, version=version)
    stays = stays_to_correct(group_id, person_ids, in_municipality, began_on, by=by)
    is_udis = right.never_was or right.municipality_id is not None or right.start is not None
    if is_udis and by.organisation_kind != OrganisationKind.UDI:
        raise Refused("correction_is_udis")
    first = stays[0]
    was_on: date = first.period.start
    _follow_needs_first(group_id, stays, right, at=at)
    if right.never_was:
        made = _never_were(stays, reason, by=by, at=at)
    else:
        made = _put_right(stays, right, reason, by=by, at=at)
    record_correction(group_id, TakenBack.PRIVATE_STAY, was_on, reason, text, by=by, at=at)
    _tell(group_id, first, made, was_on, by=by, at=at)
    _end_needs(group_id, stays, made, at=at)
    ask_for_places(group_id, by=by, at=at)
    return made


def latest_private_of(
    person_ids: Collection[int], municipality_id: int | None = None, began_on: date | None = None, *, by: Viewer
) -> dict[int, Stay]:
    """The latest private stay of each, by person: for a municipality in it alone, for UDI anywhere or in one."""
    rows = Stay.objects.current().filter(subject_id__in=person_ids, municipality__isnull=False)
    if by.organisation_kind == OrganisationKind.MUNICIPALITY:
        rows = rows.filter(municipality_id=by.organisation_id)
    if municipality_id is not None:
        rows = rows.filter(municipality_id=municipality_id)
    if began_on is not None:
        rows = rows.filter(period__startswith=began_on)
    return {stay.subject_id: stay for stay in rows.select_related("centre", "municipality").order_by("period", "pk")}


def stays_to_correct(
    group_id: int,
    person_ids: Collection[int],
    municipality_id: int | None = None,
    began_on: date | None = None,
    *,
    by: Viewer,
) -> list[Stay]:
    """The latest private stay of each of those chosen: one kind, one municipality, the same days.

    Raises Refused: `nobody_selected`, `not_living_privately`, `one_stay_at_a_time` (field `persons`).
    """
    if not person_ids:
        raise Refused("nobody_selected", "persons")
    chosen = sorted(set(person_ids))
    latest = latest_private_of(chosen, municipality_id, began_on, by=by)
    belong = GroupMembership.objects.current().filter(group_id=group_id, subject_id__in=chosen)
    if set(latest) != set(chosen) or set(chosen) - set(belong.values_list("subject_id", flat=True)):
        raise Refused("not_living_privately", "persons")
    stays = list(latest.values())
    if len({(stay.period, stay.kind, stay.municipality_id) for stay in stays}) > 1:
        raise Refused("one_stay_at_a_time", "persons")
    return stays


def _never_were(stays: Sequence[Stay], reason: Mistake | str, *, by: Viewer, at: datetime) -> list[Stay]:
    """Nobody lived there; whoever left a place for it has that end still: where they live is for UDI to say."""
    for stay in stays:
        annul(stay, by=by, at=at, reason=str(reason))
    return []


def _put_right(
    stays: Sequence[Stay], right: RightStay, reason: Mistake | str, *, by: Viewer, at: datetime
) -> list[Stay]:
    made = []
    for stay in stays:
        period = corrected(stay.period, right, legal_day(at))
        if right.municipality_id is not None:
            municipality_of(right.municipality_id)
        is_open = period.end is None
        before = _ended_there(stay)
        if before is not None and period.start < stay.period.start:
            _end_before(before, period.start, reason, by=by, at=at)
        moved = right.municipality_id not in (None, stay.municipality_id)
        made.append(
            supersede(
                stay,
                by=by,
                at=at,
                reason=str(reason),
                period=period,
                municipality_id=right.municipality_id or stay.municipality_id,
                departure_reason="" if is_open else str(right.reason or stay.departure_reason),
                **(_address(_NOWHERE) if moved else {}),
            )
        )
        if before is not None and period.start > stay.period.start:
            _end_before(before, period.start, reason, by=by, at=at)
    return made


def _address(address: Address) -> dict[str, str]:
    return {
        "street": address.street,
        "postal_code": address.postal_code,
        "place": address.place,
        "county": address.county,
    }


def _ended_there(stay: Stay) -> Stay | None:
    """The stay that ended on the day this one began, because it did."""
    found: Stay | None = (
        Stay.objects.current()
        .filter(
            subject_id=stay.subject_id,
            period__endswith=stay.period.start,
            departure_reason__in=[DepartureReason.PRIVATE_ADDRESS, DepartureReason.AGREED_ELSEWHERE],
        )
        .first()
    )
    return found


def _end_before(stay: Stay, on: date, reason: Mistake | str, *, by: Viewer, at: datetime) -> None:
    if on <= stay.period.start:
        raise Refused("stay_before_began_later", "start", {"day": stay.period.start})
    supersede(stay, by=by, at=at, reason=str(reason), period=Period(stay.period.start, on))


def _follow_needs_first(group_id: int, stays: Sequence[Stay], right: RightStay, *, at: datetime) -> None:
    """Before the facts: who is to know of them, so that the listeners of what is told find them."""
    today = legal_day(at)
    place = right.municipality_id or stays[0].municipality_id
    is_new_place = right.municipality_id not in (None, stays[0].municipality_id)
    goes_on = right.goes_on or (is_new_place and not right.end and stays[0].period.is_open)
    until = None if goes_on else housed_until(right.end or stays[0].period.end or today, today)
    if place is not None and (right.goes_on or is_new_place):
        open_needs(
            [group_id, *(stay.subject_id for stay in stays)],
            organisation_id=place,
            reason=NeedReason.HOUSED_HERE,
            from_on=today,
            until_on=until,
            at=at,
        )


def _end_needs(group_id: int, stays: Sequence[Stay], made: Sequence[Stay], *, at: datetime) -> None:
    """A municipality where they live no more knows of them for the follow-up."""
    today = legal_day(at)
    was_at, is_at = stays[0].municipality_id, made[0].municipality_id if made else None
    end = made[0].period.end if made else None
    if was_at is None or (was_at == is_at and end is None):
        return
    people = [stay.subject_id for stay in stays]
    there = Stay.objects.current().filter(subject_id__in=people, municipality_id=was_at, period__endswith__isnull=True)
    still = set() if made else set(there.values_list("subject_id", flat=True))  # by another grant
    gone = [each for each in people if each not in still]
    if not gone:
        return
    if was_at == is_at or not made:
        leave_municipality(group_id, gone, was_at, end or today, at=at)
        return
    until = housed_until(today, today)
    end_needs([group_id, *gone], reason=NeedReason.HOUSED_HERE, on=until, at=at, organisation_id=was_at)


def _tell(group_id: int, was: Stay, made: Sequence[Stay], was_on: date, *, by: Viewer, at: datetime) -> None:
    """Each municipality that it concerns, with the kind and the first day that is other than it was believed."""
    places = {was.municipality_id, *(stay.municipality_id for stay in made)}
    first_day = min([was_on, *(stay.period.start for stay in made)])
    for place in sorted(each for each in places if each is not None):
        tell_private(
            "accommodation.private_stay_corrected", group_id, place, first_day, StayKind(was.kind), by=by, at=at
        )
