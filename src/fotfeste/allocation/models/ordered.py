"""What plans and what-ifs share: asked for, computed by a job, and kept as they were then; and how a row is kept."""

import pgtrigger
from django.conf import settings
from django.db import models

from fotfeste.platform.public_ids import new_reference

_KEPT = """
    IF TG_OP = 'DELETE' THEN
        IF NOT (SELECT rolbypassrls FROM pg_roles WHERE rolname = current_user) THEN
            RAISE EXCEPTION 'a plan is kept' USING ERRCODE = '23514', CONSTRAINT = 'plan_is_kept';
        END IF;
        RETURN OLD;
    END IF;
    IF {changed} THEN
        RAISE EXCEPTION 'a plan is kept as it was computed' USING ERRCODE = '23514', CONSTRAINT = 'plan_is_kept';
    END IF;
    RETURN NEW;
"""


def kept(name: str, changed: str, told_as: str = "plan_is_kept") -> pgtrigger.Trigger:
    """Refuses to take a row away, which only the owner may, and to change it where `changed` says so in SQL; `told_as`
    is the name of the sentence for who tries.
    """
    func = _KEPT.format(changed=changed).replace("plan_is_kept", told_as)
    return pgtrigger.Trigger(name=name, when=pgtrigger.Before, operation=pgtrigger.Update | pgtrigger.Delete, func=func)


class Ordered(models.Model):
    """One that was asked for and is computed by a job, with what it rests on and how good it is.

    `as_known_at` is the instant whose facts it rests on, `input_sha256` their fingerprint, `policy` the values that
    weighed, by name. `state` is the table's own: each has its workflow.
    """

    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    ordered_at = models.DateTimeField()
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    step = models.CharField(max_length=10, blank=True)  # how far the computing has come
    ended_at = models.DateTimeField(null=True)
    stopped_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    refusal = models.CharField(max_length=60, blank=True)  # the code of the sentence that says why it failed
    as_known_at = models.DateTimeField(null=True)
    input_sha256 = models.CharField(max_length=64, blank=True)
    policy_name = models.CharField(max_length=30, blank=True)
    policy = models.JSONField(default=dict)
    objective = models.FloatField(null=True)
    bound = models.FloatField(null=True)  # none of these inputs has a higher objective
    is_optimal = models.BooleanField(default=False)

    class Meta:
        abstract = True
