"""Reads of access."""

from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import JSONObject, Now

from fotfeste.access.domain.matrix import opened_by
from fotfeste.access.domain.permissions import PERMISSIONS
from fotfeste.access.domain.types import Compartment, NeedReason, Role
from fotfeste.access.models import Need, RoleAssignment, Subject
from fotfeste.access.staff import is_employed, period_of
from fotfeste.directory.public import OrganisationKind, User
from fotfeste.kernel.errors import NotFound
from fotfeste.platform.prepared import Given
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
    subject = (
        Subject.objects.filter(
            reference=reference,
            needs__organisation_id=viewer.organisation_id,
            needs__period__contains=day,
            needs__reason__in=sorted(reasons & viewer.opens.get(Compartment.IDENTITY, frozenset())),
        )
        .annotate(
            reasons=ArraySubquery(
                Need.objects.filter(own_needs(viewer), subject_id=OuterRef("pk"), period__contains=day).values("reason")
            )
        )
        .first()
    )
    if subject is None:
        raise NotFound("not_found")
    subject.known_because = frozenset(subject.reasons)
    return subject


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


def own_needs(viewer: Viewer) -> Q:
    """The needs that are the viewer's: their organisation's, and of emergency access their own as long as it lasts."""
    is_open = Q(user_id__isnull=True) | Q(user_id=viewer.user_id, until_at__gt=Now())
    return Q(organisation_id=viewer.organisation_id) & is_open
