"""Storage of events."""

import pgtrigger
from django.db import models


class Event(models.Model):
    """One thing that happened: type, ids, actor, instants and state change; no personal content.

    Append-only. `subject_id` is the household's (or the person's) access.Subject, without a foreign key, so that
    events outlive what they speak of. `feed_position` is given after commit: sequences commit out of order.
    """

    type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField(null=True)
    object_kind = models.CharField(max_length=40, blank=True)
    object_id = models.BigIntegerField(null=True)
    workflow = models.CharField(max_length=40, blank=True)
    transition = models.CharField(max_length=40, blank=True)
    from_state = models.CharField(max_length=40, blank=True)
    to_state = models.CharField(max_length=40, blank=True)
    holds_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    organisation_id = models.BigIntegerField()
    other_organisation_id = models.BigIntegerField(null=True)
    request_number = models.CharField(max_length=32, blank=True)
    feed_position = models.BigIntegerField(null=True, unique=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject_id", "recorded_at"], name="event_by_subject"),
            models.Index(fields=["workflow", "object_id"], name="event_by_workflow"),
            models.Index(fields=["id"], name="event_without_position", condition=models.Q(feed_position__isnull=True)),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="event_append_only",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF TG_OP = 'UPDATE' AND OLD.feed_position IS NULL
                       AND (to_jsonb(NEW) - 'feed_position') = (to_jsonb(OLD) - 'feed_position') THEN
                        RETURN NEW;
                    END IF;
                    RAISE EXCEPTION 'events are append-only' USING ERRCODE = '23514', CONSTRAINT = 'event_is_kept';
                """,
            )
        ]


class FeedCounter(models.Model):
    """The last feed position given; one row, locked while positions are given."""

    position = models.BigIntegerField(default=0)
