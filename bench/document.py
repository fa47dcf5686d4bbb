"""The whole of docs/benchmarks.md, or a part of it, as text."""

import argparse

from bench import country, scratch, start

LOAD_SIZES, PAGE_SIZES = (5000, 75000), (7500, 75000)
INTRODUCTION = """# Benchmarks

Written by `./fotfeste bench > docs/benchmarks.md`; measured, never asserted. A figure in bold is over its limit.
"""
LOADING = """## Loading the synthetic country

Into an empty database, every constraint kept. Memory is that of the Python process.
"""
PAGES = """## Pages

Asked for {requests} times each in one process, as the app role under row-level security, everything included that a
request passes. The busiest of each kind: a centre with many residents, IMDi with the whole queue, UDI that knows of
everyone. A country that is ten times as large should not make a page slower: processor time of Python and the server at
both sizes, which tells more than the clock where the machine has other work to do. What a page shows may grow: the same
centre has more residents in a larger country, a municipality more households; so its size stands last.
"""
FENCES = """## Fences

The same pages in the same process, each asked for by turns as the app role under row-level security and as a role that
it does not bind; everything else is the same, the log of looks too. What the fences cost is the ratio. Where the last
column says yes, every page that was compared led to the same households, in the same order and number, without the
database's fences: the queries themselves ask for nobody else, and the fence of the database is the second one.
"""
BESIDE = """## Starting

In clones of their own, with empty caches and an empty state, until the page for logging in is answered.
"""


def run(arguments: argparse.Namespace) -> int:
    """Measure and print."""
    parts = ("load", "pages", "start") if arguments.what == "all" else (arguments.what,)
    sizes = tuple(arguments.people) if arguments.people else None
    load_sizes = (sizes or LOAD_SIZES) if "load" in parts else ()
    page_sizes = (sizes or PAGE_SIZES) if "pages" in parts else ()
    before = scratch.load_average()
    loads, pages = country.countries(load_sizes, page_sizes, arguments.requests)
    starts = start.start_tables() if "start" in parts and start.is_possible() else ""
    print(f"{INTRODUCTION}\n{scratch.circumstances(before)}")
    if loads:
        print(f"{LOADING}\n{country.load_table(loads)}")
    if pages:
        print(f"{PAGES.format(requests=arguments.requests)}\n{country.page_tables(pages)}")
        print(f"{FENCES}\n{country.fence_table(pages)}")
    if starts:
        print(f"{BESIDE}\n{starts}", end="")
    return 0
