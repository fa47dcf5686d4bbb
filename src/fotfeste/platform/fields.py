"""Model fields for the kernel's types."""

from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CheckConstraint, Expression, F, Func, Q, Value
from psycopg.types.range import DateRange

from fotfeste.kernel.names import A_LETTER, UNSEEN
from fotfeste.kernel.periods import Period


def seen_as_written(*columns: str, name: str) -> CheckConstraint:
    """The database takes no text in these columns with characters that nobody sees: two names would look like one."""
    unseen = f"[{UNSEEN}]"
    return CheckConstraint(condition=Q(*(~Q(**{f"{column}__regex": unseen}) for column in columns)), name=name)


def with_a_letter(*columns: str, name: str) -> CheckConstraint:
    """The database wants a letter that shows in one of these columns at least: something to call somebody."""
    some = [Q(**{f"{column}__regex": A_LETTER}) for column in columns]
    return CheckConstraint(condition=reduce(or_, some), name=name)


class PeriodField(DateRangeField):
    """A `kernel.Period` as a PostgreSQL daterange, `[start, end)`; an open end is unbounded.

    The database takes no range without days and none without a beginning: PostgreSQL gives an empty range no end, so
    that every question for what is still open would find it. What has no days is annulled, not shortened.
    `may_be_empty`: only where an end is told by another column.
    """

    def __init__(self, *args: Any, may_be_empty: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.may_be_empty = may_be_empty

    def deconstruct(self) -> Any:
        """`may_be_empty` belongs to the field's definition."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | ({"may_be_empty": True} if self.may_be_empty else {})

    def db_check(self, connection: BaseDatabaseWrapper) -> str | None:
        """The check of every column of this kind; PostgreSQL calls it `<table>_<column>_check`."""
        if self.may_be_empty:
            return None
        column = connection.ops.quote_name(self.column or self.attname)
        return f"NOT isempty({column}) AND NOT lower_inf({column})"

    def from_db_value(
        self, value: DateRange | None, expression: Expression, connection: BaseDatabaseWrapper
    ) -> Period | None:
        """Read a range of days as a Period; NULL as None."""
        if value is None or value.isempty or value.lower is None:
            return None
        return Period(value.lower, value.upper)

    def get_prep_value(self, value: Any) -> Any:
        """Write a Period as a range; ranges, days (for `contains`) and expressions pass through."""
        if isinstance(value, Period):
            return DateRange(value.start, value.end, "[)")
        if isinstance(value, date):
            return value
        return super().get_prep_value(value)


def one_of(*fields: str) -> list[tuple[Func, str]]:
    """Exclusion expressions 'same value' for bigint columns, without any extension."""
    return [(Func(F(f), F(f), Value("[]"), function="int8range"), RangeOperators.OVERLAPS) for f in fields]
