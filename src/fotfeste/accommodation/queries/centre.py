"""A centre on a day: its rooms with their beds, who has which, what is free and what is blocked."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from fotfeste.accommodation.domain.occupancy import Denominator, Occupancy
from fotfeste.accommodation.models import Absence, BedAssignment, BedBlock, CentreOperation, Room, Stay
from fotfeste.accommodation.queries.occupancy import operation_and_people
from fotfeste.directory.public import Organisation, OrganisationKind
from fotfeste.kernel.errors import NotFound
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import PersonDetails


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody who stays at the centre on the day, and the household's page."""

    person_id: int
    name: str
    household: str  # reference
    since_on: date
    is_away: bool


@dataclass(frozen=True, slots=True)
class ShownBed:
    """A bed on a day: somebody's, free, or not to be had: blocked, or taken by somebody whom one does not see.

    The last two are told apart nowhere here, nor why a bed is blocked: a bed that nobody sees anybody in and that is
    not said to be blocked would be a protected household's.
    """

    bed_id: int
    name: str
    resident: Resident | None
    block: BedBlock | None
    is_taken_unseen: bool

    @property
    def label(self) -> str:
        """What it is called on the page. Not in the template: a centre has hundreds, and a tag costs far more."""
        return _("Seng %(name)s") % {"name": self.name}

    @property
    def state(self) -> str:
        """How it stands: `unavailable`, `away` (whoever has it is), `taken` or `free`."""
        if self.block is None and self.resident is not None:
            return "away" if self.resident.is_away else "taken"
        return "free" if self.block is None and not self.is_taken_unseen else "unavailable"

    @property
    def without_a_name(self) -> str:
        """What a bed says that shows nobody."""
        return _("Ledig") if self.is_free else _("Ikke ledig")

    @property
    def is_free(self) -> bool:
        """Nobody has it and nothing is wrong with it."""
        return self.state == "free"


@dataclass(frozen=True, slots=True)
class ShownRoom:
    """A room or housing unit with its beds."""

    reference: str
    name: str
    building: str
    is_adapted: bool
    beds: tuple[ShownBed, ...]

    @property
    def label(self) -> str:
        """What it is called on the page."""
        return _("Rom %(name)s") % {"name": self.name}

    @property
    def building_label(self) -> str:
        """Which building it is in, as it is said on the page; empty where there is only one."""
        return _("bygning %(building)s") % {"building": self.building} if self.building else ""

    @property
    def free(self) -> int:
        """How many of its beds are free."""
        return sum(bed.is_free for bed in self.beds)


@dataclass(frozen=True, slots=True)
class CentreOverview:
    """A centre on a day. `people` are all who stay there, whether one sees them or not; how many one does not see is
    said of no day: today they are the protected.
    """

    centre: Organisation
    day: date
    operation: CentreOperation | None
    people: int
    rooms: tuple[ShownRoom, ...]
    without_bed: tuple[Resident, ...]
    away: int

    @property
    def occupancies(self) -> tuple[Occupancy, ...]:
        """Occupancy against each denominator that there is."""
        found = [Occupancy(self.people, self.usable_beds, Denominator.USABLE_BEDS)]
        if self.operation is not None:
            found = [
                Occupancy(self.people, self.operation.places, Denominator.PLACES),
                Occupancy(self.people, self.operation.places_maximum, Denominator.PLACES_MAXIMUM),
                *found,
            ]
        return tuple(found)

    @property
    def usable_beds(self) -> int:
        """Beds that are not blocked."""
        return sum(bed.block is None for room in self.rooms for bed in room.beds)

    @property
    def free_beds(self) -> int:
        """Beds that could be given to somebody."""
        return sum(room.free for room in self.rooms)


def centre_by_reference(viewer: Viewer, reference: str) -> Organisation:
    """The centre behind a reference. Raises NotFound for other centres' staff: rooms say where people sleep."""
    centre = (
        Organisation.objects.filter(reference=reference, kind=OrganisationKind.CENTRE)
        .select_related("municipality")
        .first()
    )
    if centre is None or not (centre.pk == viewer.organisation_id or viewer.may("accommodation.operate_centres")):
        raise NotFound("not_found")
    return centre


