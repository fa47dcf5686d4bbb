"""Storage: the decision and the one offer to a group. Fenced."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from fotfeste.platform.states import workflow_trigger
from fotfeste.settlement.domain.states import OFFER
from fotfeste.settlement.domain.types import WithdrawalReason
from fotfeste.settlement.limits import OFFER_LIMIT
from fotfeste.settlement.models.case import SettlementCase
from fotfeste.settlement.models.request import SettlementRequest


class Offer(models.Model):
    """The decision and the one offer to a group (SET-07, SET-08): municipality and week of settlement."""

    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="+")  # the group
    case = models.ForeignKey(SettlementCase, models.PROTECT, related_name="offers")
    request = models.OneToOneField(SettlementRequest, models.PROTECT, related_name="offer")
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="offers")
    week = models.CharField(max_length=8)
    size = models.SmallIntegerField()
    persons = models.JSONField(default=list)  # subjects of those whom it is for: a person gets one offer (SET-08)
    state = models.CharField(max_length=12, default=OFFER.initial, choices=[(s, s) for s in OFFER.states])
    decided_on = models.DateField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reasoning = models.TextField(blank=True)
    answered_on = models.DateField(null=True)
    answered_by_names = models.CharField(max_length=200, blank=True)
    guardian_name = models.CharField(max_length=160, blank=True)  # who was there when an unaccompanied minor answered
    not_moved_on = models.DateField(null=True)  # the agreed day on which they did not move: declined by that
    consequences_shown = models.BooleanField(default=False)
    answer_language = models.CharField(max_length=3, blank=True)
    withdrawn_on = models.DateField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawal_reason = models.CharField(max_length=24, blank=True, choices=[(r, r) for r in WithdrawalReason])
    withdrawal_text = models.TextField(blank=True)
    told_on = models.DateField(null=True)  # the household was told that it was withdrawn

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "state"], name="offer_by_municipality"),
            GinIndex(fields=["persons"], name="offer_by_person", opclasses=["jsonb_path_ops"]),
        ]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=~Q(state="withdrawn"), name="one_living_offer_per_case"),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_on__isnull=False) & ~Q(withdrawal_reason="")
                | ~Q(state="withdrawn") & Q(withdrawn_on__isnull=True, withdrawal_reason="", told_on__isnull=True),
                name="withdrawn_offer_has_a_reason",
            ),
            models.CheckConstraint(condition=Q(withdrawn_on__gte=F("decided_on")), name="withdrawn_after_it_was_made"),
            models.CheckConstraint(
                condition=~Q(state="declined") | Q(consequences_shown=True) | Q(not_moved_on__isnull=False),
                name="declined_knowing_the_consequences",
            ),
        ]
        triggers = [workflow_trigger(OFFER), OFFER_LIMIT]
