"""On which days a return was agreed before it was moved."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from fotfeste.accommodation.domain.types import ReturnMoved
from fotfeste.accommodation.models import Absence
from fotfeste.kernel.calendar import legal_day

MOVED_RETURN = "return_"  # with the reason: why a row is annulled whose return was moved


@dataclass(frozen=True, slots=True)
class AgreedBefore:
    """The day that a return was agreed for until it was moved: since when the absence was, when it was moved, why."""

    subject_id: int
    since_on: date
    return_on: date
    moved_on: date
    reason: ReturnMoved


def agreed_before(person_ids: Collection[int]) -> list[AgreedBefore]:
    """What was agreed before, of these persons, the first that was moved first (one query)."""
    moved = Absence.objects.filter(subject_id__in=list(person_ids), annul_reason__startswith=MOVED_RETURN)
    return [
        AgreedBefore(
            row.subject_id,
            row.period.start,
            row.expected_return_on,
            legal_day(row.annulled_at),
            ReturnMoved(row.annul_reason.removeprefix(MOVED_RETURN)),
        )
        for row in moved.order_by("annulled_at", "pk")
        if row.annulled_at is not None and row.expected_return_on is not None
    ]
