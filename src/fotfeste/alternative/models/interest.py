"""Storage: a municipality has places for larger groups (interessemelding, procedure C). Nothing of people."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from fotfeste.alternative.domain.types import Scheme
from fotfeste.platform.public_ids import new_reference


class GroupInterest(models.Model):
    """Places that a municipality offers to larger groups (ALT-05); each household still applies for itself."""

    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    municipality = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    scheme = models.CharField(max_length=8, choices=[(s, s) for s in Scheme])
    places = models.SmallIntegerField()
    home = models.CharField(max_length=200)  # what it is: a hotel, an institution
    told_on = models.DateField()
    closed_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(places__gt=0), name="interest_has_places")]
