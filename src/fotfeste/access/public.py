"""What other packages may use of access."""

from fotfeste.access.actions.needs import create_subject, end_needs, open_first_needs, open_needs, open_needs_of
from fotfeste.access.actions.reviews import review_look
from fotfeste.access.actions.staff import NewUser, add_user, end_employment, end_role, give_role
from fotfeste.access.domain.permissions import PERMISSIONS, ROLE_BELONGS_TO, SEE_UNUSUAL
from fotfeste.access.domain.types import Compartment, LookRule, NeedReason, Role, SubjectKind
from fotfeste.access.domain.unusual import Finding
from fotfeste.access.looked import Knows, Unusual, looks_at, unusual_looks, who_knows
from fotfeste.access.models import Employment, Look, Need, RoleAssignment, Subject
from fotfeste.access.queries import (
    DEMO_USERS,
    KINDS_ON_THE_WAY,
    demo_users,
    is_known,
    needs_as_rows,
    organisations_with,
    subject_by_reference,
    viewer_for,
)
from fotfeste.access.staff import employed_on, is_employed, works_on_cases
from fotfeste.access.words import EVENT_WORDS, ROLES

__all__ = [
    "DEMO_USERS",
    "EVENT_WORDS",
    "KINDS_ON_THE_WAY",
    "PERMISSIONS",
    "ROLES",
    "ROLE_BELONGS_TO",
    "SEE_UNUSUAL",
    "Compartment",
    "Employment",
    "Finding",
    "Knows",
    "Look",
    "LookRule",
    "Need",
    "NeedReason",
    "NewUser",
    "Role",
    "RoleAssignment",
    "Subject",
    "SubjectKind",
    "Unusual",
    "add_user",
    "create_subject",
    "demo_users",
    "employed_on",
    "end_employment",
    "end_needs",
    "end_role",
    "give_role",
    "is_employed",
    "is_known",
    "looks_at",
    "needs_as_rows",
    "open_first_needs",
    "open_needs",
    "open_needs_of",
    "organisations_with",
    "review_look",
    "subject_by_reference",
    "unusual_looks",
    "viewer_for",
    "who_knows",
    "works_on_cases",
]
