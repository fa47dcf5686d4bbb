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
from fotfeste.access.domain.unusual import Asked, Finding, LookedAt, emergencies_found, unusual
from fotfeste.access.emergencies import emergencies_listed
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
    reference: str  # of its first look: a key would count up
    user_name: str
    household_reference: str  # empty where it is about many
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
    with connection.cursor() as cursor:
        cursor.execute("SELECT look_id FROM looks_without_work(%s, %s)", [since, days])
        keys = [key for (key,) in cursor.fetchall()]
    # What was seen in emergency access is gone into with that.
    rows = list(Look.objects.filter(pk__in=keys).exclude(reasons=[NeedReason.EMERGENCY]).order_by("looked_at", "pk"))
    looks = [
        LookedAt(look.pk, look.user_id, look.household_id, look.looked_at)
        for look in rows
        if look.user_id is not None and look.household_id is not None
    ]
    many = rules.get("look_many_households", on).integer
    minutes = rules.get("look_many_minutes", on).integer
    asked = list(emergencies_listed(viewer, since))
    found = unusual(looks, many=many, within=timedelta(minutes=minutes))
    found += emergencies_found(Asked(each.pk, each.user_id, each.household_id, each.opened_at) for each in asked)
    found.sort(key=attrgetter("last_at"), reverse=True)
    return _in_full(viewer, found, {look.pk: look.request_number for look in rows}, asked)


def _in_full(
    viewer: Viewer, findings: Sequence[Finding], numbers: Mapping[int, str], asked: Sequence[EmergencyAccess]
) -> list[Unusual]:
    """With the users' names, the households' references, and what was said of each."""
    users = dict(User.objects.filter(organisation_id=viewer.organisation_id).values_list("pk", "name"))
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
                of_it[0].reference if of_it else numbers[finding.look_id],
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
