"""Storage: versions of the policy."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from fotfeste.kernel.parameters import ParameterStatus

_POLICY_KEPT = """
    IF TG_OP = 'DELETE' AND (SELECT rolbypassrls FROM pg_roles WHERE rolname = current_user) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'a version of a policy is kept' USING ERRCODE = '23514', CONSTRAINT = 'policy_version_is_kept';
"""


class PolicyVersion(models.Model):
    """A change of the policy (prioritering): other values from a day on, by whom, when, why, and from where.

    It stands on top of the shipped versions and of those before it, and none of them goes. `changes` are the values by
    name, `number` how many there are by then: two who change it at once cannot both have the next.
    """

    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    policy_name = models.CharField(max_length=30)
    number = models.IntegerField()
    changes = models.JSONField()
    effective_from = models.DateField()
    known_from = models.DateField()
    source = models.CharField(max_length=200)
    status = models.CharField(max_length=10, choices=[(s, s) for s in ParameterStatus])
    reason = models.TextField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "policy_name", "number"], name="policy_changed_meanwhile"),
            models.CheckConstraint(
                condition=Q(effective_from__gte=F("known_from")), name="policy_is_not_changed_backwards"
            ),
            models.CheckConstraint(condition=~Q(reason="") & ~Q(source=""), name="policy_version_says_why"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="policy_version_is_kept",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=_POLICY_KEPT,
            )
        ]
