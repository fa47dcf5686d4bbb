"""What of a municipality's year is decided, used, promised, asked for and kept, and its places of each kind."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from fotfeste.kernel.calendar import Week
from fotfeste.settlement.domain.candidates import (
    Figures,
    Resource,
)
from fotfeste.settlement.domain.types import PlaceKind
from fotfeste.settlement.models import (
    MunicipalityYear,
    SettlementCase,
)


@dataclass(frozen=True, slots=True)
class Load:
    """Persons that a municipality has settled in a year, promised to, been asked for (`held`: with places kept for
    them), of them unaccompanied minors; and places kept for people of integration centres.
    """

    settled: int = 0
    promised: int = 0
    asked: int = 0
    settled_minors: int = 0
    promised_minors: int = 0
    in_week: int = 0
    held: int = 0
    held_minors: int = 0
    kept: int = 0


NO_LOAD = Load()
_LOAD = """
    SELECT organisation_id, settled, promised, asked, settled_minors, promised_minors, in_week, held, held_minors, kept
    FROM settlement_load(%s, %s, %s)
"""
_LOAD_FOR = """
    SELECT organisation_id, coalesce(settled, 0), coalesce(promised, 0), coalesce(asked, 0),
           coalesce(settled_minors, 0), coalesce(promised_minors, 0), coalesce(in_week, 0), coalesce(held, 0),
           coalesce(held_minors, 0), coalesce(kept, 0), coalesce(r.said, '[]')::text, w.persons
    FROM settlement_load(%s, %s, %s, %s) l
    FULL JOIN (
        SELECT organisation_id, jsonb_agg(jsonb_build_array(kind, number, used, wanted) ORDER BY kind) AS said
        FROM settlement_resources(NULL, %s, %s) GROUP BY organisation_id
    ) r USING (organisation_id)
    FULL JOIN (
        SELECT organisation_id, persons FROM settlement_weeklimit WHERE annulled_at IS NULL AND period @> %s::date
    ) w USING (organisation_id)
"""


def load_of_all(year: int, day: date, week: Week | None = None) -> Mapping[int, Load]:
    """The load of every municipality that has any in a year, by organisation, as of a day: counts without people.

    Promises count in the ISO year of their week, or in the year of the day where their week is over. One query.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LOAD, [year, str(week or ""), day])
        return {int(row[0]): Load(*(int(count) for count in row[1:])) for row in cursor.fetchall()}


def load_for(
    case: SettlementCase, year: int, day: date, week: Week | None
) -> tuple[Mapping[int, Load], Mapping[int, Sequence[Resource]], Mapping[int, int]]:
    """As `load_of_all`, seen from a group: what is kept for those who live where it does is not kept from it; how many
    of each kind of place there are, and the group uses; and the most that are received in the week. One query.
    """
    last = week.last_day if week else None
    with connection.cursor() as cursor:
        cursor.execute(_LOAD_FOR, [year, str(week or ""), day, case.centre_id, case.pk, day, last])
        rows = cursor.fetchall()
    return (
        {int(row[0]): Load(*(int(count) for count in row[1:-2])) for row in rows},
        {int(row[0]): [_resource(*each) for each in json.loads(row[-2])] for row in rows},
        {int(row[0]): int(row[-1]) for row in rows if row[-1] is not None},
    )


def _resource(kind: str, number: int, used: int, wanted: int) -> Resource:
    return Resource(PlaceKind(kind), number, used, wanted)


def decided_for(year: int) -> Mapping[str, MunicipalityYear]:
    """Each municipality's latest row of figures up to the year, by number. One query."""
    rows = (
        MunicipalityYear.objects.filter(year__lte=year).order_by("municipality_id", "-year").distinct("municipality_id")
    )
    return {row.municipality_id: row for row in rows}


def resources_of(organisation_id: int, day: date) -> list[Resource]:
    """How many a municipality has said that it has of each kind of place, and how many are used. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT kind, number, used, wanted FROM settlement_resources(%s, NULL, %s) ORDER BY kind",
            [organisation_id, day],
        )
        return [_resource(*row) for row in cursor.fetchall()]


def figures_of(year: int, row: MunicipalityYear | None, load: Load) -> Figures:
    """A municipality's figures: the council's decision (None: no row) and the load on it."""
    decision = (row.year, row.decided, row.decided_minors) if row else (None, None, None)
    return figures_from(year, decision, load)


def figures_from(year: int, decision: tuple[int | None, int | None, int | None], load: Load) -> Figures:
    """The same, of a decision as its year, the persons and the minors among them."""
    decided_year, decided, minors = decision
    return Figures(
        year=year,
        decided_year=decided_year,
        decided=decided,
        decided_minors=minors,
        settled=load.settled,
        promised=load.promised,
        settled_minors=load.settled_minors,
        promised_minors=load.promised_minors,
        asked=load.asked,
        in_week=load.in_week,
        held=load.held,
        held_minors=load.held_minors,
        kept=load.kept,
    )
