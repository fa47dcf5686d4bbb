"""Storage: what UDI has ruled where the sources contradict each other.

Of no household, and for everybody to read: not fenced.
"""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from fotfeste.platform.public_ids import new_reference
from fotfeste.refusal.domain.types import Question
from fotfeste.settlement.public import Training

# In a scope, a ruling is UDI's, given by whose scope it is. The owner loads the demo, in no scope.
_BY_UDI = """
    IF NOT (SELECT rolbypassrls FROM pg_roles WHERE rolname = current_user) AND (
        NEW.organisation_id IS DISTINCT FROM nullif(current_setting('fotfeste.organisation', true), '')::bigint
        OR NOT EXISTS (SELECT 1 FROM directory_organisation o WHERE o.id = NEW.organisation_id AND o.kind = 'udi')
    ) THEN
        RAISE EXCEPTION 'a ruling is UDI''s' USING ERRCODE = '23514', CONSTRAINT = 'ruling_of_others';
    END IF;
    RETURN NEW;
"""
_KEPT = """
    IF TG_OP = 'DELETE' AND (SELECT rolbypassrls FROM pg_roles WHERE rolname = current_user) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'a ruling is kept' USING ERRCODE = '23514', CONSTRAINT = 'ruling_is_kept';
"""


class Ruling(models.Model):
    """An answer to a question that the sources leave open (avklaring), from a day on, by whom and why (REF-04).

    It holds until the next begins; of two that begin on the same day, the one given last. None is changed or goes:
    letters rest on it. `ruled_by` is who answers for it, `given_by` who wrote it down.
    """

    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    question = models.CharField(max_length=30, choices=[(q, q) for q in Question])
    answer = models.CharField(max_length=10, choices=[(str(t), str(t)) for t in Training])
    valid_from = models.DateField()
    ruled_by = models.CharField(max_length=120)
    source = models.CharField(max_length=300)
    reasoning = models.TextField()
    is_demo = models.BooleanField(default=False)  # invented: shown as that wherever it is shown
    given_on = models.DateField()
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["question", "valid_from"], name="ruling_by_question")]
        constraints = [
            models.CheckConstraint(condition=Q(valid_from__gte=F("given_on")), name="ruling_is_not_given_backwards"),
            models.CheckConstraint(
                condition=~Q(ruled_by="") & ~Q(source="") & ~Q(reasoning=""), name="ruling_says_who_and_why"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(name="ruling_by_udi", when=pgtrigger.Before, operation=pgtrigger.Insert, func=_BY_UDI),
            pgtrigger.Trigger(
                name="ruling_is_kept",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=_KEPT,
            ),
        ]
