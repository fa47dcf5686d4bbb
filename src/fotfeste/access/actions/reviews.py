"""Unusual looks of one's own staff: what an administrator says of them."""

from datetime import datetime

from fotfeste.access.domain.permissions import SEE_UNUSUAL
from fotfeste.access.domain.unusual import Finding
from fotfeste.access.models import LookReview
from fotfeste.kernel.errors import NotAllowed, Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.events import Happening, publish
from fotfeste.platform.viewer import Viewer


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
