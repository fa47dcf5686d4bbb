"""The planning board: what a plan makes of the places, and who is hardest to place."""

import re
from collections import Counter

import pytest
from django.urls import reverse

from fotfeste.access.public import Look
from fotfeste.allocation.domain.places import Fill, fill_of
from fotfeste.allocation.models import Plan, Proposal
from fotfeste.allocation.queries.board import BoardRow, board_rows
from fotfeste.directory.reference import borders
from fotfeste.platform.scope import scope
from fotfeste.settlement.models import MunicipalityYear
from tests.actions.allocation.stage import planned, proposed, waited
from tests.actions.registry.test_protection import protected
from tests.actions.settlement.stage import decided, queued
from tests.conftest import Cast
from tests.web.settlement.pages import logged_in

pytestmark = [pytest.mark.django_db, pytest.mark.req("SET-15")]
TRONDELAG, FINNMARK = "50", "56"


def board(cast: Cast, plan: Plan, **asked: str) -> str:
    """The board as it is read: its markup gone."""
    with logged_in(cast, cast.imdi) as browser:
        answer = browser.get(reverse("plan_municipalities", args=[plan.reference]), asked)
    assert answer.status_code == 200
    return words(answer.content.decode())


def words(markup: str) -> str:
    """What of it is read."""
    return " ".join(re.sub("<[^>]+>", " ", markup).split())


def rows_of(cast: Cast, plan: Plan) -> dict[str, BoardRow]:
    with scope(cast.imdi, cast.day):
        return {row.number: row for row in board_rows(plan)}


def test_every_municipality_is_on_the_board_and_what_is_planned_adds_up(cast: Cast) -> None:
    queued(cast)
    queued(cast)
    cast = waited(cast)
    plan = planned(cast)
    rows = rows_of(cast, plan)
    assert len(rows) == 357
    with scope(cast.imdi, cast.day):
        placed = Proposal.objects.filter(plan=plan, municipality__isnull=False)
        assert sum(row.planned.persons for row in rows.values()) == sum(each.size for each in placed)
        assert sum(row.planned.groups for row in rows.values()) == placed.count() == 2
    text = board(cast, plan)
    assert "Sum, 357 kommuner" in text
    assert "8 (2 husstander)" in text[text.index("Sum, 357 kommuner") :]


def test_what_is_left_is_what_the_plan_found(cast: Cast) -> None:
    queued(cast)
    cast = waited(cast)
    row = rows_of(cast, planned(cast))["5037"]
    assert row.places.decided is not None
    assert row.left == row.places.decided - row.places.taken
    assert row.left_after == row.left - 4


@pytest.mark.req("SET-10")
@pytest.mark.parametrize(("persons", "municipality", "shown"), [(20, "5037", "20 (2023)"), (3, "", "3 (2023)")])
def test_a_decision_of_an_earlier_year_advises_a_plan_as_it_does_a_request_and_says_so(
    cast: Cast, persons: int, municipality: str, shown: str
) -> None:
    """Beyond it a household is asked for alone, with a reason; what a plan proposes can be sent."""
    family = queued(cast)
    decided("5038", 3)
    cast = waited(cast)
    MunicipalityYear.objects.filter(municipality_id="5037", year=2024).update(year=2023, decided=persons)
    plan = planned(cast)
    assert proposed(cast, plan) == {family: municipality}
    text = board(cast, plan, county=TRONDELAG)
    assert shown in text
    assert "Årstall i parentes" in text
    row = rows_of(cast, plan)["5037"]
    assert (row.places.decided, row.places.decided_year) == (persons, 2023)
    assert rows_of(cast, plan)["5038"].places.decided_year is None


def test_a_county_is_chosen_and_the_others_are_not_there(cast: Cast) -> None:
    queued(cast)
    cast = waited(cast)
    plan = planned(cast)
    text = board(cast, plan, county=TRONDELAG)
    assert "Levanger" in text[text.index("Plassene") :]
    assert "1 av 1 husstand i utvalget" in text
    text = board(cast, plan, county=FINNMARK)
    assert "Levanger" not in text
    assert "Ingen husstander i utvalget." in text
    assert "Sum, 357 kommuner" in board(cast, plan, county="99")


