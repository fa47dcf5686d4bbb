"""A synthetic country, years after: statistics are as they were, and whoever is still here is as they were."""

from datetime import date, timedelta

import pytest
from django.db import connections

from fotfeste.demo.public import load_country
from fotfeste.platform.country_mark import LOADED
from fotfeste.retention.domain.types import Outcome
from tests.conftest import Cast
from tests.properties.whole import rows
from tests.properties.whole import run as sql
from tests.retention.stage import night

pytestmark = pytest.mark.req("ACS-04")
TODAY = date(2026, 11, 21)
PEOPLE = 250
STATISTICS = {
    "occupancy of each centre on the first of each month": """
        SELECT d.day::date, o.centre_id, o.people
        FROM generate_series('2022-01-01'::date, '2026-12-01', '1 month') d (day)
        CROSS JOIN LATERAL occupancy_on(d.day::date) o ORDER BY 1, 2
    """,
    "who came and left in each quarter": """
        SELECT d.day::date, f.* FROM generate_series('2022-01-01'::date, '2026-12-01', '3 months') d (day)
        CROSS JOIN LATERAL stay_flow(d.day::date - 90, d.day::date, now()) f
        WHERE f.what IN ('came', 'left') ORDER BY 1, 2, 3
    """,
    "arrivals in Norway by month and kind of place": """
        SELECT date_trunc('month', lower(s.period)), s.kind, count(*), count(DISTINCT s.subject_id)
        FROM accommodation_stay s WHERE s.annulled_at IS NULL GROUP BY 1, 2 ORDER BY 1, 2
    """,
    "why and to which county they left": """
        SELECT departure_reason, county, count(*) FROM accommodation_stay WHERE annulled_at IS NULL
        GROUP BY 1, 2 ORDER BY 1, 2
    """,
    "what each municipality has settled, and of it minors alone": """
        SELECT y.year, l.* FROM generate_series(2022, 2027) y (year)
        CROSS JOIN LATERAL settlement_load(y.year, '', make_date(y.year, 12, 31)) l ORDER BY 1, 2
    """,
    "cases by state, days on the way, with minors or not": """
        SELECT state, state_since_on - due_since_on, state_since_on < minors_until_on, due_since_on < minors_until_on,
               size, count(*)
        FROM settlement_settlementcase GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
    """,
    "requests and what became of them": """
        SELECT organisation_id, state, decline_reason, answered_on - sent_on, count(*)
        FROM settlement_settlementrequest GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
    """,
    "offers and their answers": """
        SELECT week, state, size, count(*) FROM settlement_offer GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    """,
    "journeys and what they cost": """
        SELECT date_trunc('month', j.travels_on), l.payer, count(*), sum(l.price_ore), sum(j.ticket_price_ore)
        FROM settlement_journey j LEFT JOIN settlement_journeyleg l ON l.journey_id = j.id GROUP BY 1, 2 ORDER BY 1, 2
    """,
    "permits and refusals by month": """
        SELECT date_trunc('month', holds_on), kind, count(*) FROM registry_statusevent WHERE annulled_at IS NULL
        GROUP BY 1, 2 ORDER BY 1, 2
    """,
    "people by sex, and who came alone": """
        SELECT sex, is_unaccompanied_minor, count(*) FROM registry_persondetails WHERE annulled_at IS NULL
        GROUP BY 1, 2 ORDER BY 1, 2
    """,
    "households by stage": """
        SELECT stage, has_unaccompanied_minor, created_on, count(*) FROM registry_placementgroup
        GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    """,
    "the states that the events give": """
        SELECT workflow, to_state, count(*) FROM platform_event WHERE workflow <> '' GROUP BY 1, 2 ORDER BY 1, 2
    """,
    "work done": "SELECT kind, outcome, organisation_id, count(*) FROM worklist_task GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
}


def statistics() -> dict[str, list[tuple[object, ...]]]:
    """Every figure, as the owner counts it."""
    sql("SET jit = off")
    return {name: rows(question) for name, question in STATISTICS.items()}


def test_a_country_years_after(committed_cast: Cast) -> None:
    sql("DELETE FROM access_roleassignment")
    load_country(PEOPLE, TODAY, seed=5)
    sql("UPDATE worklist_task SET closed_at = opened_at, outcome = 'done' WHERE closed_at IS NULL")
    sql("UPDATE registry_duplicateproposal SET answer = 'different' WHERE answer = ''")
    sql(f"COMMENT ON SCHEMA public IS '{LOADED}'")
    try:
        before = statistics()
        assert all(before.values())
        first = date(2031, 3, 1)
        announced = night(first, None).of(Outcome.ANNOUNCED)
        report = night(first + timedelta(days=30), None)
    finally:
        sql("COMMENT ON SCHEMA public IS NULL")
    gone = {key for (key,) in rows("SELECT subject_id FROM retention_gone WHERE part = 'identity'")}
    assert announced == report.of(Outcome.DONE)
    assert len(gone) > 20
    assert report.of(Outcome.FAILED) == 0
    after = statistics()
    for name in STATISTICS:
        assert after[name] == before[name], name
    nobody_is_found(gone)


def nobody_is_found(gone: set[int]) -> None:
    """Of those who are anonymised there is no name, number, birthday or token; whoever is still here has theirs."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT m.subject_id, m.group_id = ANY (%s) FROM registry_groupmembership m"
            " WHERE m.annulled_at IS NULL AND upper_inf(m.period)",
            [list(gone)],
        )
        is_gone = dict(cursor.fetchall())
    named = rows(
        "SELECT subject_id, given_name <> 'Anonymisert', to_char(birth_date, 'MMDD') FROM registry_persondetails"
    )
    for person, has_name, birthday in named:
        assert has_name is not is_gone[person]
        assert birthday == "0101" or not is_gone[person]
    for table in ("registry_identifier", "registry_searchtoken", "registry_relation", "settlement_answer"):
        there = {person for (person,) in rows(f"SELECT DISTINCT subject_id FROM {table}")}
        assert not there & ({person for person, is_away in is_gone.items() if is_away} | gone), table
    assert any(not is_away for is_away in is_gone.values())
