"""What somebody had typed when their session ended survives the way to the provider of logins and back."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from fotfeste.web.models import StaffSession
from tests.conftest import Cast
from tests.platform.markup import read
from tests.provider.running import Provider
from tests.web.test_kept_forms import hidden, pairs
from tests.web.test_login_by_provider import BEGIN, logged_in_by
from tests.web.test_shell import logged_in

pytestmark = pytest.mark.django_db
FORM, VIDERE = reverse("register_group"), reverse("resume_typed")
TYPED = {"persons": "1", "ties": "0", "0-given_name": "Olena", "0-family_name": "Kovalenko", "do": "register"}


@pytest.fixture
def waiting(cast: Cast, provider: Provider) -> Client:
    """A browser whose session ended while somebody wrote, and who has chosen the provider."""
    client = logged_in(cast.registrar)
    opened = hidden(read(client.get(FORM).text))["opened"]
    client.logout()
    asked = client.post(FORM, TYPED | {"opened": opened})
    assert asked.status_code == 403
    begin = read(asked.text).one("form", action=BEGIN)
    page = client.post(BEGIN, hidden(begin))
    assert "Det du skrev, er tatt vare på." in page.text
    assert (
        read(page.text).one("meta", http_equiv="refresh")["content"] == f"0; url={BEGIN}?next=%2Flogg-inn%2Fvidere%2F"
    )
    return client


def back(client: Client, provider: Provider, username: str) -> HttpResponse:
    """Log in at the provider and come back to where the form waits."""
    answer = client.get(logged_in_by(provider, client, username, next=VIDERE))
    assert (answer.status_code, answer["Location"]) == (302, VIDERE)
    return client.get(VIDERE)  # type: ignore[return-value]


def test_what_was_typed_comes_back_and_nothing_is_done_unseen(waiting: Client, provider: Provider) -> None:
    page = read(back(waiting, provider, "registrator").content.decode())
    assert "Det du skrev, er ikke borte, men ingenting er lagret ennå." in page.text
    shown = read(waiting.post(FORM, pairs(page.one("form", action=FORM))).text)
    assert shown.one("input", name="0-given_name")["value"] == "Olena"
    assert shown.one("input", name="0-family_name")["value"] == "Kovalenko"


def test_it_is_shown_once_and_kept_no_longer(waiting: Client, provider: Provider) -> None:
    assert waiting.session["typed"]
    back(waiting, provider, "registrator")
    assert "typed" not in waiting.session
    assert waiting.cookies["typed_key"].value == ""
    assert waiting.get(VIDERE)["Location"] == "/"


def test_somebody_else_does_not_see_it(waiting: Client, provider: Provider) -> None:
    answer = back(waiting, provider, "voss")
    assert (answer.status_code, answer["Location"]) == (302, FORM)
    assert "typed" not in waiting.session


def test_while_it_waits_nobody_reads_it_in_the_database(waiting: Client) -> None:
    row = StaffSession.objects.get(pk=waiting.session.session_key)
    assert "Kovalenko" not in str(row.get_decoded())
    cookie = waiting.cookies["typed_key"]
    assert cookie["httponly"]
    assert cookie["path"] == "/logg-inn/"
    assert cookie.value not in str(row.get_decoded())


def test_without_the_key_nothing_comes_back(waiting: Client, provider: Provider) -> None:
    del waiting.cookies["typed_key"]
    assert back(waiting, provider, "registrator")["Location"] == "/"


def test_who_is_not_logged_in_gets_nothing_back(waiting: Client) -> None:
    assert waiting.get(VIDERE)["Location"] == reverse("login")
    assert "typed" in waiting.session
