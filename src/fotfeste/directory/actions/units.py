"""An organisation's units: added, changed, ended; what they answer for. All of it dated, each with its event."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from fotfeste.directory.domain.routing import is_general_postbox
from fotfeste.directory.domain.types import ContactTopic, OrganisationKind, UnitKind, units_of
from fotfeste.directory.models import ContactPerson, Organisation, Unit, UnitCounty, UnitDetails, UnitTopic
from fotfeste.kernel.errors import NotAllowed, NotFound, Refused
from fotfeste.kernel.periods import Period
from fotfeste.platform.acts import act
from fotfeste.platform.events import Happening, publish
from fotfeste.platform.facts import PeriodFact, cut_short, refuse_stale, supersede, version_of
from fotfeste.platform.viewer import Viewer

OWN, ANY = "directory.keep_own_contacts", "directory.keep_all_contacts"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUnit:
    """A unit as it is to be: its name, its case mailbox, and the topics that it is named for."""

    name: str
    mailbox: str = ""
    topics: frozenset[ContactTopic] = frozenset()


def may_keep(viewer: Viewer, organisation_id: int) -> bool:
    """Whether the viewer keeps the contacts of an organisation: one's own, or all of them."""
    return viewer.may(ANY) or (viewer.organisation_id == organisation_id and viewer.may(OWN))


def lock_own(organisation_id: int, by: Viewer) -> Organisation:
    """Lock an organisation whose contacts one keeps. Raises NotAllowed, NotFound."""
    if not may_keep(by, organisation_id):
        raise NotAllowed("not_allowed", params={"permission": OWN})
    organisation = Organisation.objects.select_for_update(no_key=True).filter(pk=organisation_id).first()
    if organisation is None:
        raise NotFound("not_found")
    return organisation


@act
def add_unit(organisation_id: int, kind: UnitKind, new: NewUnit, from_on: date, *, by: Viewer, at: datetime) -> Unit:
    """A unit from a day, or one that was there before, again.

    Raises Refused `unit_kind_not_here`, `one_unit_of_a_kind`, `mailbox_is_not_a_general_postbox`.
    """
    organisation = lock_own(organisation_id, by)
    if kind not in units_of(OrganisationKind(organisation.kind)):
        raise Refused("unit_kind_not_here", "kind")
    _refuse_general(new.mailbox)
    unit = None if kind is UnitKind.REGION else Unit.objects.filter(organisation=organisation, kind=kind).first()
    if unit is not None and _details_from(unit.pk, from_on) is not None:
        raise Refused("one_unit_of_a_kind", "kind")
    unit = unit or Unit.objects.create(organisation=organisation, kind=kind)
    UnitDetails.objects.create(
        unit=unit, name=new.name, mailbox=new.mailbox, period=Period(from_on), **_told_by(by, at)
    )
    _set_topics(unit, new.topics, from_on, by=by, at=at)
    tell("unit_added", "unit", unit.pk, organisation_id, from_on, by=by, at=at)
    return unit


@act
def change_unit(
    reference: str, new: NewUnit, from_on: date, *, by: Viewer, at: datetime, version: int | None = None
) -> Unit:
    """Name, mailbox and topics from a day; what was before stays on record. Topics of others move here.

    Raises Refused `unit_is_ended`, `mailbox_is_not_a_general_postbox`; NotFound; Stale where somebody else has changed
    it since `version` (see `unit_version`).
    """
    unit = own_unit(reference, by)
    refuse_stale(version, *_facts_of(unit))
    _refuse_general(new.mailbox)
    present = _open_details(unit, from_on)
    change_from(present, from_on, name=new.name, mailbox=new.mailbox, by=by, at=at)
    _set_topics(unit, new.topics, from_on, by=by, at=at)
    tell("unit_changed", "unit", unit.pk, unit.organisation_id, from_on, by=by, at=at)
    return unit


@act
def end_unit(reference: str, on: date, *, by: Viewer, at: datetime) -> Unit:
    """A unit ends: `on` is the first day without it. Its topics go to the default unit, its contacts end too.

    Raises Refused `unit_is_ended`, `last_unit` where the organisation has no other that day; NotFound.
    """
    unit = own_unit(reference, by)
    present = _open_details(unit, on)
    others = UnitDetails.objects.current().filter(unit__organisation_id=unit.organisation_id, period__contains=on)
    if not others.exclude(unit=unit).exists():
        raise Refused("last_unit")
    ends: list[PeriodFact] = [present]
    for model in (UnitTopic, UnitCounty, ContactPerson):
        ends += model.objects.current().filter(unit=unit, period__overlap=Period(on)).order_by("pk")
    for fact in ends:
        cut_short(fact, on, by=by, at=at, reason="ended")
    tell("unit_ended", "unit", unit.pk, unit.organisation_id, on, by=by, at=at)
    return unit


