"""Storage: what the travel agent is told, what came between, and what an own car is refunded. Fenced."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from fotfeste.platform.facts import Fact
from fotfeste.platform.states import workflow_trigger
from fotfeste.settlement.domain.states_travel import BOOKING, CAR_CLAIM
from fotfeste.settlement.domain.types import BookingChannel, BookingKind, InterruptionKind
from fotfeste.settlement.models.case import SettlementCase
from fotfeste.settlement.models.journey import Journey

_KEPT_TEXT = pgtrigger.Trigger(
    name="what_is_sent_stays",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func="""
        IF OLD.state <> 'drafted' AND NOT (SELECT rolbypassrls FROM pg_roles WHERE rolname = current_user) AND (
            to_jsonb(NEW) - ARRAY['state', 'answered_on', 'answered_by_id', 'agent_reference', 'prices', 'answer_text']
        ) IS DISTINCT FROM (
            to_jsonb(OLD) - ARRAY['state', 'answered_on', 'answered_by_id', 'agent_reference', 'prices', 'answer_text']
        ) THEN
            RAISE EXCEPTION 'what is sent is not changed' USING ERRCODE = '23514', CONSTRAINT = 'what_is_sent_stays';
        END IF;
        RETURN NEW;
    """,
)
_NEVER_DELETED = pgtrigger.Trigger(
    name="what_is_told_is_kept",
    when=pgtrigger.Before,
    operation=pgtrigger.Delete,
    func="""
        IF NOT (SELECT rolbypassrls FROM pg_roles WHERE rolname = current_user) THEN
            RAISE EXCEPTION 'it is kept' USING ERRCODE = '23514', CONSTRAINT = 'what_is_told_is_kept';
        END IF;
        RETURN OLD;
    """,
)
# Whatever is paid brings the whole to what is owed: the same money cannot be paid twice, whoever writes the row.
_PAID_ONCE = pgtrigger.Trigger(
    name="a_car_is_paid_once",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    func="""
        IF NEW.owed_ore NOT IN (0, (
            SELECT coalesce(
                (j.persons_in_car - j.children_in_car - j.infants_in_car) * j.ticket_price_ore
                + j.children_in_car * j.child_price_ore + j.infants_in_car * j.infant_price_ore, 0
            ) FROM settlement_journey j WHERE j.id = NEW.journey_id
        )) OR NEW.owed_ore <> (
            SELECT sum(c.amount_ore) FROM settlement_carclaim c WHERE c.case_id = NEW.case_id
        ) THEN
            RAISE EXCEPTION 'more or less than is owed' USING ERRCODE = '23514', CONSTRAINT = 'a_car_is_paid_once';
        END IF;
        RETURN NULL;
    """,
)
_AMOUNT_STAYS = pgtrigger.Trigger(
    name="what_is_paid_stays",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func="""
        IF (NEW.case_id, NEW.journey_id, NEW.number, NEW.amount_ore, NEW.owed_ore, NEW.paid_on, NEW.organisation_id)
           IS DISTINCT FROM (
               OLD.case_id, OLD.journey_id, OLD.number, OLD.amount_ore, OLD.owed_ore, OLD.paid_on, OLD.organisation_id
           ) THEN
            RAISE EXCEPTION 'what is paid is not changed' USING ERRCODE = '23514', CONSTRAINT = 'what_is_paid_stays';
        END IF;
        RETURN NEW;
    """,
)
# What UDI has said no to is kept when it is asked once more, and what is asked is fixed by that alone.
_DENIALS_STAY = pgtrigger.Trigger(
    name="a_denial_stays",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func="""
        IF OLD.state = 'denied' AND NEW.state = 'sent' THEN
            IF jsonb_array_length(NEW.denials) <> jsonb_array_length(OLD.denials) + 1
               OR NEW.denials - -1 <> OLD.denials OR NEW.asked_ore IS NULL OR NEW.resend_text = '' THEN
                RAISE EXCEPTION 'a denial stays' USING ERRCODE = '23514', CONSTRAINT = 'a_denial_stays';
            END IF;
        ELSIF NOT (SELECT rolbypassrls FROM pg_roles WHERE rolname = current_user)
              AND (NEW.denials, NEW.asked_ore, NEW.resent_after, NEW.resend_text)
                  IS DISTINCT FROM (OLD.denials, OLD.asked_ore, OLD.resent_after, OLD.resend_text) THEN
            RAISE EXCEPTION 'a denial stays' USING ERRCODE = '23514', CONSTRAINT = 'a_denial_stays';
        END IF;
        RETURN NEW;
    """,
)


class BookingMessage(models.Model):
    """A message to the travel agent (reisebyrå): booking, change or cancellation, sent by the centre by e-mail or
    telephone and registered here. What is sent stays as it is; a change is a message of its own.
    """

    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="+")  # the group
    case = models.ForeignKey(SettlementCase, models.PROTECT, related_name="booking_messages")
    journey = models.ForeignKey(Journey, models.PROTECT, related_name="booking_messages")
    number = models.SmallIntegerField()
    kind = models.CharField(max_length=12, choices=[(k, k) for k in BookingKind])
    state = models.CharField(max_length=12, default=BOOKING.initial, choices=[(s, s) for s in BOOKING.states])
    content = models.JSONField(default=dict)  # what the text is made from: by it we know what the agent knows
    text = models.TextField()
    written_on = models.DateField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=8, blank=True, choices=[(c, c) for c in BookingChannel])
    sent_to = models.CharField(max_length=120, blank=True)
    sent_on = models.DateField(null=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_on = models.DateField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    agent_reference = models.CharField(max_length=60, blank=True)
    prices = models.JSONField(default=list)  # in øre, of each leg of the message; null where it was not said
    answer_text = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="a_booking_message_once"),
            models.UniqueConstraint(fields=["case"], condition=Q(state="drafted"), name="one_booking_draft"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(state__in=["sent", "confirmed"]), name="one_living_booking"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["drafted", "dropped"], sent_on__isnull=True, channel="")
                | ~Q(state__in=["drafted", "dropped"]) & Q(sent_on__isnull=False) & ~Q(channel=""),
                name="a_sent_booking_has_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | ~Q(agent_reference="") | Q(kind="cancellation"),
                name="a_confirmed_booking_has_a_reference",
            ),
            models.CheckConstraint(condition=~Q(state="failed") | ~Q(answer_text=""), name="a_failed_booking_says_why"),
            models.CheckConstraint(condition=~Q(text=""), name="a_booking_says_something"),
        ]
        triggers = [workflow_trigger(BOOKING), _KEPT_TEXT, _NEVER_DELETED]


class Interruption(Fact):
    """What came between the agreed journey and its day, and what became of it: another day, or none yet."""

    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="+")  # the group
    case = models.ForeignKey(SettlementCase, models.PROTECT, related_name="interruptions")
    journey = models.ForeignKey(Journey, models.PROTECT, related_name="interruptions")
    kind = models.CharField(max_length=12, choices=[(k, k) for k in InterruptionKind])
    text = models.TextField(blank=True)
    happened_on = models.DateField()
    was_on = models.DateField()  # the day that was agreed
    new_on = models.DateField(null=True)  # the day that it was moved to; null where there was none yet

    class Meta(Fact.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(new_on__isnull=True) | Q(new_on__gte=F("happened_on")), name="moved_to_a_later_day"
            ),
            models.CheckConstraint(condition=~Q(kind="other") | ~Q(text=""), name="an_interruption_says_what"),
        ]


class CarClaim(models.Model):
    """What the centre has paid residents for driving themselves, and asks of UDI (direkte refunderbar ytelse, TRV-03).

    `amount_ore` is the difference to what was paid before: less than nothing where residents have paid back. What of it
    is between the centre and UDI is computed (`udis_shares`).
    """

    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="+")  # the group
    case = models.ForeignKey(SettlementCase, models.PROTECT, related_name="car_claims")
    journey = models.ForeignKey(Journey, models.PROTECT, related_name="car_claims")
    number = models.SmallIntegerField()
    state = models.CharField(max_length=12, default=CAR_CLAIM.initial, choices=[(s, s) for s in CAR_CLAIM.states])
    amount_ore = models.BigIntegerField()
    owed_ore = models.BigIntegerField()  # for the whole journey, by its persons and prices on the day of payment
    # The centre that paid, which UDI refunds, wherever they live later; null where it was not written down.
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, null=True, related_name="+")
    paid_on = models.DateField()
    paid_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    sent_on = models.DateField(null=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decision_text = models.TextField(blank=True)
    denial_seen_on = models.DateField(null=True)  # by who is asked about it; null again when it is sent once more
    refunded_on = models.DateField(null=True)
    refunded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    refunded_ore = models.BigIntegerField(null=True)  # what passed between the centre and UDI; to UDI below nothing
    # Sent once more after a denial: what is asked then, in øre, why, and after which claim of the case it has its turn.
    asked_ore = models.BigIntegerField(null=True)
    resent_after = models.SmallIntegerField(null=True)
    resend_text = models.TextField(blank=True)
    # What UDI has denied before, the oldest first: sent_on, why it was sent,, decided_on, decided_by, text.
    denials = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="a_car_claim_once"),
            models.CheckConstraint(
                condition=Q(refunded_ore__isnull=True)
                | Q(state="refunded", amount_ore__gt=0, refunded_ore__gte=0, refunded_ore__lte=F("amount_ore"))
                | Q(state="refunded", amount_ore__lt=0, refunded_ore__lte=0, refunded_ore__gte=F("amount_ore")),
                name="no_more_is_refunded_than_paid",
            ),
            models.CheckConstraint(
                condition=Q(asked_ore__isnull=True, resent_after__isnull=True)
                | Q(asked_ore__gt=0, asked_ore__lte=F("amount_ore"), resent_after__isnull=False),
                name="no_more_is_asked_than_paid",
            ),
            models.CheckConstraint(condition=~Q(amount_ore=0) & Q(owed_ore__gte=0), name="a_car_claim_is_of_money"),
            models.CheckConstraint(
                condition=Q(state="paid_out", sent_on__isnull=True) | ~Q(state="paid_out") & Q(sent_on__isnull=False),
                name="a_sent_car_claim_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["paid_out", "sent"], decided_on__isnull=True)
                | ~Q(state__in=["paid_out", "sent"]) & Q(decided_on__isnull=False),
                name="a_decided_car_claim_has_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="denied") | ~Q(decision_text=""), name="a_denied_car_claim_says_why"
            ),
            models.CheckConstraint(
                condition=Q(state="refunded", refunded_on__isnull=False)
                | ~Q(state="refunded") & Q(refunded_on__isnull=True),
                name="a_refunded_car_claim_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(denial_seen_on__isnull=True) | Q(state="denied", denial_seen_on__gte=F("decided_on")),
                name="a_denial_is_seen_when_it_is_there",
            ),
        ]
        triggers = [workflow_trigger(CAR_CLAIM), _PAID_ONCE, _AMOUNT_STAYS, _DENIALS_STAY, _NEVER_DELETED]
