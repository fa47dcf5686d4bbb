"""What a synthetic country takes of grants: rules, the computing of a run, and its lines as the ledger keeps them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from fotfeste.grants.domain.computing import compute
from fotfeste.grants.domain.periods import case_until
from fotfeste.grants.domain.replay import input_sha256
from fotfeste.grants.domain.types import Facts, NewLine, StayFact
from fotfeste.grants.domain.written import written
from fotfeste.grants.queries.computed import booked_lines
from fotfeste.grants.queries.facts import StayRow, versions
from fotfeste.ledger.public import RunLine

__all__ = ["NewLine", "StayRow", "booked", "case_until", "compute"]


def booked(
    facts: Facts, lines: Iterable[NewLine], stays: Iterable[StayRow], places: Mapping[str, int]
) -> tuple[list[RunLine], str]:
    """The lines of a run that was computed from these facts, as the ledger keeps them, and the hash of its inputs.

    `stays` are the rows that the facts are made of, as they are stored; `places` the organisations of municipalities.
    """
    known = versions((row for row in stays if row.known_from <= facts.as_known_at), facts.as_known_at)
    rows_of: dict[str, list[StayFact]] = {}
    for row in known.rows:
        rows_of.setdefault(row.person, []).append(row)
    live_of = {person: [row for row in rows if row.is_live(facts.as_known_at)] for person, rows in rows_of.items()}
    found = booked_lines(facts, lines, rows_of, live_of, known, places)
    return found, input_sha256(written(replace(facts, stays=known.rows)))
