"""Putting right what is known of a person: a correction supersedes, with a reason; nothing is overwritten."""

from dataclasses import asdict
from datetime import date, datetime

from django.db.models import Q

from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import NotFound, Refused
from fotfeste.kernel.identifiers import IdentifierKind
from fotfeste.platform.acts import act, require
from fotfeste.platform.events import Happening, publish
from fotfeste.platform.facts import annul, supersede
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.actions.duplicates import propose_duplicates
from fotfeste.registry.actions.lock import lock_group, require_part
from fotfeste.registry.actions.persons import only_synthetic, refuse_number_in_use, rewrite_tokens
from fotfeste.registry.actions.summary import sum_up_groups_of
from fotfeste.registry.domain.registration import (
    mistakes_in_descent,
    mistakes_in_number,
    mistakes_in_person,
    number_as_kept,
)
from fotfeste.registry.domain.types import CorrectionReason, NewGuardian, NewPerson, RelationKind
from fotfeste.registry.models import Identifier, OutsideContact, Person, PersonDetails, PersonLanguage, Relation
from fotfeste.registry.queries.members import group_of

REASONS_OF_PEOPLE = (
    CorrectionReason.TYPING_ERROR,
    CorrectionReason.NEW_DOCUMENT,
    CorrectionReason.TOLD_BY_PERSON,
    CorrectionReason.CHANGED,
)
_DETAILS = (
    "given_name", "family_name", "original_name", "birth_date", "sex", "citizenship", "needs_interpreter",
    "is_unaccompanied_minor",
)  # fmt: skip
_COMPARED = frozenset({"given_name", "family_name", "birth_date"})


