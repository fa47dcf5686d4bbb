"""Subjects and needs to know. Called by the acts that create and end the reason."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import connection

from fotfeste.access.domain.types import NeedReason, SubjectKind
from fotfeste.access.models import Need, Subject
from fotfeste.kernel.periods import Period


def create_subject(kind: SubjectKind, reference: str = "") -> Subject:
    """A new key with its public reference. First the subject, then the need, then the row about it.

    `reference`: one from `new_reference` that was drawn before, where what is sent twice must be one subject.
    """
    return Subject.objects.create(kind=kind, **({"reference": reference} if reference else {}))


def open_needs(
    subject_ids: Iterable[int],
    *,
    organisation_id: int,
    reason: NeedReason,
    from_on: date,
    at: datetime,
    until_on: date | None = None,
) -> None:
    """Open a need to know of each subject. An open one for the same reason stays as it is."""
    Need.objects.bulk_create(
        [
            Need(
                subject_id=subject_id,
                organisation_id=organisation_id,
                reason=reason,
                period=Period(from_on, until_on),
                opened_at=at,
                ended_at=at if until_on else None,
            )
            for subject_id in subject_ids
        ],
        ignore_conflicts=True,
    )


_END = """
    UPDATE access_need
    SET period = daterange(lower(period), greatest(lower(period), %s)), ended_at = %s
    WHERE subject_id = ANY(%s) AND reason = %s AND upper_inf(period)
      AND (%s::bigint IS NULL OR organisation_id = %s)
"""


def end_needs(
    subject_ids: Iterable[int],
    *,
    reason: NeedReason,
    on: date,
    at: datetime,
    organisation_id: int | None = None,
) -> None:
    """End the open needs for a reason: `on` is the first day without. All organisations where none is named."""
    with connection.cursor() as cursor:
        cursor.execute(_END, [on, at, list(subject_ids), reason, organisation_id, organisation_id])
