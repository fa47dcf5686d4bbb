"""Protected addresses, and who follows them up."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import Q

from fotfeste.access.domain.types import ProtectionLevel
from fotfeste.access.models.subjects import Subject
from fotfeste.platform.facts import PeriodFact
from fotfeste.platform.fields import one_of


class Protection(PeriodFact):
    """A person's or a household's address is protected from a day until it is ended (adressesperre, REG-08).

    A household and all who belong to it are protected together, and whoever joins; whoever leaves stays protected. The
    database writes these rows (registry/migrations) and marks the needs; an end ahead of time is not known of any.
    """

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="protections")
    level = models.CharField(max_length=24, choices=[(level, level) for level in ProtectionLevel])

    class Meta(PeriodFact.Meta):
        indexes = [models.Index(fields=["subject"], name="protected_subject", condition=Q(annulled_at__isnull=True))]
        constraints = [
            models.CheckConstraint(
                condition=Q(level__in=[str(level) for level in ProtectionLevel]), name="protection_level_known"
            ),
            ExclusionConstraint(
                name="one_protection_at_a_time",
                expressions=[*one_of("subject_id"), ("period", "&&")],
                condition=Q(annulled_at__isnull=True),
            ),
        ]


class Clearance(PeriodFact):
    """A user is one of those who follow a protected household up in their organisation (navngitt).

    Everybody else of the organisation, whatever their roles, gets the answers that a stranger gets. `recorded_by` named
    them. A row for the household and one for each who belongs to it, so that they go along with whoever leaves.
    """

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="clearances")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="clearances")
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")

    class Meta(PeriodFact.Meta):
        indexes = [
            models.Index(
                fields=["user"],
                include=["subject", "organisation", "period"],
                name="clearance_by_user",
                condition=Q(annulled_at__isnull=True),
            ),
            models.Index(fields=["subject"], name="clearance_by_subject", condition=Q(annulled_at__isnull=True)),
        ]
        constraints = [
            ExclusionConstraint(
                name="named_once_at_a_time",
                expressions=[*one_of("subject_id", "user_id"), ("period", "&&")],
                condition=Q(annulled_at__isnull=True),
            )
        ]
