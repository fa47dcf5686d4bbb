"""Storage of stays and of who has which bed, behind the need to know."""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Func, Q

from fotfeste.accommodation.domain.types import DepartureReason, StayKind
from fotfeste.accommodation.models.centres import Bed
from fotfeste.platform.facts import PeriodFact
from fotfeste.platform.fields import one_of

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
