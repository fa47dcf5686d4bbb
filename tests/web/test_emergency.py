"""The page of emergency access, the household's page within it, and who is told."""

from datetime import timedelta
from http import HTTPStatus

import pytest
import time_machine
from django.urls import reverse

from fotfeste.access.public import EmergencyAccess, Look, LookRule, Role, Subject
from fotfeste.directory.public import Organisation
from fotfeste.kernel.identifiers import synthetic_duf
from fotfeste.platform.scope import scope
from tests.actions.access.emergencies import NOBODYS, OLENAS, WHY, opened, really_now
from tests.actions.directory.stage import administrator
from tests.actions.registry.families import kovalenko
from tests.actions.settlement.stage import offered, queued
from tests.conftest import Cast, staff
from tests.platform.in_every_table import everything
from tests.platform.markup import read
from tests.settlement_steps import placed, registered
from tests.web.test_who_looks import address, browser

pytestmark = [pytest.mark.django_db(databases=["default", "owner"]), pytest.mark.req("ACS-01")]

TYPED = {"number": OLENAS, "cause": "life", "words": WHY}


@pytest.fixture
def household(cast: Cast) -> int:
    """The Kovalenkos, who live at Voss."""
    return placed(cast, registered(cast, kovalenko()))


def test_who_asks_is_told_before_what_happens_and_gets_the_households_page(cast: Cast, household: int) -> None:
    client = browser(cast.municipality)
    page = client.get(reverse("emergency"))
    for told in ("i én time", "bare du", "Administratoren hos dere", "ikke navnet ditt", "5 ganger"):
        assert told in page.text
    answer = client.post(reverse("emergency"), TYPED, follow=True)
    assert answer.redirect_chain == [(address("household", household), HTTPStatus.FOUND)]
    assert "Nødinnsyn er åpnet til" in answer.text
    assert "Du har nødinnsyn til" in answer.text
    assert "Voss akuttinnkvartering" in answer.text
    assert "Danylo" in answer.text


def test_within_it_there_is_nothing_to_do_and_nothing_of_what_has_happened(cast: Cast, household: int) -> None:
    opened(cast.other_centre)
    page = browser(cast.other_centre).get(address("household", household))
    assert page.status_code == HTTPStatus.OK
    main = read(page.text).one("main")
    reference = Subject.objects.get(pk=household).reference
    assert not [a for a in main.all("a") if reference in str(a.attributes.get("href"))]
    for hidden in ("Hendelser", "Hva skjer nå", "Hvem har innsyn", "Åpne oppgaver"):
        assert hidden not in main.text


def test_it_shows_whom_to_call_and_in_which_room_they_are(cast: Cast) -> None:
    group = everything(cast)[0]
    by = staff(Organisation.objects.get(pk=cast.other_centre.organisation_id), Role.REGISTRAR, "raade-ankomst")
    opened(by, synthetic_duf(4711))
    page = browser(by).get(address("household", group))
    for seen in ("Verge Vergesen", "Fjellro", "Olena"):
        assert seen in page.text, seen
    for hidden in ("De har to hunder.", "En hund til.", "Trenger ro.", "Levanger"):
        assert hidden not in page.text, hidden


@pytest.mark.req("ACS-03")
def test_every_look_within_it_is_logged_with_that_reason(cast: Cast, household: int) -> None:
    opened(cast.municipality)
    browser(cast.municipality).get(address("household", household))
    [look] = Look.objects.using("owner").filter(
        household_id=household, organisation_id=cast.municipality.organisation_id
    )
    assert look.reasons == ["emergency"]
    assert set(look.compartments) == {"identity", "guardian", "stays", "rooms"}


def test_a_colleague_and_the_hour_after_find_nothing(cast: Cast, household: int) -> None:
    place = Organisation.objects.get(pk=cast.municipality.organisation_id)
    colleague = staff(place, Role.REFUGEE_SERVICE, "levanger-2")
    opened(cast.municipality)
    there = address("household", household)
    assert browser(colleague).get(there).status_code == HTTPStatus.NOT_FOUND
    client = browser(cast.other_municipality)
    opened(cast.other_municipality, at=really_now() - timedelta(minutes=61))
    assert client.get(there).status_code == HTTPStatus.NOT_FOUND


def test_no_other_address_of_the_household_opens_and_what_is_typed_there_is_kept(cast: Cast, household: int) -> None:
    opened(cast.other_centre)
    client = browser(cast.other_centre)
    for name in ("register_absence", "register_departure", "interview", "settlement_notes", "who_looks", "add_member"):
        assert client.get(address(name, household)).status_code in (HTTPStatus.NOT_FOUND, HTTPStatus.FORBIDDEN), name
    answer = client.post(address("register_absence", household), {"note": "Hos tanten i Bergen"})
    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert "Hos tanten i Bergen" in answer.text


def test_a_persons_reference_leads_to_the_household(cast: Cast, household: int) -> None:
    person = opened(cast.municipality).person_ids[0]
    answer = browser(cast.municipality).get(address("household", person))
    assert answer.headers["Location"] == address("household", household)


