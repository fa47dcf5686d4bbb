"""What stands in the test database while no test is at work, kept beside its tables and put back from there.

A test that commits leaves rows that only deleting takes away. To load the reference data anew after each of them, and
Django's own types and permissions, takes a second of processor time; to see that most tables are as they were, some
milliseconds.
"""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

SCHEMA = "standing"
ALWAYS_COMMITTED = frozenset({"access_look"})  # by a session of its own, whatever becomes of the test's
_TABLES = """
    SELECT relname FROM pg_class
    WHERE relkind = 'r' AND relnamespace = to_regnamespace(%s) AND relname <> 'django_migrations' ORDER BY 1
"""


def keep(cursor: Any) -> None:
    """Keep what stands now, as the owner. The app role does not come there."""
    forget(cursor)
    cursor.execute(f"CREATE SCHEMA {SCHEMA}")
    for each in _full(cursor, [each for each in _named(cursor, "public") if each not in ALWAYS_COMMITTED]):
        cursor.execute(f"CREATE TABLE {SCHEMA}.{each} AS TABLE public.{each}")


def is_kept(cursor: Any) -> bool:
    """Whether anything is kept here."""
    return bool(_named(cursor, SCHEMA))


def forget(cursor: Any) -> None:
    """Keep nothing any more: in a database that the program itself is to be looked at in."""
    cursor.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")


def changed(cursor: Any) -> list[str]:
    """The tables that do not hold what is kept, by name; where nothing is kept of one, those that hold anything."""
    kept = _named(cursor, SCHEMA)
    unlike = {each: f"EXISTS ({_come(each)}) OR EXISTS ({_gone(each)})" for each in kept}
    others = [each for each in _named(cursor, "public") if each not in unlike]
    return sorted([*_holding(cursor, unlike), *_full(cursor, others)])


def put_back(cursor: Any) -> None:
    """Let every table hold what is kept, as the owner."""
    with transaction.atomic(using="owner"):
        for each in putting_back(cursor):
            cursor.execute(each)


def putting_back(cursor: Any) -> list[str]:
    """The statements that let every table hold what is kept, for the owner, in one transaction.

    Triggers that refuse a deletion are off meanwhile. Tables that are as they were are not touched: to truncate all
    gives each of a hundred tables, and each of their nine hundred indexes, a file of its own again.
    """
    kept = _named(cursor, SCHEMA)
    tables = changed(cursor)
    back = [each for each in tables if each in kept]
    return [
        *(f"ALTER TABLE {each} DISABLE TRIGGER USER" for each in tables),
        *(f"DELETE FROM {each}" for each in tables if each not in kept),
        *(f"DELETE FROM {each} t USING ({_come(each)}) c WHERE t = c" for each in back),
        *(f"INSERT INTO {each} {_gone(each)}" for each in back),
        "SET CONSTRAINTS ALL IMMEDIATE",  # what refers to a row that went is asked for while all have gone
        *(f"ALTER TABLE {each} ENABLE TRIGGER USER" for each in tables),
    ]


def _named(cursor: Any, schema: str) -> list[str]:
    cursor.execute(_TABLES, [schema])
    return [str(name) for (name,) in cursor.fetchall()]


def _full(cursor: Any, tables: Sequence[str]) -> list[str]:
    return _holding(cursor, {each: f"EXISTS (SELECT FROM public.{each})" for each in tables})


def _holding(cursor: Any, conditions: dict[str, str]) -> list[str]:
    """The tables whose condition holds."""
    if not conditions:
        return []
    cursor.execute(" UNION ALL ".join(f"SELECT '{each}' WHERE {sql}" for each, sql in conditions.items()))
    return [str(name) for (name,) in cursor.fetchall()]


def _come(table: str) -> str:
    """The rows that are not as any that is kept; no join, in which whole rows are compared each with each."""
    return f"TABLE public.{table} EXCEPT TABLE {SCHEMA}.{table}"


def _gone(table: str) -> str:
    return f"TABLE {SCHEMA}.{table} EXCEPT TABLE public.{table}"
