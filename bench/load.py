"""How long the synthetic country takes to load, and how much memory."""

from collections.abc import Iterable

from bench.scratch import markdown, measured, scratch_database

LIMITS = {5000: "15 s", 75000: "180 s, 2 048 MB"}
HEADER = [
    "people",
    "households",
    "rows",
    "seconds",
    "processor seconds, Python",
    "server",
    "peak memory, MB",
    "database, MB",
    "limit",
]


def table(sizes: Iterable[int]) -> str:
    """Load each size into an empty database."""
    rows = []
    for people in sizes:
        with scratch_database() as environment:
            found = measured(environment, "bench.load_once", str(people))
        rows.append(
            [
                f"{people:_}".replace("_", " "),
                str(found["households"]),
                str(found["rows"]),
                f"{found['seconds']:.1f}",
                f"{found['cpu_seconds']:.1f}",
                f"{found['server_seconds']:.1f}",
                f"{found['peak_mb']:.0f}",
                f"{found['database_mb']:.0f}",
                LIMITS.get(people, ""),
            ]
        )
    return markdown(HEADER, rows)
