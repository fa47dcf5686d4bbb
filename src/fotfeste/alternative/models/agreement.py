"""Storage: the agreement that a household lives in a municipality with public support."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import Q

from fotfeste.alternative.domain.types import EndCause, Scheme
from fotfeste.alternative.models.application import Application
from fotfeste.platform.facts import PeriodFact
from fotfeste.platform.fields import one_of


class Agreement(PeriodFact):
    """A municipality's agreement on a household (avtale om alternativ mottaksplass): from the first day that somebody
    of it lives there to the day on which nobody does.
    """

    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="+")  # the group
    municipality = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    scheme = models.CharField(max_length=8, choices=[(s, s) for s in Scheme])
    application = models.ForeignKey(Application, models.PROTECT, related_name="agreements")
    end_cause = models.CharField(max_length=24, blank=True, choices=[(c, c) for c in EndCause])

    class Meta(PeriodFact.Meta):
        indexes = [
            models.Index(fields=["subject"], name="agreement_by_subject", condition=Q(annulled_at__isnull=True)),
            models.Index(
                fields=["municipality"], name="agreement_by_municipality", condition=Q(annulled_at__isnull=True)
            ),
        ]
        constraints = [
            ExclusionConstraint(
                name="one_agreement_at_a_time",
                expressions=[*one_of("subject_id"), *one_of("municipality_id"), ("period", "&&")],
                condition=Q(annulled_at__isnull=True),
            ),
            models.CheckConstraint(
                condition=Q(period__endswith__isnull=True, end_cause="")
                | Q(period__endswith__isnull=False) & ~Q(end_cause=""),
                name="ended_agreement_has_a_cause",
            ),
            models.CheckConstraint(
                condition=Q(end_cause__in=["", *(str(c) for c in EndCause)]), name="end_cause_known"
            ),
        ]
