"""Storage of events and files."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q, Value

from fotfeste.platform.fields import seen_as_written
from fotfeste.platform.file_names import MediaType
from fotfeste.platform.public_ids import new_reference


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
            models.Index(fields=["id"], name="event_without_position", condition=Q(feed_position__isnull=True)),
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


class StoredFile(models.Model):
    """A file as it came (vedlegg, brev): its bytes, what they are, and whom they are about. See `platform.files`.

    Append-only. `subject_id` is told once where it was not known when the file came. The row is deleted by the owner
    alone, when the purpose of keeping it is over.
    """

    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    subject_id = models.BigIntegerField(null=True)
    compartment = models.CharField(max_length=20)
    seen_by = ArrayField(models.BigIntegerField(), default=list)
    also_about = ArrayField(models.BigIntegerField(), default=list)
    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=20, choices=[(m, m) for m in MediaType])
    size = models.IntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    stored_at = models.DateTimeField()
    stored_by_id = models.BigIntegerField(null=True)
    organisation_id = models.BigIntegerField()

    class Meta:
        db_table = "platform_file"
        indexes = [models.Index(fields=["subject_id"], name="file_by_subject")]
        constraints = [
            models.CheckConstraint(condition=Q(media_type__in=[str(m) for m in MediaType]), name="file_type_known"),
            models.CheckConstraint(condition=Q(subject_id__isnull=False) | ~Q(seen_by=[]), name="file_is_somebodys"),
            models.CheckConstraint(
                condition=Q(size=Func(F("content"), function="octet_length")), name="file_size_true"
            ),
            models.CheckConstraint(
                condition=Q(sha256=Func(Func(F("content"), function="sha256"), Value("hex"), function="encode")),
                name="file_hash_true",
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="file_not_empty"),
            seen_as_written("name", name="file_name_seen"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="file_append_only",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF TG_OP = 'DELETE' AND (SELECT rolbypassrls FROM pg_roles WHERE rolname = current_user) THEN
                        RETURN OLD;
                    END IF;
                    IF TG_OP = 'UPDATE' AND OLD.subject_id IS NULL
                       AND (to_jsonb(NEW) - 'subject_id') = (to_jsonb(OLD) - 'subject_id') THEN
                        RETURN NEW;
                    END IF;
                    RAISE EXCEPTION 'a file stays as it came' USING ERRCODE = '23514', CONSTRAINT = 'file_is_kept';
                """,
            )
        ]
