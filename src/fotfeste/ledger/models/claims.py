"""Storage: claims for what was paid and not due, with each person and month, and how they came to an end."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from fotfeste.ledger.domain.states import CLAIM, OPEN_CLAIM
from fotfeste.ledger.domain.types import (
    CLAIM_ENTRY,
    SETTLEMENT_ENTRIES,
    ClaimAnswer,
    ClaimDecision,
    Scheme,
    SettlementKind,
)
from fotfeste.ledger.models.runs import Line, Run, is_one_of, kept_trigger, only_these
from fotfeste.platform.states import workflow_trigger

_NOT_BEYOND = """
    -- One at a time: of two at once, the one does not see what the other has written.
    PERFORM 1 FROM ledger_claim c WHERE c.id = NEW.claim_id FOR UPDATE;
    IF NEW.kind = 'recovered' THEN
        IF NEW.amount_ore > (
            SELECT coalesce(sum(CASE s.kind WHEN 'recovered' THEN -s.amount_ore ELSE s.amount_ore END), 0)
            FROM ledger_claimsettlement s
            WHERE s.claim_id = NEW.claim_id AND s.kind IN ('waived', 'written_off', 'recovered')
        ) THEN
            RAISE EXCEPTION 'more than was let go' USING ERRCODE = '23514', CONSTRAINT = 'recovered_beyond_the_loss';
        END IF;
    ELSIF (
        SELECT coalesce(sum(s.amount_ore), 0) FROM ledger_claimsettlement s
        WHERE s.claim_id = NEW.claim_id AND s.kind <> 'recovered'
    ) + NEW.amount_ore > (SELECT c.amount_ore FROM ledger_claim c WHERE c.id = NEW.claim_id) THEN
        RAISE EXCEPTION 'more than the claim' USING ERRCODE = '23514', CONSTRAINT = 'settled_beyond_the_claim';
    END IF;
    RETURN NEW;
"""


_BY_A_RUN = [str(SettlementKind.OFFSET), str(SettlementKind.RECOVERED)]


class Claim(models.Model):
    """What a municipality is asked to pay back (tilbakebetalingskrav): noticed, answered or not, decided, closed.

    The notice is an entry: it moves the amount from what the municipality has to its credit to what is claimed. Whether
    the deadline for the answer is past is computed on read.
    """

    subject = models.OneToOneField("access.Subject", models.PROTECT, related_name="+")  # its own: of no person
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")  # who claims
    municipality = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    scheme = models.CharField(max_length=8, choices=[(s, s) for s in Scheme])
    amount_ore = models.BigIntegerField()
    state = models.CharField(max_length=10, default=CLAIM.initial, choices=[(s, s) for s in CLAIM.states])
    noticed_on = models.DateField()
    answer_due_on = models.DateField()
    due_rule = models.CharField(max_length=60)
    prepared_at = models.DateTimeField()
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answer = models.CharField(max_length=10, blank=True, choices=[(a, a) for a in ClaimAnswer])
    answer_text = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decision = models.CharField(max_length=10, blank=True, choices=[(d, d) for d in ClaimDecision])
    upheld_ore = models.BigIntegerField(null=True)
    decision_text = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    pay_due_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    debit = models.CharField(max_length=12, default=CLAIM_ENTRY.debit, db_default=str(CLAIM_ENTRY.debit))
    credit = models.CharField(max_length=12, default=CLAIM_ENTRY.credit, db_default=str(CLAIM_ENTRY.credit))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "municipality"], condition=Q(state__in=OPEN_CLAIM), name="one_open_claim"
            ),
            models.CheckConstraint(condition=is_one_of("scheme", Scheme), name="claim_scheme_known"),
            models.CheckConstraint(condition=Q(amount_ore__gt=0), name="claim_is_of_something"),
            models.CheckConstraint(
                condition=Q(answer="", answered_by__isnull=True)
                | Q(answer=ClaimAnswer.AGREES, answered_by__isnull=False)
                | Q(answer=ClaimAnswer.DISPUTES, answered_by__isnull=False) & ~Q(answer_text=""),
                name="disputed_claim_says_why",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("prepared_by")), name="decided_by_another"
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_by__isnull=True, upheld_ore__isnull=True)
                | Q(decision=ClaimDecision.UPHELD, decided_by__isnull=False, upheld_ore=F("amount_ore"))
                | Q(
                    decision=ClaimDecision.REDUCED,
                    decided_by__isnull=False,
                    upheld_ore__gte=0,
                    upheld_ore__lt=F("amount_ore"),
                )
                & ~Q(decision_text=""),
                name="reduced_claim_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state="decided") | ~Q(decision=""), name="decided_claim_has_a_decision"
            ),
            models.CheckConstraint(
                condition=Q(debit=str(CLAIM_ENTRY.debit), credit=str(CLAIM_ENTRY.credit)),
                name="claim_names_both_accounts",
            ),
        ]
        triggers = [
            workflow_trigger(CLAIM),
            only_these(
                "claim_is_kept",
                "state",
                "answer",
                "answer_text",
                "answered_at",
                "answered_by_id",
                "decision",
                "upheld_ore",
                "decision_text",
                "decided_at",
                "decided_by_id",
                "pay_due_on",
                "closed_at",
            ),
        ]


class ClaimPart(models.Model):
    """One person's month of a claim: how much, why, and the line that took it back."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="parts", db_index=False)
    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="+")
    municipality = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+", db_index=False)
    line = models.ForeignKey(Line, models.PROTECT, related_name="claim_parts")
    month = models.DateField()
    amount_ore = models.BigIntegerField()
    cause = models.CharField(max_length=24, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "line"], name="claimed_once_of_a_line"),
            models.CheckConstraint(condition=Q(amount_ore__gt=0), name="claim_part_is_of_something"),
        ]
        triggers = [kept_trigger("claim_part_is_kept")]


class ClaimSettlement(models.Model):
    """How a part of a claim came to an end: an entry of its own that names both accounts.

    What was let go comes back (`recovered`) with the run that gives its months again: the claim stays closed.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="settlements")
    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="+", db_index=False)  # the claim's
    kind = models.CharField(max_length=12, choices=[(k, k) for k in SettlementKind])
    amount_ore = models.BigIntegerField()
    run = models.ForeignKey(Run, models.PROTECT, null=True, related_name="offsets")
    reason = models.TextField(blank=True)
    settled_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    debit = models.CharField(max_length=12)
    credit = models.CharField(max_length=12)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "run", "kind"], condition=Q(run__isnull=False), name="settled_once_by_a_run"
            ),
            models.CheckConstraint(condition=Q(amount_ore__gt=0), name="settlement_is_of_something"),
            models.CheckConstraint(
                condition=Q(kind__in=_BY_A_RUN, run__isnull=False) | ~Q(kind__in=_BY_A_RUN) & Q(run__isnull=True),
                name="offset_names_its_run",
            ),
            models.CheckConstraint(
                condition=~Q(kind=SettlementKind.WAIVED) | ~Q(reason=""), name="waived_with_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(
                    *(
                        Q(kind=kind, debit=str(entry.debit), credit=str(entry.credit))
                        for kind, entry in SETTLEMENT_ENTRIES.items()
                    ),
                    _connector=Q.OR,
                ),
                name="settlement_names_both_accounts",
            ),
        ]
        triggers = [
            kept_trigger("settlement_is_kept"),
            pgtrigger.Trigger(
                name="settled_beyond_the_claim", when=pgtrigger.Before, operation=pgtrigger.Insert, func=_NOT_BEYOND
            ),
        ]