@act
def correct_details(
    person_subject_id: int,
    corrected: NewPerson,
    reason: CorrectionReason | str,
    *,
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> tuple[str, ...]:
    """Correct a person's details, languages, numbers and guardian to what `corrected` says; gives what changed.

    A number that `corrected` has not is annulled; a guardian is kept where `corrected` has none. Only what differs
    is superseded. Raises Refused `reason_needed`, `nothing_changed`, or at the field of a mistake. Source: REG-01,
    REG-06.
    """
    require(by, "registry.correct_details")
    group_id = _lock_group_of(person_subject_id, by=by, at=at, version=version)
    if reason not in REASONS_OF_PEOPLE:
        raise Refused("reason_needed", "reason")
    registered_on = Person.objects.get(pk=person_subject_id).registered_on
    for mistake in mistakes_in_person(corrected, registered_on, only_synthetic=False):
        raise mistake
    _check_descent(person_subject_id, corrected.birth_date)
    changed = [
        *_correct_row(person_subject_id, corrected, reason, by=by, at=at),
        *_correct_languages(person_subject_id, corrected, reason, by=by, at=at),
        *_correct_numbers(person_subject_id, corrected, reason, by=by, at=at),
        *_correct_guardian(person_subject_id, corrected.guardian, reason, by=by, at=at),
    ]
    if not changed:
        raise Refused("nothing_changed")
    rewrite_tokens(person_subject_id)
    if not _COMPARED.isdisjoint(changed):
        propose_duplicates([person_subject_id], group_id=group_id, on=legal_day(at), by=by, at=at)
    _tell("registry.details_corrected", group_id, person_subject_id, legal_day(at), by=by, at=at)
    return tuple(changed)


@act
def register_identifier(
    person_subject_id: int,
    kind: IdentifierKind,
    text: str,
    *,
    by: Viewer,
    at: datetime,
    reason: CorrectionReason | str = "",
    version: int | None = None,
) -> Identifier:
    """Register a number that a person has got (a D-number, later a national identity number).

    One of the kind that is there already is superseded, which needs a reason. Raises Refused at field `kind`.
    Source: REG-01.
    """
    require(by, "registry.correct_details")
    group_id = _lock_group_of(person_subject_id, by=by, at=at, version=version)
    for mistake in mistakes_in_number(kind, text, legal_day(at), only_synthetic=only_synthetic(), field=str(kind)):
        raise mistake
    identifier = _write_number(person_subject_id, kind, text, reason, by=by, at=at)
    rewrite_tokens(person_subject_id)
    _tell("registry.identifier_registered", group_id, person_subject_id, legal_day(at), by=by, at=at)
    return identifier


def _lock_group_of(person_id: int, *, by: Viewer, at: datetime, version: int | None) -> int:
    group = group_of(person_id, legal_day(at))
    if group is None:
        raise NotFound("not_found")
    group_id: int = lock_group(group.pk, version=version).pk
    require_part([person_id], by=by, at=at)
    return group_id


def _check_descent(person_id: int, birth_date: date) -> None:
    """Nobody becomes older than a parent or younger than a child, as at registration."""
    ties = (
        Relation.objects.current()
        .filter(Q(subject_id=person_id) | Q(other_id=person_id), kind=RelationKind.PARENT)
        .values_list("subject_id", "other_id")
    )
    parents = {first for first, second in ties if second == person_id}
    children = {second for first, second in ties if first == person_id}
    rows = PersonDetails.objects.current().filter(subject_id__in=parents | children)
    births = dict(rows.values_list("subject_id", "birth_date"))
    for mistake in mistakes_in_descent(
        birth_date,
        parents=[births[person] for person in parents & births.keys()],
        children=[births[person] for person in children & births.keys()],
    ):
        raise mistake


def _correct_row(person_id: int, corrected: NewPerson, reason: str, *, by: Viewer, at: datetime) -> list[str]:
    row = PersonDetails.objects.current().get(subject_id=person_id)
    wanted = {field: getattr(corrected, field) for field in _DETAILS}
    wanted = {field: value.strip() if field.endswith("_name") else value for field, value in wanted.items()}
    changed = {field: value for field, value in wanted.items() if getattr(row, field) != value}
    if changed:
        supersede(row, by=by, at=at, reason=reason, **changed)
        sum_up_groups_of([person_id])
    return list(changed)


def _correct_languages(person_id: int, corrected: NewPerson, reason: str, *, by: Viewer, at: datetime) -> list[str]:
    rows = list(PersonLanguage.objects.current().filter(subject_id=person_id).order_by("rank", "pk"))
    if tuple(row.language for row in rows) == corrected.languages:
        return []
    for row in rows:
        annul(row, by=by, at=at, reason=reason)
    for rank, language in enumerate(corrected.languages, start=1):
        PersonLanguage(
            subject_id=person_id,
            language=language,
            rank=rank,
            recorded_at=at,
            recorded_by_id=by.user_id,
            reported_by_id=by.organisation_id,
        ).stored()
    return ["languages"]


def _correct_numbers(person_id: int, corrected: NewPerson, reason: str, *, by: Viewer, at: datetime) -> list[str]:
    present = {row.kind: row for row in Identifier.objects.current().filter(subject_id=person_id)}
    changed: list[str] = []
    for kind, text in corrected.identifiers.items():
        if kind in present and present[kind].value == number_as_kept(kind, text):
            continue
        for mistake in mistakes_in_number(kind, text, legal_day(at), only_synthetic=only_synthetic(), field=str(kind)):
            raise mistake
        _write_number(person_id, kind, text, reason, by=by, at=at)
        changed.append(str(kind))
    for kind, row in present.items():
        if kind not in corrected.identifiers:
            annul(row, by=by, at=at, reason=reason)
            changed.append(str(kind))
    return changed


def _write_number(
    person_id: int, kind: IdentifierKind, text: str, reason: str, *, by: Viewer, at: datetime
) -> Identifier:
    value = number_as_kept(kind, text)
    refuse_number_in_use(kind, value, str(kind), but_of=person_id)
    present = Identifier.objects.current().filter(subject_id=person_id, kind=kind).first()
    if present is None:
        return Identifier(
            subject_id=person_id,
            kind=kind,
            value=value,
            recorded_at=at,
            recorded_by_id=by.user_id,
            reported_by_id=by.organisation_id,
        ).stored()
    if present.value == value:
        raise Refused("nothing_changed", str(kind))
    if reason not in REASONS_OF_PEOPLE:
        raise Refused("number_correction_needs_reason", "reason")
    successor: Identifier = supersede(present, by=by, at=at, reason=reason, value=value)
    return successor


def _correct_guardian(
    person_id: int, guardian: NewGuardian | None, reason: str, *, by: Viewer, at: datetime
) -> list[str]:
    if guardian is None:
        return []
    present = OutsideContact.objects.current().filter(subject_id=person_id, kind=RelationKind.GUARDIAN).first()
    wanted = asdict(guardian)
    if present is None:
        OutsideContact(
            subject_id=person_id,
            kind=RelationKind.GUARDIAN,
            recorded_at=at,
            recorded_by_id=by.user_id,
            reported_by_id=by.organisation_id,
            **wanted,
        ).stored()
        return ["guardian"]
    if all(getattr(present, field) == value for field, value in wanted.items()):
        return []
    supersede(present, by=by, at=at, reason=reason, **wanted)
    return ["guardian"]


def _tell(kind: str, group_id: int, person_id: int, on: date, *, by: Viewer, at: datetime) -> None:
    publish(
        Happening(type=kind, subject_id=group_id, object_kind="person", object_id=person_id, holds_on=on),
        by=by,
        at=at,
    )
