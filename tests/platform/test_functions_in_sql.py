"""What functions of the owner's tell, tried in SQL as the app role: of whom, on which day, to whom."""

from datetime import date, timedelta

import pytest
from django.db import connection

from fotfeste.access.public import NeedReason
from fotfeste.kernel.periods import Period
from fotfeste.platform.facts import supersede
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import members_of
from fotfeste.settlement.public import decline_request
from tests.actions.access.stage import employment_of, second_administrator
from tests.actions.registry.families import alone, person
from tests.actions.registry.test_protection import protected
from tests.actions.settlement.stage import offered, queued, requested
from tests.as_owner import needs_ended
from tests.conftest import Cast
from tests.settlement_steps import placed, registered

pytestmark = [pytest.mark.django_db, pytest.mark.req("ACS-01")]


def answer(sql: str, *values: int) -> object:
    """The one value that a statement gives, in the session's scope."""
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        return cursor.fetchone()[0]


def told(viewer: Viewer, day: date, sql: str, *values: int) -> object:
    """The one value that a viewer's session is given on a day."""
    with scope(viewer, day):
        return answer(sql, *values)


def test_when_somebody_was_talked_to_is_told_of_who_belongs_to_the_household(cast: Cast) -> None:
    talked, other = queued(cast), placed(cast, registered(cast, alone(person("Oksana", "Shevchenko"))))
    with scope(cast.udi, cast.day):
        olena = members_of(talked, cast.day)[0].subject_id
    sql = "SELECT talked_to_within(%s, %s, daterange('2024-01-01', '2024-12-31'))"
    assert told(cast.udi, cast.day, sql, talked, olena) is not None
    assert told(cast.udi, cast.day, sql, other, olena) is None


def test_who_has_had_an_offer_is_told_for_a_need_of_the_day(cast: Cast) -> None:
    group, sql = offered(cast, queued(cast)), "SELECT cardinality(settlement_offered_before(%s))"
    assert told(cast.centre, cast.day, sql, group) == 4
    needs_ended([group], [NeedReason.LIVES_HERE], on=cast.day, at=cast.at)
    assert told(cast.centre, cast.day, sql, group) == 0
    # Nor to those whose roles do not open them, whatever their organisation knows.
    keeper = Viewer(cast.udi.user_id, cast.udi.organisation_id, "udi")
    assert (told(cast.udi, cast.day, sql, group), told(keeper, cast.day, sql, group)) == (4, 0)


@pytest.mark.parametrize("question", ["session_gives_roles", "session_sees_to_looks"])
def test_an_administrator_who_works_there_no_more_is_none(cast: Cast, question: str) -> None:
    other, gone_on = second_administrator(cast), cast.day + timedelta(days=1)
    # The act ends the roles with it. A role that stands beyond the employment is none.
    worked = employment_of(cast.centre_administrator)
    with scope(other, cast.day):
        supersede(worked, by=other, at=cast.at, reason="tried", period=Period(worked.period.start, gone_on))
    sql = f"SELECT {question}()"
    assert [told(cast.centre_administrator, day, sql) for day in (cast.day, gone_on)] == [True, False]
    assert told(other, gone_on, sql) is True


@pytest.mark.req("REG-08")
def test_without_a_scope_nobody_is_told_who_is_protected(cast: Cast) -> None:
    protected(cast)
    sql = "SELECT count(*) FROM session_hidden()"
    assert told(cast.imdi, cast.day, sql) == 5
    assert answer(sql) == 0


@pytest.mark.req("SET-07")
def test_a_municipality_is_told_what_it_has_said_no_to_and_no_other_is(cast: Cast) -> None:
    group = requested(cast, queued(cast))
    with scope(cast.municipality, cast.day):
        decline_request(group, reason="no_housing", follows="not_this_week", by=cast.municipality, at=cast.at)
    sql = "SELECT count(*) FROM settlement_own_declines('2024-03-14')"
    assert told(cast.municipality, cast.day, sql) == 1
    assert [told(viewer, cast.day, sql) for viewer in (cast.other_municipality, cast.imdi, cast.centre)] == [0, 0, 0]
    # Nor to those whose roles do not open a household's settlement, nor without a scope.
    administrator = Viewer(cast.municipality.user_id, cast.municipality.organisation_id, "municipality")
    assert (told(administrator, cast.day, sql), answer(sql)) == (0, 0)
    assert told(cast.municipality, cast.day, "SELECT count(*) FROM settlement_own_declines('2024-03-15')") == 0
