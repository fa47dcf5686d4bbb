"""Every page in one country, asked for many times in the process itself, as the app role under row-level security."""

import json
import logging
import sys
import time
from collections.abc import Callable
from random import Random
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from bench.visits import Visit

WARM_UP = 5


def main(requests: int) -> list[dict[str, Any]]:
    """Measure each page."""
    django.setup()
    logging.disable(logging.INFO)  # a line for each request would be measured with it only where it is read
    from bench.visits import visits

    found = []
    for visit in visits(Random(1), requests):
        found.append(measure(visit, requests))
        print(f"  {visit.page} ...", file=sys.stderr, flush=True)
    return found


def measure(visit: "Visit", requests: int) -> dict[str, Any]:
    """The page's times, size and most queries; the one query's times under the same scope."""
    from django.db import connection
    from django.test import Client

    from bench.load_once import server_seconds
    from fotfeste.access.public import viewer_for
    from fotfeste.directory.public import User
    from fotfeste.platform.clock import today
    from fotfeste.platform.scope import scope

    user = User.objects.get(username=visit.username)
    client = Client()
    client.force_login(user)
    queries = Counted()

    sizes: list[int] = []

    def ask(number: int) -> None:
        response = client.get(visit.addresses[number % len(visit.addresses)])
        sizes.append(len(response.content))
        if response.status_code not in (200, 302):  # a search that finds one person goes straight to them
            message = f"{visit.page}: {response.status_code} from {response.request['PATH_INFO']}"
            raise RuntimeError(message)

    def ask_sql(number: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute(visit.query, visit.values[number % len(visit.values)])
            cursor.fetchall()

    with connection.execute_wrapper(queries):
        for number in range(WARM_UP):
            queries.count = 0
            ask(number)
            queries.most = max(queries.most, queries.count)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [backend] = cursor.fetchone()
    began = server_seconds(backend)
    times, processor = timed(ask, requests)
    server = (server_seconds(backend) - began) * 1000 / requests
    with scope(viewer_for(user, today()), today()):
        for number in range(WARM_UP):
            ask_sql(number)
        sql, _ = timed(ask_sql, requests)
    return {
        "page": visit.page,
        "queries": queries.most,
        "kilobytes": median(sizes) / 1000,
        "p50": median(times),
        "p95": quantiles(times, n=20)[-1],
        "processor": median(processor),
        "server": server,
        "sql": median(sql),
    }


class Counted:
    """Counts the queries of a connection."""

    def __init__(self) -> None:
        self.count = self.most = 0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        """One more."""
        self.count += 1
        return execute(sql, params, many, context)


def timed(ask: Callable[[int], None], times: int) -> tuple[list[float], list[float]]:
    """Milliseconds of each call, by the clock and of this process's processor time."""
    passed, worked = [], []
    for number in range(times):
        began, working = time.perf_counter(), time.process_time()
        ask(number)
        passed.append((time.perf_counter() - began) * 1000)
        worked.append((time.process_time() - working) * 1000)
    return passed, worked


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
