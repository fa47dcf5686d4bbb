"""The facts that grants are computed from: every version of the stays of a scheme, with both clocks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db import connection

from fotfeste.accommodation.public import Stay
from fotfeste.grants.domain.types import StayFact


class StayRow(NamedTuple):
    """A row of a stay as it is stored."""

    id: int
    supersedes_id: int | None
    subject_id: int
    municipality: str
    starts_on: date
    ends_on: date | None
    cause: str
    known_from: datetime
    known_to: datetime | None
    reported_by_id: int
    reported_by: str
    annulled_by_id: int | None  # the organisation


@dataclass(frozen=True, slots=True)
class KnownStays:
    """The versions of stays that were known at an instant, and the organisations that reported and annulled each, by
    row.
    """

    rows: tuple[StayFact, ...]
    reporters: Mapping[int, int]
    annullers: Mapping[int, int]

    def made_known(self, rows: Iterable[StayFact], at: datetime) -> tuple[int | None, int | None]:
        """What became known of somebody at an instant, and which organisation told it: the row that was written then,
        else the one that was annulled without another in its place.
        """
        rows = tuple(rows)
        for row in rows:
            if row.known_from == at:
                return row.row, self.reporters[row.row]
        for row in rows:
            if row.known_to == at:
                return row.row, self.annullers.get(row.row)
        return None, None


def stays_of(scheme: str, as_known_at: datetime) -> KnownStays:
    """Everybody's stays on a scheme, as known at an instant: keys and days, for UDI alone. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM grant_stays(%s, %s)", [scheme, as_known_at])
        return versions(map(StayRow._make, cursor.fetchall()), as_known_at)


def stays_of_persons(person_ids: Sequence[int], scheme: str, as_known_at: datetime) -> KnownStays:
    """Some persons' stays on a scheme as known at an instant, as far as the session sees them. One query."""
    found = (
        Stay.objects.filter(subject_id__in=person_ids, kind=scheme, recorded_at__lte=as_known_at)
        .order_by("pk")
        .values_list(
            "pk",
            "supersedes_id",
            "subject_id",
            "municipality__municipality_id",
            "period__startswith",
            "period__endswith",
            "departure_reason",
            "recorded_at",
            "annulled_at",
            "reported_by_id",
            "reported_by__name",
            "annulled_by__organisation_id",
        )
    )
    return versions(map(StayRow._make, found), as_known_at)


def days_elsewhere(person_ids: Sequence[int], scheme: str, as_known_at: datetime) -> list[StayFact]:
    """The days of a month that a municipality's persons spent on the scheme elsewhere before they came to it, as facts
    of no municipality: that month is given to another. Nothing for who sees all. One query.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM grant_days_elsewhere(%s, %s)", [list(person_ids), scheme])
        return [
            StayFact(0, "elsewhere", str(person), "", start, end, None, as_known_at, None, "")
            for person, start, end in cursor.fetchall()
        ]


def versions(rows: Iterable[StayRow], as_known_at: datetime) -> KnownStays:
    """The rows as facts: those that follow each other by `supersedes` are versions of one stay, named by its first row.

    What was annulled after the instant was not yet so at it. A row that was annulled in the instant in which it was
    written was never known to anybody. Two rows that take the place of one are two stays.
    """
    stay_of: dict[int, str] = {}
    followed: set[int] = set()
    found, reporters, annullers = list[StayFact](), dict[int, int](), dict[int, int]()
    for row in rows:
        before = row.supersedes_id
        stay = stay_of.get(before) if before is not None and before not in followed else None
        if stay is None:
            stay = str(row.id)
        elif before is not None:
            followed.add(before)
        stay_of[row.id] = stay
        known_to = row.known_to if row.known_to is not None and row.known_to <= as_known_at else None
        if known_to is not None and known_to <= row.known_from:
            continue
        reporters[row.id] = row.reported_by_id
        if known_to is not None and row.annulled_by_id is not None:
            annullers[row.id] = row.annulled_by_id
        found.append(
            StayFact(
                row.id,
                stay,
                str(row.subject_id),
                row.municipality,
                row.starts_on,
                row.ends_on,
                row.cause or None,
                row.known_from,
                known_to,
                row.reported_by,
            )
        )
    return KnownStays(tuple(found), reporters, annullers)
