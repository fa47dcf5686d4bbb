"""What other packages may use of the registry."""

from fotfeste.registry.actions.details import correct_details, register_identifier
from fotfeste.registry.actions.joining import answer_duplicate
from fotfeste.registry.actions.lock import lock_group, require_part
from fotfeste.registry.actions.membership import add_member, add_members, register_member, remove_member
from fotfeste.registry.actions.protection import (
    end_protection,
    follow_all_protected,
    follow_membership_of_protected,
    follow_work_of_named,
    name_follower,
    protect_household,
    unname_follower,
)
from fotfeste.registry.actions.registration import PLACE_GROUP, register_group
from fotfeste.registry.actions.relations import annul_relation, register_relation
from fotfeste.registry.actions.status import register_status, write_status
from fotfeste.registry.actions.taking_back import annul_status, record_correction, unsettle
from fotfeste.registry.domain.membership import ACTING
from fotfeste.registry.domain.names import tokens_of
from fotfeste.registry.domain.rules import (
    OWN_TALK_AT,
    are_minors_alone,
    check_mistake,
    has_permit,
    latest_status,
    permitted_since,
    settled_on,
    unaccompanied_among,
)
from fotfeste.registry.domain.types import (
    PERMITS,
    CorrectionReason,
    Found,
    Member,
    Mistake,
    NewGroup,
    NewGuardian,
    NewPerson,
    NewRelation,
    RelationKind,
    Sex,
    Status,
    StatusKind,
    TakenBack,
)
from fotfeste.registry.forms.choices import citizenships, languages
from fotfeste.registry.forms.household import MistakeForm
from fotfeste.registry.models import GroupMembership, PersonDetails, PlacementGroup
from fotfeste.registry.panels import household_acts, household_lead, household_panels, household_timeline
from fotfeste.registry.protection_panel import protection_in_words
from fotfeste.registry.queries.members import (
    group_of,
    groups_ever_of,
    household_name,
    household_name_within,
    household_names,
    members_of,
    members_of_groups,
)
from fotfeste.registry.queries.protection import named_for, protection_of, protections_as_rows
from fotfeste.registry.queries.relations import guardians_of
from fotfeste.registry.queries.search import search
from fotfeste.registry.queries.statuses import corrections_as_rows, corrections_of, statuses_of
from fotfeste.registry.views.household import ActOnHousehold, OfHousehold
from fotfeste.registry.words import CAUSES, EVENT_WORDS, MISTAKES, STATUSES

__all__ = [
    "ACTING",
    "CAUSES",
    "EVENT_WORDS",
    "MISTAKES",
    "OWN_TALK_AT",
    "PERMITS",
    "PLACE_GROUP",
    "STATUSES",
    "ActOnHousehold",
    "CorrectionReason",
    "Found",
    "GroupMembership",
    "Member",
    "Mistake",
    "MistakeForm",
    "NewGroup",
    "NewGuardian",
    "NewPerson",
    "NewRelation",
    "OfHousehold",
    "PersonDetails",
    "PlacementGroup",
    "RelationKind",
    "Sex",
    "Status",
    "StatusKind",
    "TakenBack",
    "add_member",
    "add_members",
    "annul_relation",
    "annul_status",
    "answer_duplicate",
    "are_minors_alone",
    "check_mistake",
    "citizenships",
    "correct_details",
    "corrections_as_rows",
    "corrections_of",
    "end_protection",
    "follow_all_protected",
    "follow_membership_of_protected",
    "follow_work_of_named",
    "group_of",
    "groups_ever_of",
    "guardians_of",
    "has_permit",
    "household_acts",
    "household_lead",
    "household_name",
    "household_name_within",
    "household_names",
    "household_panels",
    "household_timeline",
    "languages",
    "latest_status",
    "lock_group",
    "members_of",
    "members_of_groups",
    "name_follower",
    "named_for",
    "permitted_since",
    "protect_household",
    "protection_in_words",
    "protection_of",
    "protections_as_rows",
    "record_correction",
    "register_group",
    "register_identifier",
    "register_member",
    "register_relation",
    "register_status",
    "remove_member",
    "require_part",
    "search",
    "settled_on",
    "statuses_of",
    "tokens_of",
    "unaccompanied_among",
    "unname_follower",
    "unsettle",
    "write_status",
]
