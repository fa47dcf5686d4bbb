"""What acts of allocation lock, always in this order: the plan, the households, their municipalities, each by its key.

Settlement's own acts lock a household before its municipality too, so that acts wait for each other and do not block.
"""

from collections.abc import Collection

from fotfeste.directory.public import Organisation
from fotfeste.registry.public import PlacementGroup


def lock_households(subject_ids: Collection[int]) -> bool:
    """Lock households, so that nobody asks for them or steers them meanwhile; whether the viewer sees any of them."""
    return bool(list(PlacementGroup.objects.filter(subject_id__in=subject_ids).order_by("pk").select_for_update()))


def lock_municipalities(organisation_ids: Collection[int]) -> None:
    """Lock municipalities, so that none is closed, and nothing about its places is said or promised, meanwhile."""
    list(Organisation.objects.filter(pk__in=organisation_ids).order_by("pk").select_for_update(no_key=True))
