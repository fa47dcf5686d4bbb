"""Login by a provider (OpenID Connect), against a real one in its own process."""

from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
import time_machine
from allauth.socialaccount.models import SocialAccount
from django.db import IntegrityError, connections, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from fotfeste.directory.public import User
from tests.conftest import Cast
from tests.platform.markup import read
from tests.provider.preparation import CLIENT_ID, CLIENT_SECRET
from tests.provider.running import Provider

pytestmark = pytest.mark.django_db
BEGIN, ANSWER = reverse("begin_login", args=["ansatt"]), reverse("provider_answer", args=["ansatt"])


def asked(client: Client, **query: str) -> str:
    """Where a browser is sent to log in."""
    answer = client.get(BEGIN, query)
    assert answer.status_code == 302, answer.text
    return answer["Location"]


def logged_in_by(provider: Provider, client: Client, username: str, **query: str) -> str:
    """Go to the provider and log in there; gives the address within Fotfeste that one comes back to."""
    back = urlsplit(provider.log_in(asked(client, **query), username))
    return f"{back.path}?{back.query}"


def who_is_in(client: Client) -> str:
    """The name of whom the pages show; empty where nobody is logged in."""
    page = client.get(reverse("worklist"))
    return read(page.text).one("p", class_="frame-user").text if page.status_code == 200 else ""


def test_a_user_whom_the_provider_vouches_for_is_logged_in_and_tied_to_the_subject(
    cast: Cast, provider: Provider, client: Client
) -> None:
    answer = client.get(logged_in_by(provider, client, "voss", next=reverse("households")))
    assert (answer.status_code, answer["Location"]) == (302, reverse("households"))
    assert who_is_in(client).startswith("Voss")
    tied = SocialAccount.objects.get()
    assert (tied.provider, tied.user_id, tied.extra_data) == ("ansatt", cast.centre.user_id, {})


def test_the_subject_counts_and_not_the_name_once_they_are_tied(cast: Cast, provider: Provider, client: Client) -> None:
    client.get(logged_in_by(provider, client, "voss"))
    User.objects.filter(username="voss").update(username="har-byttet-navn")
    again = Client()
    again.get(logged_in_by(provider, again, "voss"))
    assert who_is_in(again).startswith("Voss")


def test_another_subject_with_the_name_of_one_who_is_tied_is_nobody(
    cast: Cast, provider: Provider, client: Client
) -> None:
    client.get(logged_in_by(provider, client, "voss"))
    provider.tell(sub="another")
    other = Client()
    answer = other.get(logged_in_by(provider, other, "voss"))
    assert answer.status_code == 403
    assert "Du er ikke registrert som bruker her" in answer.text
    assert who_is_in(other) == ""


def test_the_database_ties_a_user_to_one_subject_of_a_provider_for_good(cast: Cast) -> None:
    SocialAccount.objects.create(provider="ansatt", uid="1", user_id=cast.centre.user_id)
    with pytest.raises(IntegrityError, match="one_subject_of_a_provider"), transaction.atomic():
        SocialAccount.objects.create(provider="ansatt", uid="2", user_id=cast.centre.user_id)
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, 'socialaccount_socialaccount', 'UPDATE, DELETE')", [app_role()])
        assert cursor.fetchone() == (False,)


def app_role() -> str:
    """The role that the pages use."""
    return str(connections["default"].settings_dict["USER"])


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ({"acr": "idporten-loa-substantial"}, "Du må logge inn på en sikrere måte"),
        ({"acr": None}, "Du må logge inn på en sikrere måte"),
        ({"acr": ["idporten-loa-high"]}, "Du må logge inn på en sikrere måte"),
        ({"nonce": "another"}, "Innloggingen kunne ikke bekreftes"),
        ({"nonce": None}, "Innloggingen kunne ikke bekreftes"),
        ({"aud": "another"}, "Innloggingen kunne ikke bekreftes"),
        ({"azp": "another"}, "Innloggingen kunne ikke bekreftes"),
        ({"iss": "https://another.example"}, "Innloggingen kunne ikke bekreftes"),
        ({"exp": 1_700_000_000}, "Innloggingen kunne ikke bekreftes"),
        ({"exp": None}, "Innloggingen kunne ikke bekreftes"),
        ({"sub": ""}, "Innloggingen kunne ikke bekreftes"),
        ({"preferred_username": None}, "Du er ikke registrert som bruker her"),
        ({"preferred_username": ["voss"]}, "Du er ikke registrert som bruker her"),
    ],
)
def test_an_id_token_that_says_too_little_or_the_wrong_thing_lets_nobody_in(
    cast: Cast, provider: Provider, client: Client, said: dict[str, object], title: str
) -> None:
    provider.tell(**said)
    answer = client.get(logged_in_by(provider, client, "voss"))
    assert answer.status_code in (400, 403)
    assert read(answer.text).one("h1").text == title
    assert who_is_in(client) == ""
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("username", ["ukjent", "demo-imdi"])
def test_nobody_becomes_a_user_by_logging_in(cast: Cast, provider: Provider, client: Client, username: str) -> None:
    if username.startswith("demo-"):
        User.objects.create(username=username, name="Demo", organisation_id=cast.imdi.organisation_id)
    before = User.objects.count()
    answer = client.get(logged_in_by(provider, client, username))
    assert answer.status_code == 403
    assert "Entra ID kjenner deg, men Fotfeste gjør det ikke." in answer.text
    assert User.objects.count() == before
    assert who_is_in(client) == ""


