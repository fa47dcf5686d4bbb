"""Carry out what the packages say becomes of their rows. The cursor is the owner's, inside a transaction."""

from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db.backends.utils import CursorWrapper

from fotfeste.kernel.forgetting import Forgotten, Kept, Part, Swept
from fotfeste.platform.public_ids import new_reference

type Parameters = Mapping[str, Any]


def forgotten() -> Sequence[Forgotten]:
    """What becomes of every table's rows about a household, in the order of the settings."""
    return tuple(_told("FORGOTTEN"))


def kept() -> Sequence[Kept]:
    """What stays, and why."""
    return tuple(_told("KEPT"))


def swept() -> Sequence[Swept]:
    """What goes by its own age."""
    return tuple(_told("SWEPT"))


def _told(what: str) -> Iterator[Any]:
    for module in settings.FOTFESTE_FORGETTING:
        yield from getattr(import_module(module), what, ())


def forget(cursor: CursorWrapper, parts: frozenset[Part], parameters: Parameters) -> None:
    """Let go of parts of a household's record; who they are takes everything else with it.

    `parameters`: subjects, household, small.
    """
    for each in forgotten():
        if each.part in parts or Part.IDENTITY in parts:
            _forget_rows(cursor, each, parameters)


def _forget_rows(cursor: CursorWrapper, each: Forgotten, parameters: Parameters) -> None:
    if each.sets is None:
        if each.is_fact:
            _cut_loose(cursor, each, parameters)
        cursor.execute(f"DELETE FROM {each.table} t WHERE {each.whose}", parameters)
        return
    change(cursor, each.table, each.sets, each.whose, parameters, is_fact=each.is_fact)
    for column in each.renewed:
        _renew(cursor, each, column, parameters)


def _cut_loose(cursor: CursorWrapper, each: Forgotten, parameters: Parameters) -> None:
    """Facts that stay and superseded one that goes supersede none."""
    follows = f"t.supersedes_id IN (SELECT t.id FROM {each.table} t WHERE {each.whose}) AND NOT ({each.whose})"
    change(cursor, each.table, {"supersedes_id": "NULL::bigint"}, follows, parameters, is_fact=True)


def _renew(cursor: CursorWrapper, each: Forgotten, column: str, parameters: Parameters) -> None:
    cursor.execute(f"SELECT t.id FROM {each.table} t WHERE {each.whose}", parameters)
    for (key,) in cursor.fetchall():
        cursor.execute(f"UPDATE {each.table} SET {column} = %s WHERE id = %s", [new_reference(), key])


def change(
    cursor: CursorWrapper, table: str, sets: Mapping[str, str], where: str, parameters: Parameters, *, is_fact: bool
) -> int:
    """Set columns of rows `t`, by the SQL for each; gives the number of rows.

    A fact, and whatever else the database lets nobody change, is taken away and written again under its own key.
    """
    if not sets:
        return 0
    if not is_fact:
        changes = ", ".join(f'"{column}" = {sql}' for column, sql in sets.items())
        cursor.execute(f"UPDATE {table} t SET {changes} WHERE {where}", parameters)
        return int(cursor.rowcount)
    changes = ", ".join(f"'{column}', {sql}" for column, sql in sets.items())
    cursor.execute(
        f"DELETE FROM {table} t WHERE {where} RETURNING (to_jsonb(t) || jsonb_build_object({changes}))::text",
        parameters,
    )
    rows = [row for (row,) in cursor.fetchall()]
    if rows:
        cursor.execute(
            f"INSERT INTO {table} SELECT p.* FROM unnest(%s::jsonb[]) r, jsonb_populate_record(NULL::{table}, r) p",
            [rows],
        )
    return len(rows)


def sweep(cursor: CursorWrapper, each: Swept, parameters: Parameters, most: int) -> int:
    """Let go of at most so many rows that are older than %(before)s; gives how many it was."""
    rows = f"t.ctid = ANY (ARRAY(SELECT t.ctid FROM {each.table} t WHERE {_is_over(each)} LIMIT {most}))"
    if each.sets is not None:
        return change(cursor, each.table, each.sets, rows, parameters, is_fact=each.is_fact)
    cursor.execute(f"DELETE FROM {each.table} t WHERE {rows}", parameters)
    return int(cursor.rowcount)


def to_sweep(cursor: CursorWrapper, each: Swept, parameters: Parameters) -> int:
    """How many rows are older than %(before)s."""
    cursor.execute(f"SELECT count(*) FROM {each.table} t WHERE {_is_over(each)}", parameters)
    return int(cursor.fetchone()[0])


def _is_over(each: Swept) -> str:
    return f"t.{each.counts_from} < %(before)s AND ({each.only})"


def end_needs(cursor: CursorWrapper, parameters: Parameters) -> None:
    """End what needs to know are open of a household: nobody has one of whom nothing is left. `on` and `at`."""
    cursor.execute(
        "UPDATE access_need n"
        " SET period = daterange(lower(n.period), greatest(lower(n.period), %(on)s)), ended_at = %(at)s"
        " WHERE n.subject_id = ANY (%(subjects)s) AND n.ended_at IS NULL",
        parameters,
    )
