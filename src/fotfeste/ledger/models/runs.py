"""Storage: runs, their lines, what was paid. Everything but the state of a run is written once and never changed.

Lines are about a person: fenced, money. The heads hang on a subject of their own, of no person, so that who sees a run
is asked as it is asked of everything else.
"""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from fotfeste.ledger.domain.states import COUNTED_RUN, OPEN_RUN, RUN
from fotfeste.ledger.domain.types import LINE_ENTRY, PAYMENT_ENTRY, Account, LineKind, RefusalReason, Scheme
from fotfeste.platform.states import workflow_trigger

_KEPT = """
    RAISE EXCEPTION 'what is in the ledger stays as it is' USING ERRCODE = '23514', CONSTRAINT = 'ledger_is_kept';
"""
_ONLY_THE_STEP = """
    IF TG_OP = 'DELETE' OR (to_jsonb(NEW) - ARRAY[{columns}]) IS DISTINCT FROM (to_jsonb(OLD) - ARRAY[{columns}]) THEN
        RAISE EXCEPTION 'what is in the ledger stays as it is' USING ERRCODE = '23514', CONSTRAINT = 'ledger_is_kept';
    END IF;
    RETURN NEW;
"""
_AS_COMPUTED = """
    IF NOT EXISTS (
        SELECT 1 FROM ledger_run r JOIN ledger_runtotal t ON t.run_id = r.id
        WHERE r.id = NEW.run_id AND r.state = 'paid' AND r.scheme = NEW.scheme
          AND t.municipality_id = NEW.municipality_id AND t.payable_ore = NEW.amount_ore
    ) THEN
        RAISE EXCEPTION 'a payment is what a paid run has come to for a municipality'
            USING ERRCODE = '23514', CONSTRAINT = 'payment_as_computed';
    END IF;
    RETURN NEW;
"""


def kept_trigger(name: str) -> pgtrigger.Trigger:
    """The trigger of a table that is only added to: not even the owner changes or deletes what is in the books."""
    return pgtrigger.Trigger(
        name=name, when=pgtrigger.Before, operation=pgtrigger.Update | pgtrigger.Delete, func=_KEPT
    )


def only_these(name: str, *columns: str) -> pgtrigger.Trigger:
    """The trigger of a table of which only these columns change, and no row is deleted."""
    listed = ", ".join(f"'{column}'" for column in columns)
    func = _ONLY_THE_STEP.format(columns=listed)
    return pgtrigger.Trigger(name=name, when=pgtrigger.Before, operation=pgtrigger.Update | pgtrigger.Delete, func=func)


def is_one_of(column: str, values: "type[Account] | type[Scheme] | type[LineKind] | type[RefusalReason]") -> Q:
    """The condition that a column holds one of an enum's values."""
    return Q(**{f"{column}__in": [str(value) for value in values]})


class Run(models.Model):
    """One computing of what is due under a scheme (kjøring): a snapshot, checked, approved by another, then paid.

    `through` is the first day after the months that it covers; `as_known_at` the instant whose facts it rests on, and
    `input_sha256` their fingerprint. How many lines there are and what they sum to is said before they are written.
    """

    subject = models.OneToOneField("access.Subject", models.PROTECT, related_name="+")  # its own: of no person
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")  # who computed it
    scheme = models.CharField(max_length=8, choices=[(s, s) for s in Scheme])
    through = models.DateField()
    as_known_at = models.DateTimeField()
    input_sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, default=RUN.initial, choices=[(s, s) for s in RUN.states])
    line_count = models.IntegerField()
    net_ore = models.BigIntegerField()
    refused_count = models.IntegerField()
    computed_at = models.DateTimeField()
    computed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    paid_at = models.DateTimeField(null=True)
    paid_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    stopped_at = models.DateTimeField(null=True)
    stopped_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    stop_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scheme"], condition=Q(state__in=OPEN_RUN), name="one_open_run"),
            models.CheckConstraint(condition=is_one_of("scheme", Scheme), name="run_scheme_known"),
            models.CheckConstraint(condition=Q(through__day=1), name="run_covers_whole_months"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | (~Q(approved_by=F("computed_by")) & ~Q(approved_by=F("checked_by"))),
                name="approved_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state="computed")
                | Q(state="stopped")
                | Q(checked_by__isnull=False, checked_at__isnull=False),
                name="checked_run_says_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=COUNTED_RUN) | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="approved_run_says_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(state="paid") | Q(paid_by__isnull=False, paid_at__isnull=False),
                name="paid_run_says_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(state="stopped")
                | Q(stopped_by__isnull=False, stopped_at__isnull=False) & ~Q(stop_reason=""),
                name="stopped_run_says_why",
            ),
        ]
        triggers = [
            workflow_trigger(RUN),
            only_these(
                "run_is_kept",
                "state",
                *(f"{step}_{what}" for step in ("checked", "approved", "paid", "stopped") for what in ("at", "by_id")),
                "stop_reason",
            ),
        ]


