"""A municipality's places as its page shows them: the bar, the weeks, what was said before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fotfeste.kernel.calendar import Week
from fotfeste.platform.viewer import Viewer
from fotfeste.platform.words import capital, number
from fotfeste.platform.words import week as week_in_words
from fotfeste.settlement.domain.candidates import Figures, Resource
from fotfeste.settlement.domain.types import FigureKind, Offering, WorkField
from fotfeste.settlement.models import YearFigure
from fotfeste.settlement.queries.municipality import MunicipalityPage
from fotfeste.settlement.queries.places import Offered, PlannedWeek, Said, week_limit_on
from fotfeste.settlement.sentences_offers import offerable_words
from fotfeste.settlement.sentences_places import LOCAL_OFFERS, PLACE_KINDS, work_name

BAR = 100.0  # the bar's own units
KINDS = {
    FigureKind.REQUEST: gettext_lazy("IMDis anmodning"),
    FigureKind.DECISION: gettext_lazy("kommunestyrets vedtak"),
}


def week_limit_told(organisation_id: int, name: str, day: date) -> list[str]:
    """How many a municipality receives in a week, as a consequence of asking or offering; none where it has not said.
    One query.
    """
    limit = week_limit_on(organisation_id, day)
    most = _("%(name)s tar imot høyst %(persons)s i en uke, om det ikke er én husstand alene.")
    return [most % {"name": name, "persons": number(limit.persons)}] if limit else []


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the bar: what it stands for, where it begins and how long it is."""

    kind: str
    start: float
    length: float


@dataclass(frozen=True, slots=True)
class Bar:
    """The bar: its parts, how long the decision is, and where IMDi's request ends (None: not known)."""

    parts: Sequence[Part]
    decided: float
    requested: float | None


@dataclass(frozen=True, slots=True)
class WeekRow:
    """A week: how many come, how many are asked about, and whether that is more than the municipality takes."""

    name: str
    promised: int
    asked: int
    most: int | None
    is_full: bool


@dataclass(frozen=True, slots=True)
class ResourceRow:
    """A kind of place: how many there are and how many are used, and what is left in words."""

    name: str
    said: Resource | None
    left: str
    tone: str


