"""Subjects and needs to know. Called by the acts that create and end the reason."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime

from django.db import connection

from fotfeste.access.domain.types import NeedReason, SubjectKind
from fotfeste.access.models import Need, Subject
from fotfeste.kernel.periods import Period

type NeedListener = Callable[[Sequence[int], datetime], None]
_listeners: list[NeedListener] = []


def needs_heard_by(listener: NeedListener) -> None:
    """Say who is told of which subjects a need was opened or ended, in the same transaction; when the program starts.

    For what must follow whichever act it was: somebody to be named for a protected household.
    """
    _listeners[:] = [listener]


def _tell_listeners(subject_ids: Sequence[int], at: datetime) -> None:
    for listener in _listeners:
        listener(subject_ids, at)


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
    """Open a need to know of each subject. An open one for the same reason stays as it is.

    The database lets through those whom the session knows of, or whose household it knows of, and somebody new.
    """
    wanted = list(subject_ids)
    period = Period(from_on, until_on)
    ended_at = at if until_on else None
    Need.objects.bulk_create(
        [
            Need(
                subject_id=subject_id,
                organisation_id=organisation_id,
                reason=reason,
                period=period,
                opened_at=at,
                ended_at=ended_at,
            )
            for subject_id in wanted
        ],
        ignore_conflicts=True,
    )
    _tell_listeners(wanted, at)


def open_first_needs(
    subject_ids: Iterable[int], needs: Iterable[tuple[int, NeedReason]], *, from_on: date, at: datetime
) -> None:
    """Open the needs, each (organisation, reason), of subjects that are new, all at once: afterwards they are not new
    to anybody, and only those may open one who know of them.
    """
    given, period = sorted(needs), Period(from_on)
    Need.objects.bulk_create(
        [
            Need(subject_id=subject_id, organisation_id=organisation_id, reason=reason, period=period, opened_at=at)
            for subject_id in subject_ids
            for organisation_id, reason in given
        ],
        ignore_conflicts=True,  # and so without giving keys back: the needs of others are not read by what opens them
    )


def open_needs_of(subject_ids: Iterable[int], reason: NeedReason) -> list[tuple[int, int]]:
    """Who has an open need for a reason, as (subject, organisation) in order: also of those in a household that the
    session knows of whom it does not see, since an act on a household is on all of it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT subject_id, organisation_id FROM open_needs_of(%s, %s)", [list(subject_ids), reason])
        return [(subject_id, organisation_id) for subject_id, organisation_id in cursor.fetchall()]


def end_needs(
    subject_ids: Iterable[int],
    *,
    reason: NeedReason,
    on: date,
    at: datetime,
    organisation_id: int | None = None,
) -> None:
    """End the open needs for a reason: `on` is the first day without. All organisations where none is named.

    The database ends those of somebody whom the session knows of, or whose household it knows of, and refuses others.
    """
    wanted = list(subject_ids)
    with connection.cursor() as cursor:
        cursor.execute("SELECT end_needs(%s, %s, %s, %s, %s)", [wanted, reason, on, at, organisation_id])
    _tell_listeners(wanted, at)
