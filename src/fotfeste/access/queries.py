"""Reads of access."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import DEFAULT_DB_ALIAS
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import JSONObject, Now

from fotfeste.access.domain.matrix import opened_by
from fotfeste.access.domain.permissions import PERMISSIONS
from fotfeste.access.domain.types import Compartment, NeedReason, Role
from fotfeste.access.models import Need, RoleAssignment, Subject
from fotfeste.access.staff import is_employed, period_of
from fotfeste.directory.public import OrganisationKind, User
from fotfeste.kernel.errors import NotFound
from fotfeste.platform.prepared import Given, IsAmong, Prepared
from fotfeste.platform.viewer import Viewer

# How the usernames begin that a visitor of the demo may choose.
DEMO_USERS = "demo-"
KINDS_ON_THE_WAY = (
    OrganisationKind.POLICE,
    OrganisationKind.UDI,
    OrganisationKind.CENTRE,
    OrganisationKind.IMDI,
    OrganisationKind.MUNICIPALITY,
)


def viewer_for(user: User, day: date) -> Viewer:
    """The viewer that a user is on a day, with the roles held then. No query where the login brought them along."""
    roles = _roles_held(user, day)
    return Viewer(
        user_id=user.pk,
        organisation_id=user.organisation_id,
        organisation_kind=user.organisation.kind,
        roles=frozenset(str(role) for role in roles),
        permissions=frozenset().union(*(PERMISSIONS[role] for role in roles)),
        name=user.name,
        opens=opened_by(roles),
    )


def standing_in(role: Role, kind: OrganisationKind, organisation_id: int, *, named_id: int | None = None) -> Viewer:
    """The system itself with the sight of a role in an organisation, for work that is nobody's act: it may do nothing.

    `named_id`: the user with whose eyes it sees protected households, being named for them.
    """
    roles = frozenset({role})
    return Viewer(named_id, organisation_id, kind, roles=frozenset({str(role)}), opens=opened_by(roles))


def demo_users(using: str = DEFAULT_DB_ALIAS) -> list[RoleAssignment]:
    """Those whom a visitor of the demo may be, with what each is and where, in the order a household meets them.

    Only the roles that have no end.
    """
    found = (
        RoleAssignment.objects.using(using)
        .filter(
            annulled_at__isnull=True,
            period__endswith__isnull=True,
            user__is_active=True,
            user__username__startswith=DEMO_USERS,
            user__organisation__kind__in=KINDS_ON_THE_WAY,
        )
        .select_related("user__organisation")
        .order_by("user__organisation__sort_key", "user__username")
    )
    return sorted(found, key=lambda each: KINDS_ON_THE_WAY.index(OrganisationKind(each.user.organisation.kind)))


def _roles_held(user: User, day: date) -> frozenset[Role]:
    """The roles of a day; none outside the employment."""
    if not is_employed(user, day):
        return frozenset()
    brought = getattr(user, "assignments", None)
    if brought is None:
        held = RoleAssignment.objects.current().filter(user_id=user.pk, period__contains=day)
        return frozenset(Role(role) for role in held.values_list("role", flat=True))
    return frozenset(Role(each["role"]) for each in brought if period_of(each).contains(day))


# Emergency access opens the household's own page and nothing else: no list beside it, no form, no act.
ALL_BUT_EMERGENCY = frozenset(NeedReason) - {NeedReason.EMERGENCY}


def subject_by_reference(
    viewer: Viewer, reference: str, day: date, reasons: frozenset[NeedReason] = ALL_BUT_EMERGENCY
) -> Subject:
    """The subject behind a public reference.

    Raises NotFound also where the viewer's organisation has no need to know of it for one of the reasons, or the
    viewer's roles do not open who it is. `known_because` of what is found: every reason that the viewer has.
    """
    opening = reasons & viewer.opens.get(Compartment.IDENTITY, frozenset())
    given = {"user": viewer.user_id, "organisation": viewer.organisation_id, "reference": reference, "day": day}
    found = _KNOWN.first(reasons=[str(each) for each in sorted(opening)], **given) if opening else None
    if found is None:
        raise NotFound("not_found")
    subject: Subject = found
    subject.known_because = frozenset(found.reasons)
    return subject


def _known() -> QuerySet[Any]:
    """A subject that an organisation knows of, with the reasons for which its user does."""
    day, organisation = Given.day("day"), Given.key("organisation")
    own = Need.objects.filter(_needs_of(Given.key("user"), organisation), subject_id=OuterRef("pk"))
    return (
        Subject.objects.filter(
            IsAmong("needs__reason", Given("reasons", ArrayField(TextField()))),
            reference=Given("reference", CharField()),
            needs__organisation_id=organisation,
            needs__period__contains=day,
        )
        .annotate(reasons=ArraySubquery(own.filter(period__contains=day).values("reason")))
        .order_by("pk")[:1]
    )


_KNOWN = Prepared(_known)


def needs_as_rows(subject: OuterRef, day: date | Given) -> ArraySubquery:
    """Who has a need to know of a subject on a day, why and since when, the longest first; part of another query.

    For pages of those who have one themselves: who they are is asked by that other query.
    """
    return ArraySubquery(
        Need.objects.filter(subject_id=subject, period__contains=day)
        .order_by("opened_at", "pk")
        .values(
            row=JSONObject(
                organisation="organisation_id", who="organisation__name", reason="reason", since="period__startswith"
            )
        )
    )


def is_known(viewer: Viewer, subject: OuterRef, day: date, compartment: Compartment) -> Exists:
    """The condition that the viewer's organisation needs to know of a subject on a day, for a reason that opens the
    compartment to the viewer's roles. What a list asks itself, beside the database's own fence.
    """
    reasons = sorted(viewer.opens.get(compartment, frozenset()))
    mine = Need.objects.filter(own_needs(viewer), period__contains=day, reason__in=reasons)
    return Exists(mine.filter(subject_id=subject))


def organisations_with(subject_id: int, reason: NeedReason, day: date) -> list[int]:
    """The organisations that have a need to know of a subject for a reason on a day."""
    return list(
        Need.objects.filter(subject_id=subject_id, reason=reason, period__contains=day)
        .order_by("organisation_id")
        .values_list("organisation_id", flat=True)
    )


def organisations_by_reason(subject_id: int, reasons: Collection[NeedReason], day: date) -> dict[NeedReason, list[int]]:
    """The same for several reasons, by reason. One query."""
    needs = Need.objects.filter(subject_id=subject_id, reason__in=list(reasons), period__contains=day)
    found: dict[NeedReason, list[int]] = {reason: [] for reason in reasons}
    for reason, organisation_id in needs.order_by("organisation_id").values_list("reason", "organisation_id"):
        found[NeedReason(reason)].append(organisation_id)
    return found


def own_needs(viewer: Viewer) -> Q:
    """The needs that are the viewer's: their organisation's, and of emergency access their own as long as it lasts."""
    return _needs_of(viewer.user_id, viewer.organisation_id)


def _needs_of(user: int | Given | None, organisation: int | Given | None) -> Q:
    is_open = Q(user_id__isnull=True) | Q(user_id=user, until_at__gt=Now())
    return Q(organisation_id=organisation) & is_open
