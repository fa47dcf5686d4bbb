"""One run of grants computed from nothing, in a process of its own; and the same sums as one SQL statement."""

import json
import os
import resource
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import islice
from random import Random

import psycopg

from fotfeste.directory.reference import municipalities
from fotfeste.grants.domain.computing import compute, compute_in_order, people_in_order
from fotfeste.grants.domain.terms import Terms, first_day, month_number, terms_of
from fotfeste.grants.domain.types import Facts, Scheme, StayFact
from fotfeste.kernel.parameters import ParameterBook
from fotfeste.platform.postgres.lease import OWNER_VARIABLE

THROUGH = date(2025, 1, 1)
KNOWN = datetime(2022, 1, 1, tzinfo=UTC)
NOW = datetime(2025, 1, 5, tzinfo=UTC)
MOVES = 0.1
# Five years need rates of two that have none: these are of the bench alone.
EARLIER_RATE = """
[[value]]
code = "grants.MAMOT.monthly_rate"
value = 1500000
unit = "øre a person and month"
effective_from = 2000-01-01
effective_to = 2022-01-01
known_from = 2000-01-01
source = "of this measurement"
status = "demo"
"""
TABLES = """
CREATE TEMP TABLE stay (person text, municipality text, start_on date, end_on date);
CREATE TEMP TABLE rate (year int PRIMARY KEY, amount_ore bigint);
"""
# What is due, by the same rule: the municipality of the first day in the month has it.
SUMS = """
WITH due AS (
    SELECT DISTINCT ON (s.person, m.month) s.municipality, r.amount_ore
    FROM stay s
    CROSS JOIN LATERAL generate_series(
        date_trunc('month', s.start_on::timestamp),
        coalesce(s.end_on, %(through)s::date)::timestamp - '1 day'::interval,
        '1 month'
    ) AS m (month)
    JOIN rate r ON r.year = extract(year FROM m.month)
    ORDER BY s.person, m.month, s.start_on
)
SELECT municipality, count(*), sum(amount_ore) FROM due GROUP BY municipality ORDER BY municipality
"""

type Sums = dict[str, tuple[int, int]]


def stays(people: int, months: int) -> Iterator[StayFact]:
    """Rows by person: everybody there for all the months, one in ten moves once, in the middle of a month."""
    draw = Random(people)
    numbers = [each.number for each in municipalities()]
    begin = first_day(month_number(THROUGH) - months)
    for number in range(people):
        person = f"{number:012}"
        here = draw.choice(numbers)
        start = begin.replace(day=draw.randint(1, 28))
        moved = first_day(month_number(begin) + draw.randrange(1, months)).replace(day=draw.randint(2, 28))
        end = moved if draw.random() < MOVES else None
        yield StayFact(2 * number, f"{person}a", person, here, start, end, None, KNOWN, None, here)
        if end is not None:
            there = draw.choice(numbers)
            yield StayFact(2 * number + 1, f"{person}b", person, there, end, None, None, KNOWN, None, there)


def terms() -> Terms:
    """MAMOT's, with a rate before its first year."""
    ours = terms_of(Scheme.MAMOT)
    return Terms(ours.scheme, ours.parameters.with_versions(ParameterBook.load(EARLIER_RATE).versions))


def at_once(people: int, months: int) -> tuple[float, Sums]:
    """Facts in memory, the whole run with its order and its sums."""
    facts = Facts(Scheme.MAMOT, NOW, THROUGH, tuple(stays(people, months)))
    using = terms()
    began = time.perf_counter()
    run = compute(facts, using)
    seconds = time.perf_counter() - began
    sums: Sums = {}
    for line in run.lines:
        count, amount = sums.get(line.municipality, (0, 0))
        sums[line.municipality] = count + 1, amount + line.amount_ore
    assert {each.municipality: each.net_ore for each in run.municipalities} == {each: sums[each][1] for each in sums}
    return seconds, sums


def streamed(people: int, months: int) -> tuple[float, Sums]:
    """One person held at a time, from rows that are made on the way; the sums are part of it."""
    using = terms()
    began = time.perf_counter()
    sums: Sums = {}
    in_order = people_in_order(stays(people, months))
    for lines, _ in compute_in_order(in_order, using, as_known_at=NOW, through=THROUGH):
        for line in lines:
            count, amount = sums.get(line.municipality, (0, 0))
            sums[line.municipality] = count + 1, amount + line.amount_ore
    return time.perf_counter() - began, sums


def by_sql(people: int, months: int) -> tuple[float, Sums]:
    """The limit: plain tables without a key or a fence, one statement, the better of two."""
    rates = {year: rate for year in range(1990, 2025) if (rate := terms().rate(date(year, 1, 1)))}
    with psycopg.connect(os.environ[OWNER_VARIABLE]) as connection, connection.cursor() as cursor:
        cursor.execute(TABLES)
        with cursor.copy("COPY rate FROM STDIN") as copy:
            for year, rate in rates.items():
                copy.write_row((year, rate.amount_ore))
        with cursor.copy("COPY stay FROM STDIN") as copy:
            rows = stays(people, months)
            while some := list(islice(rows, 1_000)):
                for row in some:
                    copy.write_row((row.person, row.municipality, row.start, row.end))
        cursor.execute("ANALYZE stay, rate")
        took = []
        for _ in range(2):
            began = time.perf_counter()
            cursor.execute(SUMS, {"through": THROUGH})
            found = cursor.fetchall()
            took.append(time.perf_counter() - began)
    return min(took), {municipality: (count, int(amount)) for municipality, count, amount in found}


def main(way: str, people: int, months: int) -> dict[str, object]:
    """Compute one way, and tell."""
    seconds, sums = {"at_once": at_once, "streamed": streamed, "sql": by_sql}[way](people, months)
    return {
        "seconds": seconds,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "months": sum(count for count, _ in sums.values()),
        "amount_ore": sum(amount for _, amount in sums.values()),
        "sums": sorted(sums.items()),
    }


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))))
