"""The page of MAMOT's figures, its pictures and its spreadsheet: who sees them, what they say, what they do not."""

import re
from datetime import date
from io import BytesIO

import openpyxl
import pytest
import time_machine
from django.db import connection
from django.urls import reverse

from fotfeste.access.public import Role
from fotfeste.accommodation.public import StayKind, start_private_stay
from fotfeste.alternative.models import Application
from fotfeste.directory.public import Organisation
from fotfeste.insight.domain.pictures import Bar, Bars
from fotfeste.insight.drawing import specification_of, svg_of
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from tests.actions.ledger.stage import Books, due, opened_books, paid, recorded
from tests.conftest import Cast, staff
from tests.web.doors.asking import browser

pytestmark = [pytest.mark.django_db, pytest.mark.req("INS-01")]
PICTURES = ("applications", "places", "sizes", "centralities", "amounts", "handling")
STARTED_ON = date(2024, 3, 1)


def received(cast: Cast, where: int, received_on: date, decided_on: date | None) -> None:
    """An application, refused where it has been decided."""
    made = Application.objects.create(
        scheme="mamot",
        procedure="alone",
        municipality_id=where,
        filled_in_by="applicant",
        received_on=received_on,
        recorded_at=cast.at,
        recorded_by_organisation_id=cast.udi.organisation_id,
    )
    found = Application.objects.filter(pk=made.pk)
    for state in ("waiting_for_parties", "submitted"):
        found.update(state=state)
    if decided_on:
        found.update(state="refused", ground="incomplete", decided_on=decided_on, decided_by_id=cast.udi.user_id)


@pytest.fixture
def books(cast: Cast) -> Books:
    """Four people on MAMOT in Levanger, with their application and a month of each paid."""
    books = opened_books(cast)
    with scope(cast.udi, cast.day):
        start_private_stay(
            books.group,
            books.people,
            kind=StayKind.MAMOT,
            municipality_id=books.levanger,
            on=STARTED_ON,
            by=cast.udi,
            at=cast.at,
        )
        received(cast, books.levanger, date(2024, 1, 9), date(2024, 1, 19))
        received(cast, books.verdal, date(2024, 1, 31), date(2024, 3, 1))
        received(cast, books.verdal, date(2024, 3, 4), None)
    paid(books, [due(person, books.levanger, date(2024, 1, 1)) for person in books.people])
    # A run that nobody has approved counts for nothing.
    recorded(books, [due(books.people[0], books.levanger, date(2024, 2, 1))], through=date(2024, 7, 1))
    return books


def shown(viewer: Viewer, name: str = "insight_mamot", *values: str) -> str:
    """The page as somebody sees it, without its tags."""
    with time_machine.travel("2024-03-14T12:00:00+01:00", tick=False):
        answer = browser(viewer).get(reverse(name, args=values))
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


def test_udi_sees_the_country(books: Books) -> None:
    text = shown(books.cast.udi)

    assert "under 5 personer har bodd privat med midlertidig støtte (MAMOT) i 1 kommuner, etter 3 søknader" in text
    assert "Januar 2024 2 Februar 2024 0 Mars 2024 1" in text
    assert "Levanger under 5" in text
    assert "1. kvartal 2024 70 748 kr 2024 i alt 70 748 kr" in text.replace("\u202f", " ")
    assert "Halvparten av søknadene var avgjort innen 10 dager. 50 % innen to uker og 100 % innen en måned." in text


@pytest.mark.parametrize("who", ["imdi", "approver"])
def test_so_do_imdi_and_those_who_approve_grants(books: Books, who: str) -> None:
    viewer = books.approver if who == "approver" else books.cast.imdi

    assert "under 5 personer har bodd privat" in shown(viewer)


def test_a_municipality_sees_its_own_numbers_beside_the_countrys_small_ones_too(books: Books) -> None:
    text = shown(books.cast.municipality).replace("\u202f", " ")

    assert "Tall for Levanger står ved siden av landets." in text
    assert "Måned Søknader Levanger Januar 2024 2 1 Februar 2024 0 0 Mars 2024 1 0" in text
    assert "Kommune Plasser Levanger 4" in text
    assert "1. kvartal 2024 70 748 kr 70 748 kr" in text


def test_another_municipality_is_not_told_how_few_they_are(books: Books) -> None:
    text = shown(books.cast.other_municipality)

    assert "Levanger under 5" in text
    assert "Verdal 0" in text


def test_others_come_to_nothing_of_it(books: Books) -> None:
    centre, police = books.cast.centre, books.cast.registrar
    for viewer in (centre, police, staff_of(books, Role.DIRECTORY_KEEPER)):
        for address in (reverse("insight_mamot"), reverse("insight_mamot_sheet")):
            assert browser(viewer).get(address).status_code == 403
        assert browser(viewer).get(reverse("insight_mamot_picture", args=["places"])).status_code == 403


