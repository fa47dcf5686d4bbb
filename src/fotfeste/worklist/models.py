"""Storage of tasks."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from fotfeste.platform.public_ids import new_reference


class Task(models.Model):
    """Something an organisation must do for a subject, by a day.

    `due_on` is derived when the task opens, by the rule named in `due_rule`, and can be rebuilt from `basis_on`.
    """

    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    kind = models.CharField(max_length=40)
    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="tasks")
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    object_id = models.BigIntegerField(null=True)
    basis_on = models.DateField()
    due_on = models.DateField(null=True)
    due_rule = models.CharField(max_length=60, blank=True)
    cause = models.CharField(max_length=60)
    opened_at = models.DateTimeField()
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=20, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation", "due_on", "id"],
                name="open_task_by_due",
                condition=Q(closed_at__isnull=True),
            ),
            models.Index(fields=["subject"], name="open_task_by_subject", condition=Q(closed_at__isnull=True)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject", "organisation"],
                condition=Q(closed_at__isnull=True),
                name="one_open_task_of_a_kind",
            ),
            models.CheckConstraint(condition=Q(outcome__in=["", "done", "void"]), name="task_outcome_known"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, outcome="") | Q(closed_at__isnull=False) & ~Q(outcome=""),
                name="closed_task_has_outcome",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="closed_task_is_kept",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__closed_at__isnull=False),
                func="""RAISE EXCEPTION 'a closed task stays as it is'
                        USING ERRCODE = '23514', CONSTRAINT = 'closed_task_is_kept';""",
            )
        ]
