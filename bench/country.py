"""Countries of several sizes: how long each takes to load, and then each page in it beside the one SQL statement."""

from collections.abc import Iterable, Sequence
from typing import Any

from bench.fences import costs
from bench.scratch import markdown, measured, note, scratch_database, spaced

LOAD_LIMITS = {5_000: (15, None), 75_000: (180, 2_048)}  # seconds, MB
PAGE_LIMIT_MS, QUERY_LIMIT, DIFFERENCE_LIMIT_MS, FENCES_LIMIT = 100, 15, 40, 1.20
LOAD_HEADER = (
    "people",
    "households",
    "rows",
    "seconds",
    "limit, s",
    "of it processor, Python",
    "and server",
    "peak memory, MB",
    "limit, MB",
    "database, MB",
)

type Found = dict[str, Any]


def countries(load_sizes: Iterable[int], page_sizes: Iterable[int], requests: int) -> tuple[list[Found], list[Found]]:
    """Load every size into an empty database once, and ask for the pages of those that are asked for."""
    loads: list[Found] = []
    pages: list[Found] = []
    for people in sorted({*load_sizes, *page_sizes}):
        with scratch_database() as environment:
            note(f"Loading a country of {people} people ...")
            loads.append({"people": people} | measured(environment, "bench.load_once", str(people)))
            if people in page_sizes:
                note(f"Asking for the pages, {requests} times each ...")
                found = measured(environment, "bench.pages_once", str(requests))
                pages.extend({"people": people} | page for page in found)
    return loads, pages


def load_table(loads: Iterable[Found]) -> str:
    """Loading, with the limits beside."""
    return markdown(LOAD_HEADER, [_load_row(found) for found in loads])


def _load_row(found: Found) -> list[str]:
    seconds, memory = LOAD_LIMITS.get(found["people"], (None, None))
    return [
        spaced(found["people"]),
        spaced(found["households"]),
        spaced(found["rows"]),
        against(found["seconds"], seconds),
        str(seconds or ""),
        f"{found['cpu_seconds']:.1f}",
        f"{found['server_seconds']:.1f}",
        against(found["peak_mb"], memory, digits=0),
        spaced(memory) if memory else "",
        spaced(round(found["database_mb"])),
    ]


def page_tables(pages: Sequence[Found]) -> str:
    """The pages at every size beside each other, then each beside its SQL statement."""
    sizes = sorted({found["people"] for found in pages})
    by_page: dict[str, dict[int, Found]] = {}
    for found in pages:
        by_page.setdefault(found["page"], {})[found["people"]] = found
    return f"{_flat(by_page, sizes)}\n{_beside_sql(by_page, sizes)}"


def _flat(by_page: dict[str, dict[int, Found]], sizes: Sequence[int]) -> str:
    header = ["page", f"queries (limit {QUERY_LIMIT})"]
    for size in sizes:
        header.append(f"p95 at {spaced(size)}, ms (limit {PAGE_LIMIT_MS})")
    header += [f"processor at {spaced(size)}, ms" for size in sizes]
    if len(sizes) > 1:
        header.append(f"processor at {spaced(sizes[-1])} to {spaced(sizes[0])}")
    header += [f"page at {spaced(size)}, kB" for size in sizes]
    rows = []
    for page, at in by_page.items():
        row = [page, against(max(found["queries"] for found in at.values()), QUERY_LIMIT, digits=0)]
        worked = [at[size]["processor"] + at[size]["server"] for size in sizes]
        row += [against(at[size]["p95"], PAGE_LIMIT_MS) for size in sizes]
        row += [f"{each:.1f}" for each in worked]
        if len(sizes) > 1:
            row.append(f"{worked[-1] / worked[0]:.2f}")
        row += [f"{at[size]['kilobytes']:.0f}" for size in sizes]
        rows.append(row)
    return markdown(header, rows)


def _beside_sql(by_page: dict[str, dict[int, Found]], sizes: Sequence[int]) -> str:
    header = ["page", "people", "p50, ms", "of it processor, Python", "and server", "one SQL statement, p50, ms"]
    header += [f"page minus SQL, ms (limit {DIFFERENCE_LIMIT_MS})", "page to SQL"]
    rows = [
        [
            page,
            spaced(size),
            f"{at[size]['p50']:.1f}",
            f"{at[size]['processor']:.1f}",
            f"{at[size]['server']:.1f}",
            f"{at[size]['sql']:.1f}",
            against(at[size]["p50"] - at[size]["sql"], DIFFERENCE_LIMIT_MS),
            f"{at[size]['p50'] / at[size]['sql']:.1f}",
        ]
        for page, at in by_page.items()
        for size in sizes
    ]
    return markdown(header, rows)


def fence_table(pages: Sequence[Found]) -> str:
    """Each page with the database's fences up and down, at every size."""
    header = ["page", "people", "with fences, p50, ms", "without, ms", f"ratio (limit {FENCES_LIMIT:.2f})"]
    header += ["processor with, ms", "without, ms", f"ratio (limit {FENCES_LIMIT:.2f})", "the same households without"]
    rows = []
    for found in sorted(pages, key=lambda each: each["people"]):
        by_clock, by_work = costs(found)
        rows.append(
            [
                found["page"],
                spaced(found["people"]),
                f"{found['p50']:.1f}",
                f"{found['open_p50']:.1f}",
                against(by_clock, FENCES_LIMIT, digits=2),
                f"{found['processor'] + found['server']:.1f}",
                f"{found['open_processor'] + found['open_server']:.1f}",
                against(by_work, FENCES_LIMIT, digits=2),
                f"**no, {found['differs']} differ**" if found["differs"] else "yes",
            ]
        )
    return markdown(header, rows)


def against(value: float, limit: float | None, digits: int = 1) -> str:
    """A figure; bold where it is over its limit."""
    text = f"{value:.{digits}f}"
    return text if limit is None or value <= limit else f"**{text}**"
