"""Storage: what the municipality sees to while somebody lives there privately. Fenced."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Func, Q, Value

from fotfeste.alternative.domain.local import (
    CONTACT_WORDS,
    CheckOccasion,
    CheckResult,
    CheckWay,
    ContactInterpreter,
    ContactWay,
)
from fotfeste.alternative.domain.types import HostRelation
from fotfeste.platform.facts import Fact, PeriodFact
from fotfeste.platform.fields import one_of
from fotfeste.platform.public_ids import new_reference


class HousingCheck(Fact):
    """The home of a household that lives privately, seen to: simple but acceptable (ALT-11; MAMOT 4.2.5, 7.2.9)."""

    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="+")  # the group
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")  # the municipality
    occasion = models.CharField(max_length=12, choices=[(o, o) for o in CheckOccasion])
    checked_on = models.DateField()
    way = models.CharField(max_length=20, choices=[(w, w) for w in CheckWay])
    street = models.CharField(max_length=120)  # the home that was seen to
    postal_code = models.CharField(max_length=4)
    host_name = models.CharField(max_length=120)
    host_contact = models.CharField(max_length=120, blank=True)
    relation = models.CharField(max_length=12, choices=[(r, r) for r in HostRelation])
    has_own_entrance = models.BooleanField()
    shared_rooms = models.JSONField(default=list)
    others_living_there = models.SmallIntegerField(default=0)  # beside the household itself
    rent_ore = models.BigIntegerField(default=0)  # a month, asked of them; 0: none
    result = models.CharField(max_length=16, choices=[(r, r) for r in CheckResult])
    must_be_done = models.CharField(max_length=400, blank=True)
    follow_up_on = models.DateField(null=True)
    is_told_of_choice = models.BooleanField()  # that nobody has to live with strangers (MAMOT 7.2.5)

    class Meta(Fact.Meta):
        indexes = [
            models.Index(fields=["subject"], name="check_by_subject", condition=Q(annulled_at__isnull=True)),
            models.Index(fields=["organisation"], name="check_by_municipality", condition=Q(annulled_at__isnull=True)),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(result__in=[str(r) for r in CheckResult]), name="check_result_known"),
            models.CheckConstraint(condition=Q(way__in=[str(w) for w in CheckWay]), name="check_way_known"),
            models.CheckConstraint(
                condition=Q(occasion__in=[str(o) for o in CheckOccasion]), name="check_occasion_known"
            ),
            models.CheckConstraint(
                condition=Q(relation__in=[str(r) for r in HostRelation]), name="host_relation_known"
            ),
            models.CheckConstraint(condition=Q(rent_ore__gte=0), name="rent_not_negative"),
            models.CheckConstraint(condition=Q(others_living_there__gte=0), name="others_not_negative"),
            models.CheckConstraint(
                condition=Q(result="acceptable") | ~Q(must_be_done="") & Q(follow_up_on__isnull=False),
                name="what_is_not_good_is_followed_up",
            ),
            models.CheckConstraint(
                condition=Q(follow_up_on__isnull=True) | Q(follow_up_on__gt=F("checked_on")),
                name="follow_up_after_check",
            ),
        ]


class ContactPerson(PeriodFact):
    """Who of the municipality's staff a household that lives privately turns to, for a period (ALT-12)."""

    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="+")  # the group
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")  # the municipality
    user = models.ForeignKey("directory.User", models.PROTECT, related_name="+")

    class Meta(PeriodFact.Meta):
        indexes = [
            models.Index(fields=["subject"], name="contact_by_subject", condition=Q(annulled_at__isnull=True)),
            models.Index(
                fields=["organisation"], name="contact_by_municipality", condition=Q(annulled_at__isnull=True)
            ),
        ]
        constraints = [
            ExclusionConstraint(
                name="one_contact_person_at_a_time",
                expressions=[*one_of("subject_id"), ("period", "&&")],
                condition=Q(annulled_at__isnull=True),
            )
        ]


class ContactMade(Fact):
    """A contact with a household that lives privately: how, when, about what (kontaktlogg, ALT-12)."""

    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="+")  # the group
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")  # the municipality
    held_on = models.DateField()
    way = models.CharField(max_length=10, choices=[(w, w) for w in ContactWay])
    interpreter = models.CharField(max_length=10, choices=[(i, i) for i in ContactInterpreter])
    subjects = models.JSONField(default=list)
    words = models.CharField(max_length=CONTACT_WORDS, blank=True)

    class Meta(Fact.Meta):
        indexes = [models.Index(fields=["subject"], name="made_by_subject", condition=Q(annulled_at__isnull=True))]
        constraints = [
            models.CheckConstraint(condition=Q(way__in=[str(w) for w in ContactWay]), name="contact_way_known"),
            models.CheckConstraint(
                condition=Q(interpreter__in=[str(i) for i in ContactInterpreter]), name="contact_interpreter_known"
            ),
            models.CheckConstraint(
                condition=~Q(subjects=Value([], models.JSONField())), name="contact_is_about_something"
            ),
        ]


class YearlyReport(Fact):
    """What a municipality tells UDI of the follow-up of one person on AMOT in a year (ALT-13; MAMOT 4.2.7)."""

    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="+")  # the person
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")  # the municipality
    year = models.SmallIntegerField()
    followed_up = models.JSONField(default=list)
    contacts = models.SmallIntegerField()  # in the year, by the log when it was sent
    lives_as_before = models.BooleanField()
    words = models.CharField(max_length=1000, blank=True)  # other matters that UDI should know of
    sent_on = models.DateField()

    class Meta(Fact.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "organisation", "year"],
                condition=Q(annulled_at__isnull=True),
                name="one_report_a_person_and_year",
            ),
            models.CheckConstraint(condition=Q(contacts__gte=0), name="contacts_not_negative"),
            models.CheckConstraint(
                condition=Q(sent_on__gte=Func(F("year"), Value(1), Value(1), function="make_date")),
                name="reported_in_or_after_the_year",
            ),
        ]
