"""Who is reached at an organisation for what, on a day (REG-07). No personal data of residents: open to all staff."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from fotfeste.directory.domain.routing import Route
from fotfeste.directory.domain.routing import route as route_of
from fotfeste.directory.domain.types import (
    ContactOnDay,
    ContactTopic,
    OrganisationKind,
    UnitKind,
    UnitOnDay,
    topics_of,
)
from fotfeste.directory.models import ContactPerson, Organisation, UnitCounty, UnitDetails, UnitTopic
from fotfeste.platform.prepared import Given


@dataclass(frozen=True, slots=True)
class Reach:
    """An organisation's units and contact persons on a day: what is needed to say who is reached for what."""

    organisation: Organisation
    units: tuple[UnitOnDay, ...] = ()
    contacts: tuple[ContactOnDay, ...] = field(default=())

    def route(self, topic: ContactTopic, *, county: str = "") -> Route:
        """The unit and the contact persons for a topic."""
        return route_of(OrganisationKind(self.organisation.kind), self.units, self.contacts, topic, county=county)

    def routes(self) -> list[Route]:
        """One for each topic that one turns to this kind of organisation about."""
        return [self.route(topic) for topic in topics_of(OrganisationKind(self.organisation.kind))]

    def contacts_at(self, unit_id: int) -> list[ContactOnDay]:
        """The contact persons of a unit, by topic and name."""
        return [contact for contact in self.contacts if contact.unit_id == unit_id]


def reach(organisation: Organisation, day: date) -> Reach:
    """Units and contact persons of an organisation on a day. One query."""
    people = ContactPerson.objects.current().filter(unit_id=OuterRef("unit_id"), period__contains=day)
    fields = ("reference", "topic", "name", "phone", "email")
    as_rows = people.order_by("topic", "name", "pk").values(row=JSONObject(**{field: field for field in fields}))
    rows = list(_units([organisation.pk], day).annotate(people=ArraySubquery(as_rows)))
    contacts = (
        ContactOnDay(unit_id=row.unit_id, topic=ContactTopic(each.pop("topic")), **each)
        for row in rows
        for each in row.people
    )
    return Reach(organisation, tuple(_unit(row) for row in rows), tuple(contacts))


def route(organisation: Organisation, topic: ContactTopic, day: date, *, county: str = "") -> Route:
    """The named unit that a matter goes to on a day, and whom one calls; or what is missing. One query."""
    return reach(organisation, day).route(topic, county=county)


def units_on(organisation_ids: Collection[int], day: date) -> Mapping[int, list[UnitOnDay]]:
    """The units of organisations on a day, by organisation, the oldest first; empty where there are none. One query."""
    found: dict[int, list[UnitOnDay]] = defaultdict(list)
    for row in _units(organisation_ids, day):
        found[row.unit.organisation_id].append(_unit(row))
    return found


def units_as_rows(organisation: OuterRef, day: date | Given) -> ArraySubquery:
    """The units of an organisation on a day, the oldest first; part of another query, read by `units_from_rows`."""
    return ArraySubquery(
        _details(day)
        .filter(unit__organisation_id=organisation)
        .order_by("unit_id")
        .values(
            row=JSONObject(
                id="unit_id",
                reference="unit__reference",
                organisation_id="unit__organisation_id",
                kind="unit__kind",
                name="name",
                mailbox="mailbox",
                topics=ArraySubquery(_topics(day)),
                counties=ArraySubquery(_counties(day)),
            )
        )
    )


def units_from_rows(rows: Iterable[Mapping[str, Any]]) -> list[UnitOnDay]:
    """What `units_as_rows` read."""
    return [
        UnitOnDay(
            **{
                **row,
                "kind": UnitKind(row["kind"]),
                "topics": frozenset(ContactTopic(topic) for topic in row["topics"]),
                "counties": frozenset(row["counties"]),
            }
        )
        for row in rows
    ]


def _details(day: date | Given) -> QuerySet[Any]:
    found: QuerySet[Any] = UnitDetails.objects.current().filter(period__contains=day)
    return found


def _topics(day: date | Given) -> QuerySet[Any]:
    topics = UnitTopic.objects.current().filter(unit_id=OuterRef("unit_id"), period__contains=day)
    return topics.order_by("topic").values("topic")


def _counties(day: date | Given) -> QuerySet[Any]:
    counties = UnitCounty.objects.current().filter(unit_id=OuterRef("unit_id"), period__contains=day)
    return counties.order_by("county_id").values("county_id")


def _units(organisation_ids: Collection[int], day: date) -> QuerySet[Any]:
    """What units are called on a day, with the topics that they are named for, and their counties."""
    found: QuerySet[Any] = (
        _details(day)
        .filter(unit__organisation_id__in=organisation_ids)
        .select_related("unit")
        .annotate(answers_for=ArraySubquery(_topics(day)), of_counties=ArraySubquery(_counties(day)))
        .order_by("unit_id")
    )
    return found


def _unit(row: Any) -> UnitOnDay:
    return UnitOnDay(
        id=row.unit_id,
        reference=row.unit.reference,
        organisation_id=row.unit.organisation_id,
        kind=UnitKind(row.unit.kind),
        name=row.name,
        mailbox=row.mailbox,
        topics=frozenset(ContactTopic(topic) for topic in row.answers_for),
        counties=frozenset(row.of_counties),
    )


def contacts_on(unit_ids: Iterable[int], day: date) -> list[ContactOnDay]:
    """The contact persons of units on a day, by topic and name. One query."""
    return [
        ContactOnDay(row.reference, row.unit_id, ContactTopic(row.topic), row.name, row.phone, row.email)
        for row in ContactPerson.objects.current()
        .filter(unit_id__in=list(unit_ids), period__contains=day)
        .order_by("topic", "name", "pk")
    ]


def region_of_county(day: date) -> dict[str, str]:
    """The name of UDI's regional unit by the county's number; empty where none is on record. One query."""
    names = UnitDetails.objects.current().filter(unit_id=OuterRef("unit_id"), period__contains=day).values("name")
    return {
        county: name[0]
        for county, name in UnitCounty.objects.current()
        .filter(period__contains=day, organisation__kind=OrganisationKind.UDI)
        .annotate(region=ArraySubquery(names))
        .order_by("county_id")
        .values_list("county_id", "region")
        if name
    }
