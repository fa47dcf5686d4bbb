"""Somebody who asks the server itself, without a browser: one request, one answer, exactly what was sent."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit


@dataclass(frozen=True)
class Answer:
    """What the server answered. Where it leads elsewhere, nobody has followed."""

    status: int
    location: str
    request_number: str
    text: str


class _Forms(HTMLParser):
    """The forms of a page: where they are sent, and what stands in their inputs."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict[str, str]] = []
        self._is_inside = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attributes}
        if tag == "form":
            self._is_inside = True
            self.found.append({})
        elif tag == "input" and self._is_inside and known.get("type") not in ("checkbox", "radio", "submit"):
            self.found[-1][known.get("name", "")] = known.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._is_inside = False


class Visitor:
    """Keeps cookies and nothing else; every request has a connection of its own, so threads may share one."""

    def __init__(self, address: str) -> None:
        """`address`: of the server."""
        self._place = urlsplit(address).netloc
        self._cookies: dict[str, str] = {}

    def log_in(self, username: str) -> None:
        """Choose a demo user with one click."""
        form = self.form("/logg-inn/", "username")
        answer = self.send("/logg-inn/demo/", form | {"username": username})
        assert (answer.status, answer.location) == (302, "/"), answer.text[-2000:]

    def open(self, path: str) -> Answer:
        """Ask for a page."""
        return self._ask("GET", path, "")

    def form(self, path: str, having: str) -> dict[str, str]:
        """What stands in the form of a page that has this field: token, version and all."""
        answer = self.open(path)
        assert answer.status == 200, (answer.status, answer.location)
        reader = _Forms()
        reader.feed(answer.text)
        return next(form for form in reader.found if having in form)

    def send(self, path: str, fields: Mapping[str, str]) -> Answer:
        """Send a form."""
        return self._ask("POST", path, urlencode(fields))

    def _ask(self, method: str, path: str, body: str) -> Answer:
        connection = HTTPConnection(self._place, timeout=60)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body or None, headers)
            response = connection.getresponse()
            text = response.read().decode()
        finally:
            connection.close()
        for line in response.headers.get_all("Set-Cookie") or ():
            self._cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        told = response.headers
        return Answer(response.status, told.get("Location", ""), told.get("X-Request-Number", ""), text)


def said_in(answer: Answer) -> str:
    """What a page says, without markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))
