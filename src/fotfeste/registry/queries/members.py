"""Who belongs to a household on a day, and what the household is called."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import F
from django.utils.translation import gettext as _

from fotfeste.kernel.identifiers import IdentifierKind
from fotfeste.registry.domain.rules import age_on, has_permit, latest_status
from fotfeste.registry.domain.types import Member, Sex, Status
from fotfeste.registry.models import GroupMembership, Identifier, PersonDetails, PersonLanguage, PlacementGroup
from fotfeste.registry.queries.statuses import statuses_of


def members_of(group_id: int, day: date) -> list[Member]:
    """The members of a placement group on a day, the oldest first, as the session's scope lets one see them."""
    return members_of_groups([group_id], day)[group_id]


def members_of_groups(group_ids: Iterable[int], day: date) -> Mapping[int, list[Member]]:
    """The members of several groups on a day, the oldest first; every group asked for is a key. Four queries."""
    wanted = list(group_ids)
    found: dict[int, list[Member]] = {group_id: [] for group_id in wanted}
    rows = _details(wanted, day)
    person_ids = [row.details.subject_id for row in rows]
    if not person_ids:
        return found
    languages: dict[int, list[str]] = {}
    for subject_id, language in (
        PersonLanguage.objects.current()
        .filter(subject_id__in=person_ids)
        .order_by("rank", "pk")
        .values_list("subject_id", "language")
    ):
        languages.setdefault(subject_id, []).append(language)
    identifiers: dict[int, dict[IdentifierKind, str]] = {}
    for subject_id, kind, value in (
        Identifier.objects.current()
        .filter(subject_id__in=person_ids)
        .order_by("pk")
        .values_list("subject_id", "kind", "value")
    ):
        identifiers.setdefault(subject_id, {})[IdentifierKind(kind)] = value
    statuses = statuses_of(person_ids)
    for row in rows:
        key = row.details.subject_id
        found[row.group_id].append(
            _member(row, day, tuple(languages.get(key, ())), identifiers.get(key, {}), statuses[key])
        )
    return found


class _Row(NamedTuple):
    """A member's details, the group they are in on the day, and since when."""

    details: PersonDetails
    group_id: int
    since_on: date


def _details(group_ids: Sequence[int], day: date) -> list[_Row]:
    rows = (
        PersonDetails.objects.current()
        .filter(
            subject__memberships__annulled_at__isnull=True,
            subject__memberships__period__contains=day,
            subject__memberships__group_id__in=group_ids,
        )
        .annotate(in_group=F("subject__memberships__group_id"), in_group_for=F("subject__memberships__period"))
        .select_related("subject")
        .order_by("birth_date", "pk")
    )
    return [_Row(row, row.in_group, row.in_group_for.start) for row in rows]


def _member(
    row: _Row,
    day: date,
    languages: tuple[str, ...],
    identifiers: Mapping[IdentifierKind, str],
    statuses: Sequence[Status],
) -> Member:
    held = [each for each in statuses if each.holds_on <= day]
    latest = latest_status(held)
    details = row.details
    return Member(
        subject_id=details.subject_id,
        reference=details.subject.reference,
        group_id=row.group_id,
        given_name=details.given_name,
        family_name=details.family_name,
        original_name=details.original_name,
        birth_date=details.birth_date,
        age=age_on(details.birth_date, day),
        sex=Sex(details.sex),
        citizenship=details.citizenship,
        languages=languages,
        needs_interpreter=details.needs_interpreter,
        is_unaccompanied_minor=details.is_unaccompanied_minor,
        identifiers=identifiers,
        current_status=latest.kind if latest else None,
        status_on=latest.holds_on if latest else None,
        has_permit=has_permit(held),
        member_from=row.since_on,
    )


def household_name(members: Sequence[Member]) -> str:
    """What a household is called: a person's name, or the family name that most have (the eldest's, if equal)."""
    return _called([(member.given_name, member.family_name) for member in members])


def household_names(group_ids: Iterable[int], day: date) -> Mapping[int, str]:
    """What households are called on a day; every group asked for is a key. One query, two where one is empty."""
    wanted = list(dict.fromkeys(group_ids))
    names: dict[int, list[tuple[str, str]]] = {group_id: [] for group_id in wanted}
    for row in _details(wanted, day):
        names[row.group_id].append((row.details.given_name, row.details.family_name))
    called = {group_id: _called(parts) for group_id, parts in names.items()}
    empty = [group_id for group_id, name in called.items() if not name]
    if empty:
        for group_id, number in PlacementGroup.objects.filter(pk__in=empty).values_list("pk", "number"):
            called[group_id] = _("Plasseringsgruppe %(number)s") % {"number": number}
    return called


def _called(parts: Sequence[tuple[str, str]]) -> str:
    """The words for given and family names, the eldest first; empty for nobody."""
    if not parts:
        return ""
    if len(parts) == 1:
        return " ".join(part for part in parts[0] if part)
    families = Counter(family for _given, family in parts if family)
    if not families:
        return _("Familien til %(name)s") % {"name": parts[0][0]}
    return _("Familien %(name)s") % {"name": families.most_common(1)[0][0]}


def group_of(person_subject_id: int, day: date) -> PlacementGroup | None:
    """The placement group that a person belongs to on a day; None where there is none that one may see."""
    membership = (
        GroupMembership.objects.current()
        .filter(subject_id=person_subject_id, period__contains=day)
        .select_related("group__subject")
        .first()
    )
    return membership.group if membership else None
