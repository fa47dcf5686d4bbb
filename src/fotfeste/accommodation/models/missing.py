"""Storage of who was told that an unaccompanied minor is missing, behind the need to know."""

from django.db import models
from django.db.models import F, Q

from fotfeste.accommodation.domain.missing import ToldParty
from fotfeste.platform.facts import Fact


class MissingReport(Fact):
    """Somebody was told of a minor who is missing: who, when, whom they spoke with, the case number there.

    `missing_from` is the first day of the absence that it is about. What is put right supersedes what stood.
    """

    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="missing_reports")
    missing_from = models.DateField()
    party = models.CharField(max_length=16, choices=[(p, p) for p in ToldParty])
    told_on = models.DateField()
    told_whom = models.CharField(max_length=120)
    case_number = models.CharField(max_length=40, blank=True)

    class Meta(Fact.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "missing_from", "party"],
                condition=Q(annulled_at__isnull=True),
                name="one_report_to_each",
            ),
            models.CheckConstraint(condition=Q(told_on__gte=F("missing_from")), name="told_when_missing"),
            models.CheckConstraint(condition=Q(party__in=[str(p) for p in ToldParty]), name="told_party_known"),
        ]
