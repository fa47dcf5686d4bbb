"""Everything in the database, as its owner sees it: emptied, read, and fingerprinted."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from django.db import connections, transaction

from tests.emptied import emptying

# Reference data and the machinery's own; nothing of a household is in them.
_STANDING = (
    "auth_",
    "django_",
    "directory_",
    "access_employment",
    "access_roleassignment",
    "account_",
    "socialaccount_",
    "web_",
    "settlement_municipalityyear",
    "procrastinate_workers",
)
# Of those, what administrators do: looked at, and put back by `staff_put_back`.
_STAFF = ("directory_user", "access_employment", "access_roleassignment")
# Of those, what acts about a municipality's places change: looked at; a scene says it anew.
_FIGURES = ("settlement_municipalityyear",)
# What no two runs have in common although they did the same: random references, the server's own clock.
_CHANCE = ("reference", "request_number", "scheduled_at", "password")
# A letter has its reference in print, and the application's: others in two runs of the same act. Secrets of links, too.
_CHANCE_IN = {
    "platform_file": ("content", "sha256", "size"),
    "letters_letter": ("written",),
    "alternative_application": ("link_hash",),
    "alternative_confirmation": ("token_hash",),
}
_CHANCE_WITHIN = {"letters_letter": ("{facts,application_reference}", "{facts,petition_reference}")}
_CLOCKED = ("procrastinate_events",)
# Rows that are a set, written by one statement in the order of its plan: PostgreSQL 18 plans `set_search_tokens` anew
# on its sixth call in a session, and the same tokens get other keys. Nothing refers to these keys.
_SETS = ("registry_searchtoken",)

type Fingerprint = Mapping[str, tuple[int, str]]
type Likeness = Counter[tuple[str, str]]


@cache
def tables(database: str) -> tuple[str, ...]:
    """The tables that acts write to, by name. `database` is the key of the cache."""
    found = rows("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")
    names = sorted(str(name) for (name,) in found)
    return tuple(name for name in names if not name.startswith(_STANDING))


def rows(sql: str, parameters: Sequence[Any] | Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
    """Ask as the owner, past row-level security, on a connection of its own: committed rows only."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


def asked(questions: Mapping[str, str], parameters: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The answers to several questions, by name, in one statement: rows as columns and values."""
    parts = [
        f"SELECT '{name}', coalesce((SELECT jsonb_agg(to_jsonb(q)) FROM ({sql}) q), '[]')"
        for name, sql in questions.items()
    ]
    run("SET jit = off")  # the plan of so many questions looks dear, and compiling it takes longer than asking
    # Django has psycopg leave JSON as text.
    return {name: json.loads(found) for name, found in rows(" UNION ALL ".join(parts), dict(parameters))}


def run(sql: str, parameters: Sequence[Any] | None = None) -> None:
    """Do as the owner."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(sql, parameters or [])


def fingerprint() -> Fingerprint:
    """Rows and a hash of all their values, for every table that acts write to."""
    parts = [
        f"SELECT '{table}', count(*), md5(coalesce(string_agg(x, '|' ORDER BY x), ''))"
        f" FROM (SELECT t::text AS x FROM {table} t) s"
        for table in (*_names(), *_STAFF, *_FIGURES)
    ]
    return {str(table): (int(count), str(digest)) for table, count, digest in rows(" UNION ALL ".join(parts))}


def likeness() -> Likeness:
    """Every row of every table that acts write to, without what chance and the clock have given.

    The same for two runs of the same act from the same beginning.
    """
    looked_at = [table for table in (*_names(), *_STAFF, *_FIGURES) if table not in _CLOCKED]
    parts = [f"SELECT '{table}', ({_alike(table)})::text FROM {table} t" for table in looked_at]
    return Counter((str(table), str(row)) for table, row in rows(" UNION ALL ".join(parts)))


def differences(before: Likeness, after: Likeness) -> list[str]:
    """The rows that went (-) and those that came (+), one in a line, for the message of a test."""
    gone = [f"- {table} {row}" for table, row in (before - after).elements()]
    come = [f"+ {table} {row}" for table, row in (after - before).elements()]
    return sorted(gone, key=str.lower) + sorted(come, key=str.lower)


def _alike(table: str) -> str:
    """A row as JSON, without the columns in which two runs of the same act may differ."""
    without = (*_CHANCE, *_CHANCE_IN.get(table, ()), *(("id",) if table in _SETS else ()))
    row = " #- ".join(["(to_jsonb(t)", *(f"'{place}'" for place in _CHANCE_WITHIN.get(table, ()))]) + ")"
    return " - ".join([row, *(f"'{column}'" for column in without)])


def emptied() -> None:
    """Empty every table that acts write to, and begin all their numbers anew."""
    with transaction.atomic(using="owner", durable=True), connections["owner"].cursor() as cursor:
        for statement in emptying(cursor, _names()):
            cursor.execute(statement)
        cursor.execute(
            "SELECT setval(seqrelid::regclass, seqstart, false) FROM pg_sequence JOIN pg_depend ON objid = seqrelid"
            " WHERE deptype IN ('a', 'i') AND refobjid = ANY(%s::regclass[])",
            [list(_names())],
        )
    run("ALTER SEQUENCE registry_group_number RESTART")


def staff_put_back(user_ids: Iterable[int | None]) -> None:
    """Let there be these users alone, as they were: whoever was added since goes, with employments and roles."""
    kept = [each for each in user_ids if each is not None]
    for table in reversed(_STAFF):
        column = "id" if table == "directory_user" else "user_id"
        run(f"DELETE FROM {table} WHERE {column} <> ALL(%s)", [kept])
        run(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")


def sequences() -> dict[str, tuple[int, bool]]:
    """Where every sequence stands: numbers that were given out are not given back when an act is undone."""
    names = [str(name) for (name,) in rows("SELECT relname FROM pg_class WHERE relkind = 'S'")]
    found = rows(" UNION ALL ".join(f"SELECT '{name}', last_value, is_called FROM {name}" for name in names))
    return {str(name): (int(value), bool(is_called)) for name, value, is_called in found}


def put_sequences_back(before: dict[str, tuple[int, bool]]) -> None:
    """Let the next act get the same numbers as the last one that was undone."""
    ask = ", ".join(f"setval('{name}', {value}, {is_called})" for name, (value, is_called) in before.items())
    rows(f"SELECT {ask}")


def _names() -> tuple[str, ...]:
    return tables(str(connections["owner"].settings_dict["NAME"]))
