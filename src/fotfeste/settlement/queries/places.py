"""What is said of a municipality's places, and when they are used: for its own page (SET-10, SET-11)."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import OuterRef, Q, QuerySet

from fotfeste.accommodation.public import CentreOperation, CentreType
from fotfeste.directory.public import Organisation
from fotfeste.kernel.calendar import Week
from fotfeste.settlement.domain.candidates import Resource
from fotfeste.settlement.domain.types import (
    FigureKind,
    LocalOfferKind,
    LocalService,
    Offerable,
    Offering,
    PlaceKind,
    WorkField,
    offerable,
)
from fotfeste.settlement.models import LocalOffer, MunicipalityYear, PlaceReservation, WeekLimit, YearFigure

_BOARD = """
SELECT (SELECT coalesce(jsonb_agg(w ORDER BY w.week), '[]') FROM settlement_weeks(%(organisation)s, %(day)s) w)::text,
       (SELECT coalesce(jsonb_agg(r ORDER BY r.kind), '[]')
        FROM settlement_resources(%(organisation)s, NULL, %(day)s) r)::text,
       (SELECT coalesce(jsonb_agg(jsonb_build_array(said.kind, said.field, said.code, said.is_offered,
                                                    lower(said.period), upper(said.period))
                                  ORDER BY lower(said.period) DESC, said.kind, said.field, said.code), '[]')
        FROM (SELECT kind, field, occupation AS code, true AS is_offered, period FROM settlement_localoffer
              WHERE organisation_id = %(organisation)s AND annulled_at IS NULL
              UNION ALL
              SELECT '', '', capability, is_offered, period FROM settlement_municipalitycapability
              WHERE organisation_id = %(organisation)s AND annulled_at IS NULL) said
        WHERE lower(said.period) <= %(day)s::date AND coalesce(upper(said.period), 'infinity') >= %(since)s::date)::text
