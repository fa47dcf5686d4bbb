"""What other packages may use of the directory."""

from fotfeste.directory.domain.types import ContactTopic, OrganisationKind, UnitKind
from fotfeste.directory.models import (
    ContactPerson,
    County,
    Municipality,
    Neighbour,
    Organisation,
    PostalCode,
    Unit,
    User,
)

__all__ = [
    "ContactPerson",
    "ContactTopic",
    "County",
    "Municipality",
    "Neighbour",
    "Organisation",
    "OrganisationKind",
    "PostalCode",
    "Unit",
    "UnitKind",
    "User",
]
