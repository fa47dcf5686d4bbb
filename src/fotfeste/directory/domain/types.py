"""Kinds of organisations, units and contact topics, and which kind of unit answers for what by its nature."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class OrganisationKind(StrEnum):
    """Who has a duty on the way (REG-07)."""

    UDI = "udi"
    IMDI = "imdi"
    POLICE = "police"  # Politiets utlendingsenhet (PU)
    CENTRE = "centre"  # asylmottak, arrival centre and emergency accommodation included
    MUNICIPALITY = "municipality"
    OPERATOR = "operator"  # driftsoperatør
    COUNTY_GOVERNOR = "county_governor"  # statsforvalter
    CAREER_CENTRE = "career_centre"  # karrieresenter
    VOLUNTARY = "voluntary"  # frivillig organisasjon


class UnitKind(StrEnum):
    """Units within an organisation."""

    MAIN = "main"  # administrasjonen
    SETTLEMENT_UNIT = "settlement_unit"  # bosettingsenheten
    LOGISTICS = "logistics"  # UDIs logistikk: who is placed where
    REGION = "region"  # UDIs regionale enhet
    REGISTRATION = "registration"  # the police's registration
    REFUGEE_SERVICE = "refugee_service"  # flyktningtjenesten
    ADULT_EDUCATION = "adult_education"  # voksenopplæringen
    NAV = "nav"
    CHILD_WELFARE = "child_welfare"  # barneverntjenesten
    HOUSING_OFFICE = "housing_office"  # boligkontoret
    HEALTH_STATION = "health_station"  # helsestasjonen


class ContactTopic(StrEnum):
    """What a unit or a contact person answers for."""

    REGISTRATION = "registration"  # registrering
    PLACEMENT = "placement"  # plassering på mottak
    SETTLEMENT = "settlement"  # bosetting
    TRAVEL = "travel"  # reisen til kommunen
    ARRIVAL = "arrival"  # ankomsten til kommunen
    REFUSAL = "refusal"  # bosettingsnekt
    ALTERNATIVE = "alternative"  # alternativ mottaksplass (AMOT, MAMOT)
    HOUSING = "housing"  # bolig
    EDUCATION = "education"  # opplæring
    BENEFITS = "benefits"  # økonomi og ytelser
    CHILD_WELFARE = "child_welfare"  # barnevern
    HEALTH = "health"  # helse
    CAREER = "career"  # karriereveiledning
    ACTIVITIES = "activities"  # frivillige aktiviteter
    GENERAL = "general"  # alt annet; the unit that has it is the organisation's default


# What a kind of unit answers for unless the organisation says otherwise.
KIND_ANSWERS_FOR: Mapping[UnitKind, frozenset[ContactTopic]] = {
    UnitKind.SETTLEMENT_UNIT: frozenset({ContactTopic.SETTLEMENT, ContactTopic.TRAVEL, ContactTopic.REFUSAL}),
    UnitKind.LOGISTICS: frozenset({ContactTopic.PLACEMENT}),
    UnitKind.REGISTRATION: frozenset({ContactTopic.REGISTRATION}),
    UnitKind.REFUGEE_SERVICE: frozenset(
        {ContactTopic.SETTLEMENT, ContactTopic.TRAVEL, ContactTopic.ARRIVAL, ContactTopic.ALTERNATIVE}
    ),
    UnitKind.ADULT_EDUCATION: frozenset({ContactTopic.EDUCATION}),
    UnitKind.NAV: frozenset({ContactTopic.BENEFITS}),
    UnitKind.CHILD_WELFARE: frozenset({ContactTopic.CHILD_WELFARE}),
    UnitKind.HOUSING_OFFICE: frozenset({ContactTopic.HOUSING}),
    UnitKind.HEALTH_STATION: frozenset({ContactTopic.HEALTH}),
}
# The unit that takes what no other does, where the organisation has named none.
DEFAULT_UNIT: Mapping[OrganisationKind, UnitKind] = {OrganisationKind.MUNICIPALITY: UnitKind.REFUGEE_SERVICE}

_MUNICIPAL = (
    UnitKind.REFUGEE_SERVICE,
    UnitKind.ADULT_EDUCATION,
    UnitKind.NAV,
    UnitKind.CHILD_WELFARE,
    UnitKind.HOUSING_OFFICE,
    UnitKind.HEALTH_STATION,
)
_OWN_UNITS: Mapping[OrganisationKind, tuple[UnitKind, ...]] = {
    OrganisationKind.MUNICIPALITY: _MUNICIPAL,
    OrganisationKind.UDI: (UnitKind.MAIN, UnitKind.LOGISTICS, UnitKind.SETTLEMENT_UNIT, UnitKind.REGION),
    OrganisationKind.IMDI: (UnitKind.MAIN, UnitKind.SETTLEMENT_UNIT),
    OrganisationKind.POLICE: (UnitKind.MAIN, UnitKind.REGISTRATION),
    OrganisationKind.CENTRE: (UnitKind.MAIN, UnitKind.SETTLEMENT_UNIT, UnitKind.REGISTRATION, UnitKind.HEALTH_STATION),
}
_GENERAL_TOPICS = (ContactTopic.GENERAL,)
_TOPICS: Mapping[OrganisationKind, tuple[ContactTopic, ...]] = {
    OrganisationKind.MUNICIPALITY: (
        ContactTopic.SETTLEMENT,
        ContactTopic.TRAVEL,
        ContactTopic.ARRIVAL,
        ContactTopic.ALTERNATIVE,
        ContactTopic.HOUSING,
        ContactTopic.EDUCATION,
        ContactTopic.BENEFITS,
        ContactTopic.CHILD_WELFARE,
        ContactTopic.HEALTH,
        ContactTopic.GENERAL,
    ),
    OrganisationKind.UDI: (
        ContactTopic.REGISTRATION,
        ContactTopic.PLACEMENT,
        ContactTopic.SETTLEMENT,
        ContactTopic.TRAVEL,
        ContactTopic.REFUSAL,
        ContactTopic.ALTERNATIVE,
        ContactTopic.GENERAL,
    ),
    OrganisationKind.IMDI: (ContactTopic.SETTLEMENT, ContactTopic.REFUSAL, ContactTopic.GENERAL),
    OrganisationKind.POLICE: (ContactTopic.REGISTRATION, ContactTopic.GENERAL),
    OrganisationKind.CENTRE: (
        ContactTopic.PLACEMENT,
        ContactTopic.SETTLEMENT,
        ContactTopic.TRAVEL,
        ContactTopic.REFUSAL,
        ContactTopic.HEALTH,
        ContactTopic.GENERAL,
    ),
    OrganisationKind.CAREER_CENTRE: (ContactTopic.CAREER, ContactTopic.GENERAL),
    OrganisationKind.VOLUNTARY: (ContactTopic.ACTIVITIES, ContactTopic.GENERAL),
}


def units_of(kind: OrganisationKind) -> tuple[UnitKind, ...]:
    """The kinds of units that an organisation of a kind can have; a municipality never one that is only general."""
    return _OWN_UNITS.get(kind, (UnitKind.MAIN,))


def topics_of(kind: OrganisationKind) -> tuple[ContactTopic, ...]:
    """What one turns to an organisation of a kind about, in the order in which it is shown; the rest last."""
    return _TOPICS.get(kind, _GENERAL_TOPICS)


@dataclass(frozen=True, slots=True)
class UnitOnDay:
    """A unit as it is on a day: its name, its case mailbox (may be empty), what it answers for, which counties."""

    id: int
    reference: str
    organisation_id: int
    kind: UnitKind
    name: str
    mailbox: str = ""
    topics: frozenset[ContactTopic] = frozenset()
    counties: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ContactOnDay:
    """A contact person (kontaktperson) of a unit on a day."""

    reference: str
    unit_id: int
    topic: ContactTopic
    name: str
    phone: str = ""
    email: str = ""
