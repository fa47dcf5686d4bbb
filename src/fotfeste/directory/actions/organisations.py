"""Organisations that are added by hand: those that no reference gives."""

from dataclasses import dataclass
from datetime import date, datetime

from fotfeste.directory.actions.units import ANY, NewUnit, add_unit, tell
from fotfeste.directory.domain.types import OrganisationKind, UnitKind
from fotfeste.directory.models import Municipality, Organisation
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.names import norwegian_sort_key
from fotfeste.platform.acts import act, require
from fotfeste.platform.viewer import Viewer

# UDI, IMDi and the police are there once; municipalities come with the reference data.
ADDED_BY_HAND = (
    OrganisationKind.CENTRE,
    OrganisationKind.OPERATOR,
    OrganisationKind.COUNTY_GOVERNOR,
    OrganisationKind.CAREER_CENTRE,
    OrganisationKind.VOLUNTARY,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOrganisation:
    """An organisation to be added, with the unit that its cases go to."""

    kind: OrganisationKind
    name: str
    unit_name: str
    mailbox: str = ""
    municipality_number: str = ""
    organisation_number: str = ""


@act
def add_organisation(new: NewOrganisation, from_on: date, *, by: Viewer, at: datetime) -> Organisation:
    """An organisation with its first unit, from a day.

    Raises Refused `kind_not_added`, `municipality_unknown`, `municipality_missing` (a centre lies somewhere),
    `organisation_is_there`, `mailbox_is_not_a_general_postbox`.
    """
    require(by, ANY)
    if new.kind not in ADDED_BY_HAND:
        raise Refused("kind_not_added", "kind")
    if new.kind is OrganisationKind.CENTRE and not new.municipality_number:
        raise Refused("municipality_missing", "municipality")
    if new.municipality_number and not Municipality.objects.filter(number=new.municipality_number).exists():
        raise Refused("municipality_unknown", "municipality", {"number": new.municipality_number})
    if Organisation.objects.filter(kind=new.kind, sort_key=norwegian_sort_key(new.name)).exists():
        raise Refused("organisation_is_there", "name", {"name": new.name})
    organisation = Organisation.objects.create(
        kind=new.kind,
        name=new.name,
        sort_key=norwegian_sort_key(new.name),
        municipality_id=new.municipality_number or None,
        organisation_number=new.organisation_number,
    )
    tell("organisation_added", "organisation", organisation.pk, organisation.pk, from_on, by=by, at=at)
    unit = NewUnit(name=new.unit_name, mailbox=new.mailbox)
    add_unit(organisation.pk, UnitKind.MAIN, unit, from_on, by=by, at=at)
    return organisation
