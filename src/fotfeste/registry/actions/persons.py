"""Putting persons into the registry: subject, need to know, then the rows. Used by the acts; no act itself."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.conf import settings
from django.db import connection

from fotfeste.access.public import NeedReason, SubjectKind, create_subject
from fotfeste.directory.public import Organisation, OrganisationKind
from fotfeste.kernel.decisions import Decision
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.identifiers import IdentifierKind
from fotfeste.kernel.periods import Period
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.actions.summary import sum_up_groups_of
from fotfeste.registry.domain.names import tokens_of
from fotfeste.registry.domain.registration import number_as_kept
from fotfeste.registry.domain.types import NewPerson, RelationKind, StatusKind
from fotfeste.registry.models import (
    GroupMembership,
    Identifier,
    OutsideContact,
    Person,
    PersonDetails,
    PersonLanguage,
    StatusEvent,
)

logger = logging.getLogger("fotfeste.registry")
NUMBER_IN_USE = "number_registered_already"


def only_synthetic() -> bool:
    """In the demo nobody's real number may be typed."""
    return bool(settings.IS_DEMO)


def refuse_unless(decision: Decision, field: str | None = None) -> None:
    """Raise the first reason of a decision that is not a yes."""
    if not decision.is_yes:
        reason = decision.reasons[0]
        raise Refused(reason.code, field, dict(reason.fields))


def refuse_number_in_use(kind: IdentifierKind, value: str, field: str | None, *, but_of: int | None = None) -> None:
    """Refuse a number that another person has, and say whom to ask.

    That is UDI for all, whoever registered them: it has to do with everyone, and it names who follows up a protected
    household. An answer that led to the registrar for some and to UDI for others would tell who is protected.
    """
    if kind is IdentifierKind.REG_NR:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT number_is_taken(%s, %s, %s)", [kind, value, but_of])
        [is_taken] = cursor.fetchone()
    if is_taken:
        logger.info("number is registered already", extra={"fields": {"kind": str(kind)}})
        contact = Organisation.objects.get(pk=udi_organisations()[0]).name
        raise Refused(NUMBER_IN_USE, field, {"contact": contact})


def first_needs(by: Viewer) -> list[tuple[int, NeedReason]]:
    """Whoever registers needs to know, and UDI, which decides on protection and on places: (organisation, reason)."""
    udi = [(organisation_id, NeedReason.PROTECTION_CASE) for organisation_id in udi_organisations()]
    return [(by.organisation_id, NeedReason.REGISTERED_HERE), *udi]


def udi_organisations() -> list[int]:
    """UDI and its regions, UDI itself first."""
    return list(Organisation.objects.filter(kind=OrganisationKind.UDI).order_by("pk").values_list("pk", flat=True))


def create_persons(
    persons: Sequence[NewPerson],
    subject_ids: Sequence[int],
    *,
    group_id: int,
    registered_on: date,
    by: Viewer,
    at: datetime,
) -> None:
    """Write the rows of persons whose subjects and needs exist already, in the same order."""
    known = {"recorded_at": at, "recorded_by_id": by.user_id, "reported_by_id": by.organisation_id}
    pairs = list(zip(subject_ids, persons, strict=True))
    Person.objects.bulk_create(
        [Person(subject_id=key, registered_on=registered_on, registered_by_id=by.organisation_id) for key, _ in pairs]
    )
    PersonDetails.objects.bulk_create([details_row(key, person, known) for key, person in pairs])
    PersonLanguage.objects.bulk_create(
        [
            PersonLanguage(subject_id=key, language=language, rank=rank, **known)
            for key, person in pairs
            for rank, language in enumerate(person.languages, start=1)
        ]
    )
    Identifier.objects.bulk_create(
        [
            Identifier(subject_id=key, kind=kind, value=number_as_kept(kind, text), **known)
            for key, person in pairs
            for kind, text in person.identifiers.items()
        ]
    )
    GroupMembership.objects.bulk_create(
        [GroupMembership(subject_id=key, group_id=group_id, period=Period(registered_on), **known) for key, _ in pairs]
    )
    OutsideContact.objects.bulk_create(
        [
            OutsideContact(
                subject_id=key,
                kind=RelationKind.GUARDIAN,
                name=person.guardian.name.strip(),
                phone=person.guardian.phone,
                email=person.guardian.email,
                **known,
            )
            for key, person in pairs
            if person.guardian is not None
        ]
    )
    for key, person in pairs:
        numbers = [number_as_kept(kind, text) for kind, text in person.identifiers.items()]
        write_tokens(
            key,
            tokens_of(person.given_name, person.family_name, person.original_name, person.birth_date, numbers),
        )


def details_row(subject_id: int, person: NewPerson, known: Mapping[str, object]) -> PersonDetails:
    """The row of a person's details, not saved."""
    return PersonDetails(
        subject_id=subject_id,
        given_name=person.given_name.strip(),
        family_name=person.family_name.strip(),
        original_name=person.original_name.strip(),
        birth_date=person.birth_date,
        sex=person.sex,
        citizenship=person.citizenship,
        needs_interpreter=person.needs_interpreter,
        is_unaccompanied_minor=person.is_unaccompanied_minor,
        **known,
    )


def new_person_subjects(count: int) -> list[int]:
    """Keys for so many persons."""
    return [create_subject(SubjectKind.PERSON).pk for _ in range(count)]


def write_tokens(subject_id: int, tokens: Iterable[str]) -> None:
    """Store the search tokens of a subject anew."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_search_tokens(%s, %s)", [subject_id, sorted(tokens)])


def rewrite_tokens(subject_id: int) -> None:
    """Store a person's search tokens anew from what is held true of them now."""
    details = PersonDetails.objects.current().get(subject_id=subject_id)
    numbers = Identifier.objects.current().filter(subject_id=subject_id).values_list("value", flat=True)
    write_tokens(
        subject_id,
        tokens_of(details.given_name, details.family_name, details.original_name, details.birth_date, numbers),
    )


def record_statuses(subject_ids: Sequence[int], kind: StatusKind, holds_on: date, *, by: Viewer, at: datetime) -> None:
    """Write a status for each person, with no permission asked: the act that calls has asked for its own."""
    StatusEvent.objects.bulk_create(
        [
            StatusEvent(
                subject_id=subject_id,
                kind=kind,
                holds_on=holds_on,
                recorded_at=at,
                recorded_by_id=by.user_id,
                reported_by_id=by.organisation_id,
            )
            for subject_id in subject_ids
        ]
    )
    sum_up_groups_of(subject_ids)
