"""Logs as JSON, a line an entry, tied together by one request number; identity numbers are blanked."""

import json
import logging
import re
import secrets
import sys
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

_request_number: ContextVar[str] = ContextVar("request_number", default="")
_IDENTITY_NUMBER = re.compile(r"(?<![\d-])(?:\d[ \u00a0-]?){10,11}\d(?![\d-])")


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


class JsonLine(logging.Formatter):
    """One JSON object a line: at, level, logger, message, request, and the exception's type and place."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        entry: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": without_identity_numbers(record.getMessage()),
            "request": _request_number.get(),
        }
        for name, value in getattr(record, "fields", {}).items():
            entry[name] = without_identity_numbers(value) if isinstance(value, str) else value
        if record.exc_info and record.exc_info[1] is not None:
            entry["exception"] = without_identity_numbers(self.formatException(record.exc_info))
        return json.dumps(entry, ensure_ascii=False, default=str)


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
