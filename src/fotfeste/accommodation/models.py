"""Storage: centres, rooms, beds, stays. Stays and what hangs on them are behind the need to know."""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Func, Q

from fotfeste.accommodation.domain.types import (
    AbsenceKind,
    CentreType,
    DepartureReason,
    OperatorKind,
    StayKind,
)
from fotfeste.platform.facts import PeriodFact
from fotfeste.platform.fields import one_of
from fotfeste.platform.public_ids import new_reference

_STAY_WITHIN_OPERATION = """
    IF NEW.centre_id IS NOT NULL AND NEW.annulled_at IS NULL AND NOT COALESCE((
        SELECT range_agg(o.period) @> NEW.period FROM accommodation_centreoperation o
        WHERE o.centre_id = NEW.centre_id AND o.annulled_at IS NULL
    ), false) THEN
        RAISE EXCEPTION 'the centre is not in operation on every day of the stay'
            USING ERRCODE = '23514', CONSTRAINT = 'stay_within_operation';
    END IF;
    RETURN NEW;
"""
# Asked when all is written: an operation that changes is annulled before its successor is there.
_OPERATION_COVERS_STAYS = """
    IF NOT operation_covers_stays(NEW.centre_id) THEN
        RAISE EXCEPTION 'somebody stays at the centre on a day without operation'
            USING ERRCODE = '23514', CONSTRAINT = 'operation_covers_stays';
    END IF;
    RETURN NULL;
"""
_STAY_OF_THE_REGISTERED = """
    IF NEW.annulled_at IS NULL AND EXISTS (
        SELECT 1 FROM registry_person p
        WHERE p.subject_id = NEW.subject_id AND p.registered_on > lower(NEW.period)
    ) THEN
        RAISE EXCEPTION 'the person was registered after the first day of the stay'
            USING ERRCODE = '23514', CONSTRAINT = 'stay_of_the_registered';
    END IF;
    RETURN NEW;
"""
_BED_WITHIN_STAY = """
    IF NEW.annulled_at IS NULL AND NOT EXISTS (
        SELECT 1 FROM accommodation_stay s
        JOIN accommodation_bed b ON b.id = NEW.bed_id
        JOIN accommodation_room r ON r.id = b.room_id
        WHERE s.subject_id = NEW.subject_id AND s.annulled_at IS NULL
          AND s.centre_id = r.centre_id AND s.period @> NEW.period
    ) THEN
        RAISE EXCEPTION 'a bed belongs to a stay at the same centre'
            USING ERRCODE = '23514', CONSTRAINT = 'bed_within_stay';
    END IF;
    RETURN NEW;
"""
_BED_NOT_BLOCKED = """
    IF NEW.annulled_at IS NULL AND EXISTS (
        SELECT 1 FROM accommodation_bedblock k
        WHERE k.bed_id = NEW.bed_id AND k.annulled_at IS NULL AND k.period && NEW.period
    ) THEN
        RAISE EXCEPTION 'the bed is blocked' USING ERRCODE = '23514', CONSTRAINT = 'bed_is_blocked';
    END IF;
    RETURN NEW;
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


class Stay(PeriodFact):
    """A person stays somewhere for a period (opphold); never two overlapping, of whatever kind (ACC-03).

    The end day is not a day of the stay. Departure's reason and address stand on the row that has the end.
    """

    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="stays")
    kind = models.CharField(max_length=8, choices=[(k, k) for k in StayKind], default=StayKind.CENTRE)
    centre = models.ForeignKey("directory.Organisation", models.PROTECT, null=True, related_name="stays")
    # Where somebody lives privately: the municipality that has taken it on itself (AMOT, MAMOT).
    municipality = models.ForeignKey("directory.Organisation", models.PROTECT, null=True, related_name="+")
    departure_reason = models.CharField(max_length=20, blank=True, choices=[(r, r) for r in DepartureReason])
    street = models.CharField(max_length=120, blank=True)
    postal_code = models.CharField(max_length=4, blank=True)
    place = models.CharField(max_length=60, blank=True)
    county = models.CharField(max_length=60, blank=True)

    class Meta(PeriodFact.Meta):
        indexes = [
            # With the centre too: the trigger that looks for a bed's stay would otherwise read a whole centre's.
            models.Index(fields=["subject", "centre"], name="stay_by_subject", condition=Q(annulled_at__isnull=True)),
            models.Index(
                fields=["centre", "subject"],
                name="open_stay_by_centre",
                condition=Q(annulled_at__isnull=True, departure_reason=""),
            ),
            models.Index(fields=["centre"], name="stay_by_centre", condition=Q(annulled_at__isnull=True)),
            models.Index(
                fields=["municipality"],
                name="stay_by_municipality",
                condition=Q(annulled_at__isnull=True, municipality__isnull=False),
            ),
            # Who came and left lately, and who is to (the forecast); annulled ones too, for what was known then.
            models.Index(Func(F("period"), function="lower"), name="stay_by_start"),
            models.Index(Func(F("period"), function="upper"), name="stay_by_end"),
        ]
        constraints = [
            ExclusionConstraint(
                name="no_overlapping_stays",
                expressions=[*one_of("subject_id"), ("period", "&&")],
                condition=Q(annulled_at__isnull=True),
            ),
            models.CheckConstraint(
                condition=Q(period__endswith__isnull=True, departure_reason="")
                | Q(period__endswith__isnull=False) & ~Q(departure_reason=""),
                name="ended_stay_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(kind="centre", centre__isnull=False, municipality__isnull=True)
                | ~Q(kind="centre") & Q(centre__isnull=True, municipality__isnull=False),
                name="stay_is_at_one_place",
            ),
            models.CheckConstraint(condition=Q(kind__in=[str(k) for k in StayKind]), name="stay_kind_known"),
            models.CheckConstraint(
                condition=Q(departure_reason__in=["", *(str(r) for r in DepartureReason)]),
                name="departure_reason_known",
            ),
        ]
        triggers = [
            *PeriodFact.Meta.triggers,
            pgtrigger.Trigger(
                name="stay_within_operation",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_STAY_WITHIN_OPERATION,
            ),
            pgtrigger.Trigger(
                name="stay_of_the_registered",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_STAY_OF_THE_REGISTERED,
            ),
        ]


class BedAssignment(PeriodFact):
    """A bed holds one person at a time (ACC-02)."""

    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="bed_assignments")
    bed = models.ForeignKey(Bed, models.PROTECT, related_name="assignments")

    class Meta(PeriodFact.Meta):
        indexes = [
            models.Index(fields=["subject"], name="bed_by_subject", condition=Q(annulled_at__isnull=True)),
            models.Index(fields=["bed"], name="assignment_by_bed", condition=Q(annulled_at__isnull=True)),
        ]
        constraints = [
            ExclusionConstraint(
                name="no_bed_for_two",
                expressions=[*one_of("bed_id"), ("period", "&&")],
                condition=Q(annulled_at__isnull=True),
            ),
            ExclusionConstraint(
                name="one_bed_at_a_time",
                expressions=[*one_of("subject_id"), ("period", "&&")],
                condition=Q(annulled_at__isnull=True),
            ),
        ]
        triggers = [
            *PeriodFact.Meta.triggers,
            pgtrigger.Trigger(
                name="bed_within_stay",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_BED_WITHIN_STAY,
            ),
            pgtrigger.Trigger(
                name="no_blocked_bed",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_BED_NOT_BLOCKED,
            ),
        ]


class Absence(PeriodFact):
    """Granted leave or absence without leave (ACC-05). `expected_return_on` is what was agreed."""

    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="absences")
    kind = models.CharField(max_length=8, choices=[(k, k) for k in AbsenceKind])
    is_abroad = models.BooleanField(default=False)
    expected_return_on = models.DateField(null=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta(PeriodFact.Meta):
        indexes = [
            models.Index(fields=["subject"], name="absence_by_subject", condition=Q(annulled_at__isnull=True)),
        ]
        constraints = [
            ExclusionConstraint(
                name="one_absence_at_a_time",
                expressions=[*one_of("subject_id"), ("period", "&&")],
                condition=Q(annulled_at__isnull=True),
            ),
            models.CheckConstraint(condition=Q(kind__in=[str(k) for k in AbsenceKind]), name="absence_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind="leave") | Q(expected_return_on__isnull=False), name="leave_has_a_return"
            ),
        ]
