"""Model fields for the kernel's types."""

from datetime import date
from typing import Any

from django.contrib.postgres.fields import DateRangeField
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression
from psycopg.types.range import DateRange

from fotfeste.kernel.periods import Period


class PeriodField(DateRangeField):
    """A `kernel.Period` as a PostgreSQL daterange, `[start, end)`; an open end is unbounded."""

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
