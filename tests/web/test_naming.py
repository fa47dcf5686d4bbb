"""The page where somebody is named for a protected household: and that where one of them is taken out. REG-08."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from fotfeste.access.public import Role
from fotfeste.platform.scope import scope
from fotfeste.registry.public import name_follower
from tests.actions.access.stage import employment_of
from tests.actions.registry.test_protection import colleague, protected, reference_of, sees
from tests.conftest import Cast
from tests.platform.markup import read
from tests.web.doors.asking import browser

pytestmark = [pytest.mark.django_db, pytest.mark.req("REG-08")]


@pytest.fixture(autouse=True)
def on_the_day(cast: Cast) -> Iterator[None]:
    """The clock stands still on the day of the cast."""
    with time_machine.travel(cast.at, tick=False):
        yield


def named(client: Client, url: str) -> dict[str, str]:
    """Those who can be taken out: what their choice sends, by name."""
    page = read(client.get(url).text)
    labels = [each for each in page.all("label") if each.attributes.get("for", "").startswith("id_person_")]
    return {" ".join(each.text.split()): page.one("input", id=each["for"])["value"] for each in labels}


def test_one_is_taken_out_for_a_reason_but_not_the_last_and_nobody_who_is_not_named(cast: Cast) -> None:
    by = cast.centre_administrator
    second = colleague(cast.centre, Role.CENTRE_STAFF, "voss-2")
    group = protected(cast)
    with scope(by, cast.day):
        for who in (cast.centre, second):
            name_follower(reference_of(group), employment_of(who).reference, by=by, at=cast.at)
    naming = reverse("name_follower", args=[reference_of(group)])
    url = reverse("unname_follower", args=[reference_of(group)])
    client = browser(by)
    assert read(client.get(naming).text).all("a", href=url)
    people = named(client, url)
    assert people == {
        "Voss": employment_of(cast.centre).reference,
        "Voss-2": employment_of(second).reference,
    }

    stranger = {"person": employment_of(cast.udi).reference, "reason": "away"}
    assert browser(cast.imdi).post(url, {"person": people["Voss-2"], "reason": "away"}).status_code == 403
    assert client.post(url, stranger).status_code == 422
    answer = client.post(url, {"person": people["Voss-2"]})
    assert (answer.status_code, "Velg hvorfor." in answer.text) == (422, True)
    assert sees(second, group, cast.day)

    answer = client.post(url, {"person": people["Voss-2"], "reason": "away"}, follow=True)
    assert "Personen ser ikke husstanden lenger." in answer.text
    assert not sees(second, group, cast.day)

    answer = client.post(url, {"person": people["Voss"], "reason": "mistake"})
    assert answer.status_code == 422
    assert "Navngi en annen først" in answer.text
    assert sees(cast.centre, group, cast.day)


def test_where_nobody_is_named_there_is_nobody_to_take_out(cast: Cast) -> None:
    group = protected(cast)
    client = browser(cast.centre_administrator)
    url = reverse("unname_follower", args=[reference_of(group)])
    assert "Ingen er navngitt som du kan ta bort." in client.get(url).text
    assert not read(client.get(reverse("name_follower", args=[reference_of(group)])).text).all("a", href=url)
