"""The forecast on the list of centres and on the centre's page: picture and table, today and on a past day."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fotfeste.directory.loading import load_regions, load_units
from fotfeste.directory.public import Organisation, UnitKind
from tests.actions.accommodation.people import open_centre
from tests.actions.settlement.stage import offered, queued, with_journey
from tests.conftest import Cast
from tests.platform.markup import Element, read
from tests.web.accommodation.conftest import Browser

pytestmark = [pytest.mark.django_db, pytest.mark.req("ACC-06")]


def panel(html: str) -> Element:
    """The section with the forecast."""
    return read(html).one("section", aria_labelledby="prognose")


def rows(section: Element, table: int = 0) -> list[list[str]]:
    """The body of one of its tables, cell by cell."""
    body = section.all("table")[table].one("tbody")
    return [[" ".join(cell.text.split()) for cell in (*row.all("th"), *row.all("td"))] for row in body.all("tr")]


def known(cast: Cast) -> None:
    """Voss has 8 residents: four with a journey on 2 April, four with an offer for the same week."""
    with_journey(cast, queued(cast))
    offered(cast, queued(cast))


def test_a_centres_page_shows_the_coming_weeks(cast: Cast, logged_in: Browser) -> None:
    known(cast)
    reference = Organisation.objects.get(pk=cast.centre.organisation_id).reference
    client = logged_in(cast.centre)
    with CaptureQueriesContext(connection) as caught:
        section = panel(client.get(reverse("centre", args=[reference])).text)
    found = rows(section)
    assert len(found) == 8
    assert found[0][:6] == ["uke 11, 2024", "0", "0", "0", "0", "8"]
    assert found[3][:6] == ["uke 14, 2024", "4", "0", "4", "0", "0"]
    drawing = section.all("svg", role="img")[0]
    assert drawing["aria-label"].startswith("8 bor der 14.3.2024. Ved utgangen av uke 18 bor det 0 der")
    assert "Antakelsen er vår. Ingen kilde gir den." in section.text
    assert "fra 19. januar 2024 til og med 14. mars 2024" in section.text
    assert len([query for query in caught if "set_config" not in query["sql"]]) <= 15


def test_a_past_day_shows_what_was_known_then(cast: Cast, logged_in: Browser) -> None:
    known(cast)
    reference = Organisation.objects.get(pk=cast.centre.organisation_id).reference
    section = panel(logged_in(cast.centre).get(reverse("centre", args=[reference]) + "?dag=13.3.2024").text)
    assert "Prognose 13. mars 2024" in section.text
    assert "Slik det var kjent den dagen." in section.text
    assert [row[5] for row in rows(section)] == ["8"] * 8  # no offer was made yet


def test_the_list_of_centres_shows_the_country_and_each_region(cast: Cast, logged_in: Browser) -> None:
    known(cast)
    open_centre(cast, cast.other_centre, places=50, maximum=60)
    client = logged_in(cast.udi)
    with CaptureQueriesContext(connection) as caught:
        page = client.get(reverse("centres")).text
    section = panel(page)
    assert "Prognose for hele landet" in section.text
    assert rows(section)[3][5] == "0"
    by_region = {row[0]: row[1:] for row in rows(section, table=1)}
    assert list(by_region) == ["Hele landet", "Vestland", "Østfold"]
    assert by_region["Østfold"] == ["50"] * 9
    assert "Regionene er fylker" in read(page).text
    assert len([query for query in caught if "set_config" not in query["sql"]]) <= 15


def test_a_region_is_shown_by_itself_on_the_same_day(cast: Cast, logged_in: Browser) -> None:
    known(cast)
    open_centre(cast, cast.other_centre, places=50, maximum=60)
    address = reverse("centres")
    section = panel(logged_in(cast.udi).get(f"{address}?region=Østfold&dag=13.3.2024").text)
    assert "Prognose for Østfold 13. mars 2024" in section.text
    assert [row[5] for row in rows(section)] == ["0"] * 8
    links = {link.text: link["href"] for link in section.all("a")}
    assert links["Vestland"] == "?dag=13.3.2024&region=Vestland"
    assert "hele landet" in panel(logged_in(cast.udi).get(f"{address}?region=tull").text).text


def test_the_regions_are_udis_own_where_they_are_on_record(cast: Cast, logged_in: Browser) -> None:
    open_centre(cast, cast.centre)
    open_centre(cast, cast.other_centre)
    udi = Organisation.objects.get(pk=cast.udi.organisation_id)
    [west] = load_units([(udi, UnitKind.REGION, "Region Vest", "vest@udi.example.no")], using="default")
    load_regions([(west, ("11", "46"))], from_on=cast.day, using="default")
    page = logged_in(cast.udi).get(reverse("centres")).text
    assert [row[0] for row in rows(panel(page), table=1)] == ["Hele landet", "Region Vest", "Østfold"]
    assert "Regionene er UDIs regionale enheter" in read(page).text


def test_english_pages_are_english(cast: Cast, logged_in: Browser) -> None:
    known(cast)
    text = panel(logged_in(cast.udi).get(reverse("centres"), headers={"accept-language": "en"}).text).text
    assert "Forecast for the whole country" in text
    for norwegian in ("Bor der", "Uke", "Antatt", "Ledige", "Kommer"):
        assert norwegian not in text