"""

SHOWN_AFTERWARDS = timedelta(days=365)  # what was taken back

type Offered = Mapping[LocalOfferKind, frozenset[Offering]]


@dataclass(frozen=True, slots=True)
class PlannedWeek:
    """Persons that have a municipality's yes for a week, and that it is asked for in it; the most that it receives then
    (None: no limit).
    """

    week: Week
    promised: int
    asked: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Said:
    """What a municipality has said that it has or has not: an `Offering` of a kind, or a capability or service.

    `until`: the first day that it does not hold any more; None where it stands.
    """

    kind: LocalOfferKind | None
    what: Offering | Offerable
    is_offered: bool
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Places:
    """What was said, by whom and when, of a municipality's places: the newest figure first; the weeks from this one on,
    this one always. `said`: what it has said that it can offer, also what it took back in the last year, newest first;
    `offered` and `services`: what of that stands.
    """

    figures: Sequence[YearFigure]
    reservations: Sequence[PlaceReservation]
    weeks: Sequence[PlannedWeek]
    resources: Sequence[Resource]
    said: Sequence[Said]
    offered: Offered
    services: Mapping[LocalService, bool]


def places_of(organisation_id: int, number: str, day: date, *, has_kept: bool) -> Places:
    """The figures from last year on, the weeks, and where places are kept, for whom. Two or three queries."""
    figures = (
        YearFigure.objects.filter(municipality_id=number, year__gte=day.year - 1)
        .select_related("recorded_by", "reported_by")
        .order_by("-year", "kind", "-recorded_at", "-pk")
    )
    weeks, resources, said = _board(organisation_id, day)
    standing = [each for each in said if each.until is None or day < each.until]
    return Places(
        figures=list(figures),
        reservations=reservations_of(organisation_id, day.year) if has_kept else (),
        weeks=weeks,
        resources=resources,
        said=said,
        offered=_by_kind((each.kind, each.what) for each in standing if isinstance(each.what, Offering) and each.kind),
        services={each.what: each.is_offered for each in standing if isinstance(each.what, LocalService)},
    )


def reservations_of(organisation_id: int, from_year: int) -> "Sequence[PlaceReservation]":
    """What a municipality keeps for people of integration centres, from a year on. One query."""
    return list(
        PlaceReservation.objects.current()
        .filter(organisation_id=organisation_id, year__gte=from_year, persons__gt=0)
        .select_related("centre", "recorded_by", "reported_by")
        .order_by("year", "centre__sort_key", "pk")
    )


def week_limit_on(organisation_id: int, day: date) -> WeekLimit | None:
    """The most that a municipality receives in one week, as it said by a day. One query."""
    found: WeekLimit | None = (
        WeekLimit.objects.current().filter(organisation_id=organisation_id, period__contains=day).first()
    )
    return found


def _board(organisation_id: int, day: date) -> tuple[list[PlannedWeek], list[Resource], list[Said]]:
    """The week of the day and those in which somebody has a yes or is asked for, in order, also one that is over; and
    what there is of each kind of place, and what was said of the rest. Counts without people, in one statement.
    """
    with connection.cursor() as cursor:
        cursor.execute(_BOARD, {"organisation": organisation_id, "day": day, "since": day - SHOWN_AFTERWARDS})
        weeks, resources, said = (json.loads(part) for part in cursor.fetchone())
    return (
        [PlannedWeek(Week.parse(each["week"]), each["promised"], each["asked"], each["most"]) for each in weeks],
        [Resource(PlaceKind(each["kind"]), each["number"], each["used"]) for each in resources],
        [_said(*each) for each in said],
    )


def _said(kind: str, work_field: str, code: str, is_offered: bool, since: str, until: str | None) -> Said:
    what = Offering(WorkField(work_field), code) if kind else offerable(code)
    ends = None if until is None else date.fromisoformat(until)
    return Said(LocalOfferKind(kind) if kind else None, what, is_offered, date.fromisoformat(since), ends)


def _by_kind(rows: Iterable[tuple[LocalOfferKind, Offering]]) -> Offered:
    found: dict[LocalOfferKind, set[Offering]] = {}
    for kind, offering in rows:
        found.setdefault(kind, set()).add(offering)
    return {kind: frozenset(offerings) for kind, offerings in found.items()}


def offered_by(organisation_id: int, day: date) -> Offered:
    """In which fields and occupations a municipality offers education and wants people for work, as it says of a day.
    One query.
    """
    said = LocalOffer.objects.current().filter(organisation_id=organisation_id, period__contains=day)
    return _by_kind(_offering(*each) for each in said.values_list("kind", "field", "occupation"))


def offered_by_all(day: date) -> Mapping[int, Offered]:
    """As `offered_by`, of every municipality that has said something, by organisation. One query."""
    rows: dict[int, list[tuple[LocalOfferKind, Offering]]] = {}
    said = LocalOffer.objects.current().filter(period__contains=day)
    for organisation_id, *each in said.values_list("organisation_id", "kind", "field", "occupation"):
        rows.setdefault(organisation_id, []).append(_offering(*each))
    return {organisation_id: _by_kind(found) for organisation_id, found in rows.items()}


def integration_centres_near(number: str, day: date) -> list[Organisation]:
    """The integration centres in a municipality and in those that border on it, by name. One query."""
    near = operations_near(number, day).values("centre_id")
    return list(Organisation.objects.filter(pk__in=near).order_by("sort_key", "pk"))


def operations_near(number: str | OuterRef, day: date) -> QuerySet[CentreOperation]:
    """The operation of each integration centre in a municipality, or in one that borders on it."""
    is_near = Q(centre__municipality_id=number) | Q(centre__municipality__neighbours__neighbour_id=number)
    return CentreOperation.objects.current().filter(is_near, type=CentreType.INTEGRATION, period__contains=day)


def said_for(number: str, year: int, kind: FigureKind) -> tuple[int | None, int | None]:
    """A figure of a year as it stands, with its minors; None where it is not known. One query."""
    row = MunicipalityYear.objects.filter(municipality_id=number, year=year).first()
    if row is None:
        return None, None
    is_decision = kind == FigureKind.DECISION
    return (row.decided, row.decided_minors) if is_decision else (row.requested, row.requested_minors)


def _offering(kind: str, work_field: str, occupation: str) -> tuple[LocalOfferKind, Offering]:
    return LocalOfferKind(kind), Offering(WorkField(work_field), occupation)
