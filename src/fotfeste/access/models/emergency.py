"""Emergency access."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from fotfeste.access.domain.emergency import LONGEST_ASKED
from fotfeste.access.domain.types import EmergencyCause
from fotfeste.access.models.subjects import Subject
from fotfeste.platform.public_ids import new_reference


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
