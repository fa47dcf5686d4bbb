"""Sessions: they end when nothing is done, under a new key at each login, and leave nothing behind."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from fotfeste.directory.public import User
from fotfeste.web.models import StaffSession
from tests.conftest import Cast
from tests.platform.markup import read
from tests.web.test_shell import logged_in

pytestmark = pytest.mark.django_db
MINUTE = 60
PASSWORD = "et langt passord for prøver"
LEFT = reverse("session_left")


@pytest.fixture(autouse=True)
def clock(cast: Cast) -> Iterator[time_machine.Traveller]:
    """A clock that stands still until it is moved."""
    with time_machine.travel(cast.at, tick=False) as travelled:
        yield travelled


def is_in(client: Client) -> bool:
    """Whether the front page is shown."""
    return client.get(reverse("worklist")).status_code == 200


def test_a_session_ends_when_nothing_has_been_done_for_half_an_hour(cast: Cast, clock: time_machine.Traveller) -> None:
    client = logged_in(cast.centre)
    clock.shift(29 * MINUTE)
    assert is_in(client)
    clock.shift(30 * MINUTE)
    assert not is_in(client)


def test_a_session_lasts_as_long_as_something_is_done(cast: Cast, clock: time_machine.Traveller) -> None:
    client = logged_in(cast.centre)
    for _ in range(10):
        clock.shift(25 * MINUTE)
        assert is_in(client)


def test_a_session_that_goes_on_costs_one_query_a_minute_and_keeps_what_it_holds(
    cast: Cast, clock: time_machine.Traveller, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = logged_in(cast.centre)
    kept = dict(client.session)
    clock.shift(59)
    with django_assert_num_queries(4):  # the session, the user, the scope and its end
        client.post(LEFT)
    clock.shift(2)
    with django_assert_num_queries(5):
        client.post(LEFT)
    assert dict(client.session) == kept


def test_asking_how_long_it_lasts_does_not_make_it_last(cast: Cast, clock: time_machine.Traveller) -> None:
    client = logged_in(cast.centre)
    clock.shift(20 * MINUTE)
    assert client.get(LEFT).json() == {"seconds": 10 * MINUTE}
    assert client.get(LEFT).json() == {"seconds": 10 * MINUTE}
    assert client.post(LEFT).json() == {"seconds": 30 * MINUTE}
    clock.shift(31 * MINUTE)
    assert client.get(LEFT).json() == {"seconds": 0}
    assert client.post(LEFT).json() == {"seconds": 0}
    assert not is_in(client)


def with_password(username: str) -> dict[str, str]:
    """Give a user of the cast a password; the form that logs them in."""
    user = User.objects.get(username=username)
    user.set_password(PASSWORD)
    user.save()
    return {"username": username, "password": PASSWORD}


def test_a_session_ends_with_the_browser_and_no_script_reads_its_key(cast: Cast) -> None:
    cookie = Client().post(reverse("login"), with_password("voss")).cookies["sessionid"]
    assert (cookie["max-age"], cookie["expires"]) == ("", "")
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_every_login_has_a_new_key_and_the_old_one_is_worth_nothing(cast: Cast) -> None:
    client, form = Client(), with_password("voss")
    client.post(reverse("login"), form)
    first = client.session.session_key
    client.post(reverse("login"), form)
    assert client.session.session_key != first
    thief = Client()
    thief.cookies["sessionid"] = str(first)
    assert not is_in(thief)


def test_logging_out_deletes_the_session_and_takes_the_cookie_back(cast: Cast) -> None:
    client = logged_in(cast.centre)
    key = str(client.session.session_key)
    answer = client.post(reverse("logout"))
    assert answer.cookies["sessionid"].value == ""
    assert not StaffSession.objects.filter(pk=key).exists()
    thief = Client()
    thief.cookies["sessionid"] = key
    assert not is_in(thief)


def test_logging_out_ends_the_users_other_sessions_and_nobody_elses(cast: Cast) -> None:
    desk, phone, colleague = logged_in(cast.centre), logged_in(cast.centre), logged_in(cast.centre_administrator)
    desk.post(reverse("logout"))
    assert not is_in(phone)
    assert is_in(colleague)


def test_visitors_of_the_demo_who_are_the_same_user_do_not_log_each_other_out(cast: Cast, settings: Settings) -> None:
    settings.IS_DEMO = True
    first, second = logged_in(cast.centre), logged_in(cast.centre)
    first.post(reverse("logout"))
    assert not is_in(first)
    assert is_in(second)


def test_sessions_that_have_ended_are_deleted_at_the_next_login(cast: Cast, clock: time_machine.Traveller) -> None:
    ended = logged_in(cast.centre).session.session_key
    clock.shift(31 * MINUTE)
    Client().post(reverse("login"), with_password("udi"))
    assert not StaffSession.objects.filter(pk=ended).exists()
    assert StaffSession.objects.filter(user_id=cast.udi.user_id).count() == 1


def test_every_page_of_somebody_logged_in_carries_the_warning_and_the_login_does_not(cast: Cast) -> None:
    dialog = read(logged_in(cast.centre).get(reverse("households"), {"q": "å"}).text).one("dialog", id="session-end")
    assert dialog["data-seconds"] == "1800"
    assert dialog["data-login"] == "/logg-inn/?next=%2Fhusstander%2F%3Fq%3D%25C3%25A5"
    assert read(Client().get(reverse("login")).text).all("dialog") == []
