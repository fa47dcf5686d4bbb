"""Bulk loading: rows by COPY into the tables of models, as the owner role, in one transaction.

Rows are named tuples whose field names are the model's columns; columns that they leave out get the field's default.
Constraints and triggers all apply. Foreign keys are checked at once, not at the end: deferred they make row triggers
quadratic. Foreign keys and exclusion constraints may be dropped and rebuilt around the load (`constraints_rebuilt`).
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connections, models, transaction
from django.db.models.fields import NOT_PROVIDED

from fotfeste.kernel.periods import Period
from fotfeste.platform.models import Event

_NULL = r"\N"
_ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
ROWS_A_WRITE = 2000


class Loader:
    """Writes rows of one transaction. Made by `bulk_load`."""

    def __init__(self, using: str) -> None:
        self.using = using
        self._columns: dict[tuple[type[models.Model], tuple[str, ...]], tuple[str, str]] = {}
        self._with_own_keys: set[type[models.Model]] = set()
        self._last_feed_position = 0

    def execute(self, sql: str, parameters: Sequence[str | int] = ()) -> list[tuple[Any, ...]]:
        """Run a statement; gives its rows."""
        with connections[self.using].cursor() as cursor:
            cursor.execute(sql, parameters or None)
            return cursor.fetchall() if cursor.description else []

    def next_key(self, model: type[models.Model]) -> int:
        """The first key that is free for rows that bring their own; the sequence is set when the load ends."""
        self._with_own_keys.add(model)
        table, key = model._meta.db_table, _key_column(model)
        return int(self.execute(f'SELECT coalesce(max("{key}"), 0) + 1 FROM "{table}"')[0][0])  # noqa: S608

    def copy(self, model: type[models.Model], rows: Sequence[NamedTuple]) -> int:
        """Write named tuples of one type; gives their number. Raises ValueError for a column without a value."""
        if not rows:
            return 0
        first: Any = rows[0]
        fields: tuple[str, ...] = first._fields
        shape = (model, fields)
        if shape not in self._columns:
            self._columns[shape] = _columns_and_constants(model, fields)
        columns, tail = self._columns[shape]
        statement = f'COPY "{model._meta.db_table}" ({columns}) FROM STDIN'
        with connections[self.using].cursor() as cursor, cursor.copy(statement) as copy:
            for start in range(0, len(rows), ROWS_A_WRITE):
                copy.write(as_copy_text(rows[start : start + ROWS_A_WRITE], tail))
        return len(rows)

    def analyze(self, tables: Iterable[type[models.Model]] = ()) -> None:
        """Let the planner know what is in these tables now, or in all that were written to."""
        for model in sorted(set(tables) or {model for model, _ in self._columns}, key=lambda m: m._meta.db_table):
            self.execute(f'ANALYZE "{model._meta.db_table}"')

    def remember_feed_position(self, position: int) -> None:
        """The feed counter is set to the highest of these when the load ends."""
        self._last_feed_position = max(self._last_feed_position, position)

    def _finish(self) -> None:
        if self._last_feed_position:
            self.execute("UPDATE platform_feedcounter SET position = %s", [self._last_feed_position])
        for model in self._with_own_keys:
            table, key = model._meta.db_table, _key_column(model)
            [(sequence,)] = self.execute("SELECT pg_get_serial_sequence(%s, %s)", [f'"{table}"', key])
            [(highest,)] = self.execute(f'SELECT max("{key}") FROM "{table}"')  # noqa: S608
            if sequence and highest:
                self.execute("SELECT setval(%s, %s)", [sequence, highest])


@contextmanager
def bulk_load(using: str = "owner") -> Iterator[Loader]:
    """One transaction of bulk loading on the owner's connection: all of it or nothing. Sets the key sequences after."""
    with transaction.atomic(using=using):
        loader = Loader(using)
        # Triggers' plans are made while the tables are still empty, and would read them whole for every row.
        loader.execute("SET LOCAL enable_seqscan = off")
        loader.execute("SET CONSTRAINTS ALL IMMEDIATE")
        yield loader
        loader._finish()


def vacuum(using: str = "owner") -> None:
    """Make reading as quick as it will be: what a load leaves behind is otherwise done by whoever comes first, page by
    page. After the load's own transaction, for VACUUM runs in none."""
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = ", ".join(map(connection.ops.quote_name, sorted(connection.introspection.table_names(cursor))))
        cursor.execute(f"VACUUM (ANALYZE) {tables}")


