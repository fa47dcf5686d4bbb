"""Where the households of a plan move: a map, and the same as a table."""

import pytest
from django.urls import reverse

from fotfeste.access.public import Look
from fotfeste.allocation.models import Plan, Proposal
from fotfeste.allocation.queries.board import Narrowed
from fotfeste.allocation.queries.flows import flows_of
from fotfeste.platform.scope import scope
from tests.actions.allocation.stage import planned, waited
from tests.actions.registry.test_protection import protected
from tests.actions.settlement.stage import queued
from tests.conftest import Cast
from tests.web.allocation.test_board import FINNMARK, TRONDELAG, drawn, words
from tests.web.settlement.pages import logged_in

pytestmark = [pytest.mark.django_db, pytest.mark.req("SET-15")]


def markup(cast: Cast, plan: Plan, **asked: str) -> str:
    """The page as it is sent."""
    with logged_in(cast, cast.imdi) as browser:
        answer = browser.get(reverse("plan_flows", args=[plan.reference]), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def table(text: str) -> str:
    """What the table says."""
    return words(text[text.index("<tbody") : text.index("</tbody>")])


def test_the_flows_of_a_plan_are_its_proposals(cast: Cast) -> None:
    queued(cast)
    queued(cast)
    cast = waited(cast)
    plan = planned(cast)
    with scope(cast.imdi, cast.day):
        flows = flows_of(plan, Narrowed())
        placed = Proposal.objects.filter(plan=plan, municipality__isnull=False)
        assert sum(each.groups for each in flows) == placed.count() == 2
        assert sum(each.persons for each in flows) == sum(each.size for each in placed) == 8


def test_the_map_and_the_table_say_the_same(cast: Cast) -> None:
    queued(cast)
    cast = waited(cast)
    text = markup(cast, planned(cast))
    assert table(text) == "Vestland Trøndelag 1 4 Sum 1 4"
    assert drawn(text).count('class="map-flow"') == 1
    assert "<title>Vestland til Trøndelag: 4 personer</title>" in text
    assert "Flest: Vestland til Trøndelag: 4 personer." in text
    assert "0 av dem blir i fylket de bor i." in words(text)
    assert "© Kartverket" in words(text)


def test_a_county_shows_its_municipalities_and_where_others_come_from(cast: Cast) -> None:
    queued(cast)
    cast = waited(cast)
    plan = planned(cast)
    text = markup(cast, plan, county=TRONDELAG)
    assert table(text) == "Vestland Levanger 1 4 Sum 1 4"
    assert ">Levanger</text>" in drawn(text)
    assert reverse("municipality", args=["5037"]) in text
    assert "Ingen i utvalget får forslag i planen." in markup(cast, plan, county=FINNMARK)


@pytest.mark.django_db(databases=["default", "owner"])
def test_it_is_a_look_at_where_they_are_to_be_settled(cast: Cast) -> None:
    queued(cast)
    cast = waited(cast)
    plan = planned(cast)
    with logged_in(cast, cast.imdi) as browser:
        number = browser.get(reverse("plan_flows", args=[plan.reference])).headers["X-Request-Number"]
        of_need = browser.get(reverse("plan_flows", args=[plan.reference]), {"need": "none"}).headers[
            "X-Request-Number"
        ]
    look, other = (Look.objects.using("owner").get(request_number=each) for each in (number, of_need))
    assert (look.compartments, look.hits) == (["settlement"], 1)
    assert other.compartments == ["needs", "settlement"]


def test_whoever_is_not_named_for_a_protected_household_sees_no_line_of_it(cast: Cast) -> None:
    hidden = queued(cast)
    cast = waited(cast)
    plan = planned(cast)
    assert "Vestland" in table(markup(cast, plan))
    protected(cast, group=hidden)
    assert "Ingen i utvalget får forslag i planen." in markup(cast, plan)


@pytest.mark.parametrize("who", ["udi", "centre", "municipality", "registrar"])
def test_nobody_else_sees_where_they_move(cast: Cast, who: str) -> None:
    plan = planned(cast)
    with logged_in(cast, getattr(cast, who)) as browser:
        assert browser.get(reverse("plan_flows", args=[plan.reference])).status_code == 403
