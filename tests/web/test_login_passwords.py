"""Passwords of our own: on only where the installation says so, counted, and silent about who is a user."""

from collections.abc import Iterator

import pytest
import time_machine
from django.conf import global_settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher, get_hasher
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import Settings

import fotfeste.config.settings
from fotfeste.directory.public import User
from fotfeste.platform.asked_from import address_of
from fotfeste.web.models import LoginAttempt
from tests.conftest import Cast
from tests.platform.markup import read

pytestmark = pytest.mark.django_db
PASSWORD = "et langt passord for prøver"


@pytest.fixture(autouse=True)
def clock(cast: Cast) -> Iterator[time_machine.Traveller]:
    """The clock stands still on the day of the cast, a quarter past ten; two of the cast have passwords."""
    with time_machine.travel(cast.at, tick=False) as travelled:
        for username in ("voss", "udi"):
            user = User.objects.get(username=username)
            user.set_password(PASSWORD)
            user.save()
        yield travelled


WRONG = "feil"


def attempt(username: str, password: str = WRONG, address: str = "192.0.2.1") -> HttpResponse:
    """A browser at an address tries a password."""
    browser = Client(REMOTE_ADDR=address)
    return browser.post(reverse("login"), {"username": username, "password": password})  # type: ignore[return-value]


def said(answer: HttpResponse) -> str:
    """What the page says is wrong."""
    return read(answer.content.decode()).one("div", role="alert").text


def test_after_five_wrong_passwords_one_is_told_when_to_try_again_and_the_right_one_waits_too() -> None:
    for _ in range(5):
        assert attempt("voss").status_code == 422
    answer = attempt("voss", PASSWORD)
    assert answer.status_code == 429
    assert "Det er prøvd for mange ganger. Du kan prøve igjen 14. mars 2024 kl. 10.15." in said(answer)
    assert answer["Retry-After"] == "900"


def test_waiting_helps_even_if_one_has_gone_on_trying(clock: time_machine.Traveller) -> None:
    for _ in range(8):
        attempt("voss")
    clock.shift(15 * 60 + 1)
    assert attempt("voss", PASSWORD).status_code == 302


def test_who_mistypes_and_then_knows_it_begins_anew() -> None:
    for _ in range(3):
        for _ in range(4):
            assert attempt("voss").status_code == 422
        assert attempt("voss", PASSWORD).status_code == 302


def test_a_colleague_at_the_same_address_and_the_same_user_at_another_are_not_held_up() -> None:
    for _ in range(6):
        attempt("voss")
    assert attempt("udi", PASSWORD).status_code == 302
    assert attempt("voss", PASSWORD, address="192.0.2.2").status_code == 302


def test_guessing_at_one_name_from_many_addresses_is_held_up() -> None:
    statuses = [attempt("voss", address=f"192.0.2.{number}").status_code for number in range(31)]
    assert statuses == [422] * 30 + [429]


def test_trying_many_names_from_one_address_is_held_up() -> None:
    attempt("a")
    first = LoginAttempt.objects.get()
    LoginAttempt.objects.bulk_create(
        LoginAttempt(name_digest=str(number), address_digest=first.address_digest, at=first.at) for number in range(98)
    )
    assert attempt("b").status_code == 422
    assert attempt("udi", PASSWORD).status_code == 429
    assert attempt("udi", PASSWORD, address="192.0.2.2").status_code == 302


def test_what_is_said_is_the_same_whether_there_is_such_a_user_or_not() -> None:
    User.objects.filter(username="raade").update(is_active=False)
    nobody, gone, somebody = (
        [(answer.status_code, said(answer)) for answer in (attempt(username) for _ in range(6))]
        for username in ("finnes-ikke", "raade", "voss")
    )
    assert nobody == gone == somebody


def test_nothing_that_was_typed_is_kept_and_what_is_old_is_gone(clock: time_machine.Traveller) -> None:
    attempt("hemmelig-i-feil-felt")
    row = LoginAttempt.objects.get()
    assert "hemmelig" not in row.name_digest
    assert "192.0.2.1" not in row.address_digest
    clock.shift(3601)
    attempt("udi")
    assert LoginAttempt.objects.count() == 1


def test_an_empty_form_is_no_attempt() -> None:
    assert attempt("", "").status_code == 422
    assert not LoginAttempt.objects.exists()


def test_one_without_a_role_today_is_told_whom_to_ask(cast: Cast) -> None:
    user = User(username="ny", name="Ny", organisation_id=cast.centre.organisation_id)
    user.set_password(PASSWORD)
    user.save()
    answer = attempt("ny", PASSWORD)
    assert "ingen av rollene dine gjelder i dag" in said(answer)


@pytest.mark.parametrize(
    ("proxies", "told", "address"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "made up, 203.0.113.9", "203.0.113.9"),
        (2, "made up, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "10.0.0.1", "192.0.2.1"),
        (1, "", "192.0.2.1"),
    ],
)
def test_the_address_is_what_our_own_proxies_saw(settings: Settings, proxies: int, told: str, address: str) -> None:
    settings.PROXIES_BEFORE = proxies
    request = RequestFactory(REMOTE_ADDR="192.0.2.1").get("/", headers={"X-Forwarded-For": told} if told else {})
    assert address_of(request) == address


def test_the_demos_users_cannot_log_in_outside_the_demo(cast: Cast, settings: Settings) -> None:
    User.objects.filter(username="voss").update(username="demo-voss")
    unknown = said(attempt("finnes-ikke"))
    assert said(attempt("demo-voss", PASSWORD)) == unknown
    choose = {"username": "demo-voss"}
    assert Client().post(reverse("choose_demo_user"), choose).status_code == 404
    settings.IS_DEMO = True
    assert Client().post(reverse("choose_demo_user"), choose).status_code == 302
    assert Client().post(reverse("choose_demo_user"), {"username": "udi"}).status_code == 404


def test_outside_the_tests_a_password_takes_long_to_look_at(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = global_settings.PASSWORD_HASHERS
    hasher = get_hasher()
    assert isinstance(hasher, PBKDF2PasswordHasher)
    assert hasher.iterations >= 600_000  # what OWASP asks of PBKDF2 with SHA-256
    assert "PASSWORD_HASHERS" not in dir(fotfeste.config.settings)
