"""Storage of centres: their operation, rooms and beds. Everybody who works with them sees them."""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import Q

from fotfeste.accommodation.domain.types import CentreType, OperatorKind
from fotfeste.platform.facts import PeriodFact
from fotfeste.platform.fields import one_of
from fotfeste.platform.public_ids import new_reference

# Asked when all is written: an operation that changes is annulled before its successor is there.
_OPERATION_COVERS_STAYS = """
    IF NOT operation_covers_stays(NEW.centre_id) THEN
        RAISE EXCEPTION 'somebody stays at the centre on a day without operation'
            USING ERRCODE = '23514', CONSTRAINT = 'operation_covers_stays';
    END IF;
    RETURN NULL;
"""
_BLOCKED_BED_EMPTY = """
    IF NEW.annulled_at IS NULL AND EXISTS (
        SELECT 1 FROM accommodation_bedassignment a
        WHERE a.bed_id = NEW.bed_id AND a.annulled_at IS NULL AND a.period && NEW.period
    ) THEN
        RAISE EXCEPTION 'somebody has the bed' USING ERRCODE = '23514', CONSTRAINT = 'bed_is_taken';
    END IF;
    RETURN NEW;
"""


class CentreOperation(PeriodFact):
    """A centre in operation for a period: type, operator, places (ACC-01). Sources may contradict each other."""

    centre = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="operations")
    type = models.CharField(max_length=24, choices=[(t, t) for t in CentreType])
    operator = models.CharField(max_length=12, choices=[(o, o) for o in OperatorKind])
    # Who it is: a company or foundation, or the municipality itself; NULL where nobody has said.
    operated_by = models.ForeignKey("directory.Organisation", models.PROTECT, null=True, related_name="+")
    is_decentralised = models.BooleanField(default=False)
    places = models.IntegerField()
    places_maximum = models.IntegerField()
    source = models.CharField(max_length=200)

    class Meta(PeriodFact.Meta):
        constraints = [
            ExclusionConstraint(
                name="one_operation_at_a_time",
                expressions=[*one_of("centre_id"), ("period", "&&")],
                condition=Q(annulled_at__isnull=True),
            ),
            models.CheckConstraint(
                condition=Q(places__gt=0) & Q(places_maximum__gte=models.F("places")),
                name="places_make_sense",
            ),
            models.CheckConstraint(condition=Q(type__in=[str(t) for t in CentreType]), name="centre_type_known"),
            models.CheckConstraint(condition=Q(operator__in=[str(o) for o in OperatorKind]), name="operator_known"),
        ]
        triggers = [
            *PeriodFact.Meta.triggers,
            pgtrigger.Trigger(
                name="operation_covers_stays",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                timing=pgtrigger.Deferred,
                func=_OPERATION_COVERS_STAYS,
            ),
        ]


class Room(models.Model):
    """A room or housing unit at a centre."""

    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    centre = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="rooms")
    name = models.CharField(max_length=40)
    building = models.CharField(max_length=60, blank=True)
    is_adapted = models.BooleanField(default=False)  # for a wheelchair

    class Meta:
        constraints = [models.UniqueConstraint(fields=["centre", "building", "name"], name="one_room_of_a_name")]


class Bed(models.Model):
    """A bed in a room."""

    room = models.ForeignKey(Room, models.PROTECT, related_name="beds")
    name = models.CharField(max_length=10)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "name"], name="one_bed_of_a_name")]


class BedBlock(PeriodFact):
    """A bed that cannot be used for a period, and why."""

    bed = models.ForeignKey(Bed, models.PROTECT, related_name="blocks")
    cause = models.CharField(max_length=200)

    class Meta(PeriodFact.Meta):
        constraints = [
            ExclusionConstraint(
                name="one_block_at_a_time",
                expressions=[*one_of("bed_id"), ("period", "&&")],
                condition=Q(annulled_at__isnull=True),
            )
        ]
        triggers = [
            *PeriodFact.Meta.triggers,
            pgtrigger.Trigger(
                name="blocked_bed_is_empty",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_BLOCKED_BED_EMPTY,
            ),
        ]
