"""The page where somebody is named for a protected household: its other button takes one of them out again. REG-08."""

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


def buttons(client: Client, url: str) -> dict[str, str]:
    """What the buttons "Ta bort" send, by what is read on them."""
    found = [each for each in read(client.get(url).text).all("button") if each.attributes.get("name") == "unname"]
    return {" ".join(each.text.split()): each["value"] for each in found}


def test_the_button_takes_one_out_but_not_the_last_and_nobody_who_is_not_named(cast: Cast) -> None:
    by = cast.centre_administrator
    second = colleague(cast.centre, Role.CENTRE_STAFF, "voss-2")
    group = protected(cast)
    with scope(by, cast.day):
        for who in (cast.centre, second):
            name_follower(reference_of(group), employment_of(who).reference, by=by, at=cast.at)
    url = reverse("name_follower", args=[reference_of(group)])
    client = browser(by)
    assert buttons(client, url) == {"Ta bort Voss": str(cast.centre.user_id), "Ta bort Voss-2": str(second.user_id)}

    assert browser(cast.imdi).post(url, {"unname": second.user_id}).status_code == 403
    assert client.post(url, {"unname": cast.udi.user_id}).status_code == 404
    assert sees(second, group, cast.day)

    answer = client.post(url, {"unname": buttons(client, url)["Ta bort Voss-2"]}, follow=True)
    assert "Personen ser ikke husstanden lenger." in answer.text
    assert not sees(second, group, cast.day)

    answer = client.post(url, {"unname": buttons(client, url)["Ta bort Voss"]}, follow=True)
    assert "Personen ser ikke husstanden lenger." not in answer.text
    assert "Navngi en annen først" in answer.text
    assert sees(cast.centre, group, cast.day)
