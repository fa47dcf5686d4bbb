"""The shapes of the reference data, one frozen record for each row."""

from dataclasses import dataclass
from enum import StrEnum

from fotfeste.directory.reference.projection import LatLon, MapPoint


class ReportedAs(StrEnum):
    """How a source gave a figure; a missing figure is never read as zero."""

    NUMBER = "number"
    FEWER_THAN_FIVE = "<5"
    PENDING = "pending"
    NOT_GIVEN = ""


@dataclass(frozen=True, slots=True)
class Reported:
    """A figure as the source reported it; `value` is None unless it is a number."""

    reported_as: ReportedAs
    value: int | None = None

    @property
    def bounds(self) -> tuple[int, int] | None:
        """Lowest and highest possible value (1 to 4 when suppressed), None when nothing was reported."""
        if self.value is not None:
            return self.value, self.value
        return (1, 4) if self.reported_as is ReportedAs.FEWER_THAN_FIVE else None


@dataclass(frozen=True, slots=True)
class CountyRecord:
    """A county (fylke), 2024 structure."""

    number: str
    name: str


@dataclass(frozen=True, slots=True)
class MunicipalityRecord:
    """A municipality (kommune), 2024 structure, valid in 2024-2026.

    `name` is the official main name and may be Sami or Kven; `name_nb` is the Norwegian one.
    `population` on 1 January 2024. `written_form` (målform) is as given by the source and not checked.
    `centrality` is SSB's class 1 (most central) to 6. `position` is the middle of the largest polygon, in
    degrees: neither the town nor where people live.
    """

    number: str
    name: str
    name_nb: str
    county_number: str
    population: int
    written_form: str
    centrality: int
    area_km2: float
    centre: str
    position: LatLon


@dataclass(frozen=True, slots=True)
class PostalCodeRecord:
    """A postal code (postnummer); Svalbard 2100 and Jan Mayen 2211 stand for municipalities that are none."""

    code: str
    place: str
    municipality_number: str


@dataclass(frozen=True, slots=True)
class SettledInYear:
    """People settled (bosatt) in a municipality in a year; 2024 is until the source's copy of 13 November."""

    year: int
    total: Reported
    ukraine: Reported


@dataclass(frozen=True, slots=True)
class SettlementRequestRecord:
    """IMDi's request (anmodning) and the council's decision (vedtak) for 2024, in persons.

    The uam figures (enslige mindreårige) are of the totals or beside them: the source does not say.
    """

    municipality_number: str
    requested_total: Reported
    decided_total: Reported
    requested_uam: Reported
    decided_uam: Reported
    settled: tuple[SettledInYear, ...]

    @property
    def is_pending(self) -> bool:
        """The municipality had not decided when IMDi reported."""
        return self.decided_total.reported_as is ReportedAs.PENDING


@dataclass(frozen=True, slots=True)
class ReceptionUnitRecord:
    """A UDI unit with Ukrainian residents on 31 January 2024 (no capacity, address or operator known).

    `type_guess` is read from the name: ankomstsenter, transitt, akutt or mottak.
    """

    name: str
    type_guess: str
    municipality_number: str
    ukrainians: int
    note: str


@dataclass(frozen=True, slots=True)
class MonthlyApplications:
    """Applications lodged in one month; `citizenship` is an alpha-3 code, or TOTAL as the source summed it."""

    scheme: str
    year: int
    month: int
    citizenship: str
    applications: int
    completeness: str
    source: str


@dataclass(frozen=True, slots=True)
class YearlyApplications:
    """Applications in one year; single rows, never a complete series."""

    scheme: str
    year: int
    citizenship: str
    applications: int
    note: str


class BorderKind(StrEnum):
    """How two municipalities are neighbours."""

    LAND = "land"
    CORNER = "corner"
    SOUND = "sound"


@dataclass(frozen=True, slots=True)
class NeighbourRecord:
    """Two municipalities side by side, lower number first."""

    a: str
    b: str
    kind: BorderKind


@dataclass(frozen=True, slots=True)
class Outline:
    """A municipality drawn: SVG path data and the centre point, in view-box units."""

    path: str
    centre: MapPoint


@dataclass(frozen=True, slots=True)
class Borders:
    """The drawing of the country. `attribution` must be printed with it."""

    attribution: str
    width: int
    height: int
    municipalities: dict[str, Outline]
    counties: dict[str, str]


@dataclass(frozen=True, slots=True)
class LanguageRecord:
    """A language that residents speak; `code` is ISO 639-1, or 639-3 where there is no 639-1."""

    code: str
    name_nb: str
    name_en: str
    is_rtl: bool


@dataclass(frozen=True, slots=True)
class CitizenshipRecord:
    """A citizenship (statsborgerskap): ISO 3166-1 alpha-3, with XKX, XXA (stateless) and XXX (unknown)."""

    code: str
    name_nb: str
    name_en: str
