"""Reads of an organisation's own users: who works here, in which roles, given by whom, and what has happened."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from fotfeste.access.domain.matrix import CASE_ROLES
from fotfeste.access.domain.permissions import ADMINISTRATORS
from fotfeste.access.domain.staffing import Colleague, Held
from fotfeste.access.domain.types import Role
from fotfeste.access.models import Clearance, Employment, Protection, RoleAssignment
from fotfeste.directory.public import User
from fotfeste.kernel.errors import NotFound
from fotfeste.kernel.names import norwegian_sort_key
from fotfeste.kernel.periods import Period
from fotfeste.platform.facts import version_of
from fotfeste.platform.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Change:
    """One line of a user's history. `what` is a code; `on` the day that it holds from; `by` is empty for the system."""

    at: datetime
    what: str
    on: date
    by: str
    role: Role | None = None


def employed_on(day: date) -> Q:
    """The condition on users that they work in their organisation on a day."""
    return Q(Exists(Employment.objects.current().filter(user_id=OuterRef("pk"), period__contains=day)))


def works_on_cases(user: OuterRef, day: date) -> Q:
    """The condition that a user works in their organisation on a day, in a role that opens somebody.

    `user`: the reference to the user's key.
    """
    of_user = {"user_id": user, "period__contains": day}
    held = RoleAssignment.objects.current().filter(role__in=sorted(CASE_ROLES), **of_user)
    return Q(Exists(Employment.objects.current().filter(**of_user)), Exists(held))


def is_named_if_protected(subject_id: int, user_id: int, day: date) -> bool:
    """Whether somebody sees the subject as far as a protected address goes: they are named, or it is not protected.

    For a colleague of the session's user, who sees the subject. Two queries at most.
    """
    if not Protection.objects.current().filter(subject_id=subject_id, period__endswith__isnull=True).exists():
        return True
    named = Clearance.objects.current().filter(subject_id=subject_id, user_id=user_id, period__contains=day)
    return bool(named.exists())


def is_employed(user: User, day: date) -> bool:
    """Whether a user works in their organisation on a day. No query where the login brought it along."""
    brought = getattr(user, "employed", None)
    if brought is None:
        return Employment.objects.current().filter(user_id=user.pk, period__contains=day).exists()
    return any(period_of(each).contains(day) for each in brought)


def period_of(row: Mapping[str, str | None]) -> Period:
    """A period that came as JSON: `start`, and `end` where there is one."""
    start, end = row["start"], row["end"]
    assert start is not None
    return Period(date.fromisoformat(start), date.fromisoformat(end) if end else None)


def colleagues_of(organisation_id: int) -> list[Colleague]:
    """All who work or worked in an organisation, with their roles; for the rules."""
    kinds = dict(User.objects.filter(organisation_id=organisation_id).values_list("pk", "organisation__kind"))
    employments: dict[int, list[Period]] = {user_id: [] for user_id in kinds}
    held: dict[int, list[Held]] = {user_id: [] for user_id in kinds}
    here = {"user__organisation_id": organisation_id}
    for employment in Employment.objects.current().filter(**here).order_by("pk"):
        employments[employment.user_id].append(employment.period)
    for row in RoleAssignment.objects.current().filter(**here).order_by("pk"):
        held[row.user_id].append(Held(Role(row.role), row.period))
    return [
        Colleague(user_id, organisation_id, kinds[user_id], employments[user_id], held[user_id]) for user_id in kinds
    ]


def facts_of(user_id: int) -> tuple[QuerySet[Any], QuerySet[Any]]:
    """What is told of a user: employments and roles. A form about them is stale when one of these changes."""
    return Employment.objects.filter(user_id=user_id), RoleAssignment.objects.filter(user_id=user_id)


def staff_version(user_id: int) -> int:
    """The version of what is told of a user, for a form that changes it."""
    return version_of(*facts_of(user_id))


def employments_here(viewer: Viewer, day: date, *, has_ended: bool) -> Sequence[Employment]:
    """The employments in one's own organisation, those that are over by a day or the others, by name."""
    here: QuerySet[Employment] = Employment.objects.current().filter(user__organisation_id=viewer.organisation_id)
    found = here.filter(period__endswith__lte=day) if has_ended else here.filter(period__overlap=Period(day))
    return sorted(
        found.select_related("user").order_by("pk"), key=lambda each: (norwegian_sort_key(each.user.name), each.pk)
    )


def employment_by_reference(viewer: Viewer, reference: str) -> Employment:
    """An employment in one's own organisation. NotFound where there is none, or it is another's."""
    here: QuerySet[Employment] = Employment.objects.current().filter(user__organisation_id=viewer.organisation_id)
    found = here.filter(reference=reference).select_related("user__organisation").first()
    if found is None:
        raise NotFound("not_found")
    return found


def role_by_reference(viewer: Viewer, reference: str) -> RoleAssignment:
    """A role of somebody in one's own organisation. NotFound where there is none, or it is another's."""
    here: QuerySet[RoleAssignment] = RoleAssignment.objects.current().filter(
        user__organisation_id=viewer.organisation_id
    )
    found = here.filter(reference=reference).select_related("user").first()
    if found is None:
        raise NotFound("not_found")
    return found


def roles_from(user_ids: Iterable[int], day: date) -> dict[int, list[RoleAssignment]]:
    """The roles that users have on a day or get later, the first given first, with who gave them. One query."""
    found: dict[int, list[RoleAssignment]] = {}
    rows = RoleAssignment.objects.current().filter(user_id__in=list(user_ids), period__overlap=Period(day))
    for row in rows.select_related("given_by").order_by("period", "pk"):
        found.setdefault(row.user_id, []).append(row)
    return found


def administrators_here(viewer: Viewer, day: date) -> Sequence[User]:
    """The others in one's own organisation who give roles on a day, by name."""
    held = RoleAssignment.objects.current().filter(
        user_id=OuterRef("pk"), role__in=sorted(ADMINISTRATORS), period__contains=day
    )
    others = User.objects.filter(Exists(held), employed_on(day), organisation_id=viewer.organisation_id)
    return list(others.exclude(pk=viewer.user_id or 0).order_by("name", "pk"))


def history_of(user_id: int) -> list[Change]:
    """What has happened to a user's employment and roles, the latest first. Two queries."""
    found: list[Change] = []
    for rows, kind in ((facts_of(user_id)[0], "employment"), (facts_of(user_id)[1], "role")):
        all_rows = list(rows.select_related("recorded_by", "annulled_by").order_by("pk"))
        ends = {row.supersedes_id: row for row in all_rows if row.supersedes_id}
        for row in all_rows:
            role = Role(row.role) if kind == "role" else None
            if not row.supersedes_id:
                found.append(Change(row.recorded_at, f"{kind}_begins", row.period.start, _name(row.recorded_by), role))
            if row.annulled_at:
                ended = ends.get(row.pk)
                what, on = ("ends", ended.period.end) if ended else ("taken_back", row.period.start)
                found.append(Change(row.annulled_at, f"{kind}_{what}", on, _name(row.annulled_by), role))
    return sorted(found, key=lambda change: change.at, reverse=True)


def _name(user: User | None) -> str:
    return user.name if user is not None else ""
