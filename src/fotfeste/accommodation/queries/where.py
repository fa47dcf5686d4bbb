"""Where people are, and were, on any day."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Concat, Trim

from fotfeste.accommodation.domain.types import StayKind
from fotfeste.accommodation.models import Absence, BedAssignment, Stay
from fotfeste.directory.public import PostalCode
from fotfeste.platform.prepared import Given, IsAmong, Prepared
from fotfeste.registry.public import GroupMembership


@dataclass(frozen=True, slots=True)
class Where:
    """Where a household is on a day: the centre, or the municipality where they live privately; the rooms, since when.

    `people` counts those of the household who are there; `since_on` is the latest arrival among them.
    """

    centre_id: int | None
    centre_name: str
    centre_reference: str
    kind: StayKind
    room: str
    since_on: date
    people: int
    municipality_id: int | None = None
    municipality_name: str = ""


def stays_of(person_ids: Collection[int], *, room_on: date | None = None) -> list[Any]:
    """Every stay of these persons that we hold to be true, the earliest first, each with `address_in`: the number of
    the municipality that its address is in, and `departure_known_at` (one query).

    With `room_on` each has `room_on_day`: the name of the room that the person has a bed in on that day, if any; and
    `is_ever_away`: whether there is absence of the person that the session sees.
    """
    people = list(person_ids)
    return _STAYS(people=people) if room_on is None else _STAYS_AND_ROOMS(people=people, day=room_on)


def departure_known_at() -> Subquery:
    """When the departure that a stay ended with was registered: a row that is written anew, because the address became
    known, is younger than that. NULL where it was never written anew.
    """
    ended = Stay.objects.filter(
        subject=OuterRef("subject_id"),
        period__startswith=OuterRef("period__startswith"),
        annul_reason="departed",
        annulled_at__lte=OuterRef("recorded_at"),
    )
    return Subquery(ended.order_by("-annulled_at").values("annulled_at")[:1])


def _stays() -> QuerySet[Any]:
    address = PostalCode.objects.filter(code=OuterRef("postal_code"))
    stays: QuerySet[Any] = (
        Stay.objects.current()
        .filter(IsAmong("subject_id", Given.keys("people")))
        .select_related("centre", "municipality", "reported_by")
        .annotate(address_in=Subquery(address.values("municipality_id")), departure_known_at=departure_known_at())
        .order_by("period", "subject_id")
    )
    return stays


def _stays_and_rooms() -> QuerySet[Any]:
    bed = BedAssignment.objects.current().filter(subject_id=OuterRef("subject_id"), period__contains=Given.day("day"))
    name = Trim(Concat("bed__room__building", Value(" "), "bed__room__name"))
    stays: QuerySet[Any] = _stays().annotate(
        room_on_day=Subquery(bed.values(room=name)[:1]),
        is_ever_away=Exists(Absence.objects.current().filter(subject_id=OuterRef("subject_id"))),
    )
    return stays


_STAYS, _STAYS_AND_ROOMS = Prepared(_stays), Prepared(_stays_and_rooms)


def absences_of(person_ids: Collection[int]) -> list[Absence]:
    """Every leave and absence of these persons, the earliest first (one query)."""
    return _ABSENCES(people=list(person_ids))


_ABSENCES: Prepared[Absence] = Prepared(
    lambda: (
        Absence.objects.current()
        .filter(IsAmong("subject_id", Given.keys("people")))
        .select_related("reported_by")
        .order_by("period", "subject_id")
    )
)


def staying_members(group_id: int, day: date, centre_id: int | None = None) -> list[int]:
    """Those of a household who stay somewhere (or at the one centre) on a day. Empty: everyone has left."""
    stays = Stay.objects.current().filter(
        period__contains=day,
        subject_id__in=GroupMembership.objects.current()
        .filter(group_id=group_id, period__contains=day)
        .values("subject_id"),
    )
    if centre_id is not None:
        stays = stays.filter(centre_id=centre_id)
    return list(stays.order_by("subject_id").values_list("subject_id", flat=True))


def where_now(group_ids: Sequence[int], day: date) -> dict[int, Where]:
    """Where each household is on a day; those who are nowhere are left out. Three queries for any number of groups.

    Where a household is spread, the place that most of them share.
    """
    group_of = dict(
        GroupMembership.objects.current()
        .filter(group_id__in=list(group_ids), period__contains=day)
        .values_list("subject_id", "group_id")
    )
    stays: dict[int, dict[tuple[int | None, int | None], list[Stay]]] = defaultdict(lambda: defaultdict(list))
    for stay in (
        Stay.objects.current()
        .filter(subject_id__in=list(group_of), period__contains=day)
        .select_related("centre", "municipality")
        .order_by("subject_id")
    ):
        stays[group_of[stay.subject_id]][stay.centre_id, stay.municipality_id].append(stay)
    rooms = rooms_of(list(group_of), day) if stays else {}
    return {group: _where(list(places.values()), rooms) for group, places in stays.items()}


def _where(places: list[list[Stay]], rooms: dict[int, str]) -> Where:
    together = max(places, key=len)
    first = together[0]
    centre = first.centre
    names = sorted({rooms[stay.subject_id] for stay in together if stay.subject_id in rooms})
    return Where(
        centre_id=first.centre_id,
        centre_name=centre.name if centre else "",
        centre_reference=centre.reference if centre else "",
        kind=StayKind(first.kind),
        room=", ".join(names),
        since_on=max(stay.period.start for stay in together),
        people=len(together),
        municipality_id=first.municipality_id,
        municipality_name=first.municipality.name if first.municipality else "",
    )


def rooms_of(person_ids: Collection[int], day: date) -> dict[int, str]:
    """The name of the room that each person has a bed in on a day (one query)."""
    return {
        person: f"{building} {name}".strip()
        for person, building, name in BedAssignment.objects.current()
        .filter(subject_id__in=list(person_ids), period__contains=day)
        .values_list("subject_id", "bed__room__building", "bed__room__name")
    }


def present_on(centre_id: int, day: date) -> list[int]:
    """The persons who stay at a centre on a day and are not absent, of those whom the session may see (two queries)."""
    away = set(
        Absence.objects.current()
        .filter(period__contains=day, subject__stays__centre_id=centre_id)
        .values_list("subject_id", flat=True)
    )
    return [
        person
        for person in Stay.objects.current()
        .filter(centre_id=centre_id, period__contains=day)
        .order_by("subject_id")
        .values_list("subject_id", flat=True)
        if person not in away
    ]


def stays_on(person_ids: Collection[int], day: date) -> dict[int, Stay]:
    """The stay of each person on a day (one query)."""
    return {
        stay.subject_id: stay
        for stay in Stay.objects.current()
        .filter(subject_id__in=list(person_ids), period__contains=day)
        .select_related("centre", "municipality")
    }


def beds_on(person_ids: Collection[int], day: date) -> dict[int, int]:
    """The bed that each person has on a day (one query)."""
    return dict(
        BedAssignment.objects.current()
        .filter(subject_id__in=list(person_ids), period__contains=day)
        .values_list("subject_id", "bed_id")
    )


@dataclass(frozen=True, slots=True)
class Away:
    """Who of some people is away on a day, and since when leave that lies ahead is granted, by person."""

    absent: frozenset[int]
    leave_ahead: Mapping[int, date]


def away_on(person_ids: Collection[int], day: date) -> Away:
    """Those of the persons who are absent on a day, and those who have leave that lies ahead (one query)."""
    rows = list(
        Absence.objects.current()
        .filter(subject_id__in=list(person_ids))
        .filter(Q(period__contains=day) | Q(period__startswith__gt=day))
        .order_by("subject_id")
        .values_list("subject_id", "period__startswith")
    )
    return Away(
        frozenset(person for person, start in rows if start <= day),
        {person: start for person, start in rows if start > day},
    )