def centre_overview(viewer: Viewer, reference: str, day: date) -> CentreOverview:
    """A centre on any day up to today, as the session's scope lets the viewer see it.

    Seven queries, eight where there is somebody whom one does not see.
    """
    centre = centre_by_reference(viewer, reference)
    residents = _residents(centre.pk, day)
    operation, people = operation_and_people(centre.pk, day)
    holders = _holders(centre.pk, residents, day)
    rooms = _rooms(
        centre.pk,
        {bed: residents[person] for bed, person in holders.items() if person in residents},
        _blocks(centre.pk, day),
        _beds_taken(centre.pk, day) if people > len(residents) else frozenset(),
    )
    with_bed = set(holders.values())
    return CentreOverview(
        centre=centre,
        day=day,
        operation=operation,
        people=people,
        rooms=rooms,
        without_bed=tuple(resident for person, resident in residents.items() if person not in with_bed),
        away=sum(resident.is_away for resident in residents.values()),
    )


def _residents(centre_id: int, day: date) -> dict[int, Resident]:
    """Who stays there on the day, by person, by name. Two queries."""
    away = Absence.objects.current().filter(subject_id=OuterRef("subject_id"), period__contains=day)
    stays = {
        person: (period.start, is_away)
        for person, period, is_away in Stay.objects.current()
        .filter(centre_id=centre_id, period__contains=day)
        .annotate(is_away=Exists(away))
        .values_list("subject_id", "period", "is_away")
    }
    return {
        person: Resident(person, f"{given_name} {family_name}".strip(), household, *stays[person])
        for person, given_name, family_name, household in PersonDetails.objects.current()
        .filter(
            subject_id__in=list(stays),
            subject__memberships__annulled_at__isnull=True,
            subject__memberships__period__contains=day,
        )
        .order_by("family_name", "given_name", "pk")
        .values_list("subject_id", "given_name", "family_name", "subject__memberships__group__subject__reference")
    }


def _holders(centre_id: int, persons: Collection[int], day: date) -> dict[int, int]:
    """Who of these persons has which bed. By them: the beds' own history is long, and the fence looks at all of it."""
    return dict(
        BedAssignment.objects.current()
        .filter(subject_id__in=list(persons), bed__room__centre_id=centre_id, period__contains=day)
        .values_list("bed_id", "subject_id")
    )


def _blocks(centre_id: int, day: date) -> dict[int, BedBlock]:
    return {
        block.bed_id: block
        for block in BedBlock.objects.current().filter(bed__room__centre_id=centre_id, period__contains=day)
    }


def _beds_taken(centre_id: int, day: date) -> frozenset[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM beds_taken_on(%s, %s)", [centre_id, day])
        return frozenset(row[0] for row in cursor.fetchall())


def _rooms(
    centre_id: int,
    residents: Mapping[int, Resident],
    blocks: Mapping[int, BedBlock],
    taken: frozenset[int],
) -> tuple[ShownRoom, ...]:
    """The rooms in the order of building and name, each with its beds. One query."""
    beds_of: dict[tuple[str, str, str, bool], list[ShownBed]] = defaultdict(list)
    rows = Room.objects.filter(centre_id=centre_id).order_by("pk", "beds__pk")
    for reference, name, building, is_adapted, bed_id, bed_name in rows.values_list(
        "reference", "name", "building", "is_adapted", "beds__pk", "beds__name"
    ):
        beds = beds_of[reference, name, building, is_adapted]
        if bed_id is not None:
            is_unseen = bed_id in taken and bed_id not in residents
            beds.append(ShownBed(bed_id, bed_name, residents.get(bed_id), blocks.get(bed_id), is_unseen))
    rooms = [ShownRoom(*room, beds=tuple(beds)) for room, beds in beds_of.items()]
    return tuple(sorted(rooms, key=lambda room: (room.building, natural_key(room.name))))


def natural_key(name: str) -> tuple[int, str]:
    """Room 9 comes before room 10."""
    digits = "".join(letter for letter in name if letter.isdigit())
    return int(digits or 0), name
