"""Storage of leave and absence, behind the need to know."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import Q

from fotfeste.accommodation.domain.types import AbsenceKind
from fotfeste.platform.facts import PeriodFact
from fotfeste.platform.fields import one_of


class Absence(PeriodFact):
    """Granted leave or absence without leave (ACC-05). `expected_return_on` is what was agreed."""

    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="absences")
    kind = models.CharField(max_length=8, choices=[(k, k) for k in AbsenceKind])
    is_abroad = models.BooleanField(default=False)
    expected_return_on = models.DateField(null=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta(PeriodFact.Meta):
        indexes = [
            models.Index(fields=["subject"], name="absence_by_subject", condition=Q(annulled_at__isnull=True)),
        ]
        constraints = [
            ExclusionConstraint(
                name="one_absence_at_a_time",
                expressions=[*one_of("subject_id"), ("period", "&&")],
                condition=Q(annulled_at__isnull=True),
            ),
            models.CheckConstraint(condition=Q(kind__in=[str(k) for k in AbsenceKind]), name="absence_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind="leave") | Q(expected_return_on__isnull=False), name="leave_has_a_return"
            ),
        ]
