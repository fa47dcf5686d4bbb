"""Unusual looks of one's own staff: what an administrator says of them."""

from datetime import datetime

from fotfeste.access.domain.permissions import SEE_UNUSUAL
from fotfeste.access.domain.unusual import Finding
from fotfeste.access.models import LookReview
from fotfeste.directory.public import Organisation
from fotfeste.kernel.errors import NotAllowed, Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.events import Happening, publish
from fotfeste.platform.viewer import Viewer


@act
def review_look(finding: Finding, *, words: str, by: Viewer, at: datetime) -> LookReview:
    """Say what an unusual look of one's own staff was. Nobody says it of their own, and nobody after somebody else.

    Raises NotAllowed for who does not see to the organisation's looks, and Refused.
    """
    require(by, SEE_UNUSUAL)
    if by.user_id is None:
        raise NotAllowed("not_allowed")
    if finding.user_id == by.user_id:
        raise Refused("own_look")
    # The organisation's row is the lock: of two administrators who write at once the second is told.
    Organisation.objects.select_for_update(no_key=True).get(pk=by.organisation_id)
    about = {
        "organisation_id": by.organisation_id,
        "looked_by_id": finding.user_id,
        "rule": finding.rule,
        "looked_on": finding.looked_on,
        "household_id": finding.household_id,
    }
    # What was said holds for all until then; of a later look one may say something again.
    if LookReview.objects.filter(**about, reviewed_at__gte=finding.last_at).exists():
        raise Refused("look_is_reviewed")
    review = LookReview.objects.create(**about, reviewed_at=at, reviewed_by_id=by.user_id, words=words.strip())
    happening = Happening(type="access.look_reviewed", subject_id=None, object_kind="look_review", object_id=review.pk)
    publish(happening, by=by, at=at)
    return review
