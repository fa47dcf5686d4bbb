"""Facts with two clocks: when it holds in the world, and from when until when we held it to be true.

A fact is never overwritten and never deleted. A correction annuls the row, with a reason, and writes a new one that
points at the row it supersedes. The database refuses everything else.
"""

from datetime import date, datetime
from typing import Any, Self

import pgtrigger
from django.conf import settings
from django.db import models

from fotfeste.kernel.errors import Stale
from fotfeste.platform.fields import PeriodField
from fotfeste.platform.viewer import Viewer

FACT_COLUMNS_THAT_MAY_CHANGE = ("annulled_at", "annulled_by_id", "annul_reason")

_ONLY_ANNULMENT = """
    IF OLD.annulled_at IS NOT NULL THEN
        RAISE EXCEPTION 'an annulled fact stays as it is' USING ERRCODE = '23514', CONSTRAINT = 'fact_is_kept';
    END IF;
    IF (to_jsonb(NEW) - ARRAY['annulled_at', 'annulled_by_id', 'annul_reason'])
       IS DISTINCT FROM (to_jsonb(OLD) - ARRAY['annulled_at', 'annulled_by_id', 'annul_reason'])
       OR NEW.annulled_at IS NULL THEN
        RAISE EXCEPTION 'a fact is annulled, never changed' USING ERRCODE = '23514', CONSTRAINT = 'fact_is_kept';
    END IF;
    RETURN NEW;
"""
_NEVER_DELETED = """
    IF NOT (SELECT rolbypassrls FROM pg_roles WHERE rolname = current_user) THEN
        RAISE EXCEPTION 'a fact is annulled, never deleted' USING ERRCODE = '23514', CONSTRAINT = 'fact_is_kept';
    END IF;
    RETURN OLD;
"""


def fact_triggers() -> list[pgtrigger.Trigger]:
    """The two triggers of every table of facts: only annulment, no deletion (the owner role may, to anonymise)."""
    return [
        pgtrigger.Trigger(
            name="fact_only_annulled",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            func=_ONLY_ANNULMENT,
        ),
        pgtrigger.Trigger(
            name="fact_never_deleted",
            when=pgtrigger.Before,
            operation=pgtrigger.Delete,
            func=_NEVER_DELETED,
        ),
    ]


def draft_triggers(is_draft: str) -> list[pgtrigger.Trigger]:
    """The two triggers of a table whose rows are drafts first: as long as the SQL `is_draft` says so of the row OLD, it
    is overwritten in place and deleted, so that nothing is kept that was taken back (SET-05); then it is a fact.
    """
    update, delete = fact_triggers()
    update.func = f"IF {is_draft} THEN RETURN NEW; END IF;{_ONLY_ANNULMENT}"
    delete.func = f"IF {is_draft} THEN RETURN OLD; END IF;{_NEVER_DELETED}"
    return [update, delete]


class FactQuerySet(models.QuerySet[Any]):
    """Reads of facts."""

    def current(self) -> Self:
        """Those that we hold to be true now."""
        return self.filter(annulled_at__isnull=True)

    def as_known_at(self, instant: datetime) -> Self:
        """Those that we held to be true at an instant."""
        return self.filter(recorded_at__lte=instant).exclude(annulled_at__lte=instant)


class Fact(models.Model):
    """A row that is true in the world and known from `recorded_at` until `annulled_at`."""

    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reported_by = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    supersedes = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    annulled_at = models.DateTimeField(null=True)
    annulled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    annul_reason = models.CharField(max_length=60, blank=True)

    objects = FactQuerySet.as_manager()

    class Meta:
        abstract = True
        triggers = fact_triggers()

    def stored(self) -> Self:
        """Insert the row and give it back."""
        self.save(force_insert=True)
        return self


class PeriodFact(Fact):
    """A fact that holds for a period."""

    period = PeriodField()

    class Meta(Fact.Meta):
        abstract = True


def annul[F: Fact](fact: F, *, by: Viewer, at: datetime, reason: str) -> F:
    """Annul a fact: from `at` we no longer hold it. `reason` is a code."""
    fact.annulled_at, fact.annulled_by_id, fact.annul_reason = at, by.user_id, reason
    fact.save(update_fields=["annulled_at", "annulled_by", "annul_reason"])
    return fact


def supersede[F: Fact](fact: F, *, by: Viewer, at: datetime, reason: str, **changes: object) -> F:
    """Annul `fact` and save its successor with `changes`; gives the successor."""
    annul(fact, by=by, at=at, reason=reason)
    return restore(fact, by=by, at=at, **changes)


def cut_short(fact: PeriodFact, on: date, *, by: Viewer, at: datetime, reason: str) -> None:
    """A fact ends earlier: `on` is the first day without. One that had not begun by then is annulled."""
    if fact.period.start < on:
        supersede(fact, by=by, at=at, reason=reason, period=fact.period.with_end(on))
    else:
        annul(fact, by=by, at=at, reason=reason)


def restore[F: Fact](fact: F, *, by: Viewer, at: datetime, **changes: object) -> F:
    """Hold an annulled fact to be true again, with `changes`: its successor is saved and given."""
    fields = {
        f.attname: getattr(fact, f.attname)
        for f in fact._meta.concrete_fields
        if not f.primary_key and f.attname not in FACT_COLUMNS_THAT_MAY_CHANGE
    }
    fields |= {
        "recorded_at": at,
        "recorded_by_id": by.user_id,
        "reported_by_id": by.organisation_id,
        "supersedes_id": fact.pk,
    } | changes
    return type(fact)(**fields).stored()


def version_of(*facts: models.QuerySet[Any]) -> int:
    """What facts say now as one number, for a form that shows them: a fact written or annulled makes it another.

    For what has no row of its own to count a version on, as a placement group has. One query for each.
    """
    return sum(sum(rows.filter(annulled_at__isnull=True).values_list("pk", flat=True)) for rows in facts)


def refuse_stale(version: int | None, *facts: models.QuerySet[Any]) -> None:
    """Raise Stale where facts are not what they were when a form was opened on `version`; None: no form was.

    Called under the lock of what the facts are about.
    """
    if version is not None and version != (found := version_of(*facts)):
        raise Stale(version, found)
