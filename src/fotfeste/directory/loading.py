"""Loading of the reference data: places, and an organisation for each municipality. Runs again without harm."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from fotfeste.directory.domain.types import ContactTopic, OrganisationKind, UnitKind
from fotfeste.directory.models import (
    ContactPerson,
    County,
    Municipality,
    Neighbour,
    Organisation,
    PostalCode,
    Unit,
    UnitCounty,
    UnitDetails,
)
from fotfeste.directory.reference import read
from fotfeste.kernel.names import norwegian_sort_key
from fotfeste.kernel.periods import Period

MUNICIPALITIES_SINCE = date(2020, 1, 1)  # the reform of that year made most of them what they are


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
    load_units(
        [(o, UnitKind.REFUGEE_SERVICE, "Flyktningtjenesten", "") for o in made],
        using=using,
    )


def load_units(
    new: Sequence[tuple[Organisation, UnitKind, str, str]],
    *,
    from_on: date = MUNICIPALITIES_SINCE,
    using: str = "owner",
) -> list[Unit]:
    """Units with their names and mailboxes, as their own organisations tell; in their order."""
    made = Unit.objects.using(using).bulk_create(Unit(organisation=o, kind=kind) for o, kind, _, _ in new)
    UnitDetails.objects.using(using).bulk_create(
        UnitDetails(unit=unit, name=name, mailbox=mailbox, **_as_told_by(organisation, from_on))
        for unit, (organisation, _, name, mailbox) in zip(made, new, strict=True)
    )
    return made


def name_mailboxes(new: Sequence[tuple[Unit, str]], *, from_on: date, using: str = "owner") -> None:
    """Units that have none get their mailbox from a day; until then they had none."""
    mailboxes = {unit.pk: mailbox for unit, mailbox in new}
    without = list(
        UnitDetails.objects.using(using)
        .current()
        .filter(unit_id__in=list(mailboxes), mailbox="", period__endswith__isnull=True)
        .select_related("unit__organisation")
        .order_by("pk")
    )
    at = datetime.combine(from_on, time(9, tzinfo=UTC))
    pks = [row.pk for row in without]
    UnitDetails.objects.using(using).filter(pk__in=pks).update(annulled_at=at, annul_reason="changed")
    until = [_named(row, "", row.period.with_end(from_on), supersedes=row) for row in without]
    since = [_named(row, mailboxes[row.unit_id], Period(from_on)) for row in without]
    UnitDetails.objects.using(using).bulk_create([*until, *since])


def _named(row: UnitDetails, mailbox: str, period: Period, supersedes: UnitDetails | None = None) -> UnitDetails:
    told = _as_told_by(row.unit.organisation, period.start) | {"period": period}
    return UnitDetails(unit=row.unit, name=row.name, mailbox=mailbox, supersedes=supersedes, **told)


def load_contacts(
    new: Sequence[tuple[Unit, ContactTopic, str, str, str]], *, from_on: date, using: str = "owner"
) -> None:
    """Contact persons: unit, topic, name, telephone, e-mail."""
    ContactPerson.objects.using(using).bulk_create(
        ContactPerson(
            unit=unit, topic=topic, name=name, phone=phone, email=email, **_as_told_by(unit.organisation, from_on)
        )
        for unit, topic, name, phone, email in new
    )


def load_regions(new: Sequence[tuple[Unit, Sequence[str]]], *, from_on: date, using: str = "owner") -> None:
    """The counties (by number) of regional units."""
    UnitCounty.objects.using(using).bulk_create(
        UnitCounty(
            organisation=unit.organisation, unit=unit, county_id=number, **_as_told_by(unit.organisation, from_on)
        )
        for unit, counties in new
        for number in counties
    )


def _as_told_by(organisation: Organisation, from_on: date) -> dict[str, Any]:
    return {
        "period": Period(from_on),
        "recorded_at": datetime.combine(from_on, time(9, tzinfo=UTC)),
        "reported_by": organisation,
    }
