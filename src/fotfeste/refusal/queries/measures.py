"""How often refusals were turned, and before which step: counts over all of them, of nobody in particular (REF-05)."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

_ASKED = "SELECT outcome, step, refusals, persons FROM refusal_outcomes(%s, %s)"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many refusals of a period came to what, after which step.

    `outcome`: `accepted` (somebody said yes), `evicted`, `moved_out`, or `open` still. `step`: the farthest that had
    been taken by then, as in the plan (`opened`, `first_letter`, `eviction_notice`, `petition`). `persons`: of the
    accepted, how many said yes.
    """

    outcome: str
    step: str
    refusals: int
    persons: int


def outcomes(since: date, until: date) -> list[Outcome]:
    """What became of the refusals that opened from a day and before another, of the whole country. One query.

    Nothing for a viewer whose roles open nobody's settlement.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ASKED, [since, until])
        return [Outcome(*row) for row in cursor.fetchall()]
