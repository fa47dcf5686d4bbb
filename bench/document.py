"""The whole of docs/benchmarks.md, or a part of it, as text."""

import argparse

from bench import country, grants, grants_kept, scratch, settlement, settlement_coming, settlement_curve, start

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
GRANTS = """## Grants, computed from the facts

From nothing: no earlier lines, everybody on the scheme for all the months, one in ten with a move in the middle of one.
All at once is a run as it is printed, in its order; streamed holds one person at a time, and its time includes making
the rows. Beside it the same sums as one SQL statement on plain tables, without keys or fences: what the rule itself
costs, with none of the lines that explain it. Memory is that of the Python process.
"""
KEPT = """## Grants, through the database

As UDI's case worker, as the app role: the stays of the whole scheme with both clocks, computed, hashed as the document
that `./fotfeste grants replay` reads, every line kept with what it rests on. Shown is what the page tells before a run
is started; the late fact is what a form tells before a date is saved, and reads one household. Beside it the sum of
what is due as one SQL statement on the same tables, as their owner, which keeps nothing and explains nothing.
"""
ALLOCATION = """## Allocation

Instances from a file, reading included; the week is solved a second time in its process, nothing read. The bound is the
one that the plan carries, so the gap is at most how far it is from the best. Programs are loaded before the clock
begins (half a second for numba). Of 2024 the figures are IMDi's by municipality, places decided and people settled; who
they are and how well they fit is drawn. Ten times the country computes its scores, block by block, whenever they are
asked for; reading them once is making them once.
"""
OTHER_WAYS = """Beside it, what others reach on the same instances, as what they miss of our bound. General solvers are
given the ten best columns of each group at our prices, which is more than they would find by themselves. CP-SAT is
measured where OR-Tools is installed.
"""
YEAR_OF_WEEKS = """A year of 48 weekly plans of 250 groups into what is left of the year's places (357 municipalities,
105 %), as what they come to of the best plan that knew the whole year: of its bound, counted from where everybody
waits. The percentages hang on how far waiting is from a place; points per person do not. The groups of the last 24
weeks, some of them from before the year, stand for those to come. Seconds are of prices and plan together, in a week in
the middle and in the slowest. No week is searched for the proven best: that is measured above, by itself.
"""
CURVE = """What spreading costs: 250 groups into what was left of 2024's places in the copy of November, at each
weight of the policy's curve. Requests, decisions and settled are IMDi's; who the groups are and what municipalities
have of work is drawn. Counted before the plan, as it was once, the next person in a municipality is worth as much as
the first (ADR 0039). The distance from the even share is how far municipalities are from the country's share of its
requests after the plan, weighted by requests.
"""
BESIDE = """## Starting

In clones of their own, with empty caches and an empty state, until the page for logging in is answered.
"""


def run(arguments: argparse.Namespace) -> int:
    """Measure and print."""
    parts = ("load", "pages", "grants", "settlement", "start") if arguments.what == "all" else (arguments.what,)
    sizes = tuple(arguments.people) if arguments.people else None
    load_sizes = (sizes or LOAD_SIZES) if "load" in parts else ()
    page_sizes = (sizes or PAGE_SIZES) if "pages" in parts else ()
    before = scratch.load_average()
    loads, pages = country.countries(load_sizes, page_sizes, arguments.requests)
    computed = grants.computed() if "grants" in parts else []
    kept = grants_kept.kept() if "grants" in parts else None
    allocated = settlement.compared() if "settlement" in parts else []
    years = settlement_coming.compared() if "settlement" in parts else {}
    along = settlement_curve.compared() if "settlement" in parts else []
    starts = start.start_tables() if "start" in parts and start.is_possible() else ""
    print(f"{INTRODUCTION}\n{scratch.circumstances(before)}")
    if loads:
        print(f"{LOADING}\n{country.load_table(loads)}")
    if pages:
        print(f"{PAGES.format(requests=arguments.requests)}\n{country.page_tables(pages)}")
        print(f"{FENCES}\n{country.fence_table(pages)}")
    if computed:
        print(f"{GRANTS}\n{grants.table(computed)}")
    if kept:
        print(f"{KEPT}\n{grants_kept.table(kept)}")
    if allocated:
        print(f"{ALLOCATION}\n{settlement.own_table(allocated)}")
        print(f"{OTHER_WAYS}\n{settlement.beside_table(allocated)}")
        print(f"{YEAR_OF_WEEKS}\n{settlement_coming.table(years)}")
        print(f"{CURVE}\n{settlement_curve.table(along)}")
    if starts:
        print(f"{BESIDE}\n{starts}", end="")
    return 0
