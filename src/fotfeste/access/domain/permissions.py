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
            "settlement.hold_interview",
            "settlement.register_offer_answer",
            "settlement.arrange_journey",
            "settlement.register_departure",
            "settlement.close_case",
            "settlement.see_municipalities",
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
            "settlement.alert_early",
            "settlement.approve_travel",
            OPEN_EMERGENCY,
        }
    ),
    Role.IMDI_CASEWORKER: frozenset(
        {
            "settlement.find_municipality",
            "settlement.close_case",
            "settlement.see_queue",
            "settlement.see_municipalities",
            OPEN_EMERGENCY,
        }
    ),
    Role.REFUGEE_SERVICE: frozenset(
        {
            "settlement.answer_request",
            "settlement.declare_capabilities",
            "settlement.see_municipalities",
            OPEN_EMERGENCY,
        }
    ),
    Role.MUNICIPALITY_ADMINISTRATOR: frozenset(
        {GIVE_ROLES, SEE_UNUSUAL, "directory.keep_own_contacts", "settlement.see_municipalities"}
    ),
    Role.USER_ADMINISTRATOR: frozenset({GIVE_ROLES, SEE_UNUSUAL, "retention.see"}),
    Role.DIRECTORY_KEEPER: frozenset({SEE_UNUSUAL, "directory.keep_all_contacts", "settlement.see_municipalities"}),
}

ROLE_BELONGS_TO: Mapping[Role, frozenset[str]] = {
    Role.REGISTRAR: frozenset({"police", "centre"}),
    Role.CENTRE_STAFF: frozenset({"centre"}),
    Role.CENTRE_ADMINISTRATOR: frozenset({"centre"}),
    Role.UDI_CASEWORKER: frozenset({"udi"}),
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
