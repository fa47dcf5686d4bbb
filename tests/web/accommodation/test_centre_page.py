"""The centre's page: rooms as rooms, occupancy against what it names, any past day."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fotfeste.accommodation.public import DepartureReason, place_group, register_absence, register_departure
from fotfeste.platform.scope import scope
from tests.acting import block_bed, change_operation
from tests.actions.accommodation.people import household, open_centre, operation
from tests.conftest import Cast
from tests.platform.markup import Element, read
from tests.web.accommodation.conftest import Browser, Voss

pytestmark = pytest.mark.django_db


def words(element: Element) -> str:
    """The words of an element, with single spaces."""
    return " ".join(element.text.split())


def states(html: str) -> list[tuple[str, str]]:
    """The beds of the page: state and words, in order."""
    return [(bed["data-state"], words(bed)) for bed in read(html).all("li", class_="bed")]


@pytest.mark.req("ACC-02")
def test_rooms_show_who_has_which_bed_and_which_cannot_be_had(cast: Cast, with_beds: Voss, logged_in: Browser) -> None:
    with scope(cast.centre, cast.day):
        block_bed(with_beds.beds[2], cast.day, None, "Vannlekkasje", by=cast.centre_administrator, at=cast.at)
        register_absence(
            with_beds.group_id,
            with_beds.persons[1:],
            cast.day,
            is_abroad=False,
            by=cast.centre,
            at=cast.at,
        )
    answer = logged_in(cast.centre).get(reverse("centre", args=[with_beds.centre.reference]))
    assert states(answer.text) == [
        ("taken", "Seng 1 Olena Kovalenko"),
        ("away", "Seng 2 Andrij Kovalenko borte"),
        ("unavailable", "Seng 1 Ikke ledig"),
    ]


@pytest.mark.req("ACC-06")
def test_occupancy_names_what_it_counts_against(cast: Cast, with_beds: Voss, logged_in: Browser) -> None:
    answer = logged_in(cast.centre).get(reverse("centre", args=[with_beds.centre.reference]))
    facts = words(read(answer.text).one("dl", class_="facts"))
    assert "av 3 plasser i drift 67 % · 1 ledige" in facts
    assert "av 4 plasser når det er utvidet 50 % · 2 ledige" in facts
    assert "av 3 senger som kan brukes 67 % · 1 ledige" in facts


@pytest.mark.req("ACC-06")
def test_a_past_day_shows_what_it_was_like_then(cast: Cast, with_beds: Voss, logged_in: Browser) -> None:
    with scope(cast.centre, cast.day):
        register_departure(
            with_beds.group_id,
            with_beds.persons,
            cast.day,
            DepartureReason.LEFT_COUNTRY,
            by=cast.centre,
            at=cast.at,
        )
    browser = logged_in(cast.centre)
    address = reverse("centre", args=[with_beds.centre.reference])
    assert states(browser.get(address).text)[0] == ("free", "Seng 1 Ledig")
    assert states(browser.get(address, {"dag": "13.3.2024"}).text)[0] == ("taken", "Seng 1 Olena Kovalenko")
    assert states(browser.get(address, {"dag": "31.1.2024"}).text)[0] == ("free", "Seng 1 Ledig")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("15.3.2024", "15. mars 2024 er ikke kommet ennå."),
        ("i går", "Skriv datoen som dag.måned.år"),
    ],
)
def test_a_day_that_cannot_be_shown_is_told_so_and_today_is_shown(
    cast: Cast, with_beds: Voss, logged_in: Browser, typed: str, sentence: str
) -> None:
    answer = logged_in(cast.centre).get(reverse("centre", args=[with_beds.centre.reference]), {"dag": typed})
    assert sentence in words(read(answer.text))
    assert "Belegg i dag" in answer.text


@pytest.mark.req("ACS-01")
def test_a_past_day_counts_those_whom_one_no_longer_sees_without_naming_them(
    cast: Cast, with_beds: Voss, logged_in: Browser
) -> None:
    with scope(cast.centre, cast.day):
        register_departure(
            with_beds.group_id,
            with_beds.persons,
            cast.day,
            DepartureReason.LEFT_COUNTRY,
            by=cast.centre,
            at=cast.at,
        )
    with time_machine.travel("2024-06-01T09:00:00Z", tick=False):
        answer = logged_in(cast.centre).get(reverse("centre", args=[with_beds.centre.reference]), {"dag": "13.3.2024"})
    assert states(answer.text)[:2] == [
        ("unavailable", "Seng 1 Ikke ledig"),
        ("unavailable", "Seng 2 Ikke ledig"),
    ]
    assert "<strong>2</strong> personer bor her" in answer.text
    assert "Kovalenko" not in answer.text


def test_those_without_a_bed_are_listed_with_the_way_to_give_them_one(
    cast: Cast, voss: Voss, logged_in: Browser
) -> None:
    page = read(logged_in(cast.centre).get(reverse("centre", args=[voss.centre.reference])).text)
    assert "2 personer uten seng" in words(page)
    assert len(page.all("a", href=reverse("assign_beds", args=[voss.reference]))) == 2


@pytest.mark.req("ACS-01")
@pytest.mark.parametrize("who", ["other_centre", "imdi", "municipality"])
def test_another_organisation_does_not_see_who_sleeps_where(
    cast: Cast, with_beds: Voss, logged_in: Browser, who: str
) -> None:
    answer = logged_in(getattr(cast, who)).get(reverse("centre", args=[with_beds.centre.reference]))
    assert answer.status_code in (403, 404)


def test_the_directorate_sees_every_centre_and_may_change_its_operation(
    cast: Cast, with_beds: Voss, logged_in: Browser
) -> None:
    page = read(logged_in(cast.udi).get(reverse("centre", args=[with_beds.centre.reference])).text)
    assert page.all("a", href=reverse("centre_operation", args=[with_beds.centre.reference]))
    assert not page.all("a", href=reverse("centre_rooms", args=[with_beds.centre.reference]))


@pytest.mark.req("ACC-06")
def test_the_list_of_centres_sums_by_county_and_country_and_shows_the_closed(
    cast: Cast, with_beds: Voss, logged_in: Browser
) -> None:
    page = read(logged_in(cast.udi).get(reverse("centres")).text)
    rows = [words(row) for row in page.all("tr")]
    assert any(row.startswith("Vestland") and "2" in row for row in rows)
    assert any(row.startswith("Voss akuttinnkvartering Voss akuttinnkvartering 2 3 1 67 % 4") for row in rows)
    assert "2 bor på mottak, av 3 plasser i drift (67 %)" in words(page)
    assert "Ikke i drift denne dagen" in words(page)
    assert "Råde mottak" in words(page.one("section", aria_labelledby="stengt"))


def test_the_list_on_a_day_before_everything_is_empty(cast: Cast, voss: Voss, logged_in: Browser) -> None:
    answer = logged_in(cast.udi).get(reverse("centres"), {"dag": "1.1.2020"})
    assert "Ingen mottak er i drift denne dagen." in answer.text


@pytest.mark.parametrize("people", [1, 20])
def test_the_pages_take_no_more_queries_for_more_people(
    cast: Cast, with_beds: Voss, logged_in: Browser, people: int
) -> None:
    change_operation(with_beds.centre.pk, operation(100, 120), date(2024, 1, 1), by=cast.udi, at=cast.at)
    open_centre(cast, cast.other_centre)
    group_id, _ = household(cast, *(f"Navn{n}" for n in range(people)))
    with scope(cast.udi, cast.day):
        place_group(group_id, with_beds.centre.pk, cast.day, by=cast.udi, at=cast.at)
    centre, udi = logged_in(cast.centre), logged_in(cast.udi)
    with CaptureQueriesContext(connection) as queries:
        centre.get(reverse("centre", args=[with_beds.centre.reference]))
    assert len(queries) <= 15, [query["sql"][:90] for query in queries]
    with CaptureQueriesContext(connection) as queries:
        udi.get(reverse("centres"))
    assert len(queries) <= 15, [query["sql"][:90] for query in queries]


def test_the_pages_are_in_english_for_those_who_read_english(cast: Cast, with_beds: Voss, logged_in: Browser) -> None:
    browser = logged_in(cast.centre)
    browser.cookies["django_language"] = "en"
    answer = browser.get(reverse("centre", args=[with_beds.centre.reference]))
    assert "Occupancy today" in answer.text
    assert "Room 214" in answer.text
    assert "Belegg" not in answer.text
