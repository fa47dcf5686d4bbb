"""Time pages in one process as the app role: p50 and p95, queries, and the one SQL statement with the same facts."""

import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import django

django.setup()

from django.db import connection, connections  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402

from bench import limits  # noqa: E402
from fotfeste.directory.public import User  # noqa: E402
from fotfeste.platform.clock import today  # noqa: E402

SEED = 7


@dataclass(frozen=True)
class Measured:
    """Milliseconds of one page."""

    name: str
    p50: float
    p95: float
    queries: int
    limit_p50: float

    def row(self) -> str:
        """A row of the table."""
        beyond = self.p50 - self.limit_p50
        ratio = self.p50 / self.limit_p50 if self.limit_p50 else 0
        return (
            f"| {self.name} | {self.p50:.1f} | {self.p95:.1f} | {self.queries} | {self.limit_p50:.1f} "
            f"| {beyond:.1f} | {ratio:.1f} |"
        )


def main(requests: int) -> None:
    """Measure every page and print the table."""
    choose = random.Random(SEED)
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM registry_person")
        (people,) = cursor.fetchone()
        groups = _column(cursor, limits.GROUPS_OF_IMDI)
        centre = _column(cursor, limits.CENTRE_OF_DEMO)[0]
        families = _column(cursor, limits.FAMILY_NAMES)
        numbers = _column(cursor, limits.NUMBERS)
    imdi, voss = _client("demo-imdi"), _client("demo-voss")
    print(f"{people} people, {requests} requests a page, milliseconds in the server\n")
    print("| page | p50 | p95 | queries | one SQL, p50 | page minus SQL | ratio |\n|---|---|---|---|---|---|---|")
    pick: Callable[[Sequence[str]], str] = choose.choice
    search = reverse("search")
    pages: list[tuple[str, Client, str, Callable[[], tuple[str, str | None]], str]] = [
        ("household", imdi, "demo-imdi", lambda: _with_reference("household", pick(groups)), limits.HOUSEHOLD),
        ("worklist", imdi, "demo-imdi", lambda: (reverse("worklist"), None), limits.WORKLIST),
        ("queue", imdi, "demo-imdi", lambda: (reverse("queue"), None), limits.QUEUE),
        ("centre", voss, "demo-voss", lambda: (reverse("centre", args=[centre]), centre), limits.CENTRE),
        ("search by name", imdi, "demo-imdi", lambda: _search(search, pick(families)), limits.SEARCH),
        ("search by number", imdi, "demo-imdi", lambda: _search(search, pick(numbers)), limits.SEARCH),
    ]
    for name, client, username, address, limit in pages:
        print(_measured(name, client, username, address, limit, requests).row(), flush=True)
    print()


def _column(cursor: object, statement: str) -> list[str]:
    cursor.execute(statement)  # type: ignore[attr-defined]
    return [row[0] for row in cursor.fetchall()]  # type: ignore[attr-defined]


def _client(username: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


def _with_reference(name: str, reference: str) -> tuple[str, str | None]:
    return reverse(name, args=[reference]), reference


def _search(address: str, text: str) -> tuple[str, str | None]:
    return f"{address}?q={text}", text.lower()


def _measured(
    name: str, client: Client, username: str, address: Callable[[], tuple[str, str | None]], limit: str, requests: int
) -> Measured:
    url, _ = address()
    client.get(url, follow=False)
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    queries = len(captured)
    spent, spent_by_limit = [], []
    for _ in range(requests):
        url, parameter = address()
        started = time.perf_counter()
        answer = client.get(url)
        spent.append((time.perf_counter() - started) * 1000)
        assert answer.status_code in (200, 302), (url, answer.status_code)
        spent_by_limit.append(_limit(username, limit, parameter))
    cuts = statistics.quantiles(spent, n=20)
    return Measured(name, statistics.median(spent), cuts[18], queries, statistics.median(spent_by_limit))


def _limit(username: str, statement: str, parameter: str | None) -> float:
    user = User.objects.get(username=username)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('fotfeste.organisation', %s, false), set_config('fotfeste.day', %s, false)",
            [str(user.organisation_id), today().isoformat()],
        )
        started = time.perf_counter()
        cursor.execute(statement, {"it": parameter, "organisation": user.organisation_id, "day": today()})
        cursor.fetchall()
        spent = (time.perf_counter() - started) * 1000
        cursor.execute("SELECT set_config('fotfeste.organisation', '', false), set_config('fotfeste.day', '', false)")
    return spent


if __name__ == "__main__":
    main(int(sys.argv[1]))
