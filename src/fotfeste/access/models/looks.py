"""Who has looked at whom, and what an administrator says of it."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from fotfeste.access.domain.types import LookRule


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
