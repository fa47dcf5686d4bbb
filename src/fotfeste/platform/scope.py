"""The scope: which organisation the database session sees rows for, and which compartments of them.

Row-level security reads four settings of the session: the organisation, the user (none for the system itself), the
legal day, and for each compartment the reasons to know that open it to the viewer's roles. Without a scope they are
empty and every table with personal data gives no rows. The settings belong to the session, not to the transaction, so
that reads outside a transaction are fenced too; the context manager always clears them.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date

from django.db import DatabaseError, connection

from fotfeste.platform.viewer import Viewer

type Setting = tuple[str, str, str, str]

_SET = (
    "SELECT set_config('fotfeste.organisation', %s, false), set_config('fotfeste.day', %s, false),"
    " set_config('fotfeste.opens', %s, false), set_config('fotfeste.user', %s, false)"
)
_NONE = ("", "", "", "")
_current: ContextVar[Setting] = ContextVar("fotfeste_scope", default=_NONE)


@contextmanager
def scope(viewer: Viewer, day: date) -> Iterator[None]:
    """Run the block with the rows that the viewer's organisation has a need to know of on `day`.

    Scopes nest: the outer one is put back. A connection that cannot be cleared is closed.
    """
    user = "" if viewer.user_id is None else str(viewer.user_id)
    wanted = (str(viewer.organisation_id), day.isoformat(), _written(viewer.opens), user)
    outer = _current.get()
    if outer == wanted:
        yield
        return
    _apply(wanted)
    try:
        yield
    finally:
        _restore(outer)


def _written(opens: Mapping[str, frozenset[str]]) -> str:
    """As the policies read it: an object with an array literal for each compartment."""
    arrays = {compartment: f"{{{','.join(sorted(reasons))}}}" for compartment, reasons in sorted(opens.items())}
    return json.dumps(arrays, separators=(",", ":"))


def _apply(setting: Setting) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_SET, list(setting))
    _current.set(setting)


def _restore(outer: Setting) -> None:
    try:
        _apply(outer)
    except DatabaseError:
        # A failed transaction takes no statement; its rollback puts the settings of its start back.
        if not connection.in_atomic_block:
            connection.close()
        _current.set(outer)
