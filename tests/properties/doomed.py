"""A process that runs acts and is killed in the middle of them. Run as a program: `python -m tests.properties.doomed`.

Each line of input is an order: which act, by whom, when to die. The process forks for each, so that what dies has a
database session of its own and Django is set up once. Each line of output tells how the child ended.
"""

import json
import os
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

import django

# The dead child's session holds this lock until the server has undone what it did.
LAST_BREATH = 70_004

type Ending = Literal["killed", "done", "failed"]


@dataclass(frozen=True, slots=True)
class Order:
    """One act, and when its process dies: before its n-th step (each statement that may write, the commit, what is
    after it), or after some seconds; never where neither is given."""

    act: str
    arguments: tuple[int | str, ...]
    viewer: Mapping[str, Any]
    at: str
    before_step: int | None = None
    after_seconds: float | None = None

    def line(self) -> str:
        """The order as a line of input."""
        return json.dumps(asdict(self))


def acts() -> dict[str, Callable[..., object]]:
    """The acts that can be ordered. They take keys of rows, who, and when."""
    from fotfeste.access.public import SubjectKind, create_subject
    from fotfeste.platform.viewer import Viewer
    from tests.properties.killed.scenes import SCENES

    def do_half(*, by: Viewer, at: datetime) -> object:
        return [create_subject(SubjectKind.GROUP) for _ in range(3)]  # each in a transaction of its own

    return {name: scene.act for name, scene in SCENES.items()} | {"careless": do_half}


def warm() -> None:
    """Have read, before the forks, what every act reads once."""
    from fotfeste.accommodation.domain.book import book as of_stays
    from fotfeste.config import subscriptions
    from fotfeste.settlement.domain.parameters import book as of_settlement

    assert subscriptions.LISTENERS
    for book in (of_stays, of_settlement):
        book()


def is_reading(sql: str) -> bool:
    """Whether it is a query of Django's own, which writes nothing: a death before it is one before the next step."""
    return str(sql).startswith(('SELECT "', "SELECT 1 AS", "SELECT COUNT(", "SELECT EXISTS("))


def act_and_die(order: Order, act: Callable[..., object]) -> int:
    """Run the act in this process, and kill it when the order says so. Gives the number of steps."""
    from django.db import connection

    from fotfeste.kernel.calendar import legal_day
    from fotfeste.platform.scope import scope
    from fotfeste.platform.viewer import Viewer

    named: dict[str, Any] = {**order.viewer}
    named |= {name: frozenset(named[name]) for name in ("roles", "permissions")}
    named["opens"] = {name: frozenset(reasons) for name, reasons in named["opens"].items()}
    by, at = Viewer(**named), datetime.fromisoformat(order.at)
    steps = 0

    def step() -> None:
        nonlocal steps
        steps += 1
        if steps == order.before_step:
            os.kill(os.getpid(), signal.SIGKILL)

    def count(execute: Callable[..., object], sql: str, *arguments: object) -> object:
        if not is_reading(sql):
            step()
        return execute(sql, *arguments)

    def counted_commit() -> None:
        step()
        commit()
        step()

    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LAST_BREATH])
    with scope(by, legal_day(at)), connection.execute_wrapper(count):
        commit, connection.commit = connection.commit, counted_commit  # type: ignore[method-assign]
        act(*order.arguments, by=by, at=at)
    connection.close()
    return steps


def run(order: Order, act: Callable[..., object]) -> tuple[Ending, int, float]:
    """Fork, let the child act, kill it from outside where the order says after how long."""
    alive, held = os.pipe()
    started = time.perf_counter()
    child = os.fork()
    if child == 0:
        os.close(alive)
        try:
            os.write(held, str(act_and_die(order, act)).encode())
            os._exit(0)
        finally:
            traceback.print_exc()
            os._exit(1)
    os.close(held)
    if order.after_seconds is not None and not select.select([alive], [], [], order.after_seconds)[0]:
        os.kill(child, signal.SIGKILL)
    told = os.read(alive, 20)
    seconds = time.perf_counter() - started
    os.close(alive)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        return "killed", 0, 0.0
    if status:
        return "failed", 0, 0.0  # the child has told why
    return "done", int(told), seconds


def main() -> None:
    """Take orders until there are no more."""
    django.setup()
    known = acts()
    warm()
    for line in sys.stdin:
        order = Order(**json.loads(line))
        sys.stdout.write(json.dumps(run(order, known[order.act])) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
