"""Who looks or acts: what queries and actions need to know of them. `access` builds viewers."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Viewer:
    """One person in one organisation, with what their roles allow today.

    `user_id` is None for the system itself (jobs, loading); `may` then answers from `permissions` alike.
    `opens`: for each compartment the reasons to know that open it; a viewer without sees nobody.
    """

    user_id: int | None
    organisation_id: int
    organisation_kind: str
    roles: frozenset[str] = field(default_factory=frozenset)
    permissions: frozenset[str] = field(default_factory=frozenset)
    name: str = ""
    opens: Mapping[str, frozenset[str]] = field(default_factory=dict, hash=False)

    def may(self, permission: str) -> bool:
        """Whether a role of this viewer carries the permission."""
        return permission in self.permissions
