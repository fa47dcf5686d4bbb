"""The units of the demo's organisations beside the first one, and the organisations that nobody here works in."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from fotfeste.demo.domain.assumptions import Assumptions, assumptions
from fotfeste.demo.domain.offices import (
    APPROVER,
    DEMO_MUNICIPALITIES,
    ContactDraft,
    Names,
    Office,
    UnitDraft,
    UserDraft,
    offices,
)
from fotfeste.directory.reference import read
from fotfeste.directory.reference.records import MunicipalityRecord, ReceptionUnitRecord
from fotfeste.kernel.names import fold

# Kind of unit, its name, the word in its mailbox, and what its contact person answers for.
_MUNICIPAL = (
    ("adult_education", "Voksenopplæringen", "voksenopplaring", "education"),
    ("nav", "NAV", "nav", "benefits"),
    ("child_welfare", "Barneverntjenesten", "barnevern", "child_welfare"),
    ("housing_office", "Boligkontoret", "bolig", "housing"),
    ("health_station", "Helsestasjonen", "helsestasjon", "health"),
)
_STATE: Mapping[str, tuple[tuple[str, str, str, str], ...]] = {
    "police": (
        ("main", "Administrasjonen", "pu-saker", "general"),
        ("registration", "Registreringen", "reg", "registration"),
    ),
    "udi": (
        ("main", "Region- og mottaksavdelingen", "rma", "general"),
        ("logistics", "Logistikk", "logistikk", "placement"),
        ("settlement_unit", "LT bosetting og integrering", "bosettingframottak", "settlement"),
    ),
    "imdi": (
        ("main", "Bosettingsavdelingen", "bosetting", "general"),
        ("settlement_unit", "Kontaktsenteret for bosetting", "mottak", "settlement"),
    ),
}
MUNICIPALITY_ADMINISTRATOR, DIRECTORY_KEEPER = "municipality_administrator", "directory_keeper"
USER_ADMINISTRATOR = "user_administrator"
_SLUGS: Mapping[str, str] = {"police": "politi", "udi": "udi", "imdi": "imdi"}


def all_offices(
    seed: int, municipalities: Sequence[MunicipalityRecord], units: Sequence[ReceptionUnitRecord]
) -> tuple[Office, ...]:
    """Every organisation with its units: those that people work in first, in the order of `offices`."""
    assumed = assumptions()
    made = Directory(Names(seed, "units"), assumed, Names(seed, "administrators"))
    limit = assumed.number("least_central_class_with_units")
    named_all = {m.number for m in municipalities if m.centrality <= limit}
    counties = {county.number: county.name for county in read.counties()}
    worked_in = [
        made.with_units(each, each.municipality_number in named_all) for each in offices(seed, municipalities, units)
    ]
    return (*worked_in, *made.others(counties))


@dataclass(slots=True)
class Directory:
    """Makes units with their mailboxes and contact persons; its own names, so that the offices keep theirs."""

    names: Names
    assumed: Assumptions
    of_administrators: Names

    def with_units(self, office: Office, has_named_all: bool) -> Office:
        """The office with its units, and who keeps its contacts."""
        units: list[UnitDraft] = []
        if office.kind == "municipality" and has_named_all:
            units = [self._unit(office.name, *each) for each in _MUNICIPAL]
        elif office.kind == "centre":
            units = [self._settlement_team(office)]
        elif office.kind in _STATE:
            units = [self._unit(office.name, *each) for each in _STATE[office.kind]]
        if office.kind == "udi":
            units += self._regions(office.name)
        return replace(office, units=tuple(units), users=(*office.users, *self._keepers(office)))

    def _keepers(self, office: Office) -> Iterator[UserDraft]:
        if office.kind in ("udi", "imdi"):
            yield UserDraft(f"demo-{office.kind}-katalog", self.names.person(), DIRECTORY_KEEPER)
        if office.kind in _SLUGS:
            username = f"demo-{_SLUGS[office.kind]}-leder"
            yield UserDraft(username, self.of_administrators.person(), USER_ADMINISTRATOR)
        if office.kind == "udi":
            yield from (
                UserDraft(username, self.of_administrators.person(), APPROVER)
                for username in ("demo-udi-tilskudd", "udi-tilskudd-2")
            )
        slug = DEMO_MUNICIPALITIES.get(office.municipality_number or "") if office.kind == "municipality" else None
        if slug:
            yield UserDraft(f"demo-{slug}-leder", self.names.person(), MUNICIPALITY_ADMINISTRATOR)

    def _unit(self, place: str, kind: str, name: str, box: str, topic: str, counties: Sequence[str] = ()) -> UnitDraft:
        mailbox = f"{box}@{_domain(place)}.example.no"
        contact = ContactDraft(topic, self.names.person(), self.names.phone(), mailbox)
        return UnitDraft(kind, name, mailbox, (contact,), tuple(counties))

    def _settlement_team(self, office: Office) -> UnitDraft:
        """The centre's own settlement coordinator (bosettingsansvarlig) answers for settlement (GUIDE Vedlegg 1)."""
        mailbox = f"bosettingsteam@{_domain(office.name)}.example.no"
        contact = ContactDraft("settlement", office.users[0].name, self.names.phone(), mailbox)
        return UnitDraft("settlement_unit", "Bosettingsteamet", mailbox, (contact,))

    def _regions(self, place: str) -> list[UnitDraft]:
        return [
            self._unit(place, "region", name, _domain(name), "refusal", counties)
            for name, counties in self.assumed.table("udi_regions").items()
        ]

    def others(self, counties: Mapping[str, str]) -> Iterator[Office]:
        """Organisations that nobody here works in."""
        for name in self.assumed.table("county_governors"):
            yield self._alone("county_governor", name, None, "Integrering og beredskap", "integrering", "general")
        for county in sorted(counties):
            name = f"Karrieresenteret i {counties[county]}"
            yield self._alone("career_centre", name, None, "Veiledningen", "veiledning", "career")
        for names in self.assumed.table("operating_companies").values():
            for name in names:
                yield self._alone("operator", name, None, "Driftsavdelingen", "drift", "general")
        for name, number in self.assumed.table("voluntary_organisations").items():
            yield self._alone("voluntary", name, number, "Koordinatoren", "koordinator", "activities")

    def _alone(self, kind: str, name: str, number: str | None, unit: str, box: str, topic: str) -> Office:
        """An organisation with one unit and without users."""
        return Office(kind, name, number, (), units=(self._unit(name, "main", unit, box, topic),))


def _domain(place: str) -> str:
    return re.sub(r"[^a-z]+", "-", fold(place)).strip("-")
