"""The police or an arrival centre registers people who came together."""

from datetime import date, datetime

from django.db import connection

from fotfeste.access.public import SubjectKind, create_subject, open_first_needs
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.periods import Period
from fotfeste.platform.acts import act, require
from fotfeste.platform.events import Happening, publish
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.actions.duplicates import propose_duplicates
from fotfeste.registry.actions.persons import (
    create_persons,
    first_needs,
    new_person_subjects,
    only_synthetic,
    record_statuses,
    refuse_number_in_use,
    udi_organisations,
    write_tokens,
)
from fotfeste.registry.domain.registration import mistakes_in_group, number_as_kept
from fotfeste.registry.domain.types import NewGroup, StatusKind
from fotfeste.registry.models import PlacementGroup, Relation
from fotfeste.worklist.public import open_task

PLACE_GROUP = "place_group"
SENT_ALREADY = "registration_sent_already"
# What the database says where both arrive at once; PostgreSQL's own name for the subject's unique reference.
_REFERENCE_TAKEN = "access_subject_reference_key"


def register_group(new: NewGroup, *, by: Viewer, at: datetime, reference: str = "") -> PlacementGroup:
    """Register people who came together, as one placement group (plasseringsgruppe).

    They get the status registered by the police, and applied for protection where a day is given. UDI is asked
    to place them, and to look at likely duplicates. Raises Refused with the first mistake, its field called
    `n-field` for person n (from 0), and `number_registered_already` where a number belongs to somebody.
    `reference` is drawn when the form is opened (`new_reference`) and becomes the group's: the same form sent twice
    is refused with `registration_sent_already`. Source: REG-01 to REG-06.
    """
    try:
        return _register(new, reference, by=by, at=at)
    except Refused as refused:
        if refused.code == _REFERENCE_TAKEN:
            raise Refused(SENT_ALREADY) from refused
        raise


@act
def _register(new: NewGroup, reference: str, *, by: Viewer, at: datetime) -> PlacementGroup:
    require(by, "registry.register_persons")
    if reference and PlacementGroup.objects.filter(subject__reference=reference).exists():
        raise Refused(SENT_ALREADY)
    for mistake in mistakes_in_group(new, legal_day(at), only_synthetic=only_synthetic()):
        raise mistake
    for place, person in enumerate(new.persons):
        for kind, text in person.identifiers.items():
            refuse_number_in_use(kind, number_as_kept(kind, text), f"{place}-{kind}")
    return _create(new, reference, by=by, at=at)


def _create(new: NewGroup, reference: str, *, by: Viewer, at: datetime) -> PlacementGroup:
    """The rows, statuses, event and tasks of a registration that was found to be in order."""
    group_id = create_subject(SubjectKind.GROUP, reference).pk
    person_ids = new_person_subjects(len(new.persons))
    open_first_needs([group_id, *person_ids], first_needs(by), from_on=new.registered_on, at=at)
    group = insert_group(group_id, new.registered_on)
    create_persons(new.persons, person_ids, group_id=group_id, registered_on=new.registered_on, by=by, at=at)
    Relation.objects.bulk_create(
        [
            Relation(
                subject_id=person_ids[relation.first],
                other_id=person_ids[relation.second],
                kind=relation.kind,
                period=Period(new.registered_on),
                recorded_at=at,
                recorded_by_id=by.user_id,
                reported_by_id=by.organisation_id,
            )
            for relation in new.relations
        ]
    )
    record_statuses(person_ids, StatusKind.REGISTERED_BY_POLICE, new.registered_on, by=by, at=at)
    if new.applied_on is not None:
        record_statuses(person_ids, StatusKind.APPLIED_FOR_PROTECTION, new.applied_on, by=by, at=at)
    propose_duplicates(person_ids, group_id=group_id, on=new.registered_on, by=by, at=at)
    for organisation_id in udi_organisations()[:1]:
        open_task(
            PLACE_GROUP,
            subject_id=group_id,
            organisation_id=organisation_id,
            cause="registry.group_registered",
            basis_on=new.registered_on,
            due_on=new.registered_on,
            due_rule="placed_on_the_day",
            at=at,
        )
    publish(
        Happening(
            type="registry.group_registered",
            subject_id=group_id,
            object_kind="placement_group",
            object_id=group_id,
            holds_on=new.registered_on,
        ),
        by=by,
        at=at,
    )
    return group


def insert_group(group_id: int, created_on: date) -> PlacementGroup:
    """A placement group with the next number; its subject and needs exist."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('registry_group_number')")
        number = int(cursor.fetchone()[0])
    group = PlacementGroup.objects.create(subject_id=group_id, number=number, created_on=created_on)
    write_tokens(group_id, [str(number)])
    return group
