"""Storage: what runs have found and done, what is announced, what is gone. Only the database's owner writes it."""

import pgtrigger
from django.db import models
from django.db.models import Q

from fotfeste.kernel.forgetting import Part
from fotfeste.retention.domain.types import Outcome


def _append_only(name: str, may: str = "") -> pgtrigger.Trigger:
    """Nobody changes a row or takes one away, the owner neither; but what `may` lets through."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        func=f"""{may}
            RAISE EXCEPTION 'what a run has done is kept' USING ERRCODE = '23514', CONSTRAINT = 'retention_is_kept';
        """,
    )


class Run(models.Model):
    """A night's run. One without an end was cut short: what it had done is in its lines, the next one goes on."""

    day = models.DateField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        triggers = [
            _append_only(
                "run_is_kept",
                """
            IF TG_OP = 'UPDATE' AND OLD.finished_at IS NULL
               AND (to_jsonb(NEW) - 'finished_at') = (to_jsonb(OLD) - 'finished_at') THEN
                RETURN NEW;
            END IF;""",
            )
        ]


class RunLine(models.Model):
    """How many, by rule, outcome and reason: counts, nobody. Several lines of one kind add up."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="lines")
    rule = models.CharField(max_length=60)
    outcome = models.CharField(max_length=16, choices=[(o, o) for o in Outcome])
    reason = models.CharField(max_length=40, blank=True)
    number = models.IntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(number__gt=0), name="a_line_counts_something"),
            models.CheckConstraint(condition=Q(outcome__in=[str(o) for o in Outcome]), name="outcome_known"),
        ]
        triggers = [_append_only("run_line_is_kept")]


class Notice(models.Model):
    """A part of a household's record was found to be past its purpose; it waits, and is looked at again."""

    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="+")
    part = models.CharField(max_length=10, choices=[(p, p) for p in Part])
    rule = models.CharField(max_length=60)
    announced_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "part"], name="announced_once"),
            models.CheckConstraint(condition=Q(part__in=[str(p) for p in Part]), name="announced_part_known"),
        ]


class Gone(models.Model):
    """A part of a household's record is gone, by which rule, in which run."""

    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="+")
    part = models.CharField(max_length=10, choices=[(p, p) for p in Part])
    rule = models.CharField(max_length=60)
    run = models.ForeignKey(Run, models.PROTECT, related_name="+")
    gone_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "part"], name="gone_once"),
            models.CheckConstraint(condition=Q(part__in=[str(p) for p in Part]), name="gone_part_known"),
        ]
        triggers = [_append_only("gone_is_kept")]
