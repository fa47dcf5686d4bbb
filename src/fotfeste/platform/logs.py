"""Logs as JSON, a line an entry, tied together by one request number; identity numbers and secret links are blanked.

Of what the database says of an error, only its own sentence is logged: the rest quotes rows and statements, which hold
names and what was written about people.
"""

import json
import logging
import re
import secrets
import sys
import traceback
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

import psycopg
from django.db import DatabaseError

from fotfeste.platform.secret_links import without_secrets

_request_number: ContextVar[str] = ContextVar("request_number", default="")
# As they are typed, and as they stand in addresses, where a space is %20 or a plus.
_IDENTITY_NUMBER = re.compile(r"(?<![\d-])(?:\d(?:[ \u00a0+-]|%20|%C2%A0)?){10,11}\d(?![\d-])")


def new_request_number() -> str:
    """A number for one request, kept by the jobs and the log lines that come of it."""
    return secrets.token_hex(8)


def current_request_number() -> str:
    """The number of the request under way; empty outside one."""
    return _request_number.get()


def set_request_number(number: str) -> None:
    """Begin or take up a request."""
    _request_number.set(number)


def without_identity_numbers(text: str) -> str:
    """Blank every run of 11 or 12 digits: D-numbers, national identity numbers, DUF numbers."""
    return _IDENTITY_NUMBER.sub("[nummer]", text)


def _blanked(text: str) -> str:
    return without_secrets(without_identity_numbers(text))


class JsonLine(logging.Formatter):
    """One JSON object a line: at, level, logger, message, request, and the exception's type and place."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        entry: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _blanked(record.getMessage()),
            "request": _request_number.get(),
        }
        for name, value in getattr(record, "fields", {}).items():
            entry[name] = _blanked(value) if isinstance(value, str) else value
        if record.exc_info and record.exc_info[1] is not None:
            entry["exception"] = _blanked("\n".join(_story(record.exc_info[1])))
            record.exc_text = entry["exception"]  # other formatters take it from there and tell nothing else
        return json.dumps(entry, ensure_ascii=False, default=str)


def _story(error: BaseException) -> Iterator[str]:
    """An exception with its place and those before it, the first one first, as Python tells it."""
    chain = [error]
    while earlier := chain[-1].__cause__ or (None if chain[-1].__suppress_context__ else chain[-1].__context__):
        if earlier in chain:  # `raise error from error` makes a ring
            break
        chain.append(earlier)
    for each in reversed(chain):
        yield from _told(each)


def _told(error: BaseException) -> Iterator[str]:
    yield "".join(traceback.format_tb(error.__traceback__)).rstrip()
    yield f"{type(error).__module__}.{type(error).__qualname__}: {_said_by(error)}"


def _said_by(error: BaseException) -> str:
    """What an exception says; of the database's only its sentence, not the rows and statements that it quotes."""
    inner = error.__cause__ if isinstance(error, DatabaseError) else error
    if isinstance(inner, psycopg.Error):
        return inner.diag.message_primary or str(inner).partition("\n")[0]
    return str(error)


def configure(_settings: object = None) -> None:
    """Send every log line to standard error as JSON."""
    stream = logging.StreamHandler(sys.stderr)
    stream.setFormatter(JsonLine())
    root = logging.getLogger()
    root.handlers[:] = [stream]
    root.setLevel(logging.INFO)
    for name in ("django.server", "django.request", "procrastinate", "gunicorn.access", "gunicorn.error"):
        logging.getLogger(name).handlers[:] = []
        logging.getLogger(name).propagate = True
    logging.getLogger("procrastinate").setLevel(logging.WARNING)
