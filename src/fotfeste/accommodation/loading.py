"""Bulk loading of centres, rooms, beds, stays. Rows are named tuples of columns; stays come before beds given out."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from fotfeste.accommodation.domain.absence import AbsenceFacts, looked_for
from fotfeste.accommodation.domain.book import book
from fotfeste.accommodation.domain.departure import lived_here_until, registered_here_until
from fotfeste.accommodation.domain.private import housed_until
from fotfeste.accommodation.domain.types import AbsenceKind
from fotfeste.accommodation.models import (
    Absence,
    Bed,
    BedAssignment,
    BedBlock,
    CentreOperation,
    MissingReport,
    Room,
    Stay,
)
from fotfeste.kernel.periods import Period
from fotfeste.platform.bulk import Loader

KEYED = {
    "operation": CentreOperation,
    "room": Room,
    "bed": Bed,
    "stay": Stay,
    "bed_assignment": BedAssignment,
    "absence": Absence,
}
TABLES = (CentreOperation, Room, Bed, BedBlock, Stay, BedAssignment, Absence, MissingReport)


def first_keys(loader: Loader) -> dict[str, int]:
    """The first free key of each kind of thing that rows refer to."""
    return {kind: loader.next_key(model) for kind, model in KEYED.items()}


def beds_due(placed_on: date) -> tuple[date, str]:
    """By when the task of giving out beds is due, and by which rule. Raises NoRule."""
    limit = book().get("bed_assignment_days", placed_on)
    return placed_on + timedelta(days=limit.integer), limit.code


def absence_due(kind: str, from_on: date, expected_return_on: date | None) -> tuple[date, str]:
    """From when a centre has to find out where somebody is who is away, without a general leave, and by which rule.

    Raises NoRule.
    """
    due = looked_for(AbsenceFacts(AbsenceKind(kind), Period(from_on, None), False, expected_return_on, citizenship=""))
    assert due is not None  # the absence has not ended
    return due.on, due.rule


def seen_afterwards_until(departed_on: date) -> date:
    """Until when a centre knows of those whose departure it registered the same day. Raises NoRule."""
    return lived_here_until(departed_on, departed_on)


def registrar_sees_until(placed_on: date) -> date:
    """Until when whoever registered a household knows of it, where it was placed the same day. Raises NoRule."""
    return registered_here_until(placed_on, placed_on)


def housed_afterwards_until(ended_on: date, registered_on: date) -> date:
    """Until when a municipality knows of those who lived privately there. Raises NoRule."""
    return housed_until(ended_on, registered_on)


def load_operations(loader: Loader, rows: Sequence[NamedTuple]) -> int:
    """Centres in operation."""
    return loader.copy(CentreOperation, rows)


def load_rooms(loader: Loader, rows: Sequence[NamedTuple]) -> int:
    """Rooms of centres."""
    return loader.copy(Room, rows)


def load_beds(loader: Loader, rows: Sequence[NamedTuple]) -> int:
    """Beds of rooms."""
    return loader.copy(Bed, rows)


def load_blocks(loader: Loader, rows: Sequence[NamedTuple]) -> int:
    """Beds out of use."""
    return loader.copy(BedBlock, rows)


def load_stays(loader: Loader, rows: Sequence[NamedTuple]) -> int:
    """Stays, those superseded included; each after the one that it supersedes."""
    return loader.copy(Stay, rows)


def load_bed_assignments(loader: Loader, rows: Sequence[NamedTuple]) -> int:
    """Beds given out; the stay that a bed belongs to is there already."""
    return loader.copy(BedAssignment, rows)


def load_absences(loader: Loader, rows: Sequence[NamedTuple]) -> int:
    """Leave and absence."""
    return loader.copy(Absence, rows)
