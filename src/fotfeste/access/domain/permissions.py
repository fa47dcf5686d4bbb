"""Which role carries which permission, and in which kind of organisation a role can be held. One table, read by all."""

from collections.abc import Mapping

from fotfeste.access.domain.types import Role

GIVE_ROLES = "access.give_roles"
PROTECT = "registry.protect_household"
SEE_UNUSUAL = "access.see_unusual_looks"
OPEN_EMERGENCY = "access.open_emergency"
PERMISSIONS: Mapping[Role, frozenset[str]] = {
    Role.REGISTRAR: frozenset(
        {
            "registry.register_persons",
            "registry.correct_details",
            "registry.add_member",
            "registry.register_status",
            "accommodation.place_group",
            OPEN_EMERGENCY,
            PROTECT,
        }
    ),
    Role.CENTRE_STAFF: frozenset(
        {
            "registry.correct_details",
            "registry.add_member",
            "accommodation.assign_beds",
            "accommodation.register_absence",
            "accommodation.register_departure",
            "accommodation.annul_departure",
            "accommodation.correct_arrival",
            "accommodation.see_centre",
            "alternative.apply_for",
            "settlement.hold_interview",
            "settlement.register_offer_answer",
            "settlement.arrange_journey",
            "settlement.register_departure",
            "settlement.close_case",
            "refusal.counsel",
            "settlement.see_municipalities",
            "self_settlement.see_terms",
            "self_settlement.ask",
            OPEN_EMERGENCY,
        }
    ),
    Role.CENTRE_ADMINISTRATOR: frozenset(
        {
            "accommodation.run_centre",
            "accommodation.see_centre",
            GIVE_ROLES,
            SEE_UNUSUAL,
            "directory.keep_own_contacts",
        }
    ),
    Role.UDI_CASEWORKER: frozenset(
        {
            "registry.register_persons",
            "registry.correct_details",
            "registry.add_member",
            "registry.remove_member",
            "registry.register_status",
            "registry.register_permit",
            "registry.answer_duplicate",
            PROTECT,
            "registry.end_protection",
            "accommodation.place_group",
            "accommodation.annul_departure",
            "accommodation.correct_arrival",
            "accommodation.operate_centres",
            "accommodation.see_centre",
            "accommodation.see_missing",
            "accommodation.house_privately",
            "accommodation.end_private_stay",
            "settlement.alert_early",
            "settlement.approve_travel",
            "refusal.pursue",
            "refusal.see_withdrawn",
            "refusal.rule",
            "self_settlement.see_terms",
            "alternative.apply_for",
            "alternative.decide",
            "ledger.see",
            "ledger.prepare",
            "insight.see_schemes",
            "insight.see_settlement",
            OPEN_EMERGENCY,
        }
    ),
    Role.GRANT_APPROVER: frozenset({"ledger.see", "ledger.approve", "insight.see_schemes"}),
    Role.IMDI_CASEWORKER: frozenset(
        {
            "settlement.find_municipality",
            "refusal.ask_to_hold",
            "refusal.see_withdrawn",
            "allocation.plan",
            "allocation.change_policy",
            # Of those who live at no centre, where nobody else could (settlement.actions.case).
            "settlement.register_offer_answer",
            "settlement.arrange_journey",
            "settlement.close_case",
            "self_settlement.ask",
            "self_settlement.agree",
            "settlement.see_queue",
            "settlement.see_municipalities",
            "self_settlement.see_terms",
            "insight.see_schemes",
            "insight.see_settlement",
            OPEN_EMERGENCY,
        }
    ),
    Role.REFUGEE_SERVICE: frozenset(
        {
            "accommodation.end_private_stay",
            "insight.see_schemes",
            "insight.see_settlement",
            "alternative.apply_for",
            "alternative.answer",
            "alternative.follow_up",
            "ledger.see_own",
            "ledger.answer_claim",
            "settlement.answer_request",
            "refusal.withdraw_home",
            "settlement.declare_capabilities",
            "self_settlement.answer",
            "settlement.see_municipalities",
            "self_settlement.see_terms",
            "self_settlement.publish_terms",
            OPEN_EMERGENCY,
        }
    ),
    Role.MUNICIPALITY_ADMINISTRATOR: frozenset(
        {
            GIVE_ROLES,
            SEE_UNUSUAL,
            "directory.keep_own_contacts",
            "settlement.see_municipalities",
            "self_settlement.see_terms",
        }
    ),
    Role.USER_ADMINISTRATOR: frozenset({GIVE_ROLES, SEE_UNUSUAL, "retention.see"}),
    Role.DIRECTORY_KEEPER: frozenset(
        {
            SEE_UNUSUAL,
            "directory.keep_all_contacts",
            "settlement.see_municipalities",
            "self_settlement.see_terms",
        }
    ),
}

ROLE_BELONGS_TO: Mapping[Role, frozenset[str]] = {
    Role.REGISTRAR: frozenset({"police", "centre"}),
    Role.CENTRE_STAFF: frozenset({"centre"}),
    Role.CENTRE_ADMINISTRATOR: frozenset({"centre"}),
    Role.UDI_CASEWORKER: frozenset({"udi"}),
    Role.GRANT_APPROVER: frozenset({"udi"}),
    Role.IMDI_CASEWORKER: frozenset({"imdi"}),
    Role.REFUGEE_SERVICE: frozenset({"municipality"}),
    Role.MUNICIPALITY_ADMINISTRATOR: frozenset({"municipality"}),
    Role.USER_ADMINISTRATOR: frozenset({"police", "udi", "imdi"}),
    Role.DIRECTORY_KEEPER: frozenset({"udi", "imdi"}),
}

# Those who give roles to their own staff (ACS-02).
ADMINISTRATORS = frozenset(role for role, permissions in PERMISSIONS.items() if GIVE_ROLES in permissions)

# Those who see to the looks of their own staff (ACS-03).
SEE_TO_LOOKS = frozenset(role for role, permissions in PERMISSIONS.items() if SEE_UNUSUAL in permissions)


def roles_of(kind: str) -> tuple[Role, ...]:
    """The roles that an organisation of a kind has, in the order in which they are shown."""
    return tuple(role for role in Role if kind in ROLE_BELONGS_TO[role])
