"""What other packages may use of access."""

from fotfeste.access.actions.emergency import open_emergency
from fotfeste.access.actions.needs import (
    create_subject,
    end_needs,
    needs_heard_by,
    open_first_needs,
    open_needs,
    open_needs_of,
)
from fotfeste.access.actions.reviews import review_look
from fotfeste.access.actions.staff import NewUser, add_user, end_employment, end_role, give_role
from fotfeste.access.domain.book import book as parameters
from fotfeste.access.domain.emergency import LONGEST_ASKED
from fotfeste.access.domain.matrix import CASE_ROLES
from fotfeste.access.domain.permissions import (
    GIVE_ROLES,
    OPEN_EMERGENCY,
    PERMISSIONS,
    PROTECT,
    ROLE_BELONGS_TO,
    SEE_UNUSUAL,
)
from fotfeste.access.domain.protection import Candidate, Named, Namer, may_name, may_unname, names_there
from fotfeste.access.domain.types import (
    Compartment,
    EmergencyCause,
    LookRule,
    NeedReason,
    ProtectionLevel,
    Role,
    SubjectKind,
    UnnamingReason,
)
from fotfeste.access.domain.unusual import OF_EMERGENCY, Finding
from fotfeste.access.emergencies import (
    EmergencyTold,
    attempts_left,
    emergencies_told_to,
    emergencies_unseen,
    emergency_until,
)
from fotfeste.access.looked import Knows, looks_at, who_knows
from fotfeste.access.models import (
    Clearance,
    EmergencyAccess,
    Employment,
    Look,
    Need,
    Protection,
    RoleAssignment,
    Subject,
)
from fotfeste.access.queries import (
    DEMO_USERS,
    KINDS_ON_THE_WAY,
    demo_users,
    is_known,
    needs_as_rows,
    organisations_by_reason,
    organisations_with,
    own_needs,
    standing_in,
    subject_by_reference,
    viewer_for,
)
from fotfeste.access.session_roles import asked_for_role
from fotfeste.access.staff import employed_on, is_employed, is_named_if_protected, works_on_cases
from fotfeste.access.unusual import Unusual, unusual_looks
from fotfeste.access.words import EMERGENCY_CAUSES, EVENT_WORDS, ROLES

__all__ = [
    "CASE_ROLES",
    "DEMO_USERS",
    "EMERGENCY_CAUSES",
    "EVENT_WORDS",
    "GIVE_ROLES",
    "KINDS_ON_THE_WAY",
    "LONGEST_ASKED",
    "OF_EMERGENCY",
    "OPEN_EMERGENCY",
    "PERMISSIONS",
    "PROTECT",
    "ROLES",
    "ROLE_BELONGS_TO",
    "SEE_UNUSUAL",
    "Candidate",
    "Clearance",
    "Compartment",
    "EmergencyAccess",
    "EmergencyCause",
    "EmergencyTold",
    "Employment",
    "Finding",
    "Knows",
    "Look",
    "LookRule",
    "Named",
    "Namer",
    "Need",
    "NeedReason",
    "NewUser",
    "Protection",
    "ProtectionLevel",
    "Role",
    "RoleAssignment",
    "Subject",
    "SubjectKind",
    "UnnamingReason",
    "Unusual",
    "add_user",
    "asked_for_role",
    "attempts_left",
    "create_subject",
    "demo_users",
    "emergencies_told_to",
    "emergencies_unseen",
    "emergency_until",
    "employed_on",
    "end_employment",
    "end_needs",
    "end_role",
    "give_role",
    "is_employed",
    "is_known",
    "is_named_if_protected",
    "looks_at",
    "may_name",
    "may_unname",
    "names_there",
    "needs_as_rows",
    "needs_heard_by",
    "open_emergency",
    "open_first_needs",
    "open_needs",
    "open_needs_of",
    "organisations_by_reason",
    "organisations_with",
    "own_needs",
    "parameters",
    "review_look",
    "standing_in",
    "subject_by_reference",
    "unusual_looks",
    "viewer_for",
    "who_knows",
    "works_on_cases",
]
