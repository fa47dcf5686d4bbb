"""How long pages take in the server, how many queries they make, and what one query for the same facts takes."""

from collections.abc import Iterable

from bench.scratch import markdown, measured, scratch_database

HEADER = [
    "page",
    "people",
    "queries",
    "p50, ms",
    "p95, ms",
    "of p50 Python's processor, ms",
    "one SQL query, p50, ms",
    "difference, ms",
    "ratio",
]


def table(sizes: Iterable[int], requests: int) -> str:
    """Ask for every page in countries of each size; limits: p95 100 ms, 15 queries, difference 40 ms."""
    rows: list[tuple[str, int, list[str]]] = []
    for people in sizes:
        with scratch_database() as environment:
            measured(environment, "bench.load_once", str(people))
            for place, found in enumerate(measured(environment, "bench.pages_once", str(requests))):
                line = [
                    found["page"],
                    f"{people:_}".replace("_", " "),
                    str(found["queries"]),
                    f"{found['p50']:.1f}",
                    f"{found['p95']:.1f}",
                    f"{found['processor']:.1f}",
                    f"{found['sql']:.1f}",
                    f"{found['p50'] - found['sql']:.1f}",
                    f"{found['p50'] / found['sql']:.1f}",
                ]
                rows.append((f"{place:02}", people, line))
    limits = "Limits: p95 under 100 ms, at most 15 queries, page minus SQL under 40 ms.\n\n"
    return limits + markdown(HEADER, [line for _, _, line in sorted(rows)])
