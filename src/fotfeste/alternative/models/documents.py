"""Storage: what was sent along with an application. Seen with the application; the file has a fence of its own too."""

from django.db import models
from django.db.models import Q

from fotfeste.alternative.models.application import Application

KINDS = ("rent_contract", "other")


class ApplicationDocument(models.Model):
    """A document of an application: a rent contract or the like (ALT-11)."""

    application = models.ForeignKey(Application, models.DO_NOTHING, related_name="documents")  # the database refuses
    # Only the owner deletes a file, when the purpose of keeping it is over: that it was sent along goes with it.
    file = models.OneToOneField("platform.StoredFile", models.DB_CASCADE, related_name="+")
    kind = models.CharField(max_length=16, choices=[(each, each) for each in KINDS])

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(kind__in=KINDS), name="document_kind_known")]
