"""What other packages may use of access."""

from fotfeste.access.actions import create_subject, end_needs, give_role, open_needs
from fotfeste.access.domain.permissions import PERMISSIONS, ROLE_BELONGS_TO
from fotfeste.access.domain.types import NeedReason, Role, SubjectKind
from fotfeste.access.models import Need, RoleAssignment, Subject
from fotfeste.access.queries import (
    DEMO_USERS,
    KINDS_ON_THE_WAY,
    demo_users,
    needs_as_rows,
    organisations_with,
    reasons_of,
    subject_by_reference,
    viewer_for,
)

__all__ = [
    "DEMO_USERS",
    "KINDS_ON_THE_WAY",
    "PERMISSIONS",
    "ROLE_BELONGS_TO",
    "Need",
    "NeedReason",
    "Role",
    "RoleAssignment",
    "Subject",
    "SubjectKind",
    "create_subject",
    "demo_users",
    "end_needs",
    "give_role",
    "needs_as_rows",
    "open_needs",
    "organisations_with",
    "reasons_of",
    "subject_by_reference",
    "viewer_for",
]
