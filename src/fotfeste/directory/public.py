"""What other packages may use of the directory."""

from fotfeste.directory.actions.contacts import NewContact, add_contact, change_contact, end_contact
from fotfeste.directory.actions.organisations import NewOrganisation, add_organisation
from fotfeste.directory.actions.units import NewUnit, add_unit, change_unit, end_unit, may_keep
from fotfeste.directory.domain.routing import Route, unit_for
from fotfeste.directory.domain.types import (
    ContactOnDay,
    ContactTopic,
    OrganisationKind,
    UnitKind,
    UnitOnDay,
    topics_of,
    units_of,
)
from fotfeste.directory.maps import ATTRIBUTION as MAP_ATTRIBUTION
from fotfeste.directory.maps import country, framed, ground
from fotfeste.directory.models import (
    ContactPerson,
    County,
    Municipality,
    Neighbour,
    Organisation,
    PostalCode,
    Unit,
    UnitCounty,
    UnitDetails,
    UnitTopic,
    User,
)
from fotfeste.directory.queries.routes import (
    Reach,
    contacts_on,
    reach,
    region_of_county,
    route,
    units_as_rows,
    units_from_rows,
    units_on,
)
from fotfeste.directory.rows import ReachedLine, reached_line, reached_lines

__all__ = [
    "MAP_ATTRIBUTION",
    "ContactOnDay",
    "ContactPerson",
    "ContactTopic",
    "County",
    "Municipality",
    "Neighbour",
    "NewContact",
    "NewOrganisation",
    "NewUnit",
    "Organisation",
    "OrganisationKind",
    "PostalCode",
    "Reach",
    "ReachedLine",
    "Route",
    "Unit",
    "UnitCounty",
    "UnitDetails",
    "UnitKind",
    "UnitOnDay",
    "UnitTopic",
    "User",
    "add_contact",
    "add_organisation",
    "add_unit",
    "change_contact",
    "change_unit",
    "contacts_on",
    "country",
    "end_contact",
    "end_unit",
    "framed",
    "ground",
    "may_keep",
    "reach",
    "reached_line",
    "reached_lines",
    "region_of_county",
    "route",
    "topics_of",
    "unit_for",
    "units_as_rows",
    "units_from_rows",
    "units_of",
    "units_on",
]
