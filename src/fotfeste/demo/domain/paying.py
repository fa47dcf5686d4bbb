"""The runs of MAMOT that are history: each quarter's, computed from what was known then, by the program's own rules.

So the ledger of the demo is what the program would have written, had it been there: with what was paid too much because
an end was heard of late, taken back in a later run or claimed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from fotfeste.demo.domain.records import StayRecord
from fotfeste.grants.domain.types import EarlierLine, Facts, NewLine, Payment, Result, Scheme, StayFact
from fotfeste.kernel.calendar import Month, next_working_day

FIRST_QUARTER = Month(2022, 4)  # the first day after the quarter in which the first came
RUN_AFTER_DAYS = 19
QUARTER = 3
_MORNING = time(8, 0, tzinfo=UTC)

type Compute = Callable[[Facts], Result]


@dataclass(frozen=True, slots=True)
class PastRun:
    """A run that has been paid. Its lines are `result.lines`, known by their place in all runs: `first_line` on.

    `number` is its place among the runs.
    """

    number: int
    through: date
    as_known_at: datetime
    facts: Facts
    result: Result
    first_line: int


def stay_facts(rows: Iterable[StayRecord], number_of: Mapping[int, str], scheme: str = "mamot") -> tuple[StayFact, ...]:
    """Rows of private stays as grants know them; versions of a stay are named by its first row."""
    first: dict[int, str] = {}
    found: list[StayFact] = []
    for row in sorted((row for row in rows if row.kind == scheme), key=lambda row: row.id):
        stay = first[row.id] = first[row.supersedes_id] if row.supersedes_id is not None else str(row.id)
        found.append(
            StayFact(
                row=row.id,
                stay=stay,
                person=str(row.subject_id),
                municipality=number_of[row.municipality_id or 0],
                start=row.period.start,
                end=row.period.end,
                cause=row.departure_reason or None,
                known_from=row.recorded_at,
                known_to=row.annulled_at,
                reported_by=str(row.reported_by_id),
            )
        )
    return tuple(found)


def past_runs(stays: Sequence[StayFact], compute: Compute, last_day: date) -> list[PastRun]:
    """Every quarter's run up to the last day, each with the lines and payments of those before it.

    They go on after the last month on the scheme as long as there is something that was heard of late.
    """
    found: list[PastRun] = []
    lines: list[EarlierLine] = []
    payments: list[Payment] = []
    last_heard = max((row.known_to or row.known_from for row in stays), default=None)
    through = FIRST_QUARTER
    while stays and last_heard:
        as_known_at = _run_at(through)
        if as_known_at.date() > last_day:
            break
        known = tuple(row for row in stays if row.known_from <= as_known_at)
        facts = Facts(Scheme.MAMOT, as_known_at, through.first_day, known, tuple(lines), tuple(payments))
        result = compute(facts)
        if result.lines:
            run = PastRun(len(found) + 1, through.first_day, as_known_at, facts, result, len(lines) + 1)
            found.append(run)
            lines += earlier(run)
            payments += paid(run)
        if as_known_at > last_heard:
            break
        through = through + QUARTER
    return found


def _run_at(through: Month) -> datetime:
    return datetime.combine(next_working_day(through.first_day + timedelta(days=RUN_AFTER_DAYS)), _MORNING)


def earlier(run: PastRun) -> list[EarlierLine]:
    """The lines of a run as later ones see them."""
    return [
        EarlierLine(str(number), str(run.number), line.person, line.municipality, line.month, line.amount_ore)
        for number, line in enumerate(run.result.lines, start=run.first_line)
    ]


def paid(run: PastRun) -> list[Payment]:
    """What a run has sent."""
    return [
        Payment(str(run.number), each.municipality, each.payable_ore)
        for each in run.result.municipalities
        if each.payable_ore
    ]


def owed(runs: Sequence[PastRun]) -> dict[str, int]:
    """What municipalities owe after the last run, in øre: nothing more will be due that it could be held back from."""
    if not runs:
        return {}
    return {each.municipality: -each.balance_ore for each in runs[-1].result.municipalities if each.balance_ore < 0}


def taken_back(runs: Sequence[PastRun], municipality: str) -> list[tuple[int, NewLine]]:
    """The lines that took something back from a municipality, by their places, the newest first."""
    found = [
        (number, line)
        for run in runs
        for number, line in enumerate(run.result.lines, start=run.first_line)
        if line.municipality == municipality and line.amount_ore < 0
    ]
    return sorted(found, key=lambda each: -each[0])
