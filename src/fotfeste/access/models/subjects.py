"""Subjects, and which organisation has a need to know of which."""

from datetime import timedelta

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from fotfeste.access.domain.types import NeedReason, SubjectKind
from fotfeste.platform.fields import PeriodField
from fotfeste.platform.public_ids import new_reference


class Subject(models.Model):
    """A key for a person, a group or a matter of money, and its random public reference. No personal data."""

    kind = models.CharField(max_length=6, choices=[(k, k) for k in SubjectKind])
    reference = models.CharField(max_length=12, unique=True, default=new_reference)

    known_because: frozenset[str] = frozenset()  # why the viewer's organisation does (subject_by_reference)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[str(k) for k in SubjectKind]), name="subject_kind_known")
        ]


class Need(models.Model):
    """An organisation's need to know of a subject (tjenstlig behov), with reason and period.

    It is ended by giving the open period an end; nothing else of it can change. Of emergency access it is one
    user's, until an instant, and ended from the beginning: it is never anybody else's, carried over or gone on with.
    `is_protected` is kept by the database (see `Protection`): then only those see the row who are named.
    """

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="needs", db_index=False)
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+", db_index=False)
    reason = models.CharField(max_length=20, choices=[(r, r) for r in NeedReason])
    period = PeriodField(may_be_empty=True)  # ended on the day it was opened; ended_at tells
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    until_at = models.DateTimeField(null=True)
    is_protected = models.BooleanField(default=False, db_default=False)

    class Meta:
        indexes = [
            # Every row behind the fence asks this index, and nothing else of the need.
            models.Index(
                fields=["subject", "organisation"],
                include=["period", "reason", "user", "until_at", "is_protected"],
                name="need_by_subject",
            ),
            models.Index(fields=["organisation", "reason", "subject"], name="need_by_organisation"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "organisation", "reason"],
                condition=Q(ended_at__isnull=True),  # an empty period has no end either
                name="one_open_need_per_reason",
            ),
            models.CheckConstraint(condition=Q(reason__in=[str(r) for r in NeedReason]), name="need_reason_known"),
            models.CheckConstraint(
                condition=Q(
                    reason=NeedReason.EMERGENCY,
                    user__isnull=False,
                    until_at__isnull=False,
                    until_at__gt=F("opened_at"),
                    until_at__lte=F("opened_at") + timedelta(hours=1),
                    ended_at__isnull=False,
                    ended_at=F("until_at"),
                )
                | ~Q(reason=NeedReason.EMERGENCY) & Q(user__isnull=True, until_at__isnull=True),
                name="emergency_of_one_for_an_hour",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="need_only_ended",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="""
                    IF (to_jsonb(NEW) - 'is_protected') = (to_jsonb(OLD) - 'is_protected') THEN
                        RETURN NEW;
                    END IF;
                    IF OLD.ended_at IS NOT NULL OR NEW.ended_at IS NULL
                       OR (NOT isempty(NEW.period) AND lower(NEW.period) IS DISTINCT FROM lower(OLD.period))
                       OR (to_jsonb(NEW) - ARRAY['ended_at', 'period'])
                          IS DISTINCT FROM (to_jsonb(OLD) - ARRAY['ended_at', 'period']) THEN
                        RAISE EXCEPTION 'a need to know is ended, never changed'
                            USING ERRCODE = '23514', CONSTRAINT = 'need_is_kept';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]
