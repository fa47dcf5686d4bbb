"""Reasons for a need to know, roles and permissions."""

from enum import StrEnum


class SubjectKind(StrEnum):
    """What a subject is a key of."""

    PERSON = "person"
    GROUP = "group"
    MONEY = "money"  # a payment run or a claim: of no person, known of like one


class NeedReason(StrEnum):
    """Why an organisation sees a person (tjenstlig behov). A requirement of ACS-01: dated, never by hand."""

    REGISTERED_HERE = "registered_here"  # police or arrival centre registered them
    PROTECTION_CASE = "protection_case"  # UDI decides on protection and on places
    LIVES_HERE = "lives_here"  # bor på mottaket
    LIVED_HERE = "lived_here"  # has left the centre; follow-up for a dated number of days
    SETTLEMENT_CASE = "settlement_case"  # IMDi finds a municipality
    ASKED_TO_SETTLE = "asked_to_settle"  # a municipality is asked
    WANTS_TO_SETTLE = "wants_to_settle"  # they ask the municipality for agreed self-settlement
    OFFERED_HERE = "offered_here"  # the municipality is offered to them
    SETTLED_HERE = "settled_here"
    APPLIED_HERE = "applied_here"  # they ask to live privately in the municipality (AMOT, MAMOT)
    HOUSED_HERE = "housed_here"  # they live privately there with public support
    GRANT_CASE = "grant_case"  # money is or was due for them, from whom and to whom
    EMERGENCY = "emergency"  # nødinnsyn: one person's, for an hour


class Role(StrEnum):
    """Roles of staff. Each belongs to one kind of organisation."""

    REGISTRAR = "registrar"  # police, arrival centre
    CENTRE_STAFF = "centre_staff"  # bosettingsansvarlig and colleagues
    CENTRE_ADMINISTRATOR = "centre_administrator"
    UDI_CASEWORKER = "udi_caseworker"
    GRANT_APPROVER = "grant_approver"  # UDI: godkjenner tilskudd
    IMDI_CASEWORKER = "imdi_caseworker"
    REFUGEE_SERVICE = "refugee_service"  # kommunens flyktningtjeneste
    MUNICIPALITY_ADMINISTRATOR = "municipality_administrator"
    USER_ADMINISTRATOR = "user_administrator"  # brukeradministrator: police, UDI, IMDi
    DIRECTORY_KEEPER = "directory_keeper"  # UDI and IMDi: keeps every organisation's contacts


class Compartment(StrEnum):
    """What of a person or household a need to know may open (rom for opplysninger). ACS-01."""

    IDENTITY = "identity"
    REGISTRATION = "registration"
    GUARDIAN = "guardian"
    MAPPING = "mapping"
    STAYS = "stays"
    ROOMS = "rooms"
    INTERVIEW = "interview"
    NEEDS = "needs"
    JOURNAL = "journal"
    SETTLEMENT = "settlement"
    REFUSAL = "refusal"
    HOUSING = "housing"
    MONEY = "money"
    LOOKS = "looks"


class LookRule(StrEnum):
    """Why a look stands out (uvanlig innsyn). ACS-03."""

    WITHOUT_WORK = "without_work"  # nothing the organisation had to do with them, or did, around it
    MANY_WITHOUT_WORK = "many_without_work"  # that with many households within a short time
    EMERGENCY = "emergency"  # emergency access, which is always looked at
    SAME_NAME = "same_name"  # somebody there has the full name of one of the organisation's staff
    SAME_FAMILY_NAME = "same_family_name"  # ... the family name of who looked, who had no work with them
    PROTECTED = "protected"  # no work around it, and the address is protected: told without the household
    PROTECTED_EMERGENCY = "protected_emergency"  # emergency access to whom is protected now, told in the same way


class EmergencyCause(StrEnum):
    """Why somebody asks for emergency access (nødinnsyn)."""

    LIFE = "life"  # danger to life or health
    CHILD = "child"  # a child's safety
    FIRE = "fire"  # fire, evacuation or the like
    OTHER = "other"


class ProtectionLevel(StrEnum):
    """How strictly an address is protected (adressesperre): who may be named to follow them up, and by whom."""

    CONFIDENTIAL = "confidential"  # fortrolig adresse (kode 7)
    STRICTLY_CONFIDENTIAL = "strictly_confidential"  # strengt fortrolig adresse (kode 6)


class UnnamingReason(StrEnum):
    """Why somebody follows a protected household up no more; from a list, since words could tell who they are."""

    OTHER_WORK = "other_work"
    AWAY = "away"
    TOO_CLOSE = "too_close"
    MISTAKE = "mistake"
