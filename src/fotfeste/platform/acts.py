"""An act: one person does one thing, in one transaction, all of it or none of it.

Broken constraints become refusals with the constraint's name as their code, so that the sentence for the user is
found in one place whether a rule or the database said no.
"""

from collections.abc import Callable
from functools import wraps

import psycopg
from django.db import DatabaseError, OperationalError, transaction

from fotfeste.kernel.errors import NotAllowed, Refused
from fotfeste.platform.viewer import Viewer

# Which function of the server said that a row may not be written: row-level security. A missing right to a table, which
# is a mistake in the program, has the same SQLSTATE and comes from elsewhere.
_FENCE = "ExecWithCheckOptions"


def act[**P, R](function: Callable[P, R]) -> Callable[P, R]:
    """Run the action in one transaction and turn the database's refusals into `Refused`."""

    @wraps(function)
    def in_one_transaction(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            with transaction.atomic():
                return function(*args, **kwargs)
        except DatabaseError as error:
            refusal = refusal_of(error)
            if refusal is error:
                raise  # with its own cause: what the database said
            raise refusal from error

    return in_one_transaction


def refusal_of(error: DatabaseError) -> Exception:
    """The refusal that a database error stands for; the error itself where it is a mistake in the program."""
    cause = error.__cause__
    if isinstance(error, OperationalError) and isinstance(cause, psycopg.errors.DeadlockDetected):
        return Refused("try_again")
    if isinstance(cause, psycopg.Error) and cause.diag.constraint_name:
        return Refused(_code_of(cause.diag.constraint_name))
    if isinstance(cause, psycopg.errors.InsufficientPrivilege) and cause.diag.source_function == _FENCE:
        return Refused("outside_the_fence")
    return error


def _code_of(constraint: str) -> str:
    """A constraint's own name; the check of a period (platform.fields) has one sentence for all tables."""
    return "period_without_days" if constraint.endswith("_period_check") else constraint


def require(by: Viewer, permission: str) -> None:
    """Raise NotAllowed unless a role of the actor carries the permission."""
    if not by.may(permission):
        raise NotAllowed("not_allowed", params={"permission": permission})
