"""Kinds of organisations, units and contact topics."""

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
    CAREER_CENTRE = "career_centre"
    VOLUNTARY = "voluntary"


class UnitKind(StrEnum):
    """Units within an organisation."""

    MAIN = "main"
    REFUGEE_SERVICE = "refugee_service"  # flyktningtjenesten
    ADULT_EDUCATION = "adult_education"  # voksenopplæringen
    NAV = "nav"
    CHILD_WELFARE = "child_welfare"  # barneverntjenesten
    HOUSING_OFFICE = "housing_office"  # boligkontoret
    HEALTH_STATION = "health_station"  # helsestasjonen


class ContactTopic(StrEnum):
    """What a contact person answers for."""

    SETTLEMENT = "settlement"  # bosetting
    ARRIVAL = "arrival"  # mottak ved ankomst
    GENERAL = "general"
