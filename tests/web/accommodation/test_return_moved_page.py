"""The page where an agreed return is moved to another day."""

from datetime import timedelta

import pytest
from django.urls import reverse

from fotfeste.accommodation.public import Absence, grant_leave, register_absence
from fotfeste.platform.scope import scope
from tests.conftest import Cast
from tests.platform.markup import read
from tests.web.accommodation.conftest import Browser, Voss
from tests.web.accommodation.test_household_forms import errors, version

pytestmark = [pytest.mark.django_db, pytest.mark.req("ACC-10")]


@pytest.fixture
def on_leave(cast: Cast, with_beds: Voss) -> Voss:
    """Olena is on leave since today, to be back on 23 March; Andrij is away without."""
    olena, andrij = with_beds.persons[:2]
    back_on = cast.day + timedelta(days=9)
    with scope(cast.centre, cast.day):
        grant_leave(with_beds.group_id, [olena], cast.day, back_on, is_abroad=False, by=cast.centre, at=cast.at)
        register_absence(with_beds.group_id, [andrij], cast.day, is_abroad=False, by=cast.centre, at=cast.at)
    return with_beds


def test_a_return_is_moved_from_its_form_and_the_pages_tell_what_was_agreed_before(
    cast: Cast, on_leave: Voss, logged_in: Browser
) -> None:
    browser, here = logged_in(cast.centre), [on_leave.reference]
    address, household = reverse("move_return", args=here), reverse("household", args=here)
    assert address in [link["href"] for link in read(browser.get(household).text).all("a")]
    assert "Skal være tilbake 23. mars 2024." in read(browser.get(household).text).text
    page, olena = read(browser.get(address).text), str(on_leave.persons[0])
    assert [box["value"] for box in page.all("input", name="persons")] == [olena]
    typed = {"version": version(cast, on_leave), "persons": [olena], "return_on": "26.3.2024"}
    refused = browser.post(address, typed)
    assert (refused.status_code, "Hvorfor dagen flyttes" in errors(refused)) == (422, True)
    assert browser.post(address, typed | {"reason": "asked"}).status_code == 302
    with scope(cast.centre, cast.day):
        assert Absence.objects.current().get(subject_id=int(olena)).expected_return_on == cast.day + timedelta(days=12)
    assert "Skal være tilbake 26. mars 2024." in read(browser.get(household).text).text
    before = "skulle vært tilbake 23. mars 2024. Dagen ble flyttet 14. mars 2024: De ba om det."
    assert before in read(browser.get(address).text).text
    back = read(browser.get(reverse("register_return", args=here)).text)
    assert before in back.text
    assert address in [link["href"] for link in back.all("a")]


def test_where_nobody_has_leave_there_is_nothing_to_move(cast: Cast, with_beds: Voss, logged_in: Browser) -> None:
    browser, here = logged_in(cast.centre), [with_beds.reference]
    with scope(cast.centre, cast.day):
        people = with_beds.persons[:1]
        register_absence(with_beds.group_id, people, cast.day, is_abroad=False, by=cast.centre, at=cast.at)
    address = reverse("move_return", args=here)
    assert "Ingen i husstanden kan velges her nå." in browser.get(address).text
    for name in ("household", "register_return"):
        assert address not in [link["href"] for link in read(browser.get(reverse(name, args=here)).text).all("a")]
