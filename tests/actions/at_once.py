"""Acts at once: each in a thread and on a connection of its own, held at a lock, then let go in turn."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from django.db import connection, connections, transaction

from fotfeste.kernel.errors import Refused
from fotfeste.platform.sentences import sentence_for
from tests.conftest import Cast
from tests.properties.broken import broken
from tests.properties.expected import Offices
from tests.properties.seen import see

HOUSEHOLD = "SELECT 1 FROM registry_placementgroup WHERE subject_id = %s FOR UPDATE"
DONE = ""


@pytest.fixture(autouse=True)
def committed(transactional_db: None) -> Iterator[None]:
    """What the tests do is committed, the cast too, for every connection to see."""
    yield
    connection.close()


@dataclass(frozen=True)
class Actor:
    """An act in a thread and on a connection of its own; how it ended."""

    thread: threading.Thread
    session: list[int]
    outcome: list[str]


def begin(act: Callable[[], object]) -> Actor:
    """Start the act; a refusal that has no sentence for its user counts as an error of the program."""
    session, outcome = list[int](), list[str]()

    def run() -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                session.append(cursor.fetchone()[0])
            act()
            outcome.append(DONE)
        except Refused as refused:
            outcome.append(refused.code if refused.code not in sentence_for(refused) else f"{refused.code}: mute")
        except Exception as error:  # whatever else it is, it is told as what it is
            outcome.append(repr(error))
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return Actor(thread, session, outcome)


@contextmanager
def held(lock: str, group: int) -> Iterator[None]:
    """Nobody comes past here meanwhile."""
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(lock, [group] if "%s" in lock else None)
        yield


def wait_until_waiting(actor: Actor) -> None:
    """Wait until the actor's session waits for a lock."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with connections["owner"].cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_locks WHERE NOT granted AND pid = ANY(%s)", [actor.session])
            if cursor.fetchone():
                return
        assert actor.thread.is_alive(), f"it did not wait: {actor.outcome}"
        time.sleep(0.005)  # another session is waited for
    raise AssertionError("it came to no lock")


def one_after_the_other(lock: str, group: int, acts: Sequence[Callable[[], object]]) -> list[str]:
    """Let the acts come to the lock in this order, then let them go; how each ended."""
    with held(lock, group):
        actors = []
        for act in acts:
            actors.append(begin(act))
            wait_until_waiting(actors[-1])
    for actor in actors:
        actor.thread.join(timeout=60)
    return [outcome for actor in actors for outcome in actor.outcome]


def is_whole(cast: Cast) -> None:
    """Every invariant holds, as in the test of any sequence of acts."""
    offices = Offices(cast.udi.organisation_id, cast.imdi.organisation_id)
    found = broken(see(cast.day), cast.day, offices)
    assert not found, "\n".join(found)