def test_a_need_narrows_to_the_households_that_have_it(cast: Cast) -> None:
    queued(cast, has_pets=True)
    queued(cast)
    cast = waited(cast)
    plan = planned(cast)
    text = board(cast, plan, need="pets")
    assert "1 av 1 husstand i utvalget" in text
    assert "Kjæledyr" in text
    assert "2 av 2 husstander i utvalget" in board(cast, plan, need="no such need")


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("name", "Flatanger"),
        ("-name", "Åfjord"),
        ("planned", "Flatanger"),
        ("left", "Flatanger"),
        ("-filled", "Levanger"),
        ("nonsense", "Levanger"),
    ],
)
def test_the_board_is_sorted(cast: Cast, sort: str, first: str) -> None:
    queued(cast)
    cast = waited(cast)
    text = markup(cast, planned(cast), sort=sort, county=TRONDELAG)
    assert words(text[text.index("<tbody") : text.index("</th>", text.index("<tbody"))]) == first


@pytest.mark.django_db(databases=["default", "owner"])
def test_the_board_is_a_look_at_the_households_that_it_shows(cast: Cast) -> None:
    queued(cast)
    plan = planned(cast)
    with logged_in(cast, cast.imdi) as browser:
        number = browser.get(reverse("plan_municipalities", args=[plan.reference])).headers["X-Request-Number"]
    look = Look.objects.using("owner").get(request_number=number)
    assert (look.compartments, look.hits) == (["identity", "needs", "settlement"], 1)


def test_whoever_is_not_named_for_a_protected_household_finds_its_place_free(cast: Cast) -> None:
    hidden = queued(cast)
    queued(cast)
    cast = waited(cast)
    plan = planned(cast)
    assert sum(row.planned.persons for row in rows_of(cast, plan).values()) == 8
    protected(cast, group=hidden)
    assert sum(row.planned.persons for row in rows_of(cast, plan).values()) == 4
    assert "1 av 1 husstand i utvalget" in board(cast, plan)


def markup(cast: Cast, plan: Plan, **asked: str) -> str:
    """The board as it is sent."""
    with logged_in(cast, cast.imdi) as browser:
        return browser.get(reverse("plan_municipalities", args=[plan.reference]), asked).content.decode()


def drawn(text: str) -> str:
    """The map of a page."""
    return text[text.index('<svg class="country-map"') : text.index("</svg>", text.index('<svg class="country-map"'))]


def test_the_map_the_legend_and_the_table_say_the_same(cast: Cast) -> None:
    queued(cast)
    cast = waited(cast)
    plan = planned(cast)
    text = markup(cast, plan)
    picture = drawn(text)
    rows = rows_of(cast, plan)
    fills = Counter(fill_of(row.places, row.planned) for row in rows.values())
    assert picture.count("<title>") == len(rows)
    assert picture.count("map-area map-unknown") == fills[Fill.UNKNOWN] > 300
    assert picture.count("map-area map-under_half") == fills[Fill.UNDER_HALF]
    read = words(text)
    assert f"ikke kjent: {fills[Fill.UNKNOWN]} kommuner" in read
    assert f"under 50 prosent: {fills[Fill.UNDER_HALF]} kommune" in read
    assert "<title>Levanger: 20 %, 4 i planen</title>" in picture
    assert picture.count("map-marked") == sum(row.planned.persons > 0 for row in rows.values()) == 1
    assert "© Kartverket" in read


def test_the_map_of_a_county_has_its_municipalities_alone_and_their_finer_outlines(cast: Cast) -> None:
    queued(cast)
    cast = waited(cast)
    plan = planned(cast)
    county, country = drawn(markup(cast, plan, county=TRONDELAG)), drawn(markup(cast, plan))
    assert county.count("<title>") == sum(row.county == TRONDELAG for row in rows_of(cast, plan).values())
    assert 'viewBox="0 0 806 1000"' in country
    assert 'viewBox="0 0 806 1000"' not in county
    assert borders().municipalities["5037"].path in county
    assert borders().municipalities["5037"].path not in country


def test_who_is_not_looked_at_is_ground_on_the_map(cast: Cast) -> None:
    queued(cast, has_pets=True)
    cast = waited(cast)
    picture = drawn(markup(cast, planned(cast), need="pets"))
    assert picture.count("map-outside") == 356
