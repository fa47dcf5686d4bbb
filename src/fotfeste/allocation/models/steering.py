"""Storage: what case workers decide ahead of the plans."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from fotfeste.allocation.domain.types import SteeringKind
from fotfeste.allocation.models.ordered import kept
from fotfeste.platform.public_ids import new_reference

# What a case worker decides ahead of a plan is not rewritten: it is taken back, once. The owner takes out why.
_STEERING_CHANGED = """NOT (SELECT rolbypassrls FROM pg_roles WHERE rolname = current_user)
       AND (OLD.ended_at IS NOT NULL
            OR (to_jsonb(NEW) - ARRAY['ended_at', 'ended_by_id'])
               IS DISTINCT FROM (to_jsonb(OLD) - ARRAY['ended_at', 'ended_by_id']))"""
_ENDED_BY_SOMEBODY = Q(ended_at__isnull=True, ended_by__isnull=True) | Q(ended_at__isnull=False, ended_by__isnull=False)


class DecidedAhead(models.Model):
    """What a case worker has decided about a municipality ahead of the plans, until it is taken back."""

    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")  # whose plans
    municipality = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    reason = models.TextField()
    steered_at = models.DateTimeField()
    steered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True


class SteeredGroup(DecidedAhead):
    """What a case worker has decided for a household ahead of the plans (styring): it is pinned to a municipality
    (festet), or shall never go to one (utelukket); until it is taken back, or a municipality is asked for it.
    """

    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="+")  # the group
    kind = models.CharField(max_length=9, choices=[(str(kind), str(kind)) for kind in SteeringKind])

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "subject"],
                condition=Q(kind="pinned", ended_at__isnull=True),
                name="one_pin_for_each",
            ),
            models.UniqueConstraint(
                fields=["organisation", "subject", "municipality"],
                condition=Q(ended_at__isnull=True),
                name="steered_once",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="steering_has_a_reason"),
            models.CheckConstraint(condition=Q(kind__in=[str(kind) for kind in SteeringKind]), name="steering_known"),
            models.CheckConstraint(condition=_ENDED_BY_SOMEBODY, name="steering_is_ended_by_somebody"),
        ]
        triggers = [kept("steering_is_kept", _STEERING_CHANGED, told_as="steering_is_kept")]


class ClosedMunicipality(DecidedAhead):
    """A municipality that is left out of the plans of one week (stengt denne uken), whoever waits: no people in it.

    `week` as `2024-W12`.
    """

    week = models.CharField(max_length=8)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "municipality", "week"],
                condition=Q(ended_at__isnull=True),
                name="closed_once_a_week",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="closing_has_a_reason"),
            models.CheckConstraint(condition=_ENDED_BY_SOMEBODY, name="closing_is_ended_by_somebody"),
        ]
        triggers = [kept("closing_is_kept", _STEERING_CHANGED, told_as="steering_is_kept")]
