"""Public reference data: municipalities, postal codes, borders, requests, reception units, applications.

For whoever needs the country as it is: the directory's loading, the map, the synthetic country. Compact
committed files with a pure reader; the README beside this file says where each figure is from and what it must
not be used for. It does not fetch anything, and it knows no database.
"""

from fotfeste.directory.reference.projection import (
    LatLon,
    MapPoint,
    distance_km,
    project,
)
from fotfeste.directory.reference.read import (
    PSEUDO_MUNICIPALITIES,
    applications_by_year,
    borders,
    citizenships,
    counties,
    languages,
    monthly_applications,
    municipalities,
    neighbours,
    neighbours_by_number,
    postal_codes,
    reception_units,
    settlement_requests,
)
from fotfeste.directory.reference.records import (
    BorderKind,
    Borders,
    CitizenshipRecord,
    CountyRecord,
    LanguageRecord,
    MonthlyApplications,
    MunicipalityRecord,
    NeighbourRecord,
    Outline,
    PostalCodeRecord,
    ReceptionUnitRecord,
    Reported,
    ReportedAs,
    SettledInYear,
    SettlementRequestRecord,
    YearlyApplications,
)

__all__ = [
    "PSEUDO_MUNICIPALITIES",
    "BorderKind",
    "Borders",
    "CitizenshipRecord",
    "CountyRecord",
    "LanguageRecord",
    "LatLon",
    "MapPoint",
    "MonthlyApplications",
    "MunicipalityRecord",
    "NeighbourRecord",
    "Outline",
    "PostalCodeRecord",
    "ReceptionUnitRecord",
    "Reported",
    "ReportedAs",
    "SettledInYear",
    "SettlementRequestRecord",
    "YearlyApplications",
    "applications_by_year",
    "borders",
    "citizenships",
    "counties",
    "distance_km",
    "languages",
    "monthly_applications",
    "municipalities",
    "neighbours",
    "neighbours_by_number",
    "postal_codes",
    "project",
    "reception_units",
    "settlement_requests",
]
