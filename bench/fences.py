"""The same pages with the fences of the database up, and down: two connections of one process, used in turns.

Down they are for a role that row-level security does not bind. That is the owner's, so that no other role has to be
made, and only in the scratch database of a measurement; the program itself never connects so.
"""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from bench.load_once import server_seconds

# What is another each time a page is made, whoever asks.
_PASSING = re.compile(
    rb"name=\"csrfmiddlewaretoken\" value=\"\w+\"|X-CSRFToken\": ?\"\w+\"|X-CSRFToken&quot;: ?&quot;\w+&quot;"
)
_HOUSEHOLD = re.compile(rb'href="/husstand/([0-9a-z]+)/"')
_HOW_MANY = re.compile(rb'role="status">([^<]*\d[^<]*)<')


@dataclass
class Fences:
    """A connection with the fences up or down, and how long what was asked through it took, in milliseconds."""

    connection: BaseDatabaseWrapper
    backend: int
    passed: list[float] = field(default_factory=list)
    worked: list[float] = field(default_factory=list)
    server: float = 0.0

    @contextmanager
    def standing(self) -> Iterator[None]:
        """Everything that is asked in the block goes through this connection."""
        usual = connections[DEFAULT_DB_ALIAS]
        connections[DEFAULT_DB_ALIAS] = self.connection
        try:
            yield
        finally:
            connections[DEFAULT_DB_ALIAS] = usual

    def time(self, ask: Callable[[int], object], number: int) -> None:
        """Ask once: by the clock, by this process's processor time, and by the server's process for the connection."""
        before, began, working = server_seconds(self.backend), time.perf_counter(), time.process_time()
        ask(number)
        self.passed.append((time.perf_counter() - began) * 1000)
        self.worked.append((time.process_time() - working) * 1000)
        self.server += (server_seconds(self.backend) - before) * 1000

    @property
    def server_milliseconds(self) -> float:
        """The server's processor time for one of them."""
        return self.server / max(len(self.passed), 1)

    def close(self) -> None:
        """End the connection."""
        self.connection.close()


def fences(*, up: bool) -> Fences:
    """The program's own connection, or one like it in everything but the role."""
    usual = connections[DEFAULT_DB_ALIAS]
    if not up:
        owner = connections["owner"].settings_dict
        usual = usual.copy()
        usual.settings_dict |= {name: owner[name] for name in ("USER", "PASSWORD", "HOST", "PORT")}
    with usual.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid(), rolbypassrls FROM pg_roles WHERE rolname = current_user")
        backend, is_unbound = cursor.fetchone()
    if is_unbound == up:
        message = "the roles of the measurement are not what they are taken for"
        raise RuntimeError(message)
    return Fences(usual, backend)


def by_turns(ask: Callable[[int], bytes], *, to_compare: int, to_time: int) -> tuple[Fences, Fences, int]:
    """Ask so many times with the fences up and down; the times of both, and how many of those compared differed."""
    on, off = (fences(up=up) for up in (True, False))
    differs = 0
    for number in range(to_compare):
        with on.standing():
            fenced = ask(number)
        with off.standing():
            differs += households_on(ask(number)) != households_on(fenced)
    for number in range(to_time):
        for each in (on, off) if number % 2 else (off, on):  # neither always finds the server's caches filled
            with each.standing():
                each.time(ask, number)
    off.close()
    return on, off, differs


def readable(page: bytes) -> bytes:
    """A page without what is another each time."""
    return _PASSING.sub(b"", page)


def households_on(page: bytes) -> list[bytes]:
    """The households that a page leads to, in its order, and how many it says there are."""
    return _HOUSEHOLD.findall(page) + _HOW_MANY.findall(page)


def costs(found: dict[str, Any]) -> tuple[float, float]:
    """How many times as dear a page is with fences: by the clock, and by processor time of Python and the server."""
    worked = found["processor"] + found["server"]
    return found["p50"] / found["open_p50"], worked / (found["open_processor"] + found["open_server"])
