"""One household at a time: every act on a household locks its placement group first."""

from collections.abc import Iterable
from datetime import datetime

from fotfeste.access.public import Need
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import NotFound, Refused, Stale
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.domain.membership import ACTING
from fotfeste.registry.models import PlacementGroup


def lock_group(subject_id: int, *, version: int | None) -> PlacementGroup:
    """Lock a placement group, check the version its form was opened on, and raise the version.

    `version` None: the act does not come from a form (a listener, a job). Raises Stale, NotFound.
    """
    group = PlacementGroup.objects.select_for_update().filter(subject_id=subject_id).first()
    if group is None:
        raise NotFound("not_found")
    if version is not None and version != group.version:
        raise Stale(expected_version=version, found_version=group.version)
    group.version += 1
    # The fence is asked again: the need to know may have ended while the lock was waited for.
    if not PlacementGroup.objects.filter(pk=group.pk).update(version=group.version):
        raise NotFound("not_found")
    return group


def require_part(subject_ids: Iterable[int], *, by: Viewer, at: datetime) -> None:
    """Refuse an organisation that knows of one of the subjects only from before, or from a part that is not this.

    Asked under the household's lock: a need may have ended while the act waited.
    Raises Refused `not_theirs_to_register`.
    """
    wanted = set(subject_ids)
    mine = Need.objects.filter(
        subject_id__in=sorted(wanted),
        organisation_id=by.organisation_id,
        reason__in=sorted(ACTING),
        period__contains=legal_day(at),
    )
    if wanted - set(mine.values_list("subject_id", flat=True)):
        raise Refused("not_theirs_to_register")
