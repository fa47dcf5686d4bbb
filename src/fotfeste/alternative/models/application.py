"""Storage: an application to live privately with public support, the people in it, and what its parties say."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from fotfeste.alternative.domain.states import APPLICATION, LIVING
from fotfeste.alternative.domain.types import (
    ConfirmationWay,
    FamilyTie,
    FilledInBy,
    HomeKind,
    HostRelation,
    Party,
    PartyAnswer,
    Procedure,
    RefusalGround,
    Scheme,
    WithdrawalCause,
)
from fotfeste.alternative.models.interest import GroupInterest
from fotfeste.platform.fields import seen_as_written
from fotfeste.platform.public_ids import new_reference
from fotfeste.platform.states import workflow_trigger


class Application(models.Model):
    """An application for AMOT or MAMOT (søknad), of one household. Deadlines and eligibility are computed on read.

    Without a subject it is of nobody known: then UDI's case workers alone read it, and who has its link.
    """

    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    subject = models.ForeignKey("access.Subject", models.PROTECT, null=True, related_name="+")  # the group
    scheme = models.CharField(max_length=8, choices=[(s, s) for s in Scheme])
    procedure = models.CharField(max_length=8, choices=[(p, p) for p in Procedure])
    municipality = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    interest = models.ForeignKey(GroupInterest, models.PROTECT, null=True, related_name="applications")
    state = models.CharField(max_length=20, default=APPLICATION.initial, choices=[(s, s) for s in APPLICATION.states])
    version = models.IntegerField(default=1)
    link_hash = models.CharField(max_length=64, blank=True, db_index=True)  # of the link of who filled it in

    filled_in_by = models.CharField(max_length=12, choices=[(f, f) for f in FilledInBy])
    helper_name = models.CharField(max_length=120, blank=True)
    helper_relation = models.CharField(max_length=60, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")  # staff
    language = models.CharField(max_length=8, default="uk")  # of the letters
    contact = models.CharField(max_length=120, blank=True)  # how the applicants are reached

    living_there_since = models.DateField(null=True)
    wanted_from = models.DateField(null=True)
    street = models.CharField(max_length=120, blank=True)
    postal_code = models.CharField(max_length=4, blank=True)
    home_kind = models.CharField(max_length=12, blank=True, choices=[(h, h) for h in HomeKind])
    is_centre_housing = models.BooleanField(null=True)
    host_name = models.CharField(max_length=120, blank=True)
    host_relation = models.CharField(max_length=12, blank=True, choices=[(h, h) for h in HostRelation])
    host_is_tenant = models.BooleanField(null=True)
    host_contact = models.CharField(max_length=120, blank=True)

    received_on = models.DateField()
    submitted_on = models.DateField(null=True)
    matched_on = models.DateField(null=True)
    asked_on = models.DateField(null=True)  # akseptbrev sent to the municipality
    answered_on = models.DateField(null=True)
    answer = models.CharField(max_length=3, blank=True, choices=[(a, a) for a in PartyAnswer])
    answer_text = models.TextField(blank=True)
    preliminary_on = models.DateField(null=True)
    decided_on = models.DateField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    starts_on = models.DateField(null=True)
    ground = models.CharField(max_length=24, blank=True, choices=[(g, g) for g in RefusalGround])
    withdrawn_on = models.DateField(null=True)
    withdrawal_cause = models.CharField(max_length=12, blank=True, choices=[(c, c) for c in WithdrawalCause])
    decision = models.JSONField(default=dict)  # outcome, reasons and rule versions of the day of the decision
    annulled_decision = models.JSONField(default=dict)  # of a grant that was taken back, with why
    recorded_at = models.DateTimeField()
    recorded_by_organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["subject"], name="application_by_subject"),
            models.Index(fields=["municipality", "state"], name="application_by_municipality"),
            models.Index(fields=["state", "received_on"], name="application_by_state"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "scheme", "municipality"],
                condition=Q(state__in=LIVING, subject__isnull=False),
                name="one_living_application",
            ),
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(ground=""), name="refusal_has_a_ground"),
            models.CheckConstraint(
                condition=~Q(state__in=["granted", "refused"])
                | Q(decided_on__isnull=False, decided_by__isnull=False, subject__isnull=False)
                | Q(state="refused", decided_on__isnull=False, decided_by__isnull=False),
                name="decision_has_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="granted") | Q(starts_on__isnull=False), name="grant_has_a_start"
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | ~Q(withdrawal_cause=""), name="withdrawal_has_a_cause"
            ),
            models.CheckConstraint(condition=~Q(filled_in_by="helper") | ~Q(helper_name=""), name="helper_is_named"),
            models.CheckConstraint(condition=~Q(filled_in_by="staff") | Q(user__isnull=False), name="staff_is_named"),
            models.CheckConstraint(condition=Q(answer="") | Q(answered_on__isnull=False), name="answer_has_a_day"),
            seen_as_written("helper_name", "host_name", name="application_names_seen"),
        ]
        triggers = [workflow_trigger(APPLICATION)]


class ApplicationPerson(models.Model):
    """Somebody in an application, as typed; who it is (`subject`) once they are matched. Whether they meet the
    conditions is derived, never stored.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="persons")
    subject = models.ForeignKey("access.Subject", models.PROTECT, null=True, related_name="+")
    position = models.SmallIntegerField()
    name = models.CharField(max_length=120)
    duf = models.CharField(max_length=12, blank=True)
    birth_date = models.DateField(null=True)
    citizenship = models.CharField(max_length=3, blank=True)  # as in the registry
    has_d_number = models.BooleanField(null=True)
    lived_in_ukraine = models.BooleanField(null=True)  # resident there before the day that counts
    had_protection = models.BooleanField(null=True)  # protection there before the day that counts
    family_tie = models.CharField(max_length=12, blank=True, choices=[(f, f) for f in FamilyTie])
    has_near_family = models.BooleanField(null=True)  # near family settled in the municipality
    has_carer = models.BooleanField(null=True)  # of a minor alone: another suitable carer there
    needs_adaptation = models.BooleanField(null=True)  # what an ordinary centre cannot meet
    adaptation = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["subject"], name="applicant_by_subject")]
        constraints = [
            models.UniqueConstraint(fields=["application", "position"], name="one_applicant_at_a_position"),
            models.UniqueConstraint(
                fields=["application", "subject"], condition=Q(subject__isnull=False), name="one_applicant_per_person"
            ),
            seen_as_written("name", name="applicant_name_seen"),
        ]


