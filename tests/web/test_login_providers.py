"""Which providers of logins an installation has: what the environment says, or a sentence of what it lacks."""

import pytest

from fotfeste.web.providers import LoginNotConfigured, LoginProvider, read_providers

ONE = {
    "FOTFESTE_LOGIN_PROVIDERS": "ansatt",
    "FOTFESTE_LOGIN_ANSATT_ISSUER": "https://login.example.no/tenant",
    "FOTFESTE_LOGIN_ANSATT_CLIENT_ID": "fotfeste",
    "FOTFESTE_LOGIN_ANSATT_CLIENT_SECRET": "hemmelig",
    "FOTFESTE_LOGIN_ANSATT_ACR": "high, higher",
}


def test_there_is_none_where_none_is_named() -> None:
    assert read_providers({"FOTFESTE_LOGIN_ANSATT_ISSUER": "https://login.example.no"}) == ()


def test_one_is_read_with_what_it_does_not_say() -> None:
    assert read_providers(ONE) == (
        LoginProvider(
            name="ansatt",
            label="ansatt",
            issuer="https://login.example.no/tenant",
            client_id="fotfeste",
            client_secret="hemmelig",
            acr=("high", "higher"),
            username_claim="preferred_username",
            organisations=frozenset(),
        ),
    )


def test_several_are_read_in_their_order_each_with_its_own() -> None:
    second = {key.replace("ANSATT", "KOMMUNE"): value for key, value in ONE.items() if "ANSATT" in key} | {
        "FOTFESTE_LOGIN_KOMMUNE_LABEL": "Kommunens innlogging",
        "FOTFESTE_LOGIN_KOMMUNE_USERNAME_CLAIM": "upn",
        "FOTFESTE_LOGIN_KOMMUNE_ORGANISATIONS": "abc, def",
    }
    found = read_providers(ONE | second | {"FOTFESTE_LOGIN_PROVIDERS": "kommune, ansatt"})
    assert [each.name for each in found] == ["kommune", "ansatt"]
    assert found[0].label == "Kommunens innlogging"
    assert found[0].username_claim == "upn"
    assert found[0].speaks_for("abc")
    assert not found[0].speaks_for("xyz")
    assert found[1].speaks_for("xyz")


@pytest.mark.parametrize("lacking", [key for key in ONE if key != "FOTFESTE_LOGIN_PROVIDERS"])
@pytest.mark.parametrize("value", [None, "", " "])
def test_what_is_lacking_is_named_and_no_secret_with_it(lacking: str, value: str | None) -> None:
    environment = {key: each for key, each in ONE.items() if key != lacking}
    if value is not None:
        environment[lacking] = value
    with pytest.raises(LoginNotConfigured, match=f"lacks {lacking}") as raised:
        read_providers(environment)
    assert "hemmelig" not in str(raised.value)


@pytest.mark.parametrize("issuer", ["http://login.example.no", "login.example.no", "ftp://localhost", "https.example"])
def test_a_provider_is_never_asked_without_encryption(issuer: str) -> None:
    with pytest.raises(LoginNotConfigured, match="must begin with https://"):
        read_providers(ONE | {"FOTFESTE_LOGIN_ANSATT_ISSUER": issuer})


@pytest.mark.parametrize("names", ["Ansatt", "ansatt/x", "an satt", "ansått", "ansatt,ansatt"])
def test_a_name_that_cannot_stand_in_an_address_or_stands_twice_is_refused(names: str) -> None:
    with pytest.raises(LoginNotConfigured, match="FOTFESTE_LOGIN_PROVIDERS"):
        read_providers(ONE | {"FOTFESTE_LOGIN_PROVIDERS": names})
