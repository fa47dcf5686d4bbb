"""The keeper of the log of looks: one INSERT for each page, on a connection of its own."""

import logging
from collections.abc import Sequence
from datetime import datetime
from threading import local
from typing import Any

from django.db import DEFAULT_DB_ALIAS, DatabaseError, InterfaceError, OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.types.json import Jsonb

from fotfeste.platform.logs import current_request_number, new_request_number
from fotfeste.platform.shown import LookNotKept, Shown
from fotfeste.platform.viewer import Viewer

logger = logging.getLogger("fotfeste.looks")

# Both statements are one transaction of one round trip: the setting is gone with it.
_INSERT = """
SELECT set_config('fotfeste.organisation', %s, true);
INSERT INTO access_look (looked_at, user_id, organisation_id, roles, reasons, household_id, person_ids, compartments,
                         page, asked, hits, request_number)
VALUES (%s, %s, %s, %s::text[], %s::text[], %s, %s::bigint[], %s::text[], %s, %s, %s, %s)
"""
# Rather no page than one that waits for its log.
_PATIENCE = " -c statement_timeout=5s"
_MOST_ASKED = 200  # characters of each word or filter
_own = local()


class _Kept:
    """A thread's connection, closed when the thread is gone."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self.connection = connection

    def __del__(self) -> None:
        if self.connection.connection is not None:
            self.connection.connection.close()


def keep_look(shown: Shown, by: Viewer, at: datetime) -> None:
    """Write down that a page was shown. Raises LookNotKept.

    What is logged of a household is what the page shows as far as a reason opens it to the viewer's roles.
    """
    because = shown.whom.because if shown.whom else frozenset[str]()
    opened = {
        compartment: by.opens.get(compartment, frozenset()) & because
        if shown.whom
        else by.opens.get(compartment, frozenset())
        for compartment in shown.compartments
    }
    seen = sorted(compartment for compartment, reasons in opened.items() if reasons)
    reasons = sorted({reason for each in opened.values() for reason in each}) if shown.whom else []
    row = (
        str(by.organisation_id),
        at,
        by.user_id,
        by.organisation_id,
        sorted(by.roles),
        reasons,
        shown.whom.household_id if shown.whom else None,
        sorted(shown.whom.person_ids) if shown.whom else [],
        seen,
        shown.page,
        Jsonb({name: value[:_MOST_ASKED] for name, value in shown.asked.items()}),
        shown.hits,
        current_request_number() or new_request_number(),  # one of its own: by this it is known outside
    )
    try:
        _write(row)
    except DatabaseError as error:
        logger.exception("a look could not be kept: %s", shown.page)
        raise LookNotKept from error


def _write(row: Sequence[Any]) -> None:
    """Insert the row; once more on a new connection where the server has ended the one before."""
    connection = _connection()
    try:
        _insert(connection, row)
    except (OperationalError, InterfaceError):
        connection.close()
        _insert(connection, row)


def _insert(connection: BaseDatabaseWrapper, row: Sequence[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, row)


def _connection() -> BaseDatabaseWrapper:
    """The thread's own connection for looks, to the database that the pages are read from, in the same role.

    It is in no transaction but its own: what happens to the request's does not touch it.
    """
    pages = connections[DEFAULT_DB_ALIAS]
    kept: _Kept | None = getattr(_own, "kept", None)
    if kept is None or kept.connection.settings_dict["NAME"] != pages.settings_dict["NAME"]:
        own = pages.copy()
        options = own.settings_dict["OPTIONS"]
        options["options"] = str(options.get("options", "")) + _PATIENCE
        kept = _own.kept = _Kept(own)
    kept.connection.close_if_unusable_or_obsolete()
    return kept.connection