class Line(models.Model):
    """What a run says of one person's month in one municipality (reskontrolinje), and everything that it rests on.

    It counts when its run is approved or paid. Written by `ledger_write_lines` alone, which tries run and organisations
    once for all lines: tried line by line they cost as much as the lines themselves.
    """

    run = models.ForeignKey(Run, models.PROTECT, related_name="lines", db_index=False, db_constraint=False)
    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="+", db_index=False)
    municipality = models.ForeignKey(
        "directory.Organisation", models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    scheme = models.CharField(max_length=8, choices=[(s, s) for s in Scheme])
    month = models.DateField()
    amount_ore = models.BigIntegerField()
    kind = models.CharField(max_length=10, choices=[(k, k) for k in LineKind])
    cause = models.CharField(max_length=24, blank=True)
    days = models.SmallIntegerField()
    rate_amount_ore = models.BigIntegerField(null=True)
    rate_version = models.CharField(max_length=40, blank=True)
    rate_source = models.CharField(max_length=200, blank=True)
    month_rule = models.CharField(max_length=60)
    stay_id = models.BigIntegerField(null=True)  # the fact; no key, for the books stand although a fact is forgotten
    known_at = models.DateTimeField()
    reported_by = models.ForeignKey(
        "directory.Organisation", models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    debit = models.CharField(max_length=12, default=LINE_ENTRY.debit, db_default=str(LINE_ENTRY.debit))
    credit = models.CharField(max_length=12, default=LINE_ENTRY.credit, db_default=str(LINE_ENTRY.credit))

    class Meta:
        indexes = [
            models.Index(fields=["subject", "scheme", "month"], name="line_by_person"),
            models.Index(fields=["municipality", "run"], name="line_by_municipality"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["run", "municipality", "subject", "month"], name="one_line_a_month"),
            models.CheckConstraint(condition=is_one_of("scheme", Scheme), name="line_scheme_known"),
            models.CheckConstraint(condition=Q(month__day=1), name="line_of_a_whole_month"),
            models.CheckConstraint(
                condition=Q(kind=LineKind.DUE, amount_ore__gt=0, rate_amount_ore__isnull=False)
                | Q(kind=LineKind.CORRECTION) & ~Q(amount_ore=0),
                name="line_says_something",
            ),
            models.CheckConstraint(
                condition=Q(debit=str(LINE_ENTRY.debit), credit=str(LINE_ENTRY.credit)), name="line_names_both_accounts"
            ),
        ]
        triggers = [kept_trigger("line_is_kept")]


class LineCorrection(models.Model):
    """Which earlier line a correction corrects."""

    line = models.ForeignKey(Line, models.PROTECT, related_name="corrections", db_index=False)
    corrects = models.ForeignKey(Line, models.PROTECT, related_name="corrected_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line", "corrects"], name="corrected_once_by_a_line"),
            models.CheckConstraint(condition=Q(corrects__lt=F("line")), name="corrects_an_earlier_line"),
        ]
        triggers = [kept_trigger("correction_is_kept")]


class Refusal(models.Model):
    """A person's month that was due and could not be computed; the run went on with the rest."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="refusals")
    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="+")
    municipality = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+", db_index=False)
    month = models.DateField()
    reason = models.CharField(max_length=20, choices=[(r, r) for r in RefusalReason])

    class Meta:
        constraints = [
            models.CheckConstraint(condition=is_one_of("reason", RefusalReason), name="refusal_reason_known"),
            models.CheckConstraint(condition=Q(month__day=1), name="refusal_of_a_whole_month"),
        ]
        triggers = [kept_trigger("refusal_is_kept")]


class RunTotal(models.Model):
    """What a run comes to for one municipality: its lines, what stood before, and what is paid. No persons."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="totals", db_index=False)
    municipality = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    scheme = models.CharField(max_length=8, choices=[(s, s) for s in Scheme])
    through = models.DateField()
    line_count = models.IntegerField()
    net_ore = models.BigIntegerField()
    before_ore = models.BigIntegerField()  # the balance it began with, less what is no loss any more
    payable_ore = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "municipality"], name="one_total_a_municipality"),
            models.CheckConstraint(condition=Q(payable_ore__gte=0), name="nothing_negative_is_paid"),
        ]
        triggers = [kept_trigger("total_is_kept")]


class Payment(models.Model):
    """Money sent to a municipality by a run: once, whatever crashes (MON-04)."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="payments", db_index=False)
    municipality = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    scheme = models.CharField(max_length=8, choices=[(s, s) for s in Scheme])
    amount_ore = models.BigIntegerField()
    paid_at = models.DateTimeField()
    debit = models.CharField(max_length=12, default=PAYMENT_ENTRY.debit, db_default=str(PAYMENT_ENTRY.debit))
    credit = models.CharField(max_length=12, default=PAYMENT_ENTRY.credit, db_default=str(PAYMENT_ENTRY.credit))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "municipality"], name="paid_once"),
            models.CheckConstraint(condition=Q(amount_ore__gt=0), name="payment_is_of_something"),
            models.CheckConstraint(
                condition=Q(debit=str(PAYMENT_ENTRY.debit), credit=str(PAYMENT_ENTRY.credit)),
                name="payment_names_both_accounts",
            ),
        ]
        triggers = [
            kept_trigger("payment_is_kept"),
            pgtrigger.Trigger(
                name="payment_as_computed", when=pgtrigger.Before, operation=pgtrigger.Insert, func=_AS_COMPUTED
            ),
        ]
