"""Who belongs to a household on a day, and what the household is called."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from fotfeste.kernel.ages import age_on
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.identifiers import IdentifierKind
from fotfeste.platform.prepared import Given, IsAmong, Prepared
from fotfeste.registry.domain.rules import has_permit, latest_status
from fotfeste.registry.domain.types import Member, Sex, Status, StatusKind
from fotfeste.registry.models import (
    GroupMembership,
    Identifier,
    PersonDetails,
    PersonLanguage,
    PlacementGroup,
    StatusEvent,
)


def members_of(group_id: int, day: date) -> list[Member]:
    """The members of a placement group on a day, the oldest first, as the session's scope lets one see them."""
    return members_of_groups([group_id], day)[group_id]


def members_of_groups(group_ids: Iterable[int], day: date) -> Mapping[int, list[Member]]:
    """The members of several groups on a day, the oldest first; every group asked for is a key. One query."""
    wanted = list(group_ids)
    found: dict[int, list[Member]] = {group_id: [] for group_id in wanted}
    for row in _MEMBERS(groups=wanted, day=day):
        found[row.in_group].append(_member(row, day))
    return found


def _members() -> QuerySet[Any]:
    rows: QuerySet[Any] = _in_groups().annotate(
        registered_on=F("subject__person__registered_on"),
        language_codes=ArraySubquery(
            _of_person(PersonLanguage.objects.current()).order_by("rank", "pk").values("language")
        ),
        numbers=ArraySubquery(
            _of_person(Identifier.objects.current()).order_by("pk").values(row=JSONObject(kind="kind", value="value"))
        ),
        dated=ArraySubquery(
            _of_person(StatusEvent.objects.current())
            .order_by("holds_on", "pk")
            .values(row=JSONObject(kind="kind", on="holds_on", by="reported_by__name", at="recorded_at"))
        ),
    )
    return rows


def _of_person(facts: QuerySet[Any]) -> QuerySet[Any]:
    return facts.filter(subject_id=OuterRef("subject_id"))


def _in_groups() -> QuerySet[Any]:
    """The details of the members of `groups` on `day`, with their group and their membership's period."""
    rows: QuerySet[Any] = (
        PersonDetails.objects.current()
        .filter(
            IsAmong("subject__memberships__group_id", Given.keys("groups")),
            subject__memberships__annulled_at__isnull=True,
            subject__memberships__period__contains=Given.day("day"),
        )
        .annotate(in_group=F("subject__memberships__group_id"), in_group_for=F("subject__memberships__period"))
        .select_related("subject")
        .order_by("birth_date", "pk")
    )
    return rows


_MEMBERS: Prepared[Any] = Prepared(_members)
_NAMES = Prepared(lambda: _in_groups().values_list("in_group", "given_name", "family_name"))


def _member(row: Any, day: date) -> Member:
    statuses = tuple(
        Status(
            StatusKind(each["kind"]),
            date.fromisoformat(each["on"]),
            each["by"],
            legal_day(datetime.fromisoformat(each["at"])),
        )
        for each in row.dated
    )
    held = [each for each in statuses if each.holds_on <= day]
    latest = latest_status(held)
    return Member(
        subject_id=row.subject_id,
        reference=row.subject.reference,
        group_id=row.in_group,
        given_name=row.given_name,
        family_name=row.family_name,
        original_name=row.original_name,
        birth_date=row.birth_date,
        age=age_on(row.birth_date, day),
        sex=Sex(row.sex),
        citizenship=row.citizenship,
        languages=tuple(row.language_codes),
        needs_interpreter=row.needs_interpreter,
        is_unaccompanied_minor=row.is_unaccompanied_minor,
        identifiers={IdentifierKind(each["kind"]): each["value"] for each in row.numbers},
        statuses=statuses,
        current_status=latest.kind if latest else None,
        status_on=latest.holds_on if latest else None,
        has_permit=has_permit(held),
        member_from=row.in_group_for.start,
        registered_on=row.registered_on,
    )


def household_name(members: Sequence[Member]) -> str:
    """What a household is called: a person's name, or the family name that most have (the eldest's, if equal)."""
    return _called([(member.given_name, member.family_name) for member in members])


def household_name_within(members: Sequence[Member]) -> str:
    """What a household is called inside a sentence: `familien Kovalenko`; a person's name is always itself."""
    name = household_name(members)
    return name if len(members) == 1 else name[:1].lower() + name[1:]


def household_names(group_ids: Iterable[int], day: date) -> Mapping[int, str]:
    """What households are called on a day; every group asked for is a key. One query, two where one is empty."""
    wanted = list(dict.fromkeys(group_ids))
    names: dict[int, list[tuple[str, str]]] = {group_id: [] for group_id in wanted}
    for group_id, given_name, family_name in _NAMES(groups=wanted, day=day):
        names[group_id].append((given_name, family_name))
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


def groups_ever_of(person_ids: Collection[int]) -> list[int]:
    """Every placement group that these persons are or were in, as far as one may see."""
    memberships = GroupMembership.objects.current().filter(subject_id__in=list(person_ids))
    return sorted(set(memberships.values_list("group_id", flat=True)))
