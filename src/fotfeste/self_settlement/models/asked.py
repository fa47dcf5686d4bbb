"""Storage: a household asks a municipality for agreed self-settlement, and the homes that it has sent. Fenced."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from fotfeste.platform.public_ids import new_reference
from fotfeste.platform.states import workflow_trigger
from fotfeste.self_settlement.domain.empty_rent import PaidBy
from fotfeste.self_settlement.domain.states import ASKED, UNDER_WAY
from fotfeste.self_settlement.domain.terms import EmptyRent
from fotfeste.self_settlement.domain.types import DepositBy, EndCause, HomeOutcome, NoReason


class SelfSettlement(models.Model):
    """A household's request to one municipality (forespørsel om avtalt selvbosetting, SET-13). Deadlines are computed
    on read.
    """

    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="+")  # the group
    case = models.ForeignKey("settlement.SettlementCase", models.PROTECT, related_name="+")
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")  # the municipality
    state = models.CharField(max_length=12, default=ASKED.initial, choices=[(s, s) for s in ASKED.states])
    size = models.SmallIntegerField()  # how many are to be settled, when it was asked
    asked_on = models.DateField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    centre = models.ForeignKey(
        "directory.Organisation", models.PROTECT, null=True, related_name="+"
    )  # who asked for them
    why_there = models.JSONField(default=list)
    message = models.TextField(blank=True)
    wanted_from = models.DateField(null=True)
    # Whether the municipality had said in public that it allows it, when it was asked; NULL: it had said nothing.
    was_allowed = models.BooleanField(null=True)
    answered_on = models.DateField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    welcomed_on = models.DateField(null=True)
    answer_text = models.TextField(blank=True)
    no_reason = models.CharField(max_length=20, blank=True, choices=[(r, r) for r in NoReason])
    approved_on = models.DateField(null=True)
    # Since when an approval or an agreement that there was stands no more: the weeks of waiting count from then.
    fell_away_on = models.DateField(null=True)
    agreed_on = models.DateField(null=True)
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    agreed_with = models.CharField(max_length=120, blank=True)  # who in the municipality
    moved_in_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    end_cause = models.CharField(max_length=16, blank=True, choices=[(c, c) for c in EndCause])
    end_text = models.TextField(blank=True)

    class Meta:
        db_table = "self_settlement_request"
        indexes = [
            models.Index(fields=["organisation", "state"], name="self_by_municipality"),
            models.Index(fields=["subject"], name="self_by_subject"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subject"], condition=Q(state__in=UNDER_WAY), name="one_self_settlement_under_way"
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="somebody_settles_by_themselves"),
            models.CheckConstraint(
                condition=Q(state="declined", answered_on__isnull=False) & ~Q(no_reason="")
                | ~Q(state="declined") & Q(no_reason=""),
                name="declined_self_settlement_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("asked", "declined", "withdrawn", "lapsed")) | Q(welcomed_on__isnull=False),
                name="welcomed_before_a_home",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("approved", "agreed", "settled")) | Q(approved_on__isnull=False),
                name="approved_has_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("agreed", "settled")) | Q(agreed_on__isnull=False) & ~Q(agreed_with=""),
                name="agreed_with_somebody_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="settled") | Q(moved_in_on__gte=F("agreed_on")), name="moved_in_after_agreement"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("withdrawn", "lapsed"), ended_on__isnull=False) & ~Q(end_cause="")
                | ~Q(state__in=("withdrawn", "lapsed")) & Q(ended_on__isnull=True, end_cause=""),
                name="ended_self_settlement_has_a_cause",
            ),
        ]
        triggers = [workflow_trigger(ASKED)]


class SentHome(models.Model):
    """A home and its rent contract, sent to the municipality to be approved before the contract is signed."""

    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="+")  # the group
    request = models.ForeignKey(SelfSettlement, models.PROTECT, related_name="homes")
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")  # the municipality
    sent_on = models.DateField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    street = models.CharField(max_length=120)
    postal_code = models.CharField(max_length=4)
    landlord_name = models.CharField(max_length=120)
    landlord_contact = models.CharField(max_length=120)
    rooms = models.SmallIntegerField()
    square_metres = models.SmallIntegerField(default=0)  # 0: not known
    persons = models.SmallIntegerField()  # of the household
    others = models.SmallIntegerField(default=0)  # who live there beside them
    is_single_room = models.BooleanField(default=False)
    is_in_landlords_house = models.BooleanField(default=False)
    rent_ore = models.BigIntegerField()  # a month
    deposit_ore = models.BigIntegerField(default=0)
    deposit_by = models.CharField(max_length=12, choices=[(d, d) for d in DepositBy])
    notice_months = models.SmallIntegerField()
    length_months = models.SmallIntegerField(default=0)  # 0: until it is terminated
    starts_on = models.DateField()
    is_signed = models.BooleanField(default=False)
    # Days on which it stands empty and somebody pays (tomgangsleie): until the day they move in.
    empty_rent_by = models.CharField(max_length=12, blank=True, choices=[(p, p) for p in PaidBy])
    empty_from_on = models.DateField(null=True)
    empty_until_on = models.DateField(null=True)
    empty_rent_ore = models.BigIntegerField(default=0)
    # What the municipality had published of it when the home was sent; empty: nothing.
    empty_rent_published = models.CharField(max_length=12, blank=True, choices=[(e, e) for e in EmptyRent])
    outcome = models.CharField(max_length=10, blank=True, choices=[(o, o) for o in HomeOutcome])
    seen_on = models.DateField(null=True)
    seen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    checks = models.JSONField(default=list)  # those that were found good
    must_change = models.TextField(blank=True)

    class Meta:
        db_table = "self_settlement_home"
        indexes = [models.Index(fields=["request"], name="home_by_request")]
        constraints = [
            models.UniqueConstraint(fields=["request"], condition=Q(outcome=""), name="one_home_waits"),
            models.CheckConstraint(
                condition=Q(outcome="", seen_on__isnull=True) | ~Q(outcome="") & Q(seen_on__isnull=False),
                name="seen_home_has_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="approved") | Q(is_signed=False), name="approved_before_it_is_signed"
            ),
            models.CheckConstraint(condition=~Q(outcome="to_change") | ~Q(must_change=""), name="change_says_what"),
            models.CheckConstraint(
                condition=Q(rooms__gt=0, persons__gt=0, others__gte=0, square_metres__gte=0), name="home_has_a_size"
            ),
            models.CheckConstraint(
                condition=Q(rent_ore__gte=0, deposit_ore__gte=0, notice_months__gte=0, length_months__gte=0),
                name="contract_is_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(deposit_ore=0, deposit_by="none") | Q(deposit_ore__gt=0) & ~Q(deposit_by="none"),
                name="somebody_pays_the_deposit",
            ),
            models.CheckConstraint(
                condition=Q(empty_rent_by="", empty_from_on=None, empty_until_on=None, empty_rent_ore=0)
                | Q(empty_from_on__gte=F("starts_on"), empty_until_on__gt=F("empty_from_on"), empty_rent_ore__gt=0)
                & ~Q(empty_rent_by=""),
                name="somebody_pays_for_empty_days",
            ),
            models.CheckConstraint(condition=Q(postal_code__regex=r"^[0-9]{4}$"), name="sent_home_postal_code"),
        ]
