"""Reads the committed reference files, each once."""

import csv
import gzip
import json
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

from babel import Locale
from babel.core import get_global

from fotfeste.directory.reference.projection import LatLon, MapPoint
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

PSEUDO_MUNICIPALITIES = MappingProxyType({"2100": "Svalbard", "2211": "Jan Mayen"})

# CLDR keeps the codes of states that are gone, reserved islands and its own regions beside ISO's.
_NOT_CURRENT_ALPHA_3 = frozenset(
    [
        "ASC",
        "BUR",
        "CPT",
        "DDR",
        "DGA",
        "FXX",
        "QUU",
        "TAA",
        "TMP",
        "XAA",
        "XBB",
        "XKK",
        "YMD",
        "ZAR",
        "ZZZ",
    ]
)
# CLDR's "Kongo" does not say which of the two.
_OWN_NAMES_NB = {"COD": "Den demokratiske republikken Kongo"}
_OUTSIDE_CLDR = (
    CitizenshipRecord("XKX", "Kosovo", "Kosovo"),
    CitizenshipRecord("XXA", "Statsløs", "Stateless"),
    CitizenshipRecord("XXX", "Ukjent", "Unknown"),
)


def _rows(name: str) -> Iterator[dict[str, str]]:
    with files(__package__).joinpath(name).open(encoding="utf-8") as stream:
        yield from csv.DictReader(stream)


def _reported(text: str) -> Reported:
    if text.isdigit():
        return Reported(ReportedAs.NUMBER, int(text))
    return Reported(ReportedAs(text))


@lru_cache(maxsize=1)
def counties() -> tuple[CountyRecord, ...]:
    """The 15 counties, by number."""
    return tuple(CountyRecord(row["number"], row["name"]) for row in _rows("counties.csv"))


@lru_cache(maxsize=1)
def municipalities() -> tuple[MunicipalityRecord, ...]:
    """The 357 municipalities, by number. Sources: see the README beside this file."""
    return tuple(
        MunicipalityRecord(
            number=row["number"],
            name=row["name"],
            name_nb=row["name_nb"],
            county_number=row["county_number"],
            population=int(row["population"]),
            written_form=row["written_form"],
            centrality=int(row["centrality"]),
            area_km2=float(row["area_km2"]),
            centre=row["centre"],
            position=LatLon(float(row["lat"]), float(row["lon"])),
        )
        for row in _rows("municipalities.csv")
    )


@lru_cache(maxsize=1)
def postal_codes() -> tuple[PostalCodeRecord, ...]:
    """The 5121 postal codes, by code."""
    return tuple(
        PostalCodeRecord(row["code"], row["place"], row["municipality_number"]) for row in _rows("postal_codes.csv")
    )


@lru_cache(maxsize=1)
def settlement_requests() -> tuple[SettlementRequestRecord, ...]:
    """IMDi's requests and decisions 2024 and settled 2022-2024, by municipality. Source: IMDi."""
    return tuple(
        SettlementRequestRecord(
            municipality_number=row["municipality_number"],
            requested_total=_reported(row["requested_total"]),
            decided_total=_reported(row["decided_total"]),
            requested_uam=_reported(row["requested_uam"]),
            decided_uam=_reported(row["decided_uam"]),
            settled=tuple(
                SettledInYear(
                    year,
                    _reported(row[f"settled_{year}"]),
                    _reported(row[f"settled_ukraine_{year}"]),
                )
                for year in (2022, 2023, 2024)
            ),
        )
        for row in _rows("settlement_requests.csv")
    )


@lru_cache(maxsize=1)
def reception_units() -> tuple[ReceptionUnitRecord, ...]:
    """UDI's 83 units on 31 January 2024, the largest first. Source: UDI."""
    return tuple(
        ReceptionUnitRecord(
            row["name"],
            row["type_guess"],
            row["municipality_number"],
            int(row["ukrainians"]),
            row["note"],
        )
        for row in _rows("reception_units.csv")
    )


@lru_cache(maxsize=1)
def monthly_applications() -> tuple[MonthlyApplications, ...]:
    """UDI's month series, with gaps: what is not here is not known. Source: UDI."""
    return tuple(
        MonthlyApplications(
            row["scheme"],
            int(row["year"]),
            int(row["month"]),
            row["citizenship"],
            int(row["applications"]),
            row["completeness"],
            row["source"],
        )
        for row in _rows("monthly_applications.csv")
    )


@lru_cache(maxsize=1)
def applications_by_year() -> tuple[YearlyApplications, ...]:
    """Single year figures. Source: UDI, some through the press (`note`)."""
    return tuple(
        YearlyApplications(
            row["scheme"],
            int(row["year"]),
            row["citizenship"],
            int(row["applications"]),
            row["note"],
        )
        for row in _rows("applications_by_year.csv")
    )


@lru_cache(maxsize=1)
def neighbours() -> tuple[NeighbourRecord, ...]:
    """Every pair of neighbouring municipalities once, by number."""
    return tuple(NeighbourRecord(row["a"], row["b"], BorderKind(row["kind"])) for row in _rows("neighbours.csv"))


@lru_cache(maxsize=1)
def neighbours_by_number() -> MappingProxyType[str, frozenset[str]]:
    """The numbers of a municipality's neighbours of every kind; all 357 are keys."""
    found: dict[str, set[str]] = {record.number: set() for record in municipalities()}
    for pair in neighbours():
        found[pair.a].add(pair.b)
        found[pair.b].add(pair.a)
    return MappingProxyType({number: frozenset(others) for number, others in found.items()})


@lru_cache(maxsize=1)
def borders() -> Borders:
    """The simplified borders, ready to draw. Print `attribution` beside them. Source: Kartverket."""
    packed = files(__package__).joinpath("borders.json.gz").read_bytes()
    drawing = json.loads(gzip.decompress(packed))
    return Borders(
        attribution=drawing["attribution"],
        width=drawing["width"],
        height=drawing["height"],
        municipalities={
            number: Outline(shape["d"], MapPoint(shape["x"], shape["y"]))
            for number, shape in drawing["municipalities"].items()
        },
        counties=drawing["counties"],
    )


@lru_cache(maxsize=1)
def languages() -> tuple[LanguageRecord, ...]:
    """The languages offered in lists, by Norwegian name."""
    return tuple(
        LanguageRecord(row["code"], row["name_nb"], row["name_en"], row["is_rtl"] == "1")
        for row in _rows("languages.csv")
    )


@lru_cache(maxsize=1)
def citizenships() -> tuple[CitizenshipRecord, ...]:
    """Every ISO 3166-1 territory with names from CLDR, then Kosovo, stateless and unknown; by code."""
    names_nb, names_en = Locale("nb").territories, Locale("en").territories
    found = list(_OUTSIDE_CLDR)
    for alpha_3, targets in get_global("territory_aliases").items():
        is_state_code = len(alpha_3) == 3 and alpha_3.isalpha() and len(targets) == 1
        if is_state_code and alpha_3 not in _NOT_CURRENT_ALPHA_3 and targets[0] in names_nb:
            name_nb = _OWN_NAMES_NB.get(alpha_3, names_nb[targets[0]])
            found.append(CitizenshipRecord(alpha_3, name_nb, names_en[targets[0]]))
    return tuple(sorted(found, key=lambda record: record.code))