def staff_of(books: Books, role: Role) -> Viewer:
    """Somebody else of UDI."""
    return staff(Organisation.objects.get(pk=books.cast.udi.organisation_id), role, "udi-annen")


@pytest.mark.parametrize("picture", PICTURES)
def test_each_picture_is_an_svg_with_the_numbers_of_the_table_and_no_script(books: Books, picture: str) -> None:
    answer = browser(books.cast.udi).get(reverse("insight_mamot_picture", args=[picture]))

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert answer.text.startswith("<svg ")
    assert "<script" not in answer.text
    assert "<foreignObject" not in answer.text


def test_the_page_has_an_image_with_words_for_each_picture(books: Books) -> None:
    page = browser(books.cast.udi).get(reverse("insight_mamot")).text
    images = re.findall(r'<img class="picture" src="([^"]+)" alt="([^"]+)"', page)

    assert [src for src, _ in images] == [reverse("insight_mamot_picture", args=[each]) for each in PICTURES]
    assert all(alt.endswith("Tabellen sier det samme.") for _, alt in images)


def test_a_picture_that_is_none_is_not_there(books: Books) -> None:
    assert browser(books.cast.udi).get("/innsikt/mamot/annet.svg").status_code == 404


def test_a_number_that_is_hidden_is_in_no_picture_either(books: Books) -> None:
    picture = browser(books.cast.imdi).get(reverse("insight_mamot_picture", args=["places"])).text

    assert "under 5" in picture
    assert ">4<" not in picture


def test_the_spreadsheet_has_a_sheet_for_each_table_with_numbers_as_numbers(books: Books) -> None:
    answer = browser(books.cast.municipality).get(reverse("insight_mamot_sheet"))
    book = openpyxl.load_workbook(BytesIO(answer.content))
    sheet = book["Tilskudd til kommunene"]
    rows = [tuple(cell.value for cell in row) for row in sheet.iter_rows()]

    assert answer.headers["Content-Disposition"].startswith('attachment; filename="mamot-')
    assert len(book.sheetnames) == len(PICTURES)
    assert ("Periode", "Kroner", "Levanger") in rows
    assert ("2024 i alt", 70748, 70748) in rows


def test_in_english_the_page_is_english(books: Books) -> None:
    client = browser(books.cast.udi)
    client.cookies["django_language"] = "en"
    page = client.get(reverse("insight_mamot"), headers={"accept-language": "en"}).text

    assert "MAMOT in figures" in page
    assert "January 2024" in page
    assert "Søknader" not in page


def test_the_counts_are_told_to_no_other_kind_of_organisation(books: Books) -> None:
    for viewer, expected in ((books.cast.udi, 1), (books.cast.centre, 0), (books.cast.registrar, 0)):
        with scope(viewer, books.cast.day), connection.cursor() as cursor:
            for name in ("applications", "handling", "places", "amounts"):
                cursor.execute(f"SELECT count(*) FROM insight_{name}('mamot')")
                assert min(cursor.fetchone()[0], 1) == expected, (viewer.organisation_kind, name)


def test_a_country_without_anybody_on_mamot_has_a_page_that_says_so(cast: Cast) -> None:
    text = shown(cast.udi)

    assert "Ingen har søkt." in text
    assert "Ingenting er utbetalt." in text
    assert "Ingen søknader er avgjort." in text


def test_the_same_bars_are_drawn_once_and_others_anew() -> None:
    bars = Bars((Bar("a", 1, "1"), Bar("b", None, "under 5")), "Plasser", is_standing=False, language="nb")
    again = Bars((Bar("a", 1, "1"), Bar("b", None, "under 5")), "Plasser", is_standing=False, language="nb")
    other = Bars((Bar("a", 2, "2"), Bar("b", None, "under 5")), "Plasser", is_standing=False, language="nb")

    assert svg_of(bars) is svg_of(again)
    assert svg_of(bars) != svg_of(other)
    assert specification_of(bars)["$schema"].startswith("https://vega.github.io/schema/vega-lite/v")


def test_a_picture_has_room_for_words_that_the_reader_draws_a_third_wider() -> None:
    bars = (Bar("Klasse 1, mest sentral", 33.0, "33 kommuner"), Bar("Klasse 2", 12.0, "12 kommuner"))
    svg = svg_of(Bars(bars, "Kommuner", is_standing=False, language="nb")).decode()
    wide, before = float(re.findall(r'width="([\d.]+)"', svg)[0]), float(re.findall(r"translate\(([\d.]+)", svg)[0])
    assert before >= 5.6 * len(bars[0].label) * 4 / 3
    longest_bar = 320
    assert wide - before - longest_bar >= 5.1 * len(bars[0].words) * 4 / 3
