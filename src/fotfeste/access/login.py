"""The login of staff: fetches with the user what every request needs to know of them, in one query."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from fotfeste.access.models import Employment, RoleAssignment
from fotfeste.access.staff import is_employed
from fotfeste.directory.public import User
from fotfeste.kernel.calendar import legal_day
from fotfeste.platform.clock import now
from fotfeste.platform.prepared import Given, Prepared


class StaffBackend(ModelBackend):
    """Django's own passwords; users come with their organisation, their employments and their role assignments."""

    def get_user(self, user_id: Any) -> User | None:
        """The user of a session; None where there is none, one who is no longer active or who works here no more."""
        user = _ACTIVE.first(user=user_id)
        return user if user is not None and is_employed(user, legal_day(now())) else None


def _active() -> QuerySet[User]:
    period = {"start": "period__startswith", "end": "period__endswith"}
    of_user = {"user_id": OuterRef("pk"), "annulled_at__isnull": True}
    employed = Employment.objects.filter(**of_user).order_by("pk").values(row=JSONObject(**period))
    assignments = RoleAssignment.objects.filter(**of_user).order_by("pk").values(row=JSONObject(role="role", **period))
    return (
        User.objects.filter(pk=Given.key("user"), is_active=True)
        .select_related("organisation")
        .annotate(assignments=ArraySubquery(assignments), employed=ArraySubquery(employed))
    )


_ACTIVE = Prepared(_active)
