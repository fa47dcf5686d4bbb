"""Storage: the journey to the municipality, and UDI's approval of how. Fenced."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from fotfeste.settlement.domain.types import ApprovalOutcome, CarInsurance, Payer, TravelMode
from fotfeste.settlement.models.case import SettlementCase
from fotfeste.settlement.models.offer import Offer
from fotfeste.settlement.models.request import SettlementRequest

# What a journey rests on: the offer that they said yes to, or the request that IMDi agreed for what they found
# themselves. One of the two.
_RESTS_ON_ONE = Q(offer__isnull=False, request__isnull=True) | Q(offer__isnull=True, request__isnull=False)


class TravelApproval(models.Model):
    """UDI is asked in writing to approve a journey that is not by public transport, and answers (TRV-02)."""

    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="+")  # the group
    case = models.ForeignKey(SettlementCase, models.PROTECT, related_name="travel_approvals")
    # It lapses with what it rests on.
    offer = models.ForeignKey(Offer, models.PROTECT, null=True, related_name="travel_approvals")
    request = models.ForeignKey(SettlementRequest, models.PROTECT, null=True, related_name="travel_approvals")
    modes = models.JSONField(default=list)  # the ways of travelling that are asked for: an answer holds for these
    explanation = models.TextField()  # why public transport will not do
    asked_on = models.DateField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=10, blank=True, choices=[(o, o) for o in ApprovalOutcome])
    answered_on = models.DateField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    udi_reference = models.CharField(max_length=60, blank=True)
    answer_text = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "request"],
                condition=Q(outcome=""),
                nulls_distinct=False,
                name="one_open_travel_question",
            ),
            models.CheckConstraint(condition=_RESTS_ON_ONE, name="a_travel_question_rests_on_one_thing"),
            models.CheckConstraint(
                condition=Q(outcome="", answered_on__isnull=True) | ~Q(outcome="") & Q(answered_on__isnull=False),
                name="answered_travel_question_has_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="approved") | ~Q(udi_reference=""), name="travel_approval_is_written"
            ),
        ]


class Journey(models.Model):
    """The journey to the municipality (TRV-01..03): date agreed with a contact person, hub, luggage, food."""

    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="+")  # the group
    case = models.ForeignKey(SettlementCase, models.PROTECT, related_name="journeys")
    offer = models.OneToOneField(Offer, models.PROTECT, null=True, related_name="journey")  # is cancelled with it
    # Agreed self-settlement has no offer before they move in: the request that IMDi agreed (SET-13).
    request = models.OneToOneField(SettlementRequest, models.PROTECT, null=True, related_name="journey")
    cancelled_on = models.DateField(null=True)  # of such a request: when it came to nothing
    travels_on = models.DateField()
    agreed_with = models.CharField(max_length=120)
    agreed_on = models.DateField()
    hub = models.CharField(max_length=120, blank=True)  # knutepunkt; none where they drive their own car
    receiver = models.CharField(max_length=160, blank=True)  # who meets them at the hub
    booking_reference = models.CharField(max_length=60, blank=True)
    minutes = models.IntegerField()  # the whole way: from the times of its legs where they are known
    has_food = models.BooleanField(default=False)
    luggage_pieces = models.SmallIntegerField(default=2)  # per person
    luggage_checked_on = models.DateField(null=True)  # the centre has asked the carriers what the limit is
    is_own_car = models.BooleanField(default=False)
    persons_in_car = models.SmallIntegerField(null=True)
    ticket_price_ore = models.BigIntegerField(null=True)  # public transport, per person: what a car is refunded by
    # Of the persons in it those who would have had another fare.
    children_in_car = models.SmallIntegerField(default=0, db_default=0)
    child_price_ore = models.BigIntegerField(default=0, db_default=0)
    infants_in_car = models.SmallIntegerField(default=0, db_default=0)
    infant_price_ore = models.BigIntegerField(default=0, db_default=0)
    car_insurance = models.CharField(
        max_length=12, blank=True, default="", db_default="", choices=[(i, i) for i in CarInsurance]
    )
    customs_issued_on = models.DateField(null=True)  # when customs issued the insurance; its last day is computed
    self_declaration_signed_on = models.DateField(null=True)
    green_card_valid_until = models.DateField(null=True)
    approval = models.ForeignKey(TravelApproval, models.PROTECT, null=True, related_name="+")
    note = models.TextField(blank=True)
    postponed_on = models.DateField(null=True)  # since when it has no day: `travels_on` is then the day that was
    arrived_on = models.DateField(null=True)  # the municipality has received them
    missed_on = models.DateField(null=True)  # the municipality has told that they never came
    missed_text = models.TextField(blank=True)  # what it knows of why; they may come later all the same

    class Meta:
        constraints = [
            models.CheckConstraint(condition=_RESTS_ON_ONE, name="a_journey_rests_on_one_thing"),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(request__isnull=False, cancelled_on__isnull=True),
                name="one_journey_of_their_own",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_on__isnull=True) | Q(request__isnull=False), name="an_offers_journey_goes_with_it"
            ),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="a_journey_takes_time"),
            models.CheckConstraint(condition=Q(luggage_pieces__gte=0), name="luggage_not_negative"),
            models.CheckConstraint(
                condition=Q(ticket_price_ore__isnull=True) | Q(ticket_price_ore__gte=0),
                name="ticket_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(is_own_car=False)
                | Q(
                    persons_in_car__isnull=False,
                    persons_in_car__gt=0,
                    ticket_price_ore__isnull=False,
                    self_declaration_signed_on__isnull=False,
                    green_card_valid_until__isnull=False,
                    self_declaration_signed_on__lte=F("travels_on"),
                    green_card_valid_until__gte=F("travels_on"),
                ),
                name="own_car_has_its_papers",
            ),
            models.CheckConstraint(condition=Q(is_own_car=True) | ~Q(hub=""), name="a_journey_has_a_hub"),
            models.CheckConstraint(
                condition=Q(children_in_car__gte=0, infants_in_car__gte=0, child_price_ore__gte=0)
                & Q(infant_price_ore__gte=0)
                & (
                    Q(children_in_car=0, infants_in_car=0)
                    | Q(persons_in_car__gte=F("children_in_car") + F("infants_in_car"))
                ),
                name="children_are_among_those_in_the_car",
            ),
            models.CheckConstraint(
                condition=~Q(car_insurance="customs") | Q(customs_issued_on__isnull=False),
                name="customs_insurance_has_a_day",
            ),
        ]


class JourneyLeg(models.Model):
    """One leg of a journey, in order, and who pays it."""

    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="+")  # the group
    journey = models.ForeignKey(Journey, models.CASCADE, related_name="legs")
    number = models.SmallIntegerField()
    mode = models.CharField(max_length=12)
    start = models.CharField(max_length=120)
    end = models.CharField(max_length=120)
    payer = models.CharField(max_length=12)
    operator = models.CharField(max_length=60, blank=True, default="", db_default="")  # the carrier: whose luggage rule
    price_ore = models.BigIntegerField(null=True)
    departs_at = models.DateTimeField(null=True)
    arrives_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["journey", "number"], name="a_leg_once"),
            models.CheckConstraint(
                condition=Q(departs_at__isnull=True) | Q(arrives_at__isnull=True) | Q(arrives_at__gt=F("departs_at")),
                name="a_leg_arrives_after_it_leaves",
            ),
            models.CheckConstraint(
                condition=Q(price_ore__isnull=True) | Q(price_ore__gte=0), name="price_not_negative"
            ),
            models.CheckConstraint(condition=Q(mode__in=[str(m) for m in TravelMode]), name="travel_mode_known"),
            models.CheckConstraint(condition=Q(payer__in=[str(p) for p in Payer]), name="payer_known"),
        ]
