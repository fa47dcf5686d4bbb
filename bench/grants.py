"""Runs of grants computed from nothing, of the scheme's real size and of everybody's five years, beside SQL."""

import os
from collections.abc import Iterable
from typing import Any

from bench.country import against
from bench.scratch import ROOT, database_server, markdown, measured, note, spaced
from fotfeste.platform.postgres.lease import OWNER_VARIABLE

# People, months, how; limits of seconds and MB.
SIZES = ((6_663, 24, "at_once", 1, None), (75_000, 60, "streamed", 30, 1_024))
HEADER = (
    "people",
    "months each",
    "how",
    "person-months",
    "seconds",
    "limit, s",
    "peak memory, MB",
    "limit, MB",
    "one SQL statement, s",
    "to SQL",
)

type Found = dict[str, Any]


def computed() -> list[Found]:
    """Each size in processes of its own. What SQL sums must be the same for every municipality."""
    found = []
    for people, months, way, seconds, memory in SIZES:
        note(f"Computing grants for {people} people over {months} months ...")
        size = (str(people), str(months))
        with database_server() as (owner, _):
            environment = os.environ | {
                OWNER_VARIABLE: owner,
                "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
            }
            ours, sql = (measured(environment, "bench.grants_once", each, *size) for each in (way, "sql"))
        assert ours["sums"] == sql["sums"], "the statement beside it sums something else"
        found.append(ours | {"people": people, "each": months, "way": way, "limits": (seconds, memory), "sql": sql})
    return found


def table(found: Iterable[Found]) -> str:
    """The sizes, with limits and SQL beside."""
    return markdown(HEADER, [_row(each) for each in found])


def _row(found: Found) -> list[str]:
    seconds, memory = found["limits"]
    return [
        spaced(found["people"]),
        str(found["each"]),
        found["way"].replace("_", " "),
        spaced(found["months"]),
        against(found["seconds"], seconds, digits=2),
        str(seconds),
        against(found["peak_mb"], memory, digits=0),
        spaced(memory) if memory else "",
        f"{found['sql']['seconds']:.2f}",
        f"{found['seconds'] / found['sql']['seconds']:.1f}",
    ]
