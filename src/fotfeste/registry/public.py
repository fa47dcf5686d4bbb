"""What other packages may use of the registry."""

from fotfeste.registry.actions.lock import lock_group
from fotfeste.registry.domain.types import PERMITS, RelationKind, Sex, StatusKind
from fotfeste.registry.models import GroupMembership, PersonDetails, PlacementGroup

__all__ = [
    "PERMITS",
    "GroupMembership",
    "PersonDetails",
    "PlacementGroup",
    "RelationKind",
    "Sex",
    "StatusKind",
    "lock_group",
]
