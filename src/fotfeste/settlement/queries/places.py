"""What is said of a municipality's places, and when they are used: for its own page (SET-10, SET-11)."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import OuterRef, Q, QuerySet

from fotfeste.accommodation.public import CentreOperation, CentreType
from fotfeste.directory.public import Organisation
from fotfeste.kernel.calendar import Week
from fotfeste.settlement.domain.candidates import Resource
from fotfeste.settlement.domain.types import FigureKind, LocalOfferKind, Offering, PlaceKind, WorkField
from fotfeste.settlement.models import LocalOffer, MunicipalityYear, PlaceReservation, WeekLimit, YearFigure

_BOARD = """
SELECT (SELECT coalesce(jsonb_agg(w ORDER BY w.week), '[]') FROM settlement_weeks(%(organisation)s, %(day)s) w)::text,
       (SELECT coalesce(jsonb_agg(r ORDER BY r.kind), '[]')
        FROM settlement_resources(%(organisation)s, NULL, %(day)s) r)::text,
       (SELECT coalesce(jsonb_agg(jsonb_build_array(o.kind, o.field, o.occupation)
                                  ORDER BY o.kind, o.field, o.occupation), '[]')
        FROM settlement_localoffer o
        WHERE o.organisation_id = %(organisation)s AND o.annulled_at IS NULL AND o.period @> %(day)s::date)::text
"""

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
class Places:
    """What was said, by whom and when, of a municipality's places: the newest figure first; the weeks from this one on,
    this one always.
    """

    figures: Sequence[YearFigure]
    reservations: Sequence[PlaceReservation]
    weeks: Sequence[PlannedWeek]
    resources: Sequence[Resource]
    offered: Offered


def places_of(organisation_id: int, number: str, day: date, *, has_kept: bool) -> Places:
    """The figures from last year on, the weeks, and where places are kept, for whom. Two or three queries."""
    figures = (
        YearFigure.objects.filter(municipality_id=number, year__gte=day.year - 1)
        .select_related("recorded_by", "reported_by")
        .order_by("-year", "kind", "-recorded_at", "-pk")
    )
    weeks, resources, offered = _board(organisation_id, day)
    return Places(
        figures=list(figures),
        reservations=reservations_of(organisation_id, day.year) if has_kept else (),
        weeks=weeks,
        resources=resources,
        offered=offered,
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


def _board(organisation_id: int, day: date) -> tuple[list[PlannedWeek], list[Resource], Offered]:
    """The week of the day and those in which somebody has a yes or is asked for, in order, also one that is over; and
    what there is of each kind of place, and of education and work. Counts without people, in one statement.
    """
    with connection.cursor() as cursor:
        cursor.execute(_BOARD, {"organisation": organisation_id, "day": day})
        weeks, resources, offered = (json.loads(part) for part in cursor.fetchone())
    return (
        [PlannedWeek(Week.parse(each["week"]), each["promised"], each["asked"], each["most"]) for each in weeks],
        [Resource(PlaceKind(each["kind"]), each["number"], each["used"]) for each in resources],
        _by_kind(offered),
    )


def _by_kind(rows: Iterable[Sequence[str]]) -> Offered:
    found: dict[LocalOfferKind, set[Offering]] = {}
    for kind, work_field, occupation in rows:
        found.setdefault(LocalOfferKind(kind), set()).add(Offering(WorkField(work_field), occupation))
    return {kind: frozenset(offerings) for kind, offerings in found.items()}


def offered_by(organisation_id: int, day: date) -> Offered:
    """In which fields and occupations a municipality offers education and wants people for work, as it says of a day.
    One query.
    """
    said = LocalOffer.objects.current().filter(organisation_id=organisation_id, period__contains=day)
    return _by_kind(said.values_list("kind", "field", "occupation"))


def offered_by_all(day: date) -> Mapping[int, Offered]:
    """As `offered_by`, of every municipality that has said something, by organisation. One query."""
    rows: dict[int, list[tuple[str, str, str]]] = {}
    said = LocalOffer.objects.current().filter(period__contains=day)
    for organisation_id, *each in said.values_list("organisation_id", "kind", "field", "occupation"):
        rows.setdefault(organisation_id, []).append((each[0], each[1], each[2]))
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
