"""Queries that are put together once: on a page with a dozen of them, building the SQL costs more than running it.

    _OF_CASE = Prepared(lambda: Task.objects.filter(case_id=Given.key("case"), period__contains=Given.day("day")))
    tasks = _OF_CASE(case=case.pk, day=day)

The queryset is built and compiled at the first use; afterwards only the given values are put into it. What it says must
therefore not depend on anything but what is given.
"""

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import connections
from django.db.models import BigIntegerField, BooleanField, DateField, Expression, F, Field, Func, QuerySet
from django.db.models.sql.compiler import SQLCompiler


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


class Prepared[Row]:
    """A queryset that is compiled once and asked with other values each time."""

    def __init__(self, build: Callable[[], "QuerySet[Any, Row]"]) -> None:
        self._build = build

    @cached_property
    def _compiled(self) -> "tuple[QuerySet[Any, Row], SQLCompiler, str, Sequence[Any]]":
        queryset = self._build()
        compiler = queryset.query.get_compiler(using=queryset.db)
        sql, params = compiler.as_sql()
        return queryset, compiler, sql, params

    def __call__(self, **given: Any) -> list[Row]:
        """The rows for these values. One query. Raises KeyError for a value that is not given."""
        template, compiler, sql, params = self._compiled
        filled = tuple(given[each.name] if isinstance(each, _Slot) else each for each in params)
        queryset = template.all()
        ready = copy(compiler)  # what it selects stays; the connection belongs to the thread
        ready.connection = connections[queryset.db]
        vars(ready)["as_sql"] = lambda: (sql, filled)
        vars(queryset.query)["get_compiler"] = lambda *_, **__: ready
        return list(queryset)

    def first(self, **given: Any) -> Row | None:
        """The first row for these values, if there is any; the queryset limits itself. One query."""
        return next(iter(self(**given)), None)