def test_who_knows_them_for_another_reason_has_their_page_and_the_rest_for_the_hour(cast: Cast) -> None:
    household = offered(cast, queued(cast))
    opened(cast.municipality, Subject.objects.get(pk=household).reference)
    page = browser(cast.municipality).get(address("household", household)).text
    for seen in ("Du har nødinnsyn til", "Hva skjer nå", "Hvilket rom"):
        assert seen in page


def test_a_number_that_nobody_has_is_said_so_beside_it_and_is_counted(cast: Cast, household: int) -> None:
    client = browser(cast.municipality)
    answer = client.post(reverse("emergency"), TYPED | {"number": NOBODYS})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    page = read(answer.text)
    assert "Nødinnsyn finner ingen med dette nummeret" in page.one("div", class_="ds-error-summary").text
    assert page.one("input", name="number")["value"] == NOBODYS
    assert WHY in page.one("textarea").text
    assert "4 ganger" in answer.text
    with scope(cast.municipality, cast.day):
        assert EmergencyAccess.objects.get().is_found is False


def test_too_many_are_told_when_they_may_again(cast: Cast, household: int) -> None:
    for minute in range(5):
        opened(cast.municipality, NOBODYS, really_now() - timedelta(minutes=minute + 1))
    answer = browser(cast.municipality).post(reverse("emergency"), TYPED)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Du har bedt om nødinnsyn 5 ganger på kort tid" in answer.text
    assert "{" not in read(answer.text).one("div", class_="ds-error-summary").text


def test_who_has_it_open_already_is_led_there(cast: Cast, household: int) -> None:
    opened(cast.municipality)
    for viewer in (cast.municipality, cast.centre):
        answer = browser(viewer).post(reverse("emergency"), TYPED)
        assert answer.headers["Location"] == address("household", household)
    with scope(cast.municipality, cast.day):
        assert EmergencyAccess.objects.count() == 1


def test_it_is_found_from_a_search_by_number_that_finds_nobody_and_from_the_worklist(
    cast: Cast, household: int
) -> None:
    there = reverse("emergency")
    client = browser(cast.municipality)
    assert f"{there}?nummer={OLENAS}" in client.get(reverse("search"), {"q": OLENAS}).text
    assert OLENAS in client.get(f"{there}?nummer={OLENAS}").text
    assert there not in client.get(reverse("search"), {"q": "Kovalenko"}).text
    assert there in client.get("/").text
    boss = browser(administrator(cast))
    assert there not in boss.get("/").text
    assert there not in boss.get(reverse("search"), {"q": OLENAS}).text
    assert boss.get(there).status_code == HTTPStatus.FORBIDDEN


@pytest.mark.req("ACS-03")
def test_the_administrator_is_told_in_the_menu_sees_why_and_says_what_it_was(cast: Cast, household: int) -> None:
    client = browser(administrator(cast))
    opened(cast.municipality)
    opened(cast.municipality, NOBODYS)
    [item] = [a.text for a in read(client.get("/").text).all("a") if a.attributes.get("href") == "/uvanlig-innsyn/"]
    assert item.split() == ["Uvanlig", "innsyn", "2"]
    page = client.get(reverse("unusual_looks")).text
    assert WHY in page
    assert "fare for liv eller helse" in page
    assert NOBODYS in page
    assert OLENAS not in page
    assert "Kovalenko" not in page
    links = [str(a.attributes["href"]) for a in read(page).all("a") if f"/{LookRule.EMERGENCY}/" in str(a.attributes)]
    assert len(links) == 2
    for link in links:
        form = client.get(link)
        assert WHY in form.text
        assert client.post(link, {"words": "Politiet tok over."}).status_code == HTTPStatus.FOUND
    assert f"/{LookRule.EMERGENCY}/" not in client.get(reverse("unusual_looks")).text
    others = browser(cast.centre_administrator).get(reverse("unusual_looks")).text
    assert WHY not in others


@pytest.mark.req("POR-06")
def test_the_resident_is_shown_that_it_was_by_whom_and_when_but_no_name_and_no_words(
    cast: Cast, household: int
) -> None:
    opened(cast.municipality)
    browser(cast.municipality).get(address("household", household))
    page = browser(cast.centre).get(address("who_looks", household)).text
    section = read(page).one("section", aria_labelledby="emergencies").text
    for told in ("Levanger", "Flyktningtjenesten", "åpent nå", "Når noen kan være i fare"):
        assert told in section
    for hidden in (WHY, "fare for liv", "Levanger-", NOBODYS):
        assert hidden not in page
    looks = read(page).one("section", aria_labelledby="looks").text
    assert "Nødinnsyn" in looks


def test_who_was_never_in_danger_is_told_nothing_of_it(cast: Cast, household: int) -> None:
    assert "Nødinnsyn" not in browser(cast.centre).get(address("who_looks", household)).text


@pytest.mark.parametrize("missing", ["number", "cause", "words"])
def test_what_is_missing_is_said_beside_it_and_the_rest_is_kept(cast: Cast, household: int, missing: str) -> None:
    with time_machine.travel(cast.at, tick=False):
        answer = browser(cast.municipality).post(reverse("emergency"), TYPED | {missing: ""})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert f'href="#id_{missing}' in answer.text
    kept = {"number": OLENAS, "words": WHY}
    assert all(text in answer.text for name, text in kept.items() if name != missing)
    with scope(cast.municipality, cast.day):
        assert not EmergencyAccess.objects.exists()