def unit_version(unit: Unit) -> int:
    """The version of a unit's name, mailbox and topics, for the form that changes them."""
    return version_of(*_facts_of(unit))


def _facts_of(unit: Unit) -> tuple[QuerySet[UnitDetails], QuerySet[UnitTopic]]:
    return UnitDetails.objects.filter(unit=unit), UnitTopic.objects.filter(unit=unit)


def own_unit(reference: str, by: Viewer) -> Unit:
    """A unit of an organisation whose contacts one keeps, the organisation locked. Raises NotAllowed, NotFound."""
    unit = Unit.objects.filter(reference=reference).first()
    if unit is None:
        raise NotFound("not_found")
    lock_own(unit.organisation_id, by)
    return unit


def change_from(fact: PeriodFact, from_on: date, *, by: Viewer, at: datetime, **changes: object) -> None:
    """What holds from a day on is something else; until then what was. On its first day it is corrected.

    Nothing is written where nothing is changed.
    """
    if all(getattr(fact, name) == value for name, value in changes.items()):
        return
    period = fact.period
    if period.start < from_on:
        supersede(fact, by=by, at=at, reason="changed", period=period.with_end(from_on))
        _copy(fact, by=by, at=at, period=Period(from_on, period.end), **changes)
    else:
        supersede(fact, by=by, at=at, reason="corrected", **changes)


def tell(
    what: str, object_kind: str, object_id: int, organisation_id: int, day: date, *, by: Viewer, at: datetime
) -> None:
    """Publish what has happened in the directory."""
    publish(
        Happening(
            type=f"directory.{what}",
            subject_id=None,
            object_kind=object_kind,
            object_id=object_id,
            holds_on=day,
            other_organisation_id=organisation_id,
        ),
        by=by,
        at=at,
    )


def _copy(fact: PeriodFact, *, by: Viewer, at: datetime, **changes: object) -> None:
    """The same fact once more, with changes."""
    skipped = {"id", "supersedes_id", "annulled_at", "annulled_by_id", "annul_reason"}
    fields = {f.attname: getattr(fact, f.attname) for f in fact._meta.concrete_fields if f.attname not in skipped}
    type(fact)(**fields | _told_by(by, at) | changes).stored()


def _set_topics(unit: Unit, wanted: Collection[ContactTopic], from_on: date, *, by: Viewer, at: datetime) -> None:
    """The unit answers for these topics from a day; another unit that has one gives it up."""
    rows = UnitTopic.objects.current().filter(
        organisation_id=unit.organisation_id, period__overlap=Period(from_on, None)
    )
    kept = set()
    for row in rows.order_by("pk"):
        if row.unit_id == unit.pk and ContactTopic(row.topic) in wanted:
            kept.add(ContactTopic(row.topic))
        elif row.unit_id == unit.pk or ContactTopic(row.topic) in wanted:
            cut_short(row, from_on, by=by, at=at, reason="ended")
    for topic in sorted(set(wanted) - kept):
        UnitTopic.objects.create(
            organisation_id=unit.organisation_id, unit=unit, topic=topic, period=Period(from_on), **_told_by(by, at)
        )


def _details_from(unit_id: int, day: date) -> UnitDetails | None:
    """How a unit is from a day on; None where it is ended by then."""
    return UnitDetails.objects.current().filter(unit_id=unit_id, period__overlap=Period(day)).order_by("period").first()


def _open_details(unit: Unit, day: date) -> UnitDetails:
    """How a unit is on a day, or from when it begins. Raises Refused where it is ended, or begins after the day."""
    present = _details_from(unit.pk, day)
    if present is None:
        raise Refused("unit_is_ended")
    if present.period.start > day:
        raise Refused("unit_begins_later", "from_on", {"day": present.period.start})
    return present


def _told_by(by: Viewer, at: datetime) -> dict[str, object]:
    return {"recorded_at": at, "recorded_by_id": by.user_id, "reported_by_id": by.organisation_id}


def _refuse_general(mailbox: str) -> None:
    if mailbox and is_general_postbox(mailbox):
        raise Refused("mailbox_is_not_a_general_postbox", "mailbox", {"address": mailbox})
