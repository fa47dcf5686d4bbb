"""The headers that every answer has, exactly: every address of the program, logged in and not, found or not."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django import Settings

import fotfeste
from tests.conftest import Cast
from tests.web.test_shell import logged_in

pytestmark = pytest.mark.django_db
SECURITY = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'self'"
    ),
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), display-capture=(), geolocation=(), microphone=(), midi=(), payment=(), serial=(), usb=()"
    ),
    "Cache-Control": "no-store",
}
# What an answer may have beside those. Nothing tells what the server is made of, nobody else may read it.
OTHERS = {
    "Allow",
    "Content-Disposition",
    "Content-Language",
    "Content-Length",
    "Content-Type",
    "Location",
    "Retry-After",
    "Vary",
    "X-Request-Number",
}
# What the pages without a login have besides: whoever publishes a link with a secret has published it to searches too.
OF_DOORS = {"X-Robots-Tag"}
_ARGUMENT = re.compile(r"<(?:(\w+):)?\w+>")


def addresses(patterns: list[URLPattern | URLResolver] | None = None, before: str = "/") -> Iterator[str]:
    """Every address of the program, with something in the place of each argument."""
    for each in get_resolver().url_patterns if patterns is None else patterns:
        route = _ARGUMENT.sub(lambda found: "1" if found[1] == "int" else "abc", str(each.pattern))
        if isinstance(each, URLResolver):
            yield from addresses(each.url_patterns, before + route)
        else:
            yield before + route


def test_the_addresses_are_found_by_themselves() -> None:
    found = list(addresses())
    assert len(found) > 60
    assert {"/", "/health", "/logg-inn/", "/logg-inn/med/abc/svar/", "/husstand/abc/"} <= set(found)


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("who", ["nobody", "registrar", "udi", "imdi", "centre", "municipality"])
def test_every_answer_has_exactly_these_headers(cast: Cast, who: str, method: str) -> None:
    client = Client() if who == "nobody" else logged_in(getattr(cast, who))
    for address in [*addresses(), "/finnes-ikke/", "/?q=%00"]:
        if address != "/logg-ut/":
            check(client.generic(method, address), f"{method} {address}")


def check(answer: HttpResponseBase, what: str) -> None:
    """Compare the headers of an answer with the list above."""
    assert answer.status_code < 500 or what.endswith("/health"), what
    told = dict(answer.headers)
    assert {name: told.pop(name, None) for name in SECURITY} == SECURITY, what
    assert set(told) <= (OTHERS | OF_DOORS if "/bo-privat/" in what else OTHERS), what


def test_a_browser_is_told_to_come_by_tls_alone_where_it_came_by_tls(client: Client, settings: Settings) -> None:
    settings.SECURE_HSTS_SECONDS = of_an_installation_with_tls("SECURE_HSTS_SECONDS")
    assert client.get("/logg-inn/", secure=True)["Strict-Transport-Security"] == "max-age=31536000"
    assert "Strict-Transport-Security" not in client.get("/logg-inn/").headers


def of_an_installation_with_tls(name: str) -> object:
    """A setting as it is where FOTFESTE_HTTPS says that there is TLS."""
    program = f"from django.conf import settings; print(repr(settings.{name}))"
    environment = os.environ | {
        "FOTFESTE_HTTPS": "1",
        "DJANGO_SETTINGS_MODULE": "fotfeste.config.settings",
        "PYTHONPATH": str(Path(fotfeste.__file__).resolve().parents[1]),
    }
    said = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    ).stdout.strip()
    return {"True": True, "False": False}.get(said) if not said.isdecimal() else int(said)


@pytest.mark.parametrize("name", ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"])
def test_with_tls_no_cookie_goes_without_it(name: str) -> None:
    assert of_an_installation_with_tls(name) is True


def test_a_built_file_may_be_kept_and_has_the_rest(client: Client) -> None:
    answer = client.get("/static/images/fotfeste.svg")
    assert answer.status_code == 200
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "no-store" not in answer["Cache-Control"]
    assert "Set-Cookie" not in answer.headers
    answer.close()
