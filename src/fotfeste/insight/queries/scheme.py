"""The figures of a scheme of living privately, for the country and beside it one's own municipality (INS-01)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from fotfeste.insight.domain.figures import (
    Both,
    Count,
    GroupLine,
    HandlingTime,
    PlacesLine,
    by_centrality,
    by_size,
    by_weeks,
    by_year,
    every_month,
    handling_time,
    top_places,
    without_telling,
)
from fotfeste.insight.queries.own import municipalities, own_number
from fotfeste.platform.viewer import Viewer


@dataclass(frozen=True, slots=True)
class SchemeFigures:
    """Everything that the page, the pictures and the spreadsheet show. Amounts in øre.

    `own`: the viewer's municipality by name; empty where they are of none, and then there is no column of one's own.
    """

    scheme: str
    own: str
    applications: Sequence[tuple[date, Both]]
    people: Count
    municipalities: int
    places: Sequence[PlacesLine]
    sizes: Sequence[GroupLine]
    centralities: Sequence[GroupLine]
    quarters: Sequence[tuple[date, Both]]
    years: Sequence[tuple[int, Both]]
    handling: HandlingTime
    weeks: Sequence[tuple[int, Both]]

    @property
    def amount(self) -> Both:
        """All amounts together."""
        return Both(sum(both.country for _, both in self.years), sum(both.own for _, both in self.years))

    @property
    def received(self) -> Both:
        """All applications together."""
        counts = [both for _, both in self.applications]
        return Both(sum(both.country for both in counts), sum(both.own for both in counts))


def scheme_figures(viewer: Viewer, scheme: str) -> SchemeFigures:
    """The figures of a scheme, all of its time. Five queries at most."""
    reference = municipalities()
    own = own_number(viewer)
    places = {str(number): int(count) for number, count in _rows("insight_places", scheme)}
    quarters = [(day, Both(int(country), int(mine))) for day, country, mine in _rows("insight_amounts", scheme)]
    days = {int(day): Both(int(country), int(mine)) for day, country, mine in _rows("insight_handling", scheme)}
    months = {day: Both(int(country), int(mine)) for day, country, mine in _rows("insight_applications", scheme)}
    groups = by_size(places, reference.values()), by_centrality(places, reference.values())
    shown, (sizes, centralities), people = without_telling(
        top_places(places, reference, own), groups, people=sum(places.values()), many=len(places)
    )
    return SchemeFigures(
        scheme=scheme,
        own=reference[own].name if own else "",
        applications=every_month(months),
        people=people,
        municipalities=len(places),
        places=shown,
        sizes=sizes,
        centralities=centralities,
        quarters=quarters,
        years=by_year(quarters),
        handling=handling_time({day: both.country for day, both in days.items()}),
        weeks=by_weeks(days),
    )


def _rows(function: str, scheme: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {function}(%s)", [scheme])  # noqa: S608 - the names above
        return list(cursor.fetchall())
