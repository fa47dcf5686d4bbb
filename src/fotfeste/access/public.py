"""What other packages may use of access."""

from fotfeste.access.actions import create_subject, end_needs, give_role, open_needs, review_look
from fotfeste.access.domain.permissions import PERMISSIONS, ROLE_BELONGS_TO
from fotfeste.access.domain.types import Compartment, LookRule, NeedReason, Role, SubjectKind
from fotfeste.access.domain.unusual import Finding
from fotfeste.access.looked import SEE_UNUSUAL, Knows, Unusual, looks_at, unusual_looks, who_knows
from fotfeste.access.models import Look, Need, RoleAssignment, Subject
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
    "SEE_UNUSUAL",
    "Compartment",
    "Finding",
    "Knows",
    "Look",
    "LookRule",
    "Need",
    "NeedReason",
    "Role",
    "RoleAssignment",
    "Subject",
    "SubjectKind",
    "Unusual",
    "create_subject",
    "demo_users",
    "end_needs",
    "give_role",
    "looks_at",
    "needs_as_rows",
    "open_needs",
    "organisations_with",
    "reasons_of",
    "review_look",
    "subject_by_reference",
    "unusual_looks",
    "viewer_for",
    "who_knows",
]
