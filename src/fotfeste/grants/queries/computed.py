"""What a run would say: the facts of a scheme as known at an instant, computed, in the words of the ledger."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from fotfeste.grants.domain.causes import cause_of, days_in_month
from fotfeste.grants.domain.computing import compute
from fotfeste.grants.domain.periods import reach_of
from fotfeste.grants.domain.replay import input_sha256
from fotfeste.grants.domain.terms import terms_of
from fotfeste.grants.domain.types import EarlierLine, Facts, LineKind, NewLine, Payment, Refused, Scheme, StayFact
from fotfeste.grants.domain.written import written
from fotfeste.grants.queries.books import payments_of
from fotfeste.grants.queries.facts import KnownStays, stays_of
from fotfeste.grants.queries.lines import earlier_line, numbers_of, organisations_of
from fotfeste.grants.rules import terms_here
from fotfeste.kernel.calendar import legal_day
from fotfeste.ledger.public import RefusedLine, RunLine, lines_of

type RowsOf = Mapping[str, Sequence[StayFact]]
"""Each person's rows."""


@dataclass(frozen=True, slots=True)
class Computed:
    """A run that is not recorded: its lines by municipality, person and month, and the hash of what it rests on."""

    lines: tuple[RunLine, ...]
    refused: tuple[RefusedLine, ...]
    input_sha256: str
    persons: int
    net_ore: int
    net_by_municipality: Mapping[int, int]  # by its organisation


def facts_of(scheme: Scheme, through: date, as_known_at: datetime) -> tuple[Facts, KnownStays]:
    """All that a run is computed from, for UDI. A handful of queries.

    Of those of whom nothing is known any more (what is past its purpose has been forgotten) the ledger's lines stand:
    they are no part of it.
    """
    code = scheme.value.lower()
    known = stays_of(code, as_known_at)
    persons = {int(row.person) for row in known.rows}
    numbers = numbers_of()
    lines = tuple(earlier_line(line, numbers) for line in lines_of(code) if line.subject_id in persons)
    payments = tuple(Payment(str(run), numbers[place], amount) for run, place, amount in payments_of(code))
    return Facts(scheme, as_known_at, through, known.rows, lines, payments), known


def computed(scheme: Scheme, through: date, as_known_at: datetime) -> Computed:
    """What a run to `through` would say by what was known at an instant, for UDI. Writes nothing."""
    facts, known = facts_of(scheme, through, as_known_at)
    rows_of: dict[str, list[StayFact]] = {}
    for row in facts.stays:
        rows_of.setdefault(row.person, []).append(row)
    live_of = {person: [row for row in rows if row.is_live(as_known_at)] for person, rows in rows_of.items()}
    lines, refused, terms = list[NewLine](), list[Refused](), terms_here(scheme)
    for part in by_reach(facts, live_of):
        result = compute(part, terms)
        lines += result.lines
        refused += result.refused
    places = organisations_of()
    booked = booked_lines(facts, sorted(lines, key=_place), rows_of, live_of, known, places)
    net: dict[int, int] = {}
    for each in booked:
        net[each.municipality_id] = net.get(each.municipality_id, 0) + each.amount_ore
    without = tuple(
        RefusedLine(int(each.person), places[each.municipality], each.month, each.reason)
        for each in sorted(refused, key=_place)
    )
    persons = len({line.subject_id for line in booked})
    return Computed(tuple(booked), without, input_sha256(written(facts)), persons, sum(net.values()), net)


def by_reach(facts: Facts, live_of: RowsOf) -> list[Facts]:
    """The facts, apart by how far the run reaches for the person: further for those who are paid in advance."""
    on, booked = legal_day(facts.as_known_at), dict[str, set[date]]()
    for line in facts.lines:
        booked.setdefault(line.person, set()).add(line.month)
    reaches = {
        person: reach_of(facts.scheme, (row.start for row in rows), facts.through, on=on, booked=booked.get(person, ()))
        for person, rows in live_of.items()
    }
    found = sorted(set(reaches.values())) or [facts.through]
    if len(found) == 1:
        return [Facts(facts.scheme, facts.as_known_at, found[0], facts.stays, facts.lines)]
    stays: dict[date, list[StayFact]] = {reach: [] for reach in found}
    lines: dict[date, list[EarlierLine]] = {reach: [] for reach in found}
    for row in facts.stays:
        stays[reaches[row.person]].append(row)
    for line in facts.lines:
        lines[reaches[line.person]].append(line)
    return [Facts(facts.scheme, facts.as_known_at, reach, tuple(stays[reach]), tuple(lines[reach])) for reach in found]


def booked_lines(
    facts: Facts,
    lines: Iterable[NewLine],
    rows_of: RowsOf,
    live_of: RowsOf,
    known: KnownStays,
    places: Mapping[str, int],
) -> list[RunLine]:
    """The lines as the ledger keeps them. A correction rests on the fact that made it, and on who told that."""
    said = _said(facts.lines)
    found = list[RunLine]()
    for line in lines:
        live, rate = live_of[line.person], line.rate
        if line.kind is LineKind.DUE:
            fact = line.row.row if line.row else None
            reporter, cause = known.reporters[fact] if fact else None, ""
        else:
            fact, reporter = known.made_known(rows_of[line.person], line.known_at)
            is_new = not said.get((line.person, line.municipality, line.month))
            cause = cause_of(line, live, is_new=is_new)
        found.append(
            RunLine(
                subject_id=int(line.person),
                municipality_id=places[line.municipality],
                month=line.month,
                amount_ore=line.amount_ore,
                kind=line.kind.value,
                known_at=line.known_at,
                month_rule=_rule(facts.scheme, line.month),
                rate_amount_ore=rate.amount_ore if rate else None,
                rate_version=rate.version if rate else "",
                rate_source=rate.source if rate else "",
                days=days_in_month(line, live),
                cause=cause,
                stay_id=fact,
                reported_by_id=reporter,
                corrects=tuple(map(int, line.corrects)),
            )
        )
    return found


@cache
def _rule(scheme: Scheme, month: date) -> str:
    """The month rule, and the version of it that the month was computed by."""
    terms = terms_of(scheme)
    return f"{terms.month_rule(month)} {terms.month_rule_ref(month).version}"


def _said(lines: Iterable[EarlierLine]) -> Mapping[tuple[str, str, date], int]:
    """What earlier lines come to, by person, municipality and month."""
    said: dict[tuple[str, str, date], int] = {}
    for line in lines:
        place = (line.person, line.municipality, line.month)
        said[place] = said.get(place, 0) + line.amount_ore
    return said


def _place(line: NewLine | Refused) -> tuple[str, int, date]:
    return line.municipality, int(line.person), line.month