@contextmanager
def constraints_rebuilt(loader: Loader, tables: Iterable[type[models.Model]]) -> Iterator[None]:
    """Drop the foreign keys and exclusion constraints of these tables and rebuild them afterwards, in the load's own
    transaction.

    The rebuild tries every row, those of before too, and fails, and with it the load, where one does not hold. Whole
    tables are compared at once, which is many times faster than row by row.
    """
    dropped = [
        (table, str(name), str(definition))
        for table in sorted({model._meta.db_table for model in tables})
        for name, definition in loader.execute(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conrelid = %s::regclass AND contype IN ('f', 'x') ORDER BY contype DESC, conname",
            [f'"{table}"'],
        )
    ]
    for table, name, _ in dropped:
        loader.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')
    yield
    loader.analyze()
    loader.execute("SET LOCAL enable_seqscan = on")
    for table, name, definition in dropped:
        loader.execute(f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" {definition}')


def as_copy_text(rows: Iterable[Sequence[object]], tail: str = "") -> str:
    """Rows in COPY's text format, each ending in `tail` (the constants, already encoded) and a newline."""
    encoders = _ENCODERS
    ending = tail + "\n"
    try:
        return "".join(["\t".join([encoders[type(v)](v) for v in row]) + ending for row in rows])
    except KeyError:
        return "".join(["\t".join([_encode(v) for v in row]) + ending for row in rows])


def _columns_and_constants(model: type[models.Model], given: tuple[str, ...]) -> tuple[str, str]:
    fields = {field.attname: field for field in model._meta.concrete_fields}
    if unknown := sorted(set(given) - set(fields)):
        message = f"{model.__name__} has no column {', '.join(unknown)}"
        raise ValueError(message)
    names = [fields[name].column for name in given]
    tail = ""
    for name, field in fields.items():
        if name in given or (field.primary_key and isinstance(field, models.AutoField)):
            continue
        names.append(field.column)
        tail += "\t" + _encode(_default_of(model, field))
    return ", ".join(f'"{name}"' for name in names), tail


def _default_of(model: type[models.Model], field: "models.Field[Any, Any]") -> object:
    if field.default is not NOT_PROVIDED and not callable(field.default):
        return field.default
    if callable(field.default) and field.default in (list, dict):
        return field.default()
    if field.null:
        return None
    if field.blank and isinstance(field, models.CharField | models.TextField):
        return ""
    message = f"{model.__name__}.{field.name} has no default: every row must bring it"
    raise ValueError(message)


def _key_column(model: type[models.Model]) -> str:
    key = model._meta.pk
    if key is None:  # pragma: no cover
        message = f"{model.__name__} has no key"
        raise ValueError(message)
    return str(key.column)


def _encode(value: object) -> str:
    encoder = _ENCODERS.get(type(value))
    if encoder is None:
        if not isinstance(value, str):  # an enum of texts
            message = f"no COPY text for {type(value).__name__}"
            raise TypeError(message)
        encoder = _ENCODERS[type(value)] = _enum_text
    return encoder(value)


def _text(value: str) -> str:
    return value.translate(_ESCAPES) if "\\" in value or "\n" in value or "\t" in value or "\r" in value else value


def _enum_text(value: Any) -> str:
    return _text(str(value.value))


def _json(value: object) -> str:
    return _text(json.dumps(value, ensure_ascii=False))


@lru_cache(maxsize=8192)
def _day(value: date) -> str:
    return value.isoformat()


@lru_cache(maxsize=65536)
def _period(value: Period) -> str:
    return f"[{value.start},{value.end or ''})"


_ENCODERS: dict[type, Callable[[Any], str]] = {
    type(None): lambda _: _NULL,
    str: _text,
    int: str,
    bool: lambda value: "t" if value else "f",
    date: _day,
    datetime: datetime.isoformat,
    Period: _period,
    dict: _json,
    list: _json,
    tuple: _json,
}


def first_feed_position(loader: Loader) -> int:
    """The feed position of the next event. The counter stays locked: nobody else's events get positions meanwhile."""
    loader.execute("INSERT INTO platform_feedcounter (id, position) VALUES (1, 0) ON CONFLICT DO NOTHING")
    return int(loader.execute("SELECT position + 1 FROM platform_feedcounter WHERE id = 1 FOR UPDATE")[0][0])


def load_events(loader: Loader, rows: Sequence[NamedTuple]) -> int:
    """Events with their feed positions; the counter follows."""
    count = loader.copy(Event, rows)
    loader.remember_feed_position(max((int(row.feed_position) for row in rows), default=0))  # type: ignore[attr-defined]
    return count