@dataclass(frozen=True, slots=True)
class DeclaredRow:
    """Something that was said, what of it, from which day, and the first day that it does not hold any more."""

    name: str
    said: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure that was said, now or before."""

    what: str
    year: int
    persons: str
    minors: str
    decided_on: object
    source: str
    recorded_at: object
    by: str
    stands: bool


def capacity_context(page: MunicipalityPage, viewer: Viewer, day: date) -> Mapping[str, Any]:
    """What the part of the page about places needs."""
    figures, row, places = page.figures, page.year_row, page.places
    is_own = page.organisation.pk == viewer.organisation_id
    may_ask = viewer.may("settlement.find_municipality")
    may_declare = is_own and viewer.may("settlement.declare_capabilities")
    return {
        "figures": figures,
        "is_earlier_year": figures.decided_year not in (None, figures.year),
        "bar": bar_of(figures, row.requested if row else None),
        "compared": _compared(row.requested if row else None, figures.decided),
        "over": number(-figures.left) if figures.left is not None and figures.left < 0 else "",
        "may_register_decision": may_declare,
        "may_register_request": may_ask,
        "may_reserve": (may_declare or may_ask) and page.has_centre_near,
        "weeks": _weeks(places.weeks) if places else (),
        "has_week_limit": any(week.most is not None for week in places.weeks) if places else False,
        "week_limit": next((week.most for week in places.weeks if week.week == Week.of(day)), None) if places else None,
        "reservations": places.reservations if places else (),
        "resources": _resources(places.resources) if places else (),
        "may_declare_resources": may_declare,
        "offered": _offered(places.offered) if places else (),
        "declared": [_declared(each) for each in places.said] if places else (),
        "said": [_figure(each) for each in places.figures] if places else (),
    }


def bar_of(figures: Figures, requested: int | None) -> Bar | None:
    """What is used, kept and left of what is decided, beside what IMDi asks for; None where nothing is decided.
    What goes beyond the decision makes the whole longer, and all parts shorter.
    """
    if not figures.decided:
        return None
    whole = max(figures.decided, figures.used, requested or 0)
    parts: list[Part] = []
    start = 0.0
    for kind, persons in (
        ("settled", figures.settled),
        ("promised", figures.promised),
        ("held", figures.held),
        ("kept", figures.kept),
    ):
        if persons:
            length = round(persons * BAR / whole, 2)
            parts.append(Part(kind, round(start, 2), length))
            start += length
    at = None if requested is None else round(requested * BAR / whole, 2)
    return Bar(parts, round(figures.decided * BAR / whole, 2), at)


def _compared(requested: int | None, decided: int | None) -> str:
    """The decision beside what IMDi asks for."""
    if requested is None or decided is None:
        return ""
    if requested == decided:
        return _("Vedtaket er like stort som anmodningen.")
    difference = number(abs(requested - decided))
    if decided < requested:
        return _("Vedtaket er %(difference)s færre enn IMDi ber om.") % {"difference": difference}
    return _("Vedtaket er %(difference)s flere enn IMDi ber om.") % {"difference": difference}


def _weeks(weeks: Sequence[PlannedWeek]) -> Sequence[WeekRow]:
    """Those in which somebody comes or is asked for."""
    return [
        WeekRow(
            week_in_words(each.week),
            each.promised,
            each.asked,
            each.most,
            each.most is not None and each.promised >= each.most,
        )
        for each in weeks
        if each.promised or each.asked
    ]


def _resources(resources: Sequence[Resource]) -> Sequence[ResourceRow]:
    """Every kind of place; those that nobody has said a number of, too."""
    said = {each.kind: each for each in resources}
    return [
        ResourceRow(capital(words), found, *_left(found))
        for kind, words in PLACE_KINDS.items()
        for found in (said.get(kind),)
    ]


def _offered(offered: Offered) -> Sequence[tuple[str, str]]:
    """Education and work with their fields and occupations in words; empty where nothing is said."""
    return [(capital(words), _offerings(offered.get(kind, ()))) for kind, words in LOCAL_OFFERS.items()]


def _offerings(offerings: Iterable[Offering]) -> str:
    said = in_order(offerings)
    fields = ", ".join(work_name(each.code) for each in said if not each.occupation)
    occupations = ", ".join(work_name(each.code) for each in said if each.occupation)
    if not occupations:
        return fields
    single = _("enkelte yrker: %(occupations)s") % {"occupations": occupations}
    return f"{fields}; {single}" if fields else single


def _declared(said: Said) -> DeclaredRow:
    if isinstance(said.what, Offering):
        name, kind = work_name(said.what.code), str(LOCAL_OFFERS[said.kind]) if said.kind else ""
    else:
        name, kind = offerable_words()[said.what], _("ja") if said.is_offered else _("nei")
    return DeclaredRow(capital(name), kind, said.since, said.until)


def in_order(offerings: Iterable[Offering]) -> Sequence[Offering]:
    """Whole fields first, then single occupations, each in the order of the list."""
    fields = list(WorkField)
    return sorted(offerings, key=lambda each: (bool(each.occupation), fields.index(each.field), each.occupation))


def _left(found: Resource | None) -> tuple[str, str]:
    if found is None:
        return _("ikke meldt"), "warning"
    if found.left <= 0:
        return _("ingen ledige"), "neutral"
    return ngettext("%(left)s ledig", "%(left)s ledige", found.left) % {"left": number(found.left)}, "success"


def _figure(said: YearFigure) -> FigureRow:
    unknown = _("ukjent")
    by = said.recorded_by.name if said.recorded_by else ""
    place = said.reported_by.name if said.reported_by else _("offentlige tall")
    return FigureRow(
        what=str(KINDS[FigureKind(said.kind)]),
        year=said.year,
        persons=unknown if said.persons is None else number(said.persons),
        minors="" if said.minors is None else number(said.minors),
        decided_on=said.decided_on,
        source=said.source,
        recorded_at=said.recorded_at,
        by=f"{by}, {place}" if by else str(place),
        stands=said.annulled_at is None,
    )
