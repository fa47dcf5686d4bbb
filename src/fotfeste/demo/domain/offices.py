"""The organisations of the demo and those who work there: all people are made up."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from fotfeste.demo.names import given_names, surnames
from fotfeste.directory.reference.records import MunicipalityRecord, ReceptionUnitRecord
from fotfeste.kernel.names import fold

REGISTRAR, UDI, IMDI = "registrar", "udi_caseworker", "imdi_caseworker"
APPROVER = "grant_approver"
STAFF, ADMINISTRATOR, REFUGEE_SERVICE = "centre_staff", "centre_administrator", "refugee_service"
ARRIVAL_CENTRE = "Nasjonalt ankomstsenter Råde"

_TYPES = {"ankomstsenter": "arrival", "transitt": "transit", "akutt": "emergency"}
_DEMO_CENTRES = {
    "Voss akuttinnkvartering": "voss",
    "Torpo akuttinnkvartering": "torpo",
    "Midlertidig EM asylmottak Øya": "oya",
    ARRIVAL_CENTRE: "raade",
}
DEMO_MUNICIPALITIES = {"5037": "levanger", "5038": "verdal", "5001": "trondheim"}


@dataclass(frozen=True, slots=True)
class UserDraft:
    """Somebody who works at an organisation, with one role."""

    username: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class ContactDraft:
    """Whom to call about a topic."""

    topic: str
    name: str
    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class UnitDraft:
    """A unit with its mailbox, its contact persons and, where it is a region, its counties by number."""

    kind: str
    name: str
    mailbox: str
    contacts: tuple[ContactDraft, ...]
    counties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Office:
    """An organisation with its users, the contact persons of its first unit, and its other units.

    `centre_type` and `residents` are a centre's.
    """

    kind: str
    name: str
    municipality_number: str | None
    users: tuple[UserDraft, ...]
    contacts: tuple[ContactDraft, ...] = ()
    centre_type: str = ""
    residents: int = 0
    units: tuple[UnitDraft, ...] = ()


def centre_name(unit: str) -> str:
    """The name of a unit without UDI's abbreviations of its sections."""
    if unit.startswith("Nasjonalt Ankomstsenter"):
        return ARRIVAL_CENTRE
    return re.sub(r" (N2 ord |ord |transitt |IM )?(avd|AVD)$|( Øya) avd$", r"\3", unit)


def centre_type(unit: ReceptionUnitRecord) -> str:
    """The type of a centre, read from UDI's name of the unit."""
    if " EM " in unit.name:
        return "unaccompanied_minors"
    if " IM " in unit.name:
        return "integration"
    return _TYPES.get(unit.type_guess, "ordinary")


class Names:
    """Makes names and telephone numbers for staff; no name twice."""

    def __init__(self, seed: int, of: str = "offices") -> None:
        self._rng = Random(f"{seed}-{of}")
        self._taken: set[str] = set()
        self._phones = 0

    def person(self) -> str:
        """A Norwegian name."""
        while True:
            sex = self._rng.choice(("female", "male"))
            given = self._rng.choice(given_names("NOR", sex)[:250])
            name = f"{given.latin} {self._rng.choice(surnames('NOR', sex)[:900]).latin}"
            if name not in self._taken:
                self._taken.add(name)
                return name

    def phone(self) -> str:
        """A number that reaches nobody."""
        self._phones += 1
        return f"999 00 {self._phones % 1000:03}"

    def contact(self, topic: str, name: str, place: str) -> ContactDraft:
        """A contact person, with a number and an address that reach nobody."""
        domain = re.sub(r"[^a-z]+", "-", fold(place)).strip("-")
        return ContactDraft(topic, name, self.phone(), f"bosetting@{domain}.example.no")


def offices(
    seed: int, municipalities: Sequence[MunicipalityRecord], units: Sequence[ReceptionUnitRecord]
) -> tuple[Office, ...]:
    """Every organisation: the state's, the centres, the municipalities; the same for the same seed."""
    names = Names(seed)
    state = (
        Office("police", "Politiets utlendingsenhet", None, _users(names, "politi", REGISTRAR, 4)),
        Office("udi", "UDI", None, _users(names, "udi", UDI, 6)),
        Office("imdi", "IMDi", None, _users(names, "imdi", IMDI, 6)),
    )
    return (*state, *_centres(names, units), *(_municipality(names, m) for m in municipalities))


def _users(names: Names, slug: str, role: str, count: int) -> tuple[UserDraft, ...]:
    """The first is the demo's user; the others are colleagues."""
    usernames = [f"demo-{slug}", *(f"{slug}-{number}" for number in range(2, count + 1))]
    return tuple(UserDraft(username, names.person(), role) for username in usernames)


def _centres(names: Names, units: Sequence[ReceptionUnitRecord]) -> Iterator[Office]:
    for number, unit in enumerate(units, start=1):
        name = centre_name(unit.name)
        slug = _DEMO_CENTRES.get(name)
        if slug:
            users = _users(names, slug, STAFF, 3)
            users += (UserDraft(f"demo-{slug}-leder", names.person(), ADMINISTRATOR),)
        else:
            usernames = (f"mottak-{number}-1", f"mottak-{number}-2")
            users = tuple(UserDraft(username, names.person(), STAFF) for username in usernames)
        if name == ARRIVAL_CENTRE:
            users += _users(names, f"{slug}-registrering", REGISTRAR, 3)
        contact = names.contact("general", users[0].name, name)
        yield Office("centre", name, unit.municipality_number, users, (contact,), centre_type(unit), unit.ukrainians)


def _municipality(names: Names, municipality: MunicipalityRecord) -> Office:
    slug = DEMO_MUNICIPALITIES.get(municipality.number)
    if slug:
        users = _users(names, slug, REFUGEE_SERVICE, 3)
    else:
        users = (UserDraft(f"kommune-{municipality.number}", names.person(), REFUGEE_SERVICE),)
    contacts = (
        names.contact("settlement", users[0].name, municipality.name_nb),
        names.contact("arrival", users[-1].name, municipality.name_nb),
    )
    return Office("municipality", municipality.name_nb, municipality.number, users, contacts)
