"""Kinds of relations, statuses and the sexes registered."""

from enum import StrEnum


class Sex(StrEnum):
    """Sex as registered; never derived from a number."""

    FEMALE = "female"
    MALE = "male"
    UNKNOWN = "unknown"


class RelationKind(StrEnum):
    """How the first person stands to the second (REG-04): the first is the second's ..."""

    SPOUSE = "spouse"
    COHABITANT = "cohabitant"
    PARENT = "parent"
    SIBLING = "sibling"
    ACCOMPANYING_ADULT = "accompanying_adult"  # følgeperson
    GUARDIAN = "guardian"  # verge, representant
    PRIVATE_HOST = "private_host"
    OTHER_FAMILY = "other_family"


class StatusKind(StrEnum):
    """A person's status over time (REG-05)."""

    REGISTERED_BY_POLICE = "registered_by_police"
    APPLIED_FOR_PROTECTION = "applied_for_protection"
    TEMPORARY_COLLECTIVE_PROTECTION = "temporary_collective_protection"  # midlertidig kollektiv beskyttelse
    RESIDENCE_PERMIT = "residence_permit"
    LIMITED_PERMIT = "limited_permit"
    REFUSAL = "refusal"  # avslag
    LEFT = "left"
    SETTLED = "settled"  # bosatt


PERMITS = frozenset(
    {StatusKind.TEMPORARY_COLLECTIVE_PROTECTION, StatusKind.RESIDENCE_PERMIT, StatusKind.LIMITED_PERMIT}
)
