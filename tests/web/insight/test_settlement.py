"""The page of time to settlement, its pictures and its spreadsheet: who sees them, what they say, what they do not."""

import re
from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fotfeste.platform.viewer import Viewer
from tests.actions.settlement.stage import depart, queued, requested, with_journey
from tests.conftest import Cast
from tests.web.doors.asking import browser

pytestmark = [pytest.mark.django_db, pytest.mark.req("INS-02")]
PICTURES = ("families", "waiting", "waiting_families", "years", "quarters", "steps")
ADDRESS = "/innsikt/bosetting/"


@pytest.fixture
def under_way(cast: Cast) -> Cast:
    """Two families are settled in Levanger; a minor waits in the queue, a family for Levanger's answer."""
    for group in (with_journey(cast, queued(cast)), with_journey(cast, queued(cast))):
        depart(cast, group)
    queued(cast, is_unaccompanied=True)
    requested(cast, queued(cast))
    return cast


def shown(cast: Cast, viewer: Viewer, query: str = "", day: date | None = None) -> str:
    """The page as somebody sees it, without its tags."""
    with time_machine.travel(cast.at + ((day or cast.day) - cast.day), tick=False):
        answer = browser(viewer).get(ADDRESS + query)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


def test_the_answer_stands_first(under_way: Cast) -> None:
    text = shown(under_way, under_way.imdi)

    assert "100 % av de 8 som ble bosatt de siste 12 månedene, ble det innen målet." in text
    assert "Halvparten var bosatt innen 10 dager etter vedtaket." in text
    assert "Nå venter 5 på bosetting. Over målet: 0." in text


def test_each_family_stands_against_its_own_goal_and_a_few_are_not_told(under_way: Cast) -> None:
    text = shown(under_way, under_way.udi)

    assert "Enslige mindreårige 3 måneder 0 – – – Barnefamilier 3 måneder 8 10 vises ikke 100 %" in text
    assert "Voksne uten barn 6 måneder 0 – – –" in text
    # One minor and four of a family: each would tell the other.
    assert "Plass i køen hos IMDi under 5 vises ikke" not in text
    assert "Plass i køen hos IMDi under 5 0 Svar fra en kommune under 5 0" in text


def test_three_months_after_the_permit_is_within_and_the_day_after_is_over(under_way: Cast) -> None:
    assert "Over målet: 0." in shown(under_way, under_way.imdi, day=date(2024, 6, 4))
    assert "Over målet: 5." in shown(under_way, under_way.imdi, day=date(2024, 6, 5))


def test_where_the_days_went_is_shown_for_those_who_are_chosen(under_way: Cast) -> None:
    text = shown(under_way, under_way.imdi, "?who=with_children")

    assert "Lengst ventet de på beskjed til mottaket: 9,0 av 10,0 dager i snitt." in text
    assert "Plass i køen hos IMDi 1 – 1,0" in text
    assert "1. kvartal 2024, til nå 8 10" in text
    alone = shown(under_way, under_way.imdi, "?who=unaccompanied")
    assert "Hva de ventet på, enslige mindreårige Ingen tall som kan vises." in alone
    assert "Hva de ventet på, alle" in shown(under_way, under_way.imdi, "?who=somebody")


def test_a_municipality_sees_its_own_beside_the_country(under_way: Cast) -> None:
    text = shown(under_way, under_way.municipality)

    assert "Bosatt i Levanger, de siste 12 månedene" in text
    assert "Svar fra en kommune under 5 0 4" in text
    assert "2024 til nå 8 8" in text
    other = shown(under_way, under_way.other_municipality)
    assert "Bosatt i Verdal, de siste 12 månedene Ingen er bosatt de siste 12 månedene." in other


def test_what_is_published_stands_beside_the_year_that_it_is_of(under_way: Cast) -> None:
    text = shown(under_way, under_way.imdi).replace("\u202f", " ")

    assert "2024 til nå 8 – 21 437 for en del av året" in text


