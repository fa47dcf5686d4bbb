"""Asking the program for something as somebody, and comparing the answers: what is the same tells nothing."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.test import Client

from fotfeste.directory.public import User
from fotfeste.platform.viewer import Viewer

# What is another each time, whoever asks for what.
_PASSING = re.compile(
    r'name="csrfmiddlewaretoken" value="\w+"|X-CSRFToken"?(&quot;)?: ?(&quot;|")\w+|<code[^>]*>[0-9a-f]{16}</code>'
    r"|\b[0-9a-f]{16}\b"
)
_WRITES = re.compile(r'^\s*(INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.IGNORECASE)
# A session that goes on moves its end.
_OWN_BUSINESS = frozenset({"web_staffsession"})


@dataclass(frozen=True)
class Answer:
    """What somebody got to know by asking: the status, where to, the words, and how many queries it took."""

    status: int
    where: str
    text: str
    queries: int
    written: tuple[str, ...] = field(compare=False)  # the tables that were written to


def browser(viewer: Viewer) -> Client:
    """Somebody's browser."""
    client = Client()
    client.force_login(User.objects.get(pk=viewer.user_id or 0))
    return client


@contextmanager
def statements() -> Iterator[list[str]]:
    """The statements of the connection of the pages."""
    found: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found


def asked(client: Client, url: str, sent: Mapping[str, Any] | None = None, *, hide: str | Sequence[str] = ()) -> Answer:
    """Ask, by POST where something is sent. Nothing of it stays. `hide`: what the answers differ in by themselves."""
    with statements() as sql, transaction.atomic():
        answer: Any = client.get(url) if sent is None else client.post(url, sent)
        transaction.set_rollback(True)
    written = (found[2] for each in sql if (found := _WRITES.match(each)) and found[2] not in _OWN_BUSINESS)
    where = str(answer.headers.get("Location", ""))
    text = _PASSING.sub("", answer.text)
    for each in (hide,) if isinstance(hide, str) else hide:
        where, text = where.replace(each, "…"), text.replace(each, "…")
    return Answer(answer.status_code, where, text, len(sql), tuple(written))


def differences(one: Answer, other: Answer) -> str:
    """How two answers differ, in a few words; empty where they are the same."""
    if one == other:
        return ""
    if one.text == other.text:
        return f"{one.status} {one.where} in {one.queries} queries, {other.status} {other.where} in {other.queries}"
    lines = zip(one.text.splitlines(), other.text.splitlines(), strict=False)
    first = next(((a.strip(), b.strip()) for a, b in lines if a != b), ("", "one is longer"))
    return f"{one.status}, {other.status}: {first[0][:120]!r}, {first[1][:120]!r}"
