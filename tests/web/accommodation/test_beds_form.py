"""The form that gives a household beds: it offers none that saving would refuse, and says when others are free."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from fotfeste.accommodation.models import BedAssignment
from fotfeste.platform.scope import scope
from tests.acting import block_bed
from tests.actions.accommodation.people import gone_and_forgotten
from tests.conftest import Cast
from tests.platform.markup import read
from tests.web.accommodation.conftest import Browser, Voss
from tests.web.accommodation.test_household_forms import errors, version

pytestmark = pytest.mark.django_db

LEFT_ON = date(2024, 3, 10)


def offered(text: str, person: int) -> dict[str, str]:
    """The beds that a person can be given, by key, with the words of each."""
    options = read(text).one("select", name=f"bed_{person}").all("option")
    return {option["value"]: option.text for option in options if option["value"]}


def send(browser: Client, cast: Cast, voss: Voss, from_on: str, *beds: object) -> Any:
    """Send the form with a bed for each of them."""
    typed = {f"bed_{person}": bed for person, bed in zip(voss.persons, beds, strict=False)}
    address = reverse("assign_beds", args=[voss.reference])
    return browser.post(address, {"version": version(cast, voss), "from_on": from_on} | typed)


@pytest.mark.req("ACC-02")
def test_the_form_offers_only_beds_that_are_free_from_its_day(cast: Cast, voss: Voss, logged_in: Browser) -> None:
    gone_and_forgotten(cast, "Ivan", voss.beds[0], LEFT_ON)
    page = logged_in(cast.centre).get(reverse("assign_beds", args=[voss.reference])).text
    assert read(page).one("input", name="from_on")["value"] == "1.2.2024"
    assert list(offered(page, voss.persons[0])) == [str(bed) for bed in voss.beds[1:]]


@pytest.mark.req("ACC-02")
def test_what_the_form_proposes_can_be_saved_where_former_residents_are_no_longer_seen(
    cast: Cast, voss: Voss, logged_in: Browser
) -> None:
    gone_and_forgotten(cast, "Ivan", voss.beds[0], LEFT_ON)
    gone_and_forgotten(cast, "Maria", voss.beds[1], date(2024, 3, 12))
    browser = logged_in(cast.centre)
    page = browser.get(reverse("assign_beds", args=[voss.reference])).text
    day, beds = read(page).one("input", name="from_on")["value"], list(offered(page, voss.persons[0]))
    assert (day, beds) == ("10.3.2024", [str(voss.beds[0]), str(voss.beds[2])])
    assert send(browser, cast, voss, day, *beds).status_code == 302
    with scope(cast.centre, cast.day):
        assert BedAssignment.objects.current().filter(subject_id__in=voss.persons).count() == 2


@pytest.mark.req("ACC-02")
def test_a_bed_that_was_taken_on_the_day_says_from_when_it_is_free_and_stays_chosen(
    cast: Cast, voss: Voss, logged_in: Browser
) -> None:
    gone_and_forgotten(cast, "Ivan", voss.beds[0], LEFT_ON)
    browser = logged_in(cast.centre)
    answer = send(browser, cast, voss, "1.2.2024", voss.beds[0], voss.beds[2])
    assert answer.status_code == 422
    assert "Senga er ledig først 10. mars 2024. Velg 10. mars 2024 eller senere" in errors(answer)
    select = read(answer.text).one("select", name=f"bed_{voss.persons[0]}")
    assert select["aria-invalid"] == "true"
    (kept,) = [option for option in select.all("option") if "selected" in option.attributes]
    assert (kept["value"], kept.text) == (str(voss.beds[0]), "Rom 214, seng 1 (ledig fra 10. mars 2024)")
    assert send(browser, cast, voss, "10.3.2024", voss.beds[0], voss.beds[2]).status_code == 302


def test_a_bed_that_was_blocked_on_the_day_says_the_same(cast: Cast, voss: Voss, logged_in: Browser) -> None:
    with scope(cast.centre_administrator, cast.day):
        block_bed(voss.beds[0], date(2024, 2, 1), LEFT_ON, "Maling", by=cast.centre_administrator, at=cast.at)
    answer = send(logged_in(cast.centre), cast, voss, "1.2.2024", voss.beds[0])
    assert "Senga er ledig først 10. mars 2024." in errors(answer)


def test_another_day_gets_the_beds_of_that_day(cast: Cast, voss: Voss, logged_in: Browser) -> None:
    gone_and_forgotten(cast, "Ivan", voss.beds[0], LEFT_ON)
    answer = send(logged_in(cast.centre), cast, voss, "11.3.2024")
    assert list(offered(answer.text, voss.persons[0])) == [str(bed) for bed in voss.beds]


@pytest.mark.parametrize("forged", ["987654321", "99999999999999999999999", "²"])
def test_a_bed_that_is_not_there_is_refused_beside_its_field_and_the_rest_is_kept(
    cast: Cast, voss: Voss, logged_in: Browser, forged: str
) -> None:
    answer = send(logged_in(cast.centre), cast, voss, "1.2.2024", forged, voss.beds[2])
    assert answer.status_code == 422
    assert "fra listen." in errors(answer)
    page = read(answer.text)
    assert page.one("select", name=f"bed_{voss.persons[0]}")["aria-invalid"] == "true"
    select = page.one("select", name=f"bed_{voss.persons[1]}")
    assert [option["value"] for option in select.all("option") if "selected" in option.attributes] == [
        str(voss.beds[2])
    ]
