"""Contact persons by topic: added, changed, ended. Dated; what was before stays on record."""

from dataclasses import dataclass
from datetime import date, datetime

from fotfeste.directory.actions.units import change_from, lock_own, own_unit, tell
from fotfeste.directory.domain.types import ContactTopic, OrganisationKind, topics_of
from fotfeste.directory.models import ContactPerson, Organisation, UnitDetails
from fotfeste.kernel.errors import NotFound, Refused
from fotfeste.kernel.periods import Period
from fotfeste.platform.acts import act
from fotfeste.platform.facts import cut_short, refuse_stale, version_of
from fotfeste.platform.viewer import Viewer


@dataclass(frozen=True, slots=True, kw_only=True)
class NewContact:
    """A contact person as they are to be: the topic, the name, and at least one way to reach them."""

    topic: ContactTopic
    name: str
    phone: str = ""
    email: str = ""


@act
def add_contact(unit_reference: str, new: NewContact, from_on: date, *, by: Viewer, at: datetime) -> ContactPerson:
    """A contact person of a unit from a day.

    Raises Refused `contact_unreachable`, `topic_not_here`, `unit_is_ended`; NotFound.
    """
    unit = own_unit(unit_reference, by)
    _check(new, unit.organisation)
    if not UnitDetails.objects.current().filter(unit=unit, period__contains=from_on).exists():
        raise Refused("unit_is_ended", "from_on")
    contact = ContactPerson.objects.create(
        unit=unit,
        topic=new.topic,
        name=new.name,
        phone=new.phone,
        email=new.email,
        period=Period(from_on),
        recorded_at=at,
        recorded_by_id=by.user_id,
        reported_by_id=by.organisation_id,
    )
    tell("contact_added", "contact", contact.pk, unit.organisation_id, from_on, by=by, at=at)
    return contact


@act
def change_contact(
    reference: str, new: NewContact, from_on: date, *, by: Viewer, at: datetime, version: int | None = None
) -> None:
    """Somebody else, another number or another topic from a day.

    Raises Refused `contact_unreachable`, `topic_not_here`, `contact_begins_later`; NotFound also where it has been
    changed meanwhile; Stale where somebody else has changed it since `version` (see `contact_version`).
    """
    contact = own_contact(reference, by)
    refuse_stale(version, ContactPerson.objects.filter(reference=reference))
    _check(new, contact.unit.organisation)
    _must_have_begun(contact, from_on, "from_on")
    change_from(contact, from_on, topic=new.topic, name=new.name, phone=new.phone, email=new.email, by=by, at=at)
    tell("contact_changed", "contact", contact.pk, contact.unit.organisation_id, from_on, by=by, at=at)


@act
def end_contact(reference: str, on: date, *, by: Viewer, at: datetime) -> None:
    """A contact person is one no more: `on` is the first day without.

    Raises Refused `contact_begins_later`; NotFound also where it has been ended meanwhile.
    """
    contact = own_contact(reference, by)
    _must_have_begun(contact, on, "on")
    cut_short(contact, on, by=by, at=at, reason="ended")
    tell("contact_ended", "contact", contact.pk, contact.unit.organisation_id, on, by=by, at=at)


def contact_version(reference: str) -> int:
    """The version of what is told of a contact person, for the form that changes it."""
    return version_of(ContactPerson.objects.filter(reference=reference))


def own_contact(reference: str, by: Viewer) -> ContactPerson:
    """A contact person, as of the latest change, of an organisation whose contacts one keeps, that organisation locked.

    Raises NotAllowed, NotFound.
    """
    latest = (
        ContactPerson.objects.current()
        .filter(reference=reference)
        .select_related("unit__organisation")
        .order_by("-period")
    )
    found = latest.first()
    if found is None:
        raise NotFound("not_found")
    lock_own(found.unit.organisation_id, by)
    contact: ContactPerson | None = latest.first()  # asked again: as it is now that nobody else writes
    if contact is None:
        raise NotFound("not_found")
    return contact


def _must_have_begun(contact: ContactPerson, day: date, field: str) -> None:
    if day < contact.period.start:
        raise Refused("contact_begins_later", field, {"day": contact.period.start})
    if contact.period.end is not None and day >= contact.period.end:
        raise Refused("contact_is_ended", field, {"day": contact.period.end})


def _check(new: NewContact, organisation: Organisation) -> None:
    if not (new.phone or new.email):
        raise Refused("contact_unreachable", "phone")
    if new.topic not in topics_of(OrganisationKind(organisation.kind)):
        raise Refused("topic_not_here", "topic")
