"""Who may see what about whom: role x reason x compartment. One table, reviewed like code.

docs/access-matrix.md is made from it.

A role opens compartments of those whom its organisation needs to know of for a reason. What is not here is closed. The
database reads the same table: the scope carries it, and every policy asks it (`platform.rls`). Within a compartment a
policy may let fewer rows through (a municipality sees its own request, never another's); none lets more through.
"""

from collections.abc import Iterable, Mapping

from fotfeste.access.domain.permissions import ROLE_BELONGS_TO
from fotfeste.access.domain.types import Compartment, NeedReason, Role

type Opened = Mapping[NeedReason, frozenset[Compartment]]

_C = Compartment
_ASKED = frozenset({_C.IDENTITY, _C.STAYS, _C.INTERVIEW, _C.NEEDS, _C.SETTLEMENT})
# What averts a danger: who they are and speak, whom to call, where they are. Not what they told, nor what is decided.
IN_EMERGENCY = frozenset({_C.IDENTITY, _C.GUARDIAN, _C.STAYS, _C.ROOMS})
_GRANTS = frozenset({_C.IDENTITY, _C.STAYS, _C.HOUSING, _C.MONEY})
_EMERGENCY: Opened = {NeedReason.EMERGENCY: IN_EMERGENCY}

MEANINGS: Mapping[Compartment, str] = {
    _C.IDENTITY: "who they are, the group they belong to, statuses, how far their case has come, open tasks",
    _C.REGISTRATION: "what was registered by mistake, and who may be registered twice",
    _C.GUARDIAN: "guardian, host and others outside the group, and how to reach them",
    _C.MAPPING: "what was written when an unaccompanied minor was mapped",
    _C.STAYS: "where they live and have lived",
    _C.ROOMS: "bed, absence and leave, who was told of a minor who is missing",
    _C.INTERVIEW: "that and when there is a settlement interview, not what was said",
    _C.NEEDS: "what a municipality must have for them: answers, needs, what IMDi passes on",
    _C.JOURNAL: "internal notes, information given, the letter of the offer, who took part",
    _C.SETTLEMENT: "requests, offers, journeys, UDI's approval",
    _C.REFUSAL: "the letters of a refusal of settlement: whose benefit stops, who is evicted",
    _C.HOUSING: "living privately: applications, whom they live with, the check of the home, the contact log",
    _C.MONEY: "grants due and paid for them, and claims",
    _C.LOOKS: "who may see what of them, and who has looked: the resident's view, as staff show it to them",
}

OPENS: Mapping[Role, Opened] = {
    Role.REGISTRAR: {
        NeedReason.REGISTERED_HERE: frozenset(
            {_C.IDENTITY, _C.REGISTRATION, _C.GUARDIAN, _C.STAYS, _C.ROOMS, _C.INTERVIEW}
        ),
        **_EMERGENCY,
    },
    Role.CENTRE_STAFF: {
        NeedReason.LIVES_HERE: frozenset(_C) - {_C.MONEY},
        # What a former centre answers for until the follow-up is over: its own time, and the case that ended there.
        NeedReason.LIVED_HERE: frozenset({_C.IDENTITY, _C.STAYS, _C.ROOMS, _C.INTERVIEW, _C.SETTLEMENT}),
        **_EMERGENCY,
    },
    # Runs the house: who is in which bed, not why they are there.
    Role.CENTRE_ADMINISTRATOR: {NeedReason.LIVES_HERE: frozenset({_C.IDENTITY, _C.STAYS, _C.ROOMS})},
    Role.UDI_CASEWORKER: {
        NeedReason.PROTECTION_CASE: frozenset(
            {
                _C.IDENTITY,
                _C.REGISTRATION,
                _C.GUARDIAN,
                _C.STAYS,
                _C.ROOMS,
                _C.INTERVIEW,
                _C.SETTLEMENT,
                _C.REFUSAL,
                _C.HOUSING,
                _C.MONEY,
                _C.LOOKS,
            }
        ),
        NeedReason.GRANT_CASE: _GRANTS,
        **_EMERGENCY,
    },
    # Approves what another has prepared: what the amount rests on, and no more.
    Role.GRANT_APPROVER: {NeedReason.GRANT_CASE: _GRANTS},
    Role.IMDI_CASEWORKER: {
        # Everything but the beds and what staff show to the residents: minors' mapping and health reach a municipality
        # through IMDi alone (GUIDE 1.3.1).
        NeedReason.SETTLEMENT_CASE: frozenset(_C) - {_C.ROOMS, _C.MONEY, _C.LOOKS},
        **_EMERGENCY,
    },
    Role.REFUGEE_SERVICE: {
        NeedReason.APPLIED_HERE: frozenset({_C.IDENTITY, _C.STAYS, _C.HOUSING}),
        NeedReason.HOUSED_HERE: frozenset({_C.IDENTITY, _C.GUARDIAN, _C.STAYS, _C.HOUSING, _C.MONEY}),
        # Their months here stand in the lines; where they live now is not a former municipality's to know.
        NeedReason.GRANT_CASE: _GRANTS - {_C.STAYS},
        # They ask it themselves: who they are and what they ask for. What they need it learns of when IMDi agrees.
        NeedReason.WANTS_TO_SETTLE: frozenset({_C.IDENTITY, _C.SETTLEMENT}),
        NeedReason.ASKED_TO_SETTLE: _ASKED,
        NeedReason.OFFERED_HERE: _ASKED | {_C.GUARDIAN},
        NeedReason.SETTLED_HERE: _ASKED | {_C.GUARDIAN, _C.LOOKS},
        **_EMERGENCY,
    },
    # They keep users and contacts, and see no one.
    Role.MUNICIPALITY_ADMINISTRATOR: {},
    Role.USER_ADMINISTRATOR: {},
    Role.DIRECTORY_KEEPER: {},
}

# Those that open somebody: nobody gives one of them to themselves (ACS-02).
CASE_ROLES = frozenset(role for role, opened in OPENS.items() if opened)


def opened_by(roles: Iterable[Role]) -> Mapping[str, frozenset[str]]:
    """For each compartment the reasons that open it to somebody with these roles. Closed ones are left out."""
    found: dict[str, set[str]] = {}
    for role in roles:
        for reason, compartments in OPENS[role].items():
            for compartment in compartments:
                found.setdefault(compartment, set()).add(reason)
    return {compartment: frozenset(found[compartment]) for compartment in sorted(found)}


def sees(kind: str, reason: NeedReason) -> Mapping[Role, frozenset[Compartment]]:
    """What each role in a kind of organisation sees of somebody whom the organisation knows of for a reason."""
    held = (role for role in Role if kind in ROLE_BELONGS_TO[role])
    return {role: OPENS[role][reason] for role in held if reason in OPENS[role]}
