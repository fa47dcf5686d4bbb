"""Queries that are put together once: on a page with a dozen of them, building the SQL costs more than running it.

    _OF_CASE = Prepared(lambda: Task.objects.filter(case_id=Given.key("case"), period__contains=Given.day("day")))
    tasks = _OF_CASE(case=case.pk, day=day)

The queryset is built and compiled at the first use; afterwards only the given values are put into it. What it says must
therefore not depend on anything but what is given. The server plans it once for each connection, whatever is given
(ADR 0022): it is for what hangs on one household, one organisation or some dozens of keys, not for lists.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import NotSupportedError, connections
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.models import BigIntegerField, BooleanField, DateField, Expression, F, Field, Func, QuerySet
from django.db.models.sql.compiler import SQLCompiler
from psycopg.adapt import AdaptersMap
from psycopg.sql import Literal
from psycopg.types.numeric import Int8Dumper


@dataclass(frozen=True, slots=True)
class _Slot:
    """Stands among a statement's parameters for a value that is given at each use."""

    name: str


class Given(Expression):
    """A value of a prepared query that is given at each use, by name."""

    def __init__(self, name: str, output_field: "Field[Any, Any]") -> None:
        super().__init__(output_field=output_field)
        self.name = name

    @classmethod
    def key(cls, name: str) -> Self:
        """A primary key."""
        return cls(name, BigIntegerField())

    @classmethod
    def keys(cls, name: str) -> Self:
        """Several primary keys, for `IsAmong`."""
        return cls(name, ArrayField(BigIntegerField()))

    @classmethod
    def day(cls, name: str) -> Self:
        """A day."""
        return cls(name, DateField())

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """The slot, as a value of its type."""
        return f"%s::{self.output_field.db_type(connection)}", (_Slot(self.name),)


class IsAmong(Func):
    """A condition: `IsAmong("subject_id", Given.keys("people"))`."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = BooleanField()

    def __init__(self, field: str, keys: Given) -> None:
        super().__init__(F(field), keys)


class _Planned(ServerBindingCursor):
    """A cursor whose statements the server keeps: the values are sent beside them, each number as the same type."""

    adapters: AdaptersMap

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.adapters.register_dumper(int, Int8Dumper)


@contextmanager
def _planned_once(connection: Any) -> Iterator[None]:
    """What is asked in the block is planned by the server once for each connection, not each time."""
    connection.ensure_connection()
    session = connection.connection
    usual, session.cursor_factory = session.cursor_factory, _Planned
    try:
        yield
    except NotSupportedError:  # the plan is of a table that a migration has changed since: begin a session anew
        session.close()
        raise
    finally:
        session.cursor_factory = usual


def _with_constants(sql: str, params: Sequence[Any]) -> str:
    """The statement with all values in place but those that are given at each use."""
    values = iter(params)

    def filled(mark: "re.Match[str]") -> str:
        if mark[0] == "%%" or isinstance(value := next(values), _Slot):
            return mark[0]
        return Literal(value).as_string().replace("%", "%%")

    return re.sub("%%|%s", filled, sql)


class Prepared[Row]:
    """A queryset that is compiled once and asked with other values each time."""

    def __init__(self, build: Callable[[], "QuerySet[Any, Row]"]) -> None:
        self._build = build

    @cached_property
    def _compiled(self) -> "tuple[QuerySet[Any, Row], SQLCompiler, str, Sequence[str]]":
        queryset = self._build()
        compiler = queryset.query.get_compiler(using=queryset.db)
        sql, params = compiler.as_sql()
        return (
            queryset,
            compiler,
            _with_constants(sql, params),
            [each.name for each in params if isinstance(each, _Slot)],
        )

    def __call__(self, **given: Any) -> list[Row]:
        """The rows for these values. One query. Raises KeyError for a value that is not given."""
        template, compiler, sql, names = self._compiled
        filled = tuple(given[name] for name in names)
        queryset = template.all()
        ready = copy(compiler)  # what it selects stays; the connection belongs to the thread
        ready.connection = connections[queryset.db]
        vars(ready)["as_sql"] = lambda: (sql, filled)
        vars(queryset.query)["get_compiler"] = lambda *_, **__: ready
        with _planned_once(ready.connection):
            return list(queryset)

    def first(self, **given: Any) -> Row | None:
        """The first row for these values, if there is any; the queryset limits itself. One query."""
        return next(iter(self(**given)), None)
