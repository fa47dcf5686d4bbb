"""IMDi registers what it asks a municipality for, the municipality what its council has decided (SET-10)."""

from datetime import datetime

from django.db.models import QuerySet

from fotfeste.directory.public import Organisation, OrganisationKind
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import NotFound
from fotfeste.platform.acts import act, require
from fotfeste.platform.facts import annul, refuse_stale, version_of
from fotfeste.platform.viewer import Viewer
from fotfeste.settlement.actions.said import tell_said
from fotfeste.settlement.domain.places import SaidFigure, check_figure, check_year
from fotfeste.settlement.domain.types import FigureKind
from fotfeste.settlement.models import MunicipalityYear, YearFigure

COLUMNS = {FigureKind.REQUEST: ("requested", "requested_minors"), FigureKind.DECISION: ("decided", "decided_minors")}
SAID_ANEW = "said_anew"


@act
def register_decision(
    year: int, said: SaidFigure, *, by: Viewer, at: datetime, version: int | None = None
) -> YearFigure:
    """The actor's municipality registers what its council has decided for a year; what was registered before is kept.

    The decision is the limit of what can be promised, and nobody but the municipality moves it. It cannot be set below
    what is settled, promised and held already: open requests are answered, or IMDi lets the municipality go, first.
    Raises Refused (`decision_below_use`, `decision_below_minors`, `figure_of_another_time`,
    `minors_are_among_the_persons`, `decided_in_the_future`, `figure_source_missing`, `not_a_number_of_persons`), Stale.
    Source: SET-10, SET-11.
    """
    require(by, "settlement.declare_capabilities")
    return _register(by.organisation_id, year, FigureKind.DECISION, said, by=by, at=at, version=version)


@act
def register_request_of_year(
    organisation_id: int, year: int, said: SaidFigure, *, by: Viewer, at: datetime, version: int | None = None
) -> YearFigure:
    """IMDi registers how many it asks a municipality to settle in a year (anmodning); what was registered before is
    kept. It is a request and limits nothing. Raises Refused as `register_decision`, Stale, NotFound.
    """
    require(by, "settlement.find_municipality")
    return _register(organisation_id, year, FigureKind.REQUEST, said, by=by, at=at, version=version)


def figure_version(municipality_id: str, kind: FigureKind) -> int:
    """The version of a municipality's figures of a kind, for the form that says one anew."""
    return version_of(_figures(municipality_id, kind))


def _figures(municipality_id: str, kind: FigureKind) -> "QuerySet[YearFigure]":
    return YearFigure.objects.filter(municipality_id=municipality_id, kind=kind)


def _register(
    organisation_id: int,
    year: int,
    kind: FigureKind,
    said: SaidFigure,
    *,
    by: Viewer,
    at: datetime,
    version: int | None,
) -> YearFigure:
    today = legal_day(at)
    check_year(year, today)
    check_figure(said, today)
    number = lock_municipality(organisation_id)
    figures = _figures(number, kind)
    refuse_stale(version, figures)
    before = figures.filter(year=year, annulled_at__isnull=True).first()
    if before is not None:
        annul(before, by=by, at=at, reason=SAID_ANEW)
    figure = YearFigure(
        municipality_id=number,
        year=year,
        kind=kind,
        persons=said.persons,
        minors=said.minors,
        decided_on=said.decided_on,
        source=said.source.strip(),
        supersedes=before,
        recorded_at=at,
        recorded_by_id=by.user_id,
        reported_by_id=by.organisation_id,
    ).stored()
    persons, minors = COLUMNS[kind]
    MunicipalityYear.objects.update_or_create(
        municipality_id=number,
        year=year,
        defaults={persons: said.persons, minors: said.minors, "source": figure.source},
    )
    tell_said(f"settlement.{kind}_registered", organisation_id, on=said.decided_on, by=by, at=at)
    return figure


def lock_municipality(organisation_id: int) -> str:
    """Lock a municipality's row, under which everything about its places is said; gives its number. Raises NotFound."""
    place = (
        Organisation.objects.select_for_update(no_key=True)
        .filter(pk=organisation_id, kind=OrganisationKind.MUNICIPALITY, municipality__isnull=False)
        .first()
    )
    if place is None or place.municipality_id is None:
        raise NotFound("not_found")
    return place.municipality_id
