"""Loading of the reference data: places, and an organisation for each municipality. Runs again without harm."""

from decimal import Decimal

from fotfeste.directory.domain.types import OrganisationKind, UnitKind
from fotfeste.directory.models import County, Municipality, Neighbour, Organisation, PostalCode, Unit
from fotfeste.directory.reference import read
from fotfeste.kernel.names import norwegian_sort_key


def load_reference(using: str = "owner") -> None:
    """Load counties, municipalities, neighbours, postal codes, and the municipalities as organisations."""
    County.objects.using(using).bulk_create(
        [County(number=c.number, name=c.name) for c in read.counties()],
        update_conflicts=True,
        unique_fields=["number"],
        update_fields=["name"],
    )
    _load_municipalities(using)
    _load_postal_codes(using)
    _load_organisations(using)


def _load_municipalities(using: str) -> None:
    fields = [
        "name",
        "name_nb",
        "sort_key",
        "population",
        "centrality",
        "written_form",
        "latitude",
        "longitude",
    ]
    Municipality.objects.using(using).bulk_create(
        [
            Municipality(
                number=m.number,
                name=m.name,
                name_nb=m.name_nb,
                sort_key=norwegian_sort_key(m.name_nb),
                county_id=m.county_number,
                population=m.population,
                centrality=m.centrality,
                written_form=m.written_form,
                latitude=round(Decimal(m.position.lat), 5),
                longitude=round(Decimal(m.position.lon), 5),
            )
            for m in read.municipalities()
        ],
        update_conflicts=True,
        unique_fields=["number"],
        update_fields=fields,
    )
    Neighbour.objects.using(using).bulk_create(
        [
            Neighbour(municipality_id=number, neighbour_id=other)
            for number, others in read.neighbours_by_number().items()
            for other in sorted(others)
        ],
        ignore_conflicts=True,
    )


def _load_postal_codes(using: str) -> None:
    known = {m.number for m in read.municipalities()}
    PostalCode.objects.using(using).bulk_create(
        [
            PostalCode(
                code=p.code,
                place=p.place,
                municipality_id=p.municipality_number if p.municipality_number in known else None,
            )
            for p in read.postal_codes()
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["place", "municipality"],
    )


def _load_organisations(using: str) -> None:
    existing = set(
        Organisation.objects.using(using)
        .filter(kind=OrganisationKind.MUNICIPALITY)
        .values_list("municipality_id", flat=True)
    )
    made = Organisation.objects.using(using).bulk_create(
        [
            Organisation(
                kind=OrganisationKind.MUNICIPALITY,
                name=m.name_nb,
                sort_key=norwegian_sort_key(m.name_nb),
                municipality_id=m.number,
            )
            for m in read.municipalities()
            if m.number not in existing
        ]
    )
    Unit.objects.using(using).bulk_create(
        [Unit(organisation=o, kind=UnitKind.REFUGEE_SERVICE, name="Flyktningtjenesten") for o in made]
    )
