"""Needs to know and events as the owner of the database sees them, within the transaction of a test.

Both are behind row-level security, and what a test has done is not committed: another connection does not see it. So
the test database has a view of each that is the owner's, and looks past the policies. The program knows of neither.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.sql.datastructures import BaseTable

from fotfeste.access.public import Need, NeedReason
from fotfeste.platform.models import Event

VIEWS = {"access_need": "every_need", "platform_event": "every_event"}


def make_views(cursor: Any, app_role: str) -> None:
    """Make the views, as the owner, in the test database."""
    drop_views(cursor)
    for table, view in VIEWS.items():
        cursor.execute(f"CREATE VIEW {view} AS SELECT * FROM {table}")
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE ON {view} TO {app_role}")


def drop_views(cursor: Any) -> None:
    """Drop the views, as the owner: in a database that the program itself is to be looked at in."""
    for view in VIEWS.values():
        cursor.execute(f"DROP VIEW IF EXISTS {view}")


def every_need() -> QuerySet[Need]:
    """All needs to know, whoever's."""
    return _looked_at_from(Need)


def every_event() -> QuerySet[Event]:
    """All events, whoever's."""
    return _looked_at_from(Event)


def knowing(subject_id: int, reason: NeedReason, day: date) -> list[int]:
    """The organisations that know of a subject for a reason on a day."""
    found = every_need().filter(subject_id=subject_id, reason=reason, period__contains=day)
    return sorted(found.values_list("organisation_id", flat=True))


def _looked_at_from[M: Model](model: type[M]) -> QuerySet[M]:
    """The rows of a table, read from its view."""
    found = model._default_manager.all()
    alias = found.query.get_initial_alias()
    found.query.alias_map[str(alias)] = BaseTable(VIEWS[model._meta.db_table], alias)
    return found


def need_given(
    subject_ids: Iterable[int],
    *,
    organisation_id: int,
    reason: NeedReason,
    from_on: date,
    at: datetime,
    until_on: date | None = None,
) -> None:
    """Open a need to know without an act, of anybody: what `open_needs` does for those whom the session knows of."""
    with connection.cursor() as cursor:
        for subject_id in subject_ids:
            cursor.execute(
                "INSERT INTO every_need (subject_id, organisation_id, reason, period, opened_at, ended_at)"
                " VALUES (%s, %s, %s, daterange(%s, %s), %s, %s) ON CONFLICT DO NOTHING",
                [subject_id, organisation_id, reason, from_on, until_on, at, at if until_on else None],
            )


def needs_ended(subject_ids: Iterable[int], reasons: Iterable[NeedReason], *, on: date, at: datetime) -> None:
    """End the open needs to know of anybody for some reasons, without an act."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE every_need SET period = daterange(lower(period), greatest(lower(period), %s)), ended_at = %s"
            " WHERE subject_id = ANY (%s) AND reason = ANY (%s) AND upper_inf(period)",
            [on, at, list(subject_ids), [str(reason) for reason in reasons]],
        )
