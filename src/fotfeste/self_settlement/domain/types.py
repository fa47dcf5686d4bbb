"""Why a household wants to live in a municipality, why one says no, who pays the deposit, how a request ends."""

from enum import StrEnum


class WhyThere(StrEnum):
    """What draws a household to a municipality (NIBR 2017:1: education and work before homes)."""

    WORK = "work"
    EDUCATION = "education"
    FAMILY = "family"
    NETWORK = "network"
    HOME = "home"  # they have found a home there
    OTHER = "other"


class NoReason(StrEnum):
    """Why a municipality says no to agreed self-settlement."""

    NOT_ALLOWED = "not_allowed"  # kommunen tillater ikke avtalt selvbosetting
    NOT_IN_TARGET_GROUP = "not_in_target_group"  # målgruppen i vilkårene
    NO_CAPACITY = "no_capacity"  # ikke plass i vedtaket, eller i tjenestene
    NO_SUITABLE_HOME = "no_suitable_home"  # ingen bolig kunne godkjennes
    OTHER = "other"


class DepositBy(StrEnum):
    """Who pays or stands for the deposit."""

    NONE = "none"  # no deposit is asked for
    HOUSEHOLD = "household"
    MUNICIPALITY = "municipality"
    GUARANTEE = "guarantee"  # kommunal garanti
    OTHER = "other"


class Check(StrEnum):
    """What a municipality looks at in a home and its rent contract."""

    ACCEPTABLE = "acceptable"
    ROOMS = "rooms"
    ENTRANCE = "entrance"
    SAFE = "safe"
    SCHOOL_AND_SERVICES = "school_and_services"
    NOT_EXPLOITED = "not_exploited"
    UNDERSTOOD = "understood"
    LANDLORD_KNOWN = "landlord_known"
    WRITTEN = "written"
    RENT_FAIR = "rent_fair"
    DEPOSIT_LAWFUL = "deposit_lawful"
    NOTICE_LAWFUL = "notice_lawful"
    LONG_ENOUGH = "long_enough"
    UNSIGNED = "unsigned"


class HomeOutcome(StrEnum):
    """What a municipality says of a home and its contract."""

    APPROVED = "approved"
    TO_CHANGE = "to_change"
    LOST = "lost"  # approved, and let to somebody else since


class EndCause(StrEnum):
    """Why a request ended otherwise than by the municipality's no or by moving in."""

    OWN_WISH = "own_wish"  # they do not want it any more
    NO_HOME_FOUND = "no_home_found"
    ASKS_ANOTHER = "asks_another"  # they want to ask another municipality
    OFFERED = "offered"  # IMDi offered a municipality
    CASE_OVER = "case_over"  # they left, or their case was closed
    PERMIT_LOST = "permit_lost"
    NOT_AGREED = "not_agreed"  # IMDi and the municipality did not agree
    RELEASED = "released"  # IMDi took the agreement back
    MOVE_ANNULLED = "move_annulled"


# Those that a household gives; the others follow from what happens.
CAUSES_OF_THEIRS = (EndCause.OWN_WISH, EndCause.NO_HOME_FOUND, EndCause.ASKS_ANOTHER)
