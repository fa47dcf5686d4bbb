"""Storage: whom a municipality accepts, who waits to move there, and who lives there before anybody has applied.

Local conditions are published. The other two tell of people who may be nowhere else here: they are behind the fence as
the municipality's own rows.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from fotfeste.alternative.domain.local import LocalConditionKind, ToldBy, WaitingOutcome
from fotfeste.platform.facts import PeriodFact
from fotfeste.platform.public_ids import new_reference


class LocalCondition(PeriodFact):
    """What a municipality asks for before it accepts somebody, for a period (lokale vilkår, ALT-10). Published."""

    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="local_conditions")
    kind = models.CharField(max_length=12, choices=[(k, k) for k in LocalConditionKind])
    words = models.CharField(max_length=400, blank=True)  # the municipality's own

    class Meta(PeriodFact.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind"],
                condition=Q(annulled_at__isnull=True, period__endswith__isnull=True),
                name="one_open_local_condition",
            ),
            models.CheckConstraint(condition=~Q(kind="other") | ~Q(words=""), name="own_local_condition_has_words"),
            models.CheckConstraint(
                condition=Q(kind__in=[str(k) for k in LocalConditionKind]), name="local_condition_known"
            ),
        ]


class WaitingEntry(models.Model):
    """Somebody who wants to live privately in a municipality and has told it before (venteliste, ALT-10)."""

    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    persons = models.SmallIntegerField(default=1)
    reached_by = models.CharField(max_length=120)  # telephone or e-mail, theirs or their host's
    wanted_from = models.DateField()
    listed_on = models.DateField()
    listed_at = models.DateTimeField()
    listed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=10, blank=True, choices=[(o, o) for o in WaitingOutcome])
    answered_on = models.DateField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    possible_from = models.DateField(null=True)  # where there is a place: from when
    applied_on = models.DateField(null=True)  # an application was begun from here

    class Meta:
        indexes = [models.Index(fields=["organisation", "wanted_from"], name="waiting_by_municipality")]
        constraints = [
            models.CheckConstraint(condition=Q(persons__gt=0), name="somebody_waits"),
            models.CheckConstraint(
                condition=Q(outcome="", answered_on__isnull=True) | ~Q(outcome="") & Q(answered_on__isnull=False),
                name="answered_waiting_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(possible_from__isnull=True) | Q(outcome="place"), name="only_a_place_has_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(outcome="place") | Q(possible_from__isnull=False), name="a_place_has_a_day"
            ),
            models.CheckConstraint(
                condition=Q(applied_on__isnull=True) | Q(outcome="place"), name="who_applies_has_a_place"
            ),
            models.CheckConstraint(condition=Q(wanted_from__gte=F("listed_on")), name="waits_for_a_day_to_come"),
            models.CheckConstraint(
                condition=Q(outcome__in=["", *(str(o) for o in WaitingOutcome)]), name="waiting_outcome_known"
            ),
        ]


class PrivateResident(models.Model):
    """Somebody who lives privately in a municipality before any application (register, ALT-10; MAMOT 7.2.8).

    Whether the number belongs to somebody registered is never told to whoever typed it: the fence shows the row to
    those who know that person, and nothing is stored of a match. The row is deleted as soon as its purpose is over.
    """

    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    duf_number = models.CharField(max_length=12, blank=True)
    street = models.CharField(max_length=120)
    postal_code = models.CharField(max_length=4)
    lives_with = models.CharField(max_length=120)
    told_by = models.CharField(max_length=10, choices=[(t, t) for t in ToldBy])
    told_on = models.DateField()
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["organisation"], name="resident_by_municipality"),
            models.Index(fields=["duf_number"], name="resident_by_number", condition=~Q(duf_number="")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "duf_number"],
                condition=~Q(duf_number=""),
                name="one_private_resident_of_a_number",
            ),
            models.CheckConstraint(
                condition=Q(duf_number="") | Q(duf_number__regex=r"^[0-9]{12}$"), name="private_resident_duf_has_form"
            ),
            models.CheckConstraint(condition=Q(postal_code__regex=r"^[0-9]{4}$"), name="private_resident_postal_code"),
            models.CheckConstraint(condition=Q(told_by__in=[str(t) for t in ToldBy]), name="told_by_known"),
        ]