def test_others_come_to_nothing_of_it(under_way: Cast) -> None:
    for viewer in (under_way.centre, under_way.registrar, under_way.approver):
        for address in (ADDRESS, reverse("insight_settlement_sheet")):
            assert browser(viewer).get(address).status_code == 403
        assert browser(viewer).get(reverse("insight_settlement_picture", args=["steps"])).status_code == 403


@pytest.mark.parametrize("picture", PICTURES)
@pytest.mark.parametrize("query", ["", "?who=with_children"])
def test_each_picture_is_an_svg_without_script_for_one_query_or_two(under_way: Cast, picture: str, query: str) -> None:
    client = browser(under_way.imdi)
    client.get(ADDRESS)  # the login
    with CaptureQueriesContext(connection) as caught:
        answer = client.get(reverse("insight_settlement_picture", args=[picture]) + query)

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert answer.text.startswith("<svg ")
    assert "<script" not in answer.text
    read = [query["sql"] for query in caught if "insight_" in query["sql"]]
    assert len(read) == (2 if picture == "steps" else 1)


def test_the_page_shows_each_picture_with_words_for_whom_it_is_asked(under_way: Cast) -> None:
    page = browser(under_way.imdi).get(ADDRESS + "?who=adults").text
    images = re.findall(r'<img class="picture" src="([^"]+)" alt="([^"]+)"', page)

    of_chosen = [f"{ADDRESS}{each}.svg?who=adults" for each in ("quarters",)]
    assert [src for src, _alt in images] == [f"{ADDRESS}{each}.svg" for each in PICTURES[:4]] + of_chosen
    assert all(alt.endswith("Tabellen sier det samme.") for _src, alt in images)
    # One's own is of municipalities alone.
    assert browser(under_way.imdi).get(f"{ADDRESS}own.svg").status_code == 404
    assert browser(under_way.municipality).get(f"{ADDRESS}own.svg").status_code == 200


def test_the_spreadsheet_has_a_sheet_for_each_table_with_numbers_as_numbers(under_way: Cast) -> None:
    with time_machine.travel(under_way.at, tick=False):
        answer = browser(under_way.municipality).get(reverse("insight_settlement_sheet") + "?who=with_children")
    book = openpyxl.load_workbook(BytesIO(answer.content))
    rows = [tuple(cell.value for cell in row) for sheet in book for row in sheet.iter_rows()]

    assert answer.headers["Content-Disposition"] == 'attachment; filename="bosetting-2024-03-14.xlsx"'
    assert len(book.sheetnames) == len(PICTURES) + 1
    assert ("Barnefamilier", "3 måneder", 8, 10, "vises ikke", 100) in rows
    assert ("Hele veien", 10, None, 10, 10) in rows


def test_the_page_has_a_budget_whoever_asks(under_way: Cast) -> None:
    for viewer in (under_way.imdi, under_way.municipality):
        client = browser(viewer)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(ADDRESS).status_code == 200
        assert len(caught) <= 10, [query["sql"][:90] for query in caught]


def test_in_english_the_page_is_english(under_way: Cast) -> None:
    client = browser(under_way.imdi)
    client.cookies["django_language"] = "en"
    with time_machine.travel(under_way.at, tick=False):
        page = client.get(ADDRESS, headers={"accept-language": "en"}).text

    assert "Time to settlement" in page
    assert "Families with children" in page
    assert "bosetting" not in re.sub(r"<[^>]+>", " ", page).lower().replace("/bosetting/", "")


def test_a_country_where_nobody_was_settled_says_so(cast: Cast) -> None:
    text = shown(cast, cast.udi, day=cast.day + timedelta(days=1))

    assert "Ingen er bosatt de siste 12 månedene." in text
    assert "Ingen venter på bosetting nå." in text
    assert "Ingen er registrert bosatt." in text
