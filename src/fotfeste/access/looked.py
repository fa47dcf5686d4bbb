"""Reads of the log: who may see a household and why, who has looked at it, and one's own organisation's looks."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db import connection
from django.db.models import OuterRef, Q, QuerySet, Subquery

from fotfeste.access.domain.book import book
from fotfeste.access.domain.matrix import sees
from fotfeste.access.domain.permissions import SEE_UNUSUAL
from fotfeste.access.domain.types import Compartment, LookRule, NeedReason, Role
from fotfeste.access.domain.unusual import (
    Finding,
    Occasion,
    name_tokens,
    of_each_household,
    unusual,
)
from fotfeste.access.emergencies import emergencies_at_protected, emergencies_listed
from fotfeste.access.models import EmergencyAccess, Look, LookReview, Need, Subject
from fotfeste.directory.public import Organisation, OrganisationKind, User
from fotfeste.kernel.calendar import legal_day
from fotfeste.platform.acts import require
from fotfeste.platform.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Knows:
    """An organisation that may see somebody: why, since when, and what each role there sees.

    Where somebody's address is protected, only those who are named there (`registry.named_for`).
    """

    organisation_id: int
    organisation_name: str
    reason: NeedReason
    since_on: date
    roles: Sequence[tuple[Role, frozenset[Compartment]]]


@dataclass(frozen=True, slots=True)
class Unusual:
    """A finding as the administrator sees it: the user, the household's reference, and what was said of it."""

    finding: Finding
    user_name: str
    household_reference: str  # empty where it is about many, or about a protected household
    review: LookReview | None  # None as long as nobody has said what it was
    asked: Sequence[EmergencyAccess] = ()  # the emergency accesses that it is about


def who_knows(viewer: Viewer, subject_ids: Collection[int], day: date) -> list[Knows]:
    """Who may see these subjects on a day, those who have longest first. For those whom a look may be shown by.

    A municipality does not show which others are asked, nor its looks: the same is the database's rule of looks.
    """
    others = Q()
    if viewer.organisation_kind == OrganisationKind.MUNICIPALITY:
        others = Q(organisation__kind=OrganisationKind.MUNICIPALITY) & ~Q(organisation_id=viewer.organisation_id)
    needs = (
        Need.objects.filter(~others, subject_id__in=subject_ids, period__contains=day)
        .order_by("organisation_id", "reason", "period__startswith")
        .values_list("organisation_id", "organisation__name", "organisation__kind", "reason", "period__startswith")
    )
    found = []
    for (place_id, name, kind, reason), rows in groupby(needs, key=lambda row: row[:4]):
        roles = sees(kind, NeedReason(reason))
        if roles:
            since_on = min(row[4] for row in rows)
            found.append(Knows(place_id, name, NeedReason(reason), since_on, tuple(roles.items())))
    return sorted(found, key=attrgetter("since_on", "organisation_name"))


def looks_at(household_id: int, earlier_ids: Collection[int], person_ids: Collection[int]) -> QuerySet[Look, Any]:
    """Who has looked at a household, and at its persons in households they were in before; the newest first.

    Row-level security leaves those that the session may show to them. Without what showed nothing of them.
    """
    before = Q(household_id__in=list(earlier_ids), person_ids__overlap=list(person_ids))
    name = Organisation.objects.filter(pk=OuterRef("organisation_id")).values("name")
    return (
        Look.objects.filter(Q(household_id=household_id) | before, compartments__len__gt=0)
        .annotate(organisation_name=Subquery(name))
        .order_by("-looked_at", "-pk")
    )


