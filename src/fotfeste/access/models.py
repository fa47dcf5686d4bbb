"""Storage: subjects, needs to know, employments, roles, looks, emergency access."""

from datetime import timedelta

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from fotfeste.access.domain.emergency import LONGEST_ASKED
from fotfeste.access.domain.matrix import CASE_ROLES
from fotfeste.access.domain.permissions import ROLE_BELONGS_TO
from fotfeste.access.domain.types import EmergencyCause, LookRule, NeedReason, ProtectionLevel, Role, SubjectKind
from fotfeste.platform.facts import PeriodFact, fact_triggers
from fotfeste.platform.fields import PeriodField, one_of
from fotfeste.platform.public_ids import new_reference


class Subject(models.Model):
    """A key for a person or a placement group, and its random public reference. No personal data."""

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


class Employment(PeriodFact):
    """Somebody works in their organisation for a period (ansettelse): the last day is told when it is known.

    Logins and roles hold only within it. The reference stays when it is ended.
    """

    reference = models.CharField(max_length=12, default=new_reference)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="employments")

    class Meta(PeriodFact.Meta):
        indexes = [
            models.Index(fields=["reference"], name="employment_by_reference", condition=Q(annulled_at__isnull=True))
        ]
        constraints = [
            ExclusionConstraint(
                name="one_employment_at_a_time",
                expressions=[*one_of("user_id"), ("period", "&&")],
                condition=Q(annulled_at__isnull=True),
            )
        ]


_NUMBER_OF_ROLE = Func(F("role"), Value(0), function="hashtextextended")
_BELONGS_HERE = ", ".join(f"('{role}', '{kind}')" for role in Role for kind in sorted(ROLE_BELONGS_TO[role]))


class RoleAssignment(PeriodFact):
    """A user has a role for a period; `given_by` gave it, None where the installation did. The reference stays."""

    reference = models.CharField(max_length=12, default=new_reference)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="role_assignments")
    role = models.CharField(max_length=30, choices=[(r, r) for r in Role])
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta(PeriodFact.Meta):
        indexes = [models.Index(fields=["reference"], name="role_by_reference", condition=Q(annulled_at__isnull=True))]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=[str(r) for r in Role]), name="role_known"),
            models.CheckConstraint(
                condition=~Q(role__in=sorted(CASE_ROLES)) | Q(given_by__isnull=True) | ~Q(given_by=F("user")),
                name="case_role_for_oneself",
            ),
            ExclusionConstraint(
                name="role_is_held_once",
                expressions=[
                    *one_of("user_id"),
                    (
                        Func(_NUMBER_OF_ROLE, _NUMBER_OF_ROLE, Value("[]"), function="int8range"),
                        RangeOperators.OVERLAPS,
                    ),
                    ("period", "&&"),
                ],
                condition=Q(annulled_at__isnull=True),
            ),
        ]
        triggers = [
            *fact_triggers(),
            pgtrigger.Trigger(
                name="role_of_this_organisation",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NOT EXISTS (
                        SELECT 1 FROM directory_user u JOIN directory_organisation o ON o.id = u.organisation_id
                        WHERE u.id = NEW.user_id AND (NEW.role, o.kind) IN (BELONGS_HERE)
                    ) THEN
                        RAISE EXCEPTION 'no such role in the organisation of the user'
                            USING ERRCODE = '23514', CONSTRAINT = 'role_not_of_this_organisation';
                    END IF;
                    RETURN NEW;
                """.replace("BELONGS_HERE", _BELONGS_HERE),
            ),
        ]


class Look(models.Model):
    """Somebody was shown something of a household, or asked a list for something (loggført innsyn).

    Append-only. Written on a connection of its own and without foreign keys: it stays whatever becomes of the request,
    and outlives whom it speaks of. Only the owner deletes, where the purpose has ended.
    """

    looked_at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    organisation_id = models.BigIntegerField()
    roles = ArrayField(models.CharField(max_length=30))
    reasons = ArrayField(models.CharField(max_length=20))  # those that opened what was shown; none for a list
    household_id = models.BigIntegerField(null=True)  # none for a list
    person_ids = ArrayField(models.BigIntegerField())
    compartments = ArrayField(models.CharField(max_length=20))
    page = models.CharField(max_length=60)  # the name of its address
    asked = models.JSONField(default=dict)  # words, filters and page of a list
    hits = models.IntegerField(null=True)  # how many the list found
    request_number = models.CharField(max_length=32, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["household_id", "looked_at"], name="look_by_household"),
            models.Index(fields=["organisation_id", "looked_at"], name="look_by_organisation"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="look_append_only",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF TG_OP = 'DELETE' AND (SELECT rolbypassrls FROM pg_roles WHERE rolname = current_user) THEN
                        RETURN OLD;
                    END IF;
                    RAISE EXCEPTION 'looks are append-only' USING ERRCODE = '23514', CONSTRAINT = 'look_is_kept';
                """,
            )
        ]


