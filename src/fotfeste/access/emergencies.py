"""Reads of emergency access: one's own that is open, what the resident is told, what nobody has looked at yet."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import TruncDate

from fotfeste.access.domain.book import book
from fotfeste.access.domain.types import LookRule, NeedReason, Role
from fotfeste.access.domain.unusual import Occasion
from fotfeste.access.models import EmergencyAccess, LookReview, Need
from fotfeste.directory.public import Organisation
from fotfeste.kernel.calendar import OSLO, legal_day
from fotfeste.platform.viewer import Viewer


@dataclass(frozen=True, slots=True)
class EmergencyTold:
    """An emergency access as those are told whom it opened: when, which organisation and roles. Nobody's name."""

    opened_at: datetime
    until_at: datetime
    organisation_name: str
    roles: Sequence[Role]


def emergency_until(viewer: Viewer, household_id: int) -> datetime | None:
    """Until when the viewer's own emergency access to a household is open; None where there is none. One query."""
    mine = Need.objects.filter(
        subject_id=household_id,
        organisation_id=viewer.organisation_id,
        reason=NeedReason.EMERGENCY,
        user_id=viewer.user_id or 0,
    )
    return mine.order_by("-until_at").values_list("until_at", flat=True).first()


def emergencies_told_to(subject_ids: Collection[int]) -> list[EmergencyTold]:
    """The emergency accesses to a household and its persons, the newest first; two queries.

    Of those whom the session may show who has looked at them; the database's function asks, and gives no name, no
    words and no number.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM emergencies_told_to(%s)", [list(subject_ids)])
        rows = cursor.fetchall()
    names = dict(Organisation.objects.filter(pk__in={row[2] for row in rows}).values_list("pk", "name"))
    return [
        EmergencyTold(opened_at, until_at, names[organisation_id], [Role(role) for role in roles])
        for opened_at, until_at, organisation_id, roles in rows
    ]


def emergencies_listed(viewer: Viewer, since: datetime) -> QuerySet[EmergencyAccess]:
    """Those of the viewer's own organisation since an instant, and all that nobody has looked at yet."""
    return _own(viewer).filter(Q(opened_at__gte=since) | ~_IS_SEEN).order_by("opened_at", "pk")


def emergencies_unseen(viewer: Viewer) -> int:
    """How many of the viewer's own organisation nobody has looked at yet, of protected households too. One query."""
    unseen = Count("pk") + RawSQL(
        "(SELECT count(*) FROM emergencies_at_protected() WHERE NOT is_seen)", (), output_field=IntegerField()
    )
    found: int = _own(viewer).filter(~_IS_SEEN).aggregate(unseen=unseen)["unseen"]
    return found


def emergencies_at_protected(since: datetime) -> list[Occasion]:
    """Like `emergencies_listed`, of households that a protection hides from who sees to looks. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT record_id, user_id, NULL, opened_at, reference FROM emergencies_at_protected()"
            " WHERE opened_at >= %s OR NOT is_seen",
            [since],
        )
        return [Occasion(*row) for row in cursor.fetchall()]


def attempts_left(viewer: Viewer, at: datetime) -> int:
    """How many times the viewer may ask for emergency access now. One query."""
    rules, on = book(), legal_day(at)
    within = timedelta(minutes=rules.get("emergency_most_within", on).integer)
    asked = EmergencyAccess.objects.filter(user_id=viewer.user_id or 0, opened_at__gt=at - within).count()
    return max(rules.get("emergency_most", on).integer - asked, 0)


def _own(viewer: Viewer) -> QuerySet[EmergencyAccess]:
    day = TruncDate("opened_at", tzinfo=OSLO)
    return EmergencyAccess.objects.filter(organisation_id=viewer.organisation_id).annotate(opened_on=day)


# A review is about everything of that user, day and household (or of what found nobody) until then.
_REVIEWS = LookReview.objects.filter(
    rule=LookRule.EMERGENCY,
    looked_by_id=OuterRef("user_id"),
    looked_on=OuterRef("opened_on"),
    reviewed_at__gte=OuterRef("opened_at"),
)
_IS_SEEN = Q(Exists(_REVIEWS.filter(household_id=OuterRef("household_id")))) | Q(
    Exists(_REVIEWS.filter(household_id__isnull=True)), household__isnull=True
)
