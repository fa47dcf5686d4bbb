"""Reads of protected addresses: whose, since when, who is named, and who may be."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from fotfeste.access.public import (
    GIVE_ROLES,
    Candidate,
    Employment,
    Named,
    Namer,
    Protection,
    ProtectionLevel,
    names_there,
    works_on_cases,
)
from fotfeste.directory.public import Organisation, OrganisationKind, User
from fotfeste.kernel.errors import NotFound
from fotfeste.kernel.names import norwegian_sort_key
from fotfeste.kernel.periods import Period
from fotfeste.platform.viewer import Viewer


@dataclass(frozen=True, slots=True)
class ToName:
    """A protected household as those see it who name others for it: a reference, not who it is."""

    household_id: int
    reference: str
    level: ProtectionLevel
    since_on: date


@dataclass(frozen=True, slots=True)
class NamedIn:
    """Who follows a protected household up in an organisation. `people` are those whose names the viewer may know."""

    organisation_id: int
    organisation_kind: OrganisationKind
    organisation_name: str
    has_need: bool
    count: int
    people: Sequence[tuple[User, date]]


@dataclass(frozen=True, slots=True)
class MayBeNamed:
    """Somebody whom the viewer can choose, and where they work."""

    employment: Employment
    organisation_name: str


def protection_of(household_id: int) -> Protection | None:
    """The protection that a household has now, as far as the session sees the household; None where it has none."""
    rows = Protection.objects.current().filter(subject_id=household_id, period__endswith__isnull=True)
    found: Protection | None = rows.first()
    return found


def protections_as_rows(household: OuterRef) -> ArraySubquery:
    """The protection that a household has now, one row or none; part of another query."""
    return ArraySubquery(
        Protection.objects.current()
        .filter(subject_id=household, period__endswith__isnull=True)
        .values(row=JSONObject(level="level", since="period__startswith"))
    )


def protected_to_name(reference: str) -> ToName:
    """The protected household for which it is for the session's user to name. NotFound where there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT household, reference, level, since_on FROM protected_to_name(%s)", [reference])
        row = cursor.fetchone()
    if row is None:
        raise NotFound("not_found")
    return ToName(row[0], row[1], ProtectionLevel(row[2]), row[3])


def named_for(household_id: int) -> list[NamedIn]:
    """Who is named, in each organisation that has a need to know or anybody named; those that need it first.

    To those who are named themselves; to an administrator who names, their own organisation alone.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT organisation_id, has_need, user_id, since_on FROM named_for(%s)", [household_id])
        rows = sorted(cursor.fetchall(), key=lambda row: (row[0], row[2] or 0))
    places = Organisation.objects.in_bulk({row[0] for row in rows})
    users = User.objects.in_bulk({row[2] for row in rows if row[2] is not None})
    found = []
    for place_id, of_place in groupby(rows, key=lambda row: row[0]):
        named = list(of_place)
        place = places[place_id]
        found.append(
            NamedIn(
                organisation_id=place_id,
                organisation_kind=OrganisationKind(place.kind),
                organisation_name=place.name,
                has_need=any(row[1] for row in named),
                count=sum(1 for row in named if row[3] is not None),
                people=[(users[row[2]], row[3]) for row in named if row[2] is not None],
            )
        )
    return sorted(found, key=lambda each: (not each.has_need, norwegian_sort_key(each.organisation_name)))


def named_now(named: Iterable[NamedIn]) -> list[Named]:
    """The same for the rules; those whose names one may not know are not among them."""
    return [Named(user.pk, each.organisation_id, Period(since_on)) for each in named for user, since_on in each.people]


def namer_of(viewer: Viewer, named: Iterable[NamedIn]) -> Namer:
    """The viewer as the rules ask of whoever names."""
    assert viewer.user_id is not None
    people = {user.pk for each in named if each.organisation_id == viewer.organisation_id for user, _ in each.people}
    return Namer(
        user_id=viewer.user_id,
        organisation_id=viewer.organisation_id,
        organisation_kind=OrganisationKind(viewer.organisation_kind),
        is_named=viewer.user_id in people,
        gives_roles=viewer.may(GIVE_ROLES),
    )


def who_may_be_named(viewer: Viewer, of: ToName, named: Sequence[NamedIn], day: date) -> list[MayBeNamed]:
    """Those whom the viewer can choose: who works there, sees somebody by their roles, and is not named; by name."""
    namer = namer_of(viewer, named)
    already = {user.pk for each in named for user, _ in each.people} | {namer.user_id}
    places = {
        each.organisation_id: each
        for each in named
        if each.has_need and names_there(of.level, each.organisation_id, each.organisation_kind, namer)
    }
    rows = (
        Employment.objects.current()
        .filter(
            works_on_cases(OuterRef("user_id"), day),
            user__organisation_id__in=sorted(places),
            user__is_active=True,
            period__contains=day,
        )
        .exclude(user_id__in=already)
        .select_related("user")
        .order_by("user__name", "pk")
    )
    found = [MayBeNamed(row, places[row.user.organisation_id].organisation_name) for row in rows]
    return sorted(found, key=attrgetter("organisation_name"))


def who_may_be_unnamed(viewer: Viewer, of: ToName, named: Sequence[NamedIn], day: date) -> list[tuple[Employment, str]]:
    """Those whom the viewer can take out, and where they work: who is named where the viewer names; by name."""
    namer = namer_of(viewer, named)
    places = {
        user.pk: each.organisation_name
        for each in named
        if names_there(of.level, each.organisation_id, each.organisation_kind, namer)
        for user, _ in each.people
    }
    rows = Employment.objects.current().filter(user_id__in=sorted(places), period__contains=day)
    return [(row, places[row.user_id]) for row in rows.select_related("user").order_by("user__name", "pk")]


def candidate_of(reference: str, day: date) -> Candidate:
    """Somebody who is to be named, by the reference of their employment, as the rules ask. Raises NotFound."""
    found = Employment.objects.current().filter(reference=reference).select_related("user__organisation")
    row = found.annotate(at_work=works_on_cases(OuterRef("user_id"), day)).first()
    if row is None:
        raise NotFound("not_found")
    return Candidate(
        row.user_id,
        row.user.organisation_id,
        OrganisationKind(row.user.organisation.kind),
        works_on_cases=row.at_work and row.period.contains(day),
    )
