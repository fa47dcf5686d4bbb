"""Storage of the pages without a login: what is begun there, sealed, and how often something was tried.

Both tables are outside the fence: nobody can be read in them (ADR 0027).
"""

from django.db import models
from django.db.models import Q

from fotfeste.alternative.domain.door_rules import Attempt


class DoorDraft(models.Model):
    """An application that somebody has begun. `sealed` is read with the secret of its address alone, which is nowhere
    kept; the row is found by what is made of it (`platform.secret_links`).
    """

    digest = models.CharField(max_length=64, unique=True)
    sealed = models.BinaryField()
    expires_at = models.DateTimeField(db_index=True)


class DoorDocument(models.Model):
    """A file of an application that is begun, sealed as it is. Its name and kind stand in the draft."""

    draft = models.ForeignKey(DoorDraft, models.DB_CASCADE, related_name="documents")
    sealed = models.BinaryField()


class DoorAttempt(models.Model):
    """Something was tried without a login: a row for the address it came from, and one for each DUF number that was
    typed. Both are kept as keyed digests.
    """

    kind = models.CharField(max_length=5, choices=[(each, each) for each in Attempt])
    address_digest = models.CharField(max_length=64, blank=True)
    number_digest = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["kind", "address_digest", "at"], name="door_attempt_by_address"),
            models.Index(fields=["kind", "number_digest", "at"], name="door_attempt_by_number"),
            models.Index(fields=["at"], name="door_attempt_by_instant"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[str(each) for each in Attempt]), name="door_attempt_kind"),
        ]
