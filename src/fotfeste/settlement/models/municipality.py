"""Storage: what a municipality is asked for in a year, and what it can offer. Of no household: not fenced."""

from django.db import models
from django.db.models import Q

from fotfeste.platform.facts import PeriodFact
from fotfeste.settlement.domain.types import Capability


class MunicipalityYear(models.Model):
    """IMDi's request and the council's decision for a year (anmodning og vedtak, SET-10). NULL: not published."""

    municipality = models.ForeignKey("directory.Municipality", models.PROTECT, related_name="settlement_years")
    year = models.SmallIntegerField()
    requested = models.IntegerField(null=True)
    decided = models.IntegerField(null=True)
    requested_minors = models.IntegerField(null=True)  # of whom unaccompanied minors
    decided_minors = models.IntegerField(null=True)
    source = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "year"], name="one_row_per_municipality_year")]


class MunicipalityCapability(PeriodFact):
    """What a municipality says that it can offer, for a period (SET-10)."""

    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="capabilities")
    capability = models.CharField(max_length=24, choices=[(c, c) for c in Capability])
    is_offered = models.BooleanField(default=True)  # False: said that they cannot; no row: has not said
    source = models.CharField(max_length=120)

    class Meta(PeriodFact.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "capability"],
                condition=Q(annulled_at__isnull=True, period__endswith__isnull=True),
                name="one_open_capability",
            )
        ]
