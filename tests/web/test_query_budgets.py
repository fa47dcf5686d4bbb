"""At most fifteen queries for every page, however much is on it: tried in a synthetic country, as its demo users."""

from collections.abc import Iterator
from datetime import date
from random import Random

import pytest
import time_machine
from bench.visits import visits
from django.db import connection, connections, reset_queries
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fotfeste.access.public import viewer_for
from fotfeste.demo.public import load_country
from fotfeste.directory.public import User
from fotfeste.platform.scope import scope

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

TODAY = date(2026, 11, 21)
PEOPLE = 400
BUDGET = 15
OF_EACH_STATE = 2
USERS = (
    "demo-politi",
    "demo-udi",
    "demo-imdi",
    "demo-raade-leder",
    "demo-voss",
    "demo-trondheim",
    "demo-levanger",
)
LISTS = (
    "worklist",
    "households",
    "households?status=without_permit",
    "households?status=with_permit&sort=number",
    "households?status=settled&sort=-registered",
    "households?people=with_children",
    "households?people=unaccompanied",
    "households?q=ol",
    "search?q=ma",
    "search?q=oksana kovalenko",
    "duplicates",
    "centres",
    "my_centre",
    "queue",
    "queue?late=1&sort=-waited",
    "refusals",
    "refusals?step=opened&move=imdi",
    "car_claims",
    "car_claims?state=waits",
    "queue?sort=goal&need=any",
    "queue?state=&who=minors",
    "plans",
    "plan_week",
    "what_ifs",
    "ask_what_if",
    "steering",
    "close_municipality",
    "municipalities",
    "terms_overview",
    "terms_overview?stand=unknown&county=50&page=2",
    "own_terms",
    "self_settlement_requests",
    "self_settlement_requests?state=settled",
    "self_settlement_measures",
    "my_municipality",
    "ready_for_settlement",
    "insight_mamot",
    "insight_settlement",
    "insight_settlement?who=with_children",
)
LISTS_BESIDE = (
    "applications",
    "applications?state=unknown&sort=-waited",
    "private_living",
    "late_reports",
    "runs",
    "claims",
    "own_account",
    "mailbox",
)
OF_A_HOUSEHOLD = ("household", "find_municipality", "interview", "settlement_request", "settlement_notes")
KNOWN = """
    SELECT reference FROM (
        SELECT s.reference, c.state, row_number() OVER (PARTITION BY c.state ORDER BY s.id DESC) AS place
        FROM access_need n
        JOIN access_subject s ON s.id = n.subject_id AND s.kind = 'group'
        LEFT JOIN settlement_settlementcase c ON c.subject_id = s.id
        WHERE n.organisation_id = %s AND n.period @> %s::date
    ) x
    WHERE place <= %s ORDER BY state, reference
"""
# One application in each state, the newest run and claim in each.
OF_EACH = {
    ("application", "application_refuse"): """
        SELECT DISTINCT ON (state) reference FROM alternative_application ORDER BY state, id DESC
    """,
    ("run", "run_lines", "run_refusals"): """
        SELECT DISTINCT ON (r.state) s.reference FROM ledger_run r JOIN access_subject s ON s.id = r.subject_id
        ORDER BY r.state, r.id DESC
    """,
    ("claim", "claim_answer"): """
        SELECT DISTINCT ON (c.state) s.reference FROM ledger_claim c JOIN access_subject s ON s.id = c.subject_id
        ORDER BY c.state, c.id DESC
    """,
}
BUSIEST = """
    SELECT o.reference FROM directory_organisation o JOIN accommodation_stay s ON s.centre_id = o.id
    WHERE s.period @> %s::date GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 2
"""


@pytest.fixture
def country(transactional_db: None) -> Iterator[None]:
    """A country on its day, committed, so that each page is asked for through the fence."""
    with time_machine.travel(f"{TODAY}T10:00:00+01:00", tick=True):
        load_country(PEOPLE, TODAY, seed=5)
        yield
    connection.close()


def references(sql: str, *values: int | date) -> list[str]:
    """Look something up past the fence."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(sql, values)
        return list(dict.fromkeys(str(row[0]) for row in cursor.fetchall()))


def addresses_for(user: User) -> Iterator[str]:
    """Every list, the busiest centres, two municipalities, and households in each state that the user knows of."""
    for page in LISTS:
        name, _, query = page.partition("?")
        yield f"{reverse(name)}?{query}"
    for reference in references(BUSIEST, TODAY):
        yield reverse("centre", args=[reference])
    for number in ("0301", "5037"):
        yield reverse("municipality", args=[number])
    for reference in references(KNOWN, user.organisation_id, TODAY, OF_EACH_STATE):
        for name in OF_A_HOUSEHOLD:
            yield reverse(name, args=[reference])


def of_applications_and_money() -> Iterator[str]:
    """Their lists, and the pages of an application, a run and a claim in each state, whoever may see them."""
    for page in LISTS_BESIDE:
        name, _, query = page.partition("?")
        yield f"{reverse(name)}?{query}"
    for names, sql in OF_EACH.items():
        for reference in references(sql):
            yield from (reverse(name, args=[reference]) for name in names)


def test_every_page_keeps_its_budget_of_queries(country: None) -> None:
    over = []
    users = User.objects.filter(username__in=(*USERS, "demo-udi-tilskudd"))
    for user in users.select_related("organisation").order_by("pk"):
        client = Client()
        client.force_login(user)
        seen = 0
        for address in (*addresses_for(user), *of_applications_and_money()):
            reset_queries()  # they are kept up to a number, and counted from there on as none
            with CaptureQueriesContext(connection) as captured:
                status = client.get(address).status_code
            assert status in (200, 302, 403, 404, 409), f"{status} from {address}"
            seen += status == 200
            if len(captured) > BUDGET:
                over.append(f"{user.username} {address}: {len(captured)}")
        assert seen >= 8, f"hardly any page was there to be seen by {user.username}"
    assert over == []


def test_every_page_that_is_measured_answers_and_so_does_the_statement_beside_it(country: None) -> None:
    tried = [visit for visit in visits(Random(1), 2) if visit.addresses]  # noqa: S311 - whom to look at
    assert len(tried) > 20, "hardly anything is measured"
    for visit in tried:
        user = User.objects.select_related("organisation").get(username=visit.username)
        client = Client()
        client.force_login(user)
        for address in visit.addresses:
            assert client.get(address).status_code in (200, 302), f"{visit.page}: {address}"
        with scope(viewer_for(user, TODAY), TODAY), connection.cursor() as cursor:
            for values in visit.values:
                cursor.execute(visit.query, values)
