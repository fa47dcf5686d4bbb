"""The login of staff: fetches with the user what every request needs to know of them, in one query."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from fotfeste.access.models import RoleAssignment
from fotfeste.directory.public import User
from fotfeste.platform.prepared import Given, Prepared


class StaffBackend(ModelBackend):
    """Django's own passwords; users come with their organisation and their role assignments."""

    def get_user(self, user_id: Any) -> User | None:
        """The user of a session; None where there is none, or one who is no longer active."""
        return _ACTIVE.first(user=user_id)


def _active() -> QuerySet[User]:
    assignments = (
        RoleAssignment.objects.filter(user_id=OuterRef("pk"))
        .order_by("pk")
        .values(row=JSONObject(role="role", start="period__startswith", end="period__endswith"))
    )
    return (
        User.objects.filter(pk=Given.key("user"), is_active=True)
        .select_related("organisation")
        .annotate(assignments=ArraySubquery(assignments))
    )


_ACTIVE = Prepared(_active)