class Confirmation(models.Model):
    """What one party of an application says, each with its own link, way, signer and time (ALT-06)."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="confirmations")
    subject = models.ForeignKey("access.Subject", models.PROTECT, null=True, related_name="+")  # the group
    party = models.CharField(max_length=12, choices=[(p, p) for p in Party])
    token_hash = models.CharField(max_length=64, db_index=True)
    sent_on = models.DateField()
    expires_on = models.DateField()  # the first day on which the link opens nothing
    recorded_at = models.DateTimeField()
    way = models.CharField(max_length=12, blank=True, choices=[(w, w) for w in ConfirmationWay])
    signer_name = models.CharField(max_length=120, blank=True)
    answer = models.CharField(max_length=3, blank=True, choices=[(a, a) for a in PartyAnswer])
    reason = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")  # who registered it

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "party"], name="one_confirmation_per_party"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | ~Q(answer="") & Q(answered_at__isnull=False) & ~Q(way="") & ~Q(signer_name=""),
                name="confirmation_is_signed",
            ),
            models.CheckConstraint(condition=~Q(answer="no") | ~Q(reason=""), name="party_says_why_not"),
            models.CheckConstraint(
                condition=Q(way__in=["", "link", "form"]) | Q(user__isnull=False), name="registered_by_somebody"
            ),
            seen_as_written("signer_name", name="signer_name_seen"),
        ]
