"""What every act on those who live privately in a municipality shares: it is about them, there, and it is the
municipality that does it.
"""

from collections.abc import Collection
from datetime import datetime

from fotfeste.access.public import Need, NeedReason
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.platform.acts import require
from fotfeste.platform.events import Happening, publish
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import lock_group

HOUSED = frozenset({NeedReason.HOUSED_HERE})


def lock_housed(
    group_id: int,
    *,
    by: Viewer,
    at: datetime,
    version: int | None,
    reasons: Collection[NeedReason] = HOUSED,
) -> None:
    """Lock a household that the actor's municipality follows up. Raises Stale, NotFound, NotAllowed, Refused
    `not_housed_here`.
    """
    require(by, "alternative.follow_up")
    lock_group(group_id, version=version)
    knows = Need.objects.filter(
        subject_id=group_id,
        organisation_id=by.organisation_id,
        reason__in=sorted(reasons),
        period__contains=legal_day(at),
    )
    if not knows.exists():
        raise Refused("not_housed_here")


def tell(kind: str, group_id: int, *, by: Viewer, at: datetime, object_id: int | None = None) -> None:
    """Publish that the municipality has done something for a household that lives there privately."""
    publish(
        Happening(
            type=kind, subject_id=group_id, object_kind="placement_group", object_id=object_id, holds_on=legal_day(at)
        ),
        by=by,
        at=at,
    )
