"""Writes of access: subjects, needs to know, roles. Called by the acts that create and end the reason."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import connection

from fotfeste.access.domain.permissions import ROLE_BELONGS_TO
from fotfeste.access.domain.types import NeedReason, Role, SubjectKind
from fotfeste.access.domain.unusual import Finding
from fotfeste.access.looked import SEE_UNUSUAL
from fotfeste.access.models import LookReview, Need, RoleAssignment, Subject
from fotfeste.directory.public import User
from fotfeste.kernel.errors import NotAllowed, Refused
from fotfeste.kernel.periods import Period
from fotfeste.platform.acts import act, require
from fotfeste.platform.events import Happening, publish
from fotfeste.platform.viewer import Viewer


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


def give_role(user: User, role: Role, *, by: Viewer, at: datetime, from_on: date) -> RoleAssignment:
    """Give a user a role from a day. Raises Refused where the user's kind of organisation does not have it."""
    if user.organisation.kind not in ROLE_BELONGS_TO[role]:
        raise Refused("role_not_of_this_organisation", params={"role": role})
    return RoleAssignment.objects.create(
        user=user, role=role, period=Period(from_on, None), given_at=at, given_by_id=by.user_id
    )


@act
def review_look(finding: Finding, *, words: str, by: Viewer, at: datetime) -> LookReview:
    """Say what an unusual look of one's own staff was. Nobody says it of their own.

    Raises NotAllowed for who does not see to the organisation's looks, and Refused.
    """
    require(by, SEE_UNUSUAL)
    if by.user_id is None:
        raise NotAllowed("not_allowed")
    if finding.user_id == by.user_id:
        raise Refused("own_look")
    review = LookReview.objects.create(
        organisation_id=by.organisation_id,
        looked_by_id=finding.user_id,
        rule=finding.rule,
        looked_on=finding.looked_on,
        household_id=finding.household_id,
        reviewed_at=at,
        reviewed_by_id=by.user_id,
        words=words.strip(),
    )
    happening = Happening(type="access.look_reviewed", subject_id=None, object_kind="look_review", object_id=review.pk)
    publish(happening, by=by, at=at)
    return review
