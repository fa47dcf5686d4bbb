"""Who may see a household and why, and who has looked at it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from fotfeste.access.domain.matrix import sees
from fotfeste.access.domain.types import Compartment, NeedReason, Role
from fotfeste.access.models import Look, Need
from fotfeste.directory.public import Organisation, OrganisationKind
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
