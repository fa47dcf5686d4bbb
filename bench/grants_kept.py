"""A run of grants of the scheme's real size through the database, and one late fact, beside SQL on the same tables."""

from typing import Any

from bench.country import against
from bench.scratch import markdown, measured, note, scratch_database, spaced

PEOPLE = 6_663  # on MAMOT in two years (MAMOT evaluation, table 3.1)
RUN_LIMIT, LATE_FACT_LIMIT_MS = 10, 100
HEADER = (
    "what",
    "lines",
    "seconds",
    "limit, s",
    "one SQL statement, s",
    "to SQL",
)

type Found = dict[str, Any]


def kept() -> Found:
    """Runs in a database of their own. What SQL sums must be what the run comes to."""
    note(f"Running grants for {PEOPLE} people through the database ...")
    with scratch_database() as environment:
        found: Found = measured(environment, "bench.grants_kept_once", str(PEOPLE))
    return found


def table(found: Found) -> str:
    """The run from nothing, what the page shows before it, one household's what-if, and the next run."""
    sql = found["sql_seconds"]
    rows = [
        _row(f"{spaced(found['people'])} people from nothing, kept", found["lines"], found["seconds"], RUN_LIMIT, sql),
        _row("the same, only shown", found["lines"], found["preview_seconds"], None, sql),
        _row("one late fact of one person, shown", None, found["late_fact_seconds"], LATE_FACT_LIMIT_MS / 1_000, None),
        _row("the next run, with it", found["next_run_lines"], found["next_run_seconds"], RUN_LIMIT, None),
    ]
    return markdown(HEADER, rows)


def _row(what: str, lines: int | None, seconds: float, limit: float | None, sql: float | None) -> list[str]:
    return [
        what,
        "" if lines is None else spaced(lines),
        f"{seconds:.3f}" if limit is None else against(seconds, limit, digits=3),
        "" if limit is None else f"{limit:g}",
        "" if sql is None else f"{sql:.2f}",
        "" if sql is None else f"{seconds / sql:.0f}",
    ]