def test_one_without_a_role_today_is_told_whom_to_ask(cast: Cast, provider: Provider, client: Client) -> None:
    User.objects.create(username="ansatt-uten-rolle", name="Ny", organisation_id=cast.centre.organisation_id)
    answer = client.get(logged_in_by(provider, client, "ansatt-uten-rolle"))
    assert answer.status_code == 403
    assert read(answer.text).one("h1").text == "Du har ingen rolle i dag"
    assert "Spør administratoren hos dere." in answer.text


def test_one_who_has_left_is_nobody_even_when_tied(cast: Cast, provider: Provider, client: Client) -> None:
    client.get(logged_in_by(provider, client, "voss"))
    User.objects.filter(username="voss").update(is_active=False)
    assert who_is_in(client) == ""
    assert client.get(logged_in_by(provider, client, "voss")).status_code == 403


def test_a_provider_speaks_only_for_the_organisations_it_is_configured_for(
    cast: Cast, provider: Provider, client: Client, settings: Settings
) -> None:
    centre = User.objects.select_related("organisation").get(username="voss").organisation.reference
    settings.LOGIN_PROVIDERS = (provider.configured(organisations=frozenset({centre})),)
    assert client.get(logged_in_by(provider, client, "udi")).status_code == 403
    assert client.get(logged_in_by(provider, client, "voss")).status_code == 302


def test_what_is_asked_of_the_provider_is_a_code_with_pkce_state_nonce_and_the_demanded_acr(
    provider: Provider, client: Client
) -> None:
    query = {name: values[0] for name, values in parse_qs(urlsplit(asked(client)).query).items()}
    assert query["response_type"] == "code"
    assert query["code_challenge_method"] == "S256"
    assert len(query["code_challenge"]) >= 43
    assert len(query["state"]) >= 16
    assert len(query["nonce"]) >= 16
    assert query["acr_values"] == "idporten-loa-high"
    assert query["redirect_uri"] == f"http://testserver{ANSWER}"


def test_the_provider_gives_nothing_for_a_code_without_its_verifier(provider: Provider, client: Client) -> None:
    back = parse_qs(urlsplit(provider.log_in(asked(client), "voss")).query)
    form = {
        "grant_type": "authorization_code",
        "code": back["code"][0],
        "redirect_uri": f"http://testserver{ANSWER}",
        "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
    }
    answer = requests.post(f"{provider.address}/identity/o/api/token", form, timeout=20)
    assert answer.status_code == 400
    assert "id_token" not in answer.text


@pytest.mark.parametrize("state", ["", "tampered"])
def test_an_answer_to_another_question_lets_nobody_in(
    cast: Cast, provider: Provider, client: Client, state: str
) -> None:
    back = parse_qs(urlsplit(logged_in_by(provider, client, "voss")).query)
    answer = client.get(ANSWER, {"code": back["code"][0], "state": state})
    assert answer.status_code == 400
    assert read(answer.text).one("h1").text == "Innloggingen kunne ikke bekreftes"
    assert who_is_in(client) == ""


def test_an_answer_is_of_no_use_in_another_browser_nor_twice_nor_too_late(
    cast: Cast, provider: Provider, client: Client
) -> None:
    back = logged_in_by(provider, client, "voss")
    assert Client().get(back).status_code == 400
    assert client.get(back).status_code == 302
    assert client.get(back).status_code == 400
    late = Client()
    with time_machine.travel("2026-01-01T10:00:00Z", tick=True) as clock:
        back = f"{ANSWER}?{urlencode({'code': 'x', 'state': parse_qs(urlsplit(asked(late)).query)['state'][0]})}"
        clock.shift(11 * 60)
        assert late.get(back).status_code == 400


def test_who_says_no_at_the_provider_is_told_that_nothing_has_happened(provider: Provider, client: Client) -> None:
    state = parse_qs(urlsplit(asked(client)).query)["state"][0]
    answer = client.get(ANSWER, {"error": "access_denied", "state": state})
    assert answer.status_code == 200
    assert read(answer.text).one("h1").text == "Du avbrøt innloggingen"


def test_a_provider_that_does_not_answer_or_is_another_is_told_of(
    provider: Provider, client: Client, settings: Settings
) -> None:
    for issuer in ("http://127.0.0.1:9", provider.address.replace("127.0.0.1", "localhost")):
        settings.LOGIN_PROVIDERS = (provider.configured(issuer=issuer),)
        answer = client.get(BEGIN)
        assert answer.status_code == 502
        assert "Entra ID svarer ikke" in answer.text


def test_nothing_is_on_where_nothing_is_configured(client: Client, settings: Settings) -> None:
    settings.HAS_PASSWORDS = False
    assert client.get(BEGIN).status_code == 404
    assert client.get(ANSWER).status_code == 404
    assert client.post(reverse("login"), {"username": "udi", "password": "x"}).status_code == 404
    page = client.get(reverse("login"))
    assert "Ingen måte å logge inn på er satt opp ennå." in page.text
    assert read(page.text).all("input", type="password") == []


def test_the_session_has_a_new_key_after_the_login_and_nothing_of_the_claims(
    cast: Cast, provider: Provider, client: Client
) -> None:
    back = logged_in_by(provider, client, "voss")
    before = client.session.session_key
    client.get(back)
    assert client.session.session_key != before
    kept = str(dict(client.session))
    assert "idporten" not in kept
    assert "nonce" not in kept


def test_who_logs_out_is_led_to_the_end_of_the_providers_own_session(
    cast: Cast, provider: Provider, client: Client
) -> None:
    client.get(logged_in_by(provider, client, "voss"))
    answer = client.post(reverse("logout"), follow=True)
    link = reverse("log_out_at_provider", args=["ansatt"])
    assert read(answer.text).one("a", href=link).text == "Logg ut hos Entra ID"
    there = client.get(link)["Location"]
    assert there.startswith(f"{provider.address}/identity/o/logout?")
    assert who_is_in(client) == ""