def unusual_looks(viewer: Viewer, at: datetime) -> list[Unusual]:
    """Looks of the viewer's own staff that stand out, and every emergency access, the newest first.

    Emergency access stays until somebody has looked at it. Raises NotAllowed for others than those who see to them.
    """
    require(viewer, SEE_UNUSUAL)
    rules = book()
    on = legal_day(at)
    since = at - timedelta(days=rules.get("looks_listed_days", on).integer)
    days = rules.get("look_days_around_work", on).integer
    without_work = {key for (key,) in _rows("SELECT look_id FROM looks_without_work(%s, %s)", since, days)}
    protected = [
        Occasion(key, user_id, None, looked_at, number)
        for key, user_id, looked_at, number in _rows("SELECT * FROM looks_at_protected(%s, %s)", since, days)
    ]
    without_work -= {each.record_id for each in protected}
    users = dict(User.objects.filter(organisation_id=viewer.organisation_id).values_list("pk", "name"))
    same_name, same_family_name = _alike_in_name(users, since)
    # So many families are called the same that work with one is reason enough.
    same_family_name = same_family_name & without_work - same_name
    looks = _looks(without_work | same_name)
    asked = list(emergencies_listed(viewer, since))
    many = rules.get("look_many_households", on).integer
    within = timedelta(minutes=rules.get("look_many_minutes", on).integer)
    found = [
        *unusual((looks[key] for key in without_work & looks.keys()), many=many, within=within),
        *of_each_household(LookRule.SAME_NAME, (looks[key] for key in same_name & looks.keys())),
        *of_each_household(LookRule.SAME_FAMILY_NAME, (looks[key] for key in same_family_name & looks.keys())),
        *of_each_household(LookRule.PROTECTED, protected),
        *of_each_household(LookRule.EMERGENCY, map(_occasion, asked)),
        *of_each_household(LookRule.PROTECTED_EMERGENCY, emergencies_at_protected(since)),
    ]
    found.sort(key=attrgetter("last_at"), reverse=True)
    return _in_full(users, found, asked)


def _rows(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _occasion(asked: EmergencyAccess) -> Occasion:
    return Occasion(asked.pk, asked.user_id, asked.household_id, asked.opened_at, asked.reference)


def _looks(keys: Collection[int]) -> dict[int, Occasion]:
    """Looks at a household by their keys; those that the session reads.

    Without what was seen in emergency access: it is gone into with that.
    """
    return {
        look.pk: Occasion(look.pk, look.user_id, look.household_id, look.looked_at, look.request_number)
        for look in Look.objects.filter(pk__in=keys).exclude(reasons=[NeedReason.EMERGENCY])
        if look.user_id is not None and look.household_id is not None
    }


def _alike_in_name(users: Mapping[int, str], since: datetime) -> tuple[set[int], set[int]]:
    """Looks at somebody with the full name of one of these users, and at somebody with the family name of who looked.

    The database compares, and says of which looks; not who it was. One query.
    """
    named = [(user, token) for user, name in users.items() for token in sorted(name_tokens(name))]
    rows = _rows(
        "SELECT look_id, is_full FROM looks_alike_in_name(%s, %s::bigint[], %s::text[])",
        since,
        [user for user, _ in named],
        [token for _, token in named],
    )
    return {key for key, is_full in rows if is_full}, {key for key, is_full in rows if not is_full}


def _in_full(users: Mapping[int, str], findings: Sequence[Finding], asked: Sequence[EmergencyAccess]) -> list[Unusual]:
    """With the users' names, the households' references, and what was said of each."""
    households = {finding.household_id for finding in findings if finding.household_id}
    references = dict(Subject.objects.filter(pk__in=households).values_list("pk", "reference"))
    said: dict[tuple[int, LookRule, date, int | None], LookReview] = {}
    days = [finding.looked_on for finding in findings]
    for review in LookReview.objects.filter(looked_on__in=days).select_related("reviewed_by").order_by("reviewed_at"):
        said[review.looked_by_id, LookRule(review.rule), review.looked_on, review.household_id] = review
    found = []
    for finding in findings:
        of_it = [each for each in asked if finding.rule is LookRule.EMERGENCY and _is_about(finding, each)]
        last = said.get((finding.user_id, finding.rule, finding.looked_on, finding.household_id))
        is_said = last is not None and finding.last_at <= last.reviewed_at
        found.append(
            Unusual(
                finding,
                users.get(finding.user_id, ""),
                references.get(finding.household_id or 0, ""),
                last if is_said else None,
                of_it,
            )
        )
    return found


def _is_about(finding: Finding, asked: EmergencyAccess) -> bool:
    """Whether an emergency access is one of those that a finding is about."""
    about = (asked.user_id, asked.household_id, legal_day(asked.opened_at))
    return about == (finding.user_id, finding.household_id, finding.looked_on)
