"""Leave that lies ahead, on the household page and in its forms."""

from datetime import timedelta

import pytest
from django.urls import reverse

from fotfeste.accommodation.public import Absence, grant_leave
from fotfeste.platform.scope import scope
from tests.conftest import Cast
from tests.platform.markup import read
from tests.web.accommodation.conftest import Browser, Voss
from tests.web.accommodation.test_household_forms import errors, version

pytestmark = pytest.mark.django_db


@pytest.fixture
def on_leave_later(cast: Cast, with_beds: Voss) -> Voss:
    """Olena has leave from ten days ahead."""
    first, last = cast.day + timedelta(days=10), cast.day + timedelta(days=20)
    with scope(cast.centre, cast.day):
        grant_leave(with_beds.group_id, with_beds.persons[:1], first, last, is_abroad=False, by=cast.centre, at=cast.at)
    return with_beds


@pytest.mark.req("ACC-05")
def test_the_household_page_tells_of_leave_ahead_and_how_to_take_it_back(
    cast: Cast, on_leave_later: Voss, logged_in: Browser
) -> None:
    page = read(logged_in(cast.centre).get(reverse("household", args=[on_leave_later.reference])).text)
    words = " ".join(page.text.split())
    assert "Permisjon fra 24. mars 2024, tilbake senest 3. april 2024." in words
    hrefs = [link["href"] for link in page.all("a")]
    assert reverse("withdraw_leave", args=[on_leave_later.reference]) in hrefs
    assert reverse("register_return", args=[on_leave_later.reference]) not in hrefs


@pytest.mark.req("ACC-05")
def test_leave_ahead_is_taken_back_from_its_form(cast: Cast, on_leave_later: Voss, logged_in: Browser) -> None:
    browser, address = logged_in(cast.centre), reverse("withdraw_leave", args=[on_leave_later.reference])
    page = read(browser.get(address).text)
    olena = str(on_leave_later.persons[0])
    assert [box["value"] for box in page.all("input", name="persons")] == [olena]
    assert "Historikken viser at den ble trukket tilbake." in page.one("aside").text
    typed = {"version": version(cast, on_leave_later), "persons": [olena]}
    refused = browser.post(address, typed)
    assert refused.status_code == 422
    assert "Årsak" in errors(refused)
    assert browser.post(address, typed | {"reason": "not_going"}).status_code == 302
    with scope(cast.centre, cast.day):
        assert not Absence.objects.current().exists()
    assert "Ingen i husstanden kan velges her nå." in browser.get(address).text


@pytest.mark.req("ACC-05")
def test_who_has_leave_ahead_can_be_registered_as_away_and_the_form_says_until_when(
    cast: Cast, on_leave_later: Voss, logged_in: Browser
) -> None:
    browser, address = logged_in(cast.centre), reverse("register_absence", args=[on_leave_later.reference])
    page = read(browser.get(address).text)
    assert len(page.all("input", name="persons")) == 2
    assert "For den som har permisjon fra 24. mars 2024, varer det til permisjonen begynner." in page.text
    typed = {"version": version(cast, on_leave_later), "persons": on_leave_later.persons, "from_on": "14.3.2024"}
    assert browser.post(address, typed).status_code == 302
    leave = read(browser.get(reverse("grant_leave", args=[on_leave_later.reference])).text)
    assert not leave.all("input", name="persons")
