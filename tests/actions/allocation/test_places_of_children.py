"""Places in school and kindergarten: a plan counts them as the database does that holds them (SET-10)."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection

from fotfeste.allocation.domain.types import Resource
from fotfeste.allocation.queries.inputs import candidates_on
from fotfeste.platform.scope import scope
from tests.actions.settlement.stage import family
from tests.conftest import Cast
from tests.settlement_steps import interviewed

CHILDREN = (Resource.SCHOOL_PLACES, Resource.KINDERGARTEN_PLACES)
BORN = tuple(date(year, *day) for year in (2008, 2018, 2022) for day in ((12, 31), (1, 1), (3, 14)))
DAYS = tuple(date(year, *day) for year in (2024, 2025) for day in ((1, 1), (3, 13), (3, 14), (12, 31)))


@pytest.mark.django_db
@pytest.mark.req("SET-10")
def test_a_plan_counts_the_places_that_settlement_holds(cast: Cast) -> None:
    """Born on the first and the last day of a year, and on the plan's: it is the year that counts."""
    parents, child = family().persons[:2], family().persons[3]
    children = tuple(replace(child, given_name=f"Barn {place}", birth_date=born) for place, born in enumerate(BORN))
    group = interviewed(cast, replace(family(), persons=parents + children))
    for day in (on for on in DAYS if on >= cast.day):
        with scope(cast.imdi, day):
            found = candidates_on(cast.imdi, day, group)
            held = _held(found.cases[0][0], day)
        turning = [day.year - born.year for born in BORN]
        assert held == [sum(6 <= age <= 15 for age in turning), sum(1 <= age <= 5 for age in turning)], day
        assert [found.groups[0].uses.get(kind, 0) for kind in CHILDREN] == held, day


def _held(case_id: int, day: date) -> list[int]:
    """How many places of each kind the database holds for a household."""
    with connection.cursor() as cursor:
        kinds = [str(kind) for kind in CHILDREN]
        cursor.execute("SELECT kind, number FROM settlement_used_by(ARRAY[%s], %s)", [case_id, day])
        used = dict(cursor.fetchall())
    return [int(used.get(kind, 0)) for kind in kinds]
