"""One household at a time: every act on a household locks its placement group first."""

from fotfeste.kernel.errors import NotFound, Stale
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