class EmergencyAccess(models.Model):
    """Somebody has asked for emergency access (nødinnsyn): what for, why in their own words, and whom it opened.

    Append-only. It is written before it is known whom it is about, and then says once whether anybody was found; what
    found nobody is kept and counted like what did. Whom it opened and until when the database's function writes.
    """

    reference = models.CharField(max_length=12, default=new_reference)
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    roles = ArrayField(models.CharField(max_length=30))
    asked = models.CharField(max_length=LONGEST_ASKED)  # the number or reference, as typed
    cause = models.CharField(max_length=10, choices=[(c, c) for c in EmergencyCause])
    words = models.TextField()
    opened_at = models.DateTimeField()
    is_found = models.BooleanField(null=True)  # None as long as nobody has looked
    household = models.ForeignKey(Subject, models.PROTECT, null=True, related_name="+", db_index=False)
    person_ids = ArrayField(models.BigIntegerField(), default=list)
    until_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "opened_at"], name="emergency_by_organisation"),
            models.Index(fields=["user", "opened_at"], name="emergency_by_user"),
            models.Index(fields=["household"], name="emergency_by_household"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(cause__in=[str(c) for c in EmergencyCause]), name="emergency_cause_known"
            ),
            models.CheckConstraint(condition=~Q(words="") & ~Q(asked=""), name="emergency_has_words"),
            models.CheckConstraint(
                condition=Q(is_found=True, household__isnull=False, until_at__isnull=False)
                | (Q(is_found=False) | Q(is_found__isnull=True)) & Q(household__isnull=True, until_at__isnull=True),
                name="emergency_found_is_somebody",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="emergency_is_kept",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF TG_OP = 'DELETE' AND (SELECT rolbypassrls FROM pg_roles WHERE rolname = current_user) THEN
                        RETURN OLD;
                    END IF;
                    IF TG_OP = 'UPDATE' AND OLD.is_found IS NULL AND NEW.is_found IS NOT NULL
                       AND (to_jsonb(NEW) - ARRAY['is_found', 'household_id', 'person_ids', 'until_at'])
                           = (to_jsonb(OLD) - ARRAY['is_found', 'household_id', 'person_ids', 'until_at']) THEN
                        RETURN NEW;
                    END IF;
                    RAISE EXCEPTION 'emergency access is never changed'
                        USING ERRCODE = '23514', CONSTRAINT = 'emergency_is_kept';
                """,
            )
        ]


class LookReview(models.Model):
    """An administrator has seen an unusual look of their own staff, and says what they found.

    It is about all that a rule found of a user on a day (about one household, where the rule is about one) until then.
    """

    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    looked_by_id = models.BigIntegerField()
    rule = models.CharField(max_length=30, choices=[(r, r) for r in LookRule])
    looked_on = models.DateField()
    household_id = models.BigIntegerField(null=True)
    reviewed_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    words = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["organisation", "looked_on"], name="look_review_by_day")]
        constraints = [
            models.CheckConstraint(condition=Q(rule__in=[str(r) for r in LookRule]), name="look_rule_known"),
            models.CheckConstraint(condition=~Q(words=""), name="look_review_has_words"),
        ]


class Protection(PeriodFact):
    """A person's or a household's address is protected from a day until it is ended (adressesperre, REG-08).

    A household and all who belong to it are protected together, and whoever joins; whoever leaves stays protected. The
    database writes these rows (registry/migrations) and marks the needs; an end ahead of time is not known of any.
    """

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="protections")
    level = models.CharField(max_length=24, choices=[(level, level) for level in ProtectionLevel])

    class Meta(PeriodFact.Meta):
        indexes = [models.Index(fields=["subject"], name="protected_subject", condition=Q(annulled_at__isnull=True))]
        constraints = [
            models.CheckConstraint(
                condition=Q(level__in=[str(level) for level in ProtectionLevel]), name="protection_level_known"
            ),
            ExclusionConstraint(
                name="one_protection_at_a_time",
                expressions=[*one_of("subject_id"), ("period", "&&")],
                condition=Q(annulled_at__isnull=True),
            ),
        ]


class Clearance(PeriodFact):
    """A user is one of those who follow a protected household up in their organisation (navngitt).

    Everybody else of the organisation, whatever their roles, gets the answers that a stranger gets. `recorded_by` named
    them. A row for the household and one for each who belongs to it, so that they go along with whoever leaves.
    """

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="clearances")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="clearances")
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")

    class Meta(PeriodFact.Meta):
        indexes = [
            models.Index(
                fields=["user"],
                include=["subject", "organisation", "period"],
                name="clearance_by_user",
                condition=Q(annulled_at__isnull=True),
            ),
            models.Index(fields=["subject"], name="clearance_by_subject", condition=Q(annulled_at__isnull=True)),
        ]
        constraints = [
            ExclusionConstraint(
                name="named_once_at_a_time",
                expressions=[*one_of("subject_id", "user_id"), ("period", "&&")],
                condition=Q(annulled_at__isnull=True),
            )
        ]
