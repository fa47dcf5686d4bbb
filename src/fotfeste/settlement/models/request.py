"""Storage: what IMDi asks a municipality, and what it is told when that ends. Fenced."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from fotfeste.platform.public_ids import new_reference
from fotfeste.platform.states import workflow_trigger
from fotfeste.settlement.domain.states import CASE, REQUEST
from fotfeste.settlement.domain.types import AfterDecline, Capability, DeclineReason, NeedAnswer
from fotfeste.settlement.limits import REQUEST_LIMIT
from fotfeste.settlement.models.case import SettlementCase


class SettlementRequest(models.Model):
    """IMDi asks a municipality to settle a group (forespørsel, SET-07). The deadline is computed on read."""

    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="+")  # the group
    case = models.ForeignKey(SettlementCase, models.PROTECT, related_name="requests")
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="settlement_requests")
    state = models.CharField(max_length=12, default=REQUEST.initial, choices=[(s, s) for s in REQUEST.states])
    size = models.SmallIntegerField()
    # Whether it keeps places for them while the municipality thinks. False: asked beyond the council's decision.
    holds_place = models.BooleanField(default=True)
    # Agreed self-settlement: the household found the municipality and the home, and IMDi agreed it (SET-13, SET-17).
    is_self_found = models.BooleanField(default=False)
    # Where they lived when they were asked for: whose reserved places they take (SET-11).
    centre = models.ForeignKey("directory.Organisation", models.PROTECT, null=True, related_name="+")
    sent_on = models.DateField()
    wanted_week = models.CharField(max_length=8, blank=True)  # 2024-W12
    message = models.TextField(blank=True)
    reasoning = models.TextField(blank=True)  # why this municipality although it does not seem to fit; IMDi's own
    answered_on = models.DateField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    possible_week = models.CharField(max_length=8, blank=True)
    confirmed = models.JSONField(default=list)  # capabilities the municipality confirmed
    decline_reason = models.CharField(max_length=20, blank=True, choices=[(r, r) for r in DeclineReason])
    answer_text = models.TextField(blank=True)
    # What follows from a no: from which week they may be asked for again, or which needs cannot be met.
    follows = models.CharField(max_length=20, blank=True, choices=[(f, f) for f in AfterDecline])
    again_from_week = models.CharField(max_length=8, blank=True)  # 2024-W12
    unmet = models.JSONField(default=list)  # capabilities; that the municipality has not got them, it has declared
    assessment = models.SmallIntegerField(default=1)  # that it was asked about; of a no, the one that it was of

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "state", "id"], name="request_by_municipality"),
            models.Index(fields=["case"], name="promised_request", condition=Q(state__in=["open", "accepted"])),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state__in=["open", "accepted", "fulfilled"]),
                # Who has settled how many in a year is read from here alone.
                include=["organisation", "size", "state"],
                name="one_living_request_per_case",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(decline_reason=""), name="declined_request_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(state="declined") & ~Q(follows="") | ~Q(state="declined") & Q(follows=""),
                name="declined_request_says_what_follows",
            ),
            models.CheckConstraint(
                condition=Q(follows="not_this_week") & ~Q(again_from_week="")
                | ~Q(follows="not_this_week") & Q(again_from_week=""),
                name="not_this_week_says_which",
            ),
            models.CheckConstraint(condition=Q(follows="not_this_need") | Q(unmet=[]), name="unmet_needs_are_of_a_no"),
        ]
        triggers = [workflow_trigger(REQUEST), REQUEST_LIMIT]


class NeedQuestion(models.Model):
    """A municipality that has said yes is asked whether it can meet what they have come to need since (SET-10).

    The deadline is computed on read. It lapses with the need, or where IMDi says that it is confirmed already.
    """

    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="+")  # the group
    request = models.ForeignKey(SettlementRequest, models.PROTECT, related_name="need_questions")
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")  # the municipality
    capability = models.CharField(max_length=24, choices=[(c, c) for c in Capability])
    asked_on = models.DateField()
    outcome = models.CharField(max_length=10, blank=True, choices=[(a, a) for a in NeedAnswer])
    answered_on = models.DateField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answer_text = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request", "capability"], condition=Q(outcome=""), name="one_open_need_question"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", answered_on__isnull=True) | ~Q(outcome="") & Q(answered_on__isnull=False),
                name="answered_need_question_has_a_day",
            ),
            models.CheckConstraint(condition=~Q(outcome="not_met") | ~Q(answer_text=""), name="unmet_need_has_words"),
        ]


class Withdrawal(models.Model):
    """What a municipality is told when what it had with a household ends otherwise than by its own answer.

    It sees the household no more: this says which request, by its number and the day it was sent, and nothing of the
    people. The fence shows it to that municipality without a need to know.
    """

    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="+")  # the group
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")  # the municipality
    request_number = models.CharField(max_length=12)  # the request's own reference
    sent_on = models.DateField()
    came_to = models.CharField(max_length=24, choices=[(s, s) for s in CASE.states])  # the case, when it ended
    cause = models.CharField(max_length=60)  # the event that it follows from
    withdrawn_on = models.DateField()
    withdrawn_by = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["organisation", "subject"], name="withdrawal_by_municipality")]
        constraints = [
            models.CheckConstraint(
                condition=Q(seen_at__isnull=True, seen_by__isnull=True) | Q(seen_at__isnull=False),
                name="seen_withdrawal_has_a_time",
            ),
            models.CheckConstraint(condition=Q(withdrawn_on__gte=F("sent_on")), name="told_of_what_was_sent_before"),
        ]
