"""Which beds of one's own centre can be given out from a day, and when the others can."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from fotfeste.accommodation.models import Bed, BedAssignment, BedBlock
from fotfeste.kernel.periods import Period


@dataclass(frozen=True, slots=True)
class Occupied:
    """A bed that cannot be had from the day asked about. Why is not said: see ADR 0020.

    `until_on` is the first day from which it is free for good, up to today. None where it is not free today, also
    where a day ahead is known: nobody's departure is registered ahead, so such a day would say that it is blocked.
    """

    until_on: date | None

    def is_over_on(self, day: date) -> bool:
        """The bed can be had from the day."""
        return self.until_on is not None and self.until_on <= day


@dataclass(frozen=True, slots=True)
class FreeBed:
    """A bed that can be given to somebody from a day, and its room; `occupied_until` where only from a later one."""

    bed_id: int
    name: str
    room: str
    building: str
    is_adapted: bool
    occupied_until: date | None = None


def occupied_beds(centre_id: int, from_on: date, whose: Collection[int] = (), *, today: date) -> dict[int, Occupied]:
    """The beds that somebody has, had or will have on a day from `from_on` on, and those that are blocked then.

    Also those of former residents whom the session no longer sees; nothing of other centres than the session's own.
    Beds of the persons in `whose` count as free: they may keep them or change among themselves. Three queries.
    """
    reach = Period(from_on, None)
    own = set(
        BedAssignment.objects.current()
        .filter(subject_id__in=list(whose), period__overlap=reach)
        .values_list("bed_id", "period__startswith")
    )
    rows = [(bed, until) for bed, since, until in _taken_from(centre_id, from_on) if (bed, since) not in own]
    blocks = BedBlock.objects.current().filter(period__overlap=reach, bed__room__centre_id=centre_id)
    rows += blocks.values_list("bed_id", "period__endswith")
    found: dict[int, Occupied] = {}
    for bed, last in rows:
        until = None if last is None or last > today else last
        known = found.get(bed)
        if known is None or (known.until_on is not None and (until is None or until > known.until_on)):
            found[bed] = Occupied(until)
    return found


def is_taken_in(bed: Bed, period: Period) -> bool:
    """Whether anybody has the bed, of the session's own centre, on a day of the period; whoever it is. One query."""
    taken = _taken_from(bed.room.centre_id, period.start)
    return any(bed_id == bed.pk and (period.end is None or since < period.end) for bed_id, since, _ in taken)


def _taken_from(centre_id: int, from_on: date) -> list[tuple[int, date, date | None]]:
    """The beds that anybody has on a day from `from_on` on, since when and until when, as the database knows it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT bed_id, since_on, until_on FROM beds_taken_from(%s, %s)", [centre_id, from_on])
        rows: list[tuple[int, date, date | None]] = cursor.fetchall()
        return rows


@dataclass(frozen=True, slots=True)
class BedBook:
    """The beds of a centre, and when those can be had that cannot from the day asked about."""

    beds: tuple[Bed, ...]
    occupied: Mapping[int, Occupied]

    def free_from(self, day: date, also: Collection[int] = ()) -> list[FreeBed]:
        """The beds that nobody has or will have from a day on, and that are not blocked.

        Those in `also` stand among them where they are free from a later day up to today, and say which.
        """
        return [
            FreeBed(bed.pk, bed.name, bed.room.name, bed.room.building, bed.room.is_adapted, until)
            for bed in self.beds
            for until in self._until(bed.pk, day)
            if until is None or bed.pk in also
        ]

    def first_day_for(self, people: int, *, from_on: date, today: date) -> date:
        """The first day from which so many beds are free, from a day up to today; today where there is none."""
        untils = {each.until_on for each in self.occupied.values() if each.until_on is not None}
        days = [from_on, *sorted(day for day in untils if from_on < day <= today)]
        return next((day for day in days if len(self.free_from(day)) >= people), today)

    def _until(self, bed_id: int, day: date) -> Sequence[date | None]:
        """(None,) for a bed that is free on the day, a later day up to today, () where there is none."""
        occupied = self.occupied.get(bed_id)
        if occupied is None or occupied.is_over_on(day):
            return (None,)
        return () if occupied.until_on is None else (occupied.until_on,)


def bed_book(centre_id: int, from_on: date, whose: Collection[int] = (), *, today: date) -> BedBook:
    """The beds of the session's own centre from a day on. Four queries; `whose` as in `occupied_beds`."""
    beds = Bed.objects.filter(room__centre_id=centre_id).select_related("room")
    return BedBook(
        tuple(beds.order_by("room__building", "room__name", "pk")),
        occupied_beds(centre_id, from_on, whose, today=today),
    )
