"""Which lines count, asked of the database: a municipality reads its lines and no runs."""

from typing import Any

from django.db.models import BooleanField, F, Func


def _run_is_in(function: str, run: str) -> Func:
    """The condition that a row's run is one of those that a function of the database gives."""
    template = f"%(expressions)s = ANY ((SELECT {function}())::bigint[])"
    return Func(F(run), template=template, output_field=BooleanField())


def counts(run: str = "run_id") -> Any:
    """The condition that a row's run counts: approved or paid."""
    return _run_is_in("ledger_counting_runs", run)


def is_paid(run: str = "run_id") -> Any:
    """Whether a row's run has been paid, to annotate with."""
    return _run_is_in("ledger_paid_runs", run)
