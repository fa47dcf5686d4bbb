"""Storage: runs that somebody has asked for. What is due is never stored, it is computed; lines are the ledger's."""

from enum import StrEnum

from django.conf import settings
from django.db import models
from django.db.models import Q

from fotfeste.grants.domain.types import Scheme
from fotfeste.platform.public_ids import new_reference

_SCHEMES = [scheme.value.lower() for scheme in Scheme]


class OrderState(StrEnum):
    """How far a run has come that was asked for."""

    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"


class RunOrder(models.Model):
    """A run that somebody has asked for (bestilt kjøring), until the job has computed it or told why not.

    No personal data. `as_known_at` is the instant at which it was asked for: a job that is late, or done again after a
    crash, gives the same run.
    """

    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    scheme = models.CharField(max_length=8, choices=[(s, s) for s in _SCHEMES])
    through = models.DateField()
    as_known_at = models.DateTimeField()
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=[(s, s) for s in OrderState], default=OrderState.WAITING)
    run = models.ForeignKey("ledger.Run", models.PROTECT, null=True, related_name="+")
    refusal = models.CharField(max_length=60, blank=True)  # the code of the sentence that says why not
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scheme"], condition=Q(state="waiting"), name="one_run_is_asked_for"),
            models.CheckConstraint(condition=Q(scheme__in=_SCHEMES), name="order_scheme_known"),
            models.CheckConstraint(condition=Q(through__day=1), name="order_of_whole_months"),
            models.CheckConstraint(
                condition=Q(state="waiting", finished_at__isnull=True, run__isnull=True, refusal="")
                | Q(state="done", finished_at__isnull=False, run__isnull=False, refusal="")
                | Q(state="refused", finished_at__isnull=False, run__isnull=True) & ~Q(refusal=""),
                name="order_says_what_came_of_it",
            ),
        ]
