"""Who may tell us who somebody is: the providers of logins (OpenID Connect) that the installation names.

FOTFESTE_LOGIN_PROVIDERS=ansatt                     names, with commas between; nothing is on without it
FOTFESTE_LOGIN_ANSATT_LABEL="Entra ID"              what staff call it: "Logg inn med Entra ID"
FOTFESTE_LOGIN_ANSATT_ISSUER=https://login.example.no/tenant
FOTFESTE_LOGIN_ANSATT_CLIENT_ID=fotfeste
FOTFESTE_LOGIN_ANSATT_CLIENT_SECRET=...
FOTFESTE_LOGIN_ANSATT_ACR=high                      how sure the provider must be; any of these, with commas between
FOTFESTE_LOGIN_ANSATT_USERNAME_CLAIM=upn            which claim is the username here (preferred_username)
FOTFESTE_LOGIN_ANSATT_ORGANISATIONS=h2k9...         references; whose staff it may speak for (all, if left out)
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

PREFIX = "FOTFESTE_LOGIN_"
NEEDED = ("ISSUER", "CLIENT_ID", "CLIENT_SECRET", "ACR")
OF_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


class LoginNotConfigured(ValueError):
    """What the environment says of a provider is not enough, or not safe."""


@dataclass(frozen=True, slots=True)
class LoginProvider:
    """One provider. `acr`: any of these will do. `organisations`: references; empty where it speaks for all staff."""

    name: str
    label: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    acr: tuple[str, ...]
    username_claim: str = "preferred_username"
    organisations: frozenset[str] = frozenset()

    def speaks_for(self, organisation: str) -> bool:
        """Whether it may say who somebody is at this organisation (its reference)."""
        return not self.organisations or organisation in self.organisations


def read_providers(environment: Mapping[str, str]) -> tuple[LoginProvider, ...]:
    """The providers that the environment names, in its order.

    Raises LoginNotConfigured where one lacks something, is named twice, or would be asked without encryption.
    """
    names = _listed(environment.get(f"{PREFIX}PROVIDERS", ""))
    if len(set(names)) < len(names):
        raise LoginNotConfigured(f"{PREFIX}PROVIDERS names a provider twice: {', '.join(names)}.")
    return tuple(_provider(name, environment) for name in names)


def _provider(name: str, environment: Mapping[str, str]) -> LoginProvider:
    if not (name.isascii() and name.isalnum() and name == name.lower()):
        raise LoginNotConfigured(f"{name!r} in {PREFIX}PROVIDERS: use small letters a to z and digits.")
    start = f"{PREFIX}{name.upper()}_"
    given = {key.removeprefix(start): value.strip() for key, value in environment.items() if key.startswith(start)}
    if missing := [f"{start}{each}" for each in NEEDED if not given.get(each)]:
        raise LoginNotConfigured(f"The login provider {name!r} lacks {', '.join(missing)}.")
    _must_be_encrypted(f"{start}ISSUER", given["ISSUER"])
    return LoginProvider(
        name=name,
        label=given.get("LABEL") or name,
        issuer=given["ISSUER"],
        client_id=given["CLIENT_ID"],
        client_secret=given["CLIENT_SECRET"],
        acr=_listed(given["ACR"]),
        username_claim=given.get("USERNAME_CLAIM") or "preferred_username",
        organisations=frozenset(_listed(given.get("ORGANISATIONS", ""))),
    )


def _must_be_encrypted(variable: str, address: str) -> None:
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in OF_THIS_MACHINE):
        raise LoginNotConfigured(f"{variable} must begin with https://, not be {address!r}.")


def _listed(text: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in text.split(",") if each.strip())
