"""Storage of letters."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from fotfeste.letters.domain.states import LETTER
from fotfeste.letters.domain.types import Language, LetterKind, LetterStatus, ReturnReason
from fotfeste.platform.public_ids import new_reference
from fotfeste.platform.states import workflow_trigger

# What changes of a letter after it is written: how far it has come, and by which way.
MAY_CHANGE = (
    "status",
    "to_unit_id",
    "to_mailbox",
    "way",
    "sent_at",
    "sent_by_id",
    "delivered_at",
    "opened_at",
    "opened_by_id",
    "returned_at",
    "return_reason",
)


class Letter(models.Model):
    """A letter as it was written (brev), to the people of a household or to an organisation, and how far it has come.

    `facts` are what it was made of, `written` every word that the reader sees, `file` the PDF: none is made again.
    Without a subject it is about several (`also_about`). To people: `to_organisation` is empty.
    """

    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    kind = models.CharField(max_length=40, choices=[(k, k) for k in LetterKind])
    language = models.CharField(max_length=2, choices=[(k, k) for k in Language])
    subject = models.ForeignKey("access.Subject", models.PROTECT, null=True, related_name="letters")
    also_about = ArrayField(models.BigIntegerField(), default=list)
    compartment = models.CharField(max_length=20)
    from_organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    to_organisation = models.ForeignKey("directory.Organisation", models.PROTECT, null=True, related_name="+")
    to_unit = models.ForeignKey("directory.Unit", models.PROTECT, null=True, related_name="+")
    to_mailbox = models.EmailField(blank=True)
    way = models.CharField(max_length=20, blank=True)  # unit, post, by_hand, outside
    facts = models.JSONField()
    written = models.JSONField()
    file = models.OneToOneField("platform.StoredFile", models.PROTECT, related_name="+")
    status = models.CharField(max_length=20, default=LetterStatus.DRAFT, choices=[(s, s) for s in LetterStatus])
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    delivered_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    returned_at = models.DateTimeField(null=True)
    return_reason = models.CharField(max_length=20, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "written_at"], name="letter_by_subject"),
            models.Index(fields=["to_organisation", "opened_at", "sent_at"], name="letter_by_receiver"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[str(k) for k in LetterKind]), name="letter_kind_known"),
            models.CheckConstraint(condition=Q(language__in=[str(k) for k in Language]), name="letter_language_known"),
            models.CheckConstraint(condition=Q(status__in=[str(s) for s in LetterStatus]), name="letter_status_known"),
            models.CheckConstraint(
                condition=Q(way__in=["", "unit", "post", "by_hand", "outside"]), name="letter_way_known"
            ),
            models.CheckConstraint(
                condition=Q(return_reason__in=["", *(str(r) for r in ReturnReason)]), name="letter_return_reason_known"
            ),
            models.CheckConstraint(
                condition=Q(subject__isnull=False) | Q(to_organisation__isnull=False), name="letter_is_to_somebody"
            ),
            models.CheckConstraint(
                condition=Q(status="draft", sent_at__isnull=True) | ~Q(status="draft") & Q(sent_at__isnull=False),
                name="letter_sent_at_an_instant",
            ),
            models.CheckConstraint(
                condition=Q(status="returned") & ~Q(return_reason="") | ~Q(status="returned"),
                name="letter_returned_for_a_reason",
            ),
        ]
        triggers = [
            workflow_trigger(LETTER, "status"),
            pgtrigger.Trigger(
                name="letter_kept_as_written",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=f"""
                    IF (SELECT rolbypassrls FROM pg_roles WHERE rolname = current_user) THEN
                        RETURN coalesce(NEW, OLD);
                    END IF;
                    IF TG_OP = 'UPDATE' AND (to_jsonb(NEW) - '{{{",".join(MAY_CHANGE)}}}'::text[])
                                          = (to_jsonb(OLD) - '{{{",".join(MAY_CHANGE)}}}'::text[]) THEN
                        RETURN NEW;
                    END IF;
                    RAISE EXCEPTION 'a letter stays as it was written'
                        USING ERRCODE = '23514', CONSTRAINT = 'letter_is_kept';
                """,  # noqa: S608 (names of the program's own columns, nothing of a user's)
            ),
        ]
