"""What placing, departing and assigning beds share: who belongs, which rows hold, how they end."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q

from fotfeste.access.public import NeedReason, end_needs, open_needs, open_needs_of
from fotfeste.accommodation.domain.departure import is_settled, lived_here_until
from fotfeste.accommodation.domain.types import DepartureReason
from fotfeste.accommodation.models import Absence, BedAssignment, Stay
from fotfeste.accommodation.queries.everyone import everyone_of
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.periods import Period
from fotfeste.platform.events import Told
from fotfeste.platform.facts import PeriodFact, annul, supersede
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import GroupMembership, latest_status, statuses_of

# Why a stay is annulled that ended with a departure on the day it began, before the reason: it has had no days.
LEFT_SAME_DAY = "left_same_day:"


def members_on(group_id: int, day: date) -> list[int]:
    """The persons who belong to a group on a day, in the order they were registered."""
    return list(
        GroupMembership.objects.current()
        .filter(group_id=group_id, period__contains=day)
        .order_by("subject_id")
        .values_list("subject_id", flat=True)
    )


def stays_reaching(person_ids: Sequence[int], day: date) -> list[Stay]:
    """The stays that we hold to be true and that have a day from `day` on."""
    return list(
        Stay.objects.current()
        .filter(subject_id__in=person_ids, period__overlap=Period(day, None))
        .select_related("centre")
        .order_by("subject_id", "period")
    )


def settled_among(person_ids: Collection[int]) -> frozenset[int]:
    """Those who have moved to a municipality: their last stay ended so, or their latest status says so. Two queries."""
    stays = Stay.objects.current().filter(subject_id__in=person_ids).order_by("period", "pk")
    last = dict(stays.values_list("subject_id", "departure_reason"))
    status = {person: latest_status(statuses) for person, statuses in statuses_of(person_ids).items()}
    kinds = {person: each.kind if each else None for person, each in status.items()}
    return frozenset(person for person in person_ids if is_settled(last.get(person, ""), kinds[person]))


def dead_of(person_ids: Collection[int], day: date) -> frozenset[int]:
    """Those whose stay ended with their death on the day or before, also on the very day they came. One query."""
    ended = Q(annulled_at__isnull=True, departure_reason=DepartureReason.DECEASED, period__endswith__lte=day)
    same_day = Q(annul_reason=LEFT_SAME_DAY + DepartureReason.DECEASED, period__startswith__lte=day)
    is_taken_back = Exists(Stay.objects.filter(supersedes=OuterRef("pk")))
    stays = Stay.objects.filter(ended | same_day & ~is_taken_back, subject_id__in=person_ids)
    return frozenset(stays.values_list("subject_id", flat=True))


def refuse_status_of_the_dead(told: Told) -> None:
    """Refuse a status of somebody that holds from the day they died, or later.

    Listens to `registry.status_registered`, which names no person: it is asked of those who have it from this day on.
    Raises Refused `dead_gets_no_status`.
    """
    event = told.event
    if event.subject_id is None or event.holds_on is None:
        return
    dead = dead_of(members_on(event.subject_id, legal_day(told.at)), event.holds_on)
    for statuses in statuses_of(dead).values():
        if any(
            (each.kind, each.holds_on, each.known_on) == (event.transition, event.holds_on, legal_day(told.at))
            for each in statuses
        ):
            raise Refused("dead_gets_no_status", "person_ids")


def end_beds(person_ids: Sequence[int], on: date, *, by: Viewer, at: datetime, reason: str) -> None:
    """The persons have no bed from a day on: what began before is cut, what began on it or later is annulled."""
    _cut(BedAssignment.objects.current().filter(subject_id__in=person_ids), on, by=by, at=at, reason=reason)


def end_absences(person_ids: Sequence[int], on: date, *, by: Viewer, at: datetime, reason: str) -> None:
    """Nobody is absent from a place that they no longer have."""
    _cut(Absence.objects.current().filter(subject_id__in=person_ids), on, by=by, at=at, reason=reason)


def _cut(rows: Iterable[PeriodFact], on: date, *, by: Viewer, at: datetime, reason: str) -> None:
    for row in rows:
        if row.period.start >= on:
            annul(row, by=by, at=at, reason=reason)
        elif row.period.end is None or row.period.end > on:
            supersede(row, by=by, at=at, reason=reason, period=row.period.with_end(on))


def leave_centre(subject_ids: Sequence[int], centre_id: int, on: date, *, at: datetime, registered_on: date) -> None:
    """The centre's need to know of those who left: no longer because they live there, for a while because they did."""
    open_needs(
        subject_ids,
        organisation_id=centre_id,
        reason=NeedReason.LIVED_HERE,
        from_on=on,
        until_on=lived_here_until(on, registered_on),
        at=at,
    )
    end_needs(subject_ids, reason=NeedReason.LIVES_HERE, on=on, at=at, organisation_id=centre_id)


def forget_who_lives_elsewhere(group_id: int, *, at: datetime) -> None:
    """A centre where nobody of the household stays any more knows of it as of those who have left.

    Also of a member who never lived there: it knew of them because the others did.
    """
    today = legal_day(at)
    everyone = everyone_of(group_id, today)
    subjects = [group_id, *(each.subject_id for each in everyone)]
    centres = {each.centre_id for each in everyone if each.is_staying}
    known = open_needs_of(subjects, NeedReason.LIVES_HERE)
    for centre_id in sorted({centre for _, centre in known} - centres):
        of_centre = [subject for subject, centre in known if centre == centre_id]
        leave_centre(of_centre, centre_id, today, at=at, registered_on=today)
