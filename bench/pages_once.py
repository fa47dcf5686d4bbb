"""Every page in one country, asked for many times in the process itself: as the app role under row-level security, and
in between as one that row-level security does not bind, so that whatever else the machine does meets both alike.
"""

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
    from bench.visits_ways_out import ways_out

    found = []
    for visit in [*visits(Random(1), requests), *ways_out(Random(1), requests)]:
        found.append(measure(visit, requests))
        print(f"  {visit.page} ...", file=sys.stderr, flush=True)
    return found


def measure(visit: "Visit", requests: int) -> dict[str, Any]:
    """The page's times with fences and without, its size and most queries; the one query's times under the same scope.

    Both ways everything else is the same: the sessions, the scope, and the log of looks.
    """
    from django.db import connection
    from django.test import Client

    from bench.fences import by_turns
    from fotfeste.access.public import viewer_for
    from fotfeste.directory.public import User
    from fotfeste.platform.clock import today
    from fotfeste.platform.scope import scope

    user = User.objects.get(username=visit.username)
    client = Client()
    client.force_login(user)
    queries, sizes = Counted(), []

    def ask(number: int) -> bytes:
        response = client.get(visit.addresses[number % len(visit.addresses)])
        sizes.append(len(response.content))
        if response.status_code not in (200, 302):  # a search that finds one person goes straight to them
            message = f"{visit.page}: {response.status_code} from {response.request['PATH_INFO']}"
            raise RuntimeError(message)
        return bytes(response.content)

    def ask_sql(number: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute(visit.query, visit.values[number % len(visit.values)])
            cursor.fetchall()

    with connection.execute_wrapper(queries):
        for number in range(WARM_UP):
            queries.count = 0
            ask(number)
            queries.most = max(queries.most, queries.count)
    on, off, differs = by_turns(ask, to_compare=max(WARM_UP, len(visit.addresses)), to_time=requests)
    with scope(viewer_for(user, today()), today()):
        for number in range(WARM_UP):
            ask_sql(number)
        sql = timed(ask_sql, requests)
    return {
        "page": visit.page,
        "queries": queries.most,
        "kilobytes": median(sizes) / 1000,
        "sql": median(sql),
        "differs": differs,
        "open_p50": median(off.passed),
        "open_processor": median(off.worked),
        "open_server": off.server_milliseconds,
        "p50": median(on.passed),
        "p95": quantiles(on.passed, n=20)[-1],
        "processor": median(on.worked),
        "server": on.server_milliseconds,
    }


class Counted:
    """Counts the queries of a connection."""

    def __init__(self) -> None:
        self.count = self.most = 0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        """One more."""
        self.count += 1
        return execute(sql, params, many, context)


def timed(ask: Callable[[int], None], times: int) -> list[float]:
    """Milliseconds of each call."""
    passed = []
    for number in range(times):
        began = time.perf_counter()
        ask(number)
        passed.append((time.perf_counter() - began) * 1000)
    return passed


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
