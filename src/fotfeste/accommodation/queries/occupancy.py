"""How full the centres are, on any day: each of them, the counties, the country (ACC-06). Counts, no persons."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import BigIntegerField, F, Func, Value

from fotfeste.accommodation.domain.kinds import suits
from fotfeste.accommodation.domain.occupancy import Denominator, Occupancy, fits_at, total
from fotfeste.accommodation.domain.types import CentreType, OperatorKind
from fotfeste.accommodation.models import CentreOperation
from fotfeste.directory.public import Organisation, OrganisationKind, region_of_county
from fotfeste.kernel.decisions import Decision, Reason


@dataclass(frozen=True, slots=True)
class CentreOccupancy:
    """A centre in operation on a day, and how many stay there. County is where the centre's municipality lies."""

    centre_id: int
    reference: str
    name: str
    municipality: str
    county: str
    region: str
    type: CentreType
    operator: OperatorKind
    is_decentralised: bool
    places: Occupancy
    maximum: Occupancy


@dataclass(frozen=True, slots=True)
class Region:
    """The centres of one of UDI's regions together, or of a county where UDI has none on record."""

    name: str
    places: Occupancy
    maximum: Occupancy
    centres: tuple[CentreOccupancy, ...]


@dataclass(frozen=True, slots=True)
class CountryOccupancy:
    """All centres on a day, by region, and those that are not in operation then."""

    day: date
    places: Occupancy
    maximum: Occupancy
    regions: tuple[Region, ...]
    closed: tuple[Organisation, ...]
    has_regions: bool  # UDI's own; else the regions are counties

    @property
    def centres(self) -> tuple[CentreOccupancy, ...]:
        """Every centre in operation, by region and name."""
        return tuple(centre for region in self.regions for centre in region.centres)


@dataclass(frozen=True, slots=True)
class Choice:
    """A centre that a household could be placed at, or why it cannot: for room, and for what kind of centre it is."""

    reference: str
    name: str
    county: str
    type: CentreType
    places: Occupancy
    maximum: Occupancy
    fits: Decision
    suits: Decision

    @property
    def is_possible(self) -> bool:
        """Whether they could be placed there, perhaps only where somebody says that it is meant."""
        return self.fits.is_yes and not self.suits.is_no

    @property
    def reasons_of_room(self) -> tuple[Reason, ...]:
        """Whether there is room; or why they cannot be there, however much room there is."""
        return self.suits.reasons if self.suits.is_no else self.fits.reasons

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why, or why not, on one line: the kind of centre too, where it matters."""
        return self.suits.reasons if self.suits.is_no else (*self.fits.reasons, *self.suits.reasons)


def occupancy(day: date) -> CountryOccupancy:
    """How full every centre is on a day, with sums. Four queries.

    Regions are UDI's, as its regional units have the counties; a county that none has stands for itself.
    """
    people, region_of = _people_on(day), region_of_county(day)
    centres = [_centre(row, people.get(row.centre_id, 0), region_of) for row in _operations_on(day)]
    by_region: dict[str, list[CentreOccupancy]] = defaultdict(list)
    for centre in centres:
        by_region[centre.region].append(centre)
    regions = tuple(
        Region(name, _places(found), _maximum(found), tuple(found)) for name, found in sorted(by_region.items())
    )
    closed = (
        Organisation.objects.filter(kind=OrganisationKind.CENTRE)
        .exclude(pk__in=[centre.centre_id for centre in centres])
        .order_by("sort_key", "pk")
    )
    return CountryOccupancy(day, _places(centres), _maximum(centres), regions, tuple(closed), bool(region_of))


def choices_for(
    people: int, day: date, present_centre_id: int | None, *, are_minors_alone: bool = False
) -> list[Choice]:
    """Every centre in operation, those that so many more fit in first, by free places; each with why or why not.

    For unaccompanied minors (`are_minors_alone`) the centres of their own come before all others.
    """
    found = [
        Choice(
            centre.reference,
            centre.name,
            centre.county,
            centre.type,
            centre.places,
            centre.maximum,
            fits_at(people, centre.places, centre.maximum, lives_there=centre.centre_id == present_centre_id),
            suits(centre.type, are_minors_alone=are_minors_alone),
        )
        for centre in occupancy(day).centres
    ]
    return sorted(
        found,
        key=lambda choice: (
            not choice.is_possible,
            are_minors_alone and choice.type is not CentreType.UNACCOMPANIED_MINORS,
            -choice.places.free,
            choice.name,
        ),
    )


def operation_on(centre_id: int, day: date) -> CentreOperation | None:
    """The operation of a centre on a day; None where it is not in operation."""
    return CentreOperation.objects.current().filter(centre_id=centre_id, period__contains=day).first()


def operation_and_people(centre_id: int, day: date) -> tuple[CentreOperation | None, int]:
    """A centre's operation on a day and how many stay there: one query where it is in operation, else two."""
    operation = (
        CentreOperation.objects.current()
        .filter(centre_id=centre_id, period__contains=day)
        .select_related("operated_by")
        .annotate(people=Func(F("centre_id"), Value(day), function="people_at", output_field=BigIntegerField()))
        .first()
    )
    if operation is None:
        return None, people_at(centre_id, day)
    return operation, operation.people


def people_at(centre_id: int, day: date) -> int:
    """How many stay at a centre on a day, those included whom the viewer may not see."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_at(%s, %s)", [centre_id, day])
        row = cursor.fetchone()
    return int(row[0])


def _people_on(day: date) -> dict[int, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT centre_id, people FROM occupancy_on(%s)", [day])
        return {centre_id: int(people) for centre_id, people in cursor.fetchall()}


def _operations_on(day: date) -> Iterable[CentreOperation]:
    return (
        CentreOperation.objects.current()
        .filter(period__contains=day)
        .select_related("centre__municipality__county")
        .order_by("centre__sort_key", "centre_id")
    )


def _centre(row: CentreOperation, people: int, region_of: Mapping[str, str]) -> CentreOccupancy:
    municipality = row.centre.municipality
    county = municipality.county if municipality else None
    return CentreOccupancy(
        centre_id=row.centre_id,
        reference=row.centre.reference,
        name=row.centre.name,
        municipality=municipality.name_nb if municipality else "",
        county=county.name if county else "",
        region=region_of.get(county.number, county.name) if county else "",
        type=CentreType(row.type),
        operator=OperatorKind(row.operator),
        is_decentralised=row.is_decentralised,
        places=Occupancy(people, row.places, Denominator.PLACES),
        maximum=Occupancy(people, row.places_maximum, Denominator.PLACES_MAXIMUM),
    )


def _places(centres: Sequence[CentreOccupancy]) -> Occupancy:
    return total((centre.places for centre in centres), Denominator.PLACES)


def _maximum(centres: Sequence[CentreOccupancy]) -> Occupancy:
    return total((centre.maximum for centre in centres), Denominator.PLACES_MAXIMUM)
