"""Storage: the case of a group from the permit to the municipality. Fenced, but for municipal figures."""

from datetime import date

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from fotfeste.platform.facts import Fact, PeriodFact, draft_triggers
from fotfeste.platform.public_ids import new_reference
from fotfeste.platform.states import workflow_trigger
from fotfeste.settlement.domain.states import CASE, OFFER, REQUEST
from fotfeste.settlement.domain.types import (
    AnswerOutcome,
    ApprovalOutcome,
    Capability,
    ClosingReason,
    DeclineReason,
    InformationMode,
    OwnTalk,
    Payer,
    Question,
    TravelMode,
    WithdrawalReason,
)


class MunicipalityYear(models.Model):
    """IMDi's request and the council's decision for a year (anmodning og vedtak, SET-10). NULL: not published."""

    municipality = models.ForeignKey("directory.Municipality", models.PROTECT, related_name="settlement_years")
    year = models.SmallIntegerField()
    requested = models.IntegerField(null=True)
    decided = models.IntegerField(null=True)
    requested_minors = models.IntegerField(null=True)  # of whom unaccompanied minors
    decided_minors = models.IntegerField(null=True)
    source = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "year"], name="one_row_per_municipality_year")]


class MunicipalityCapability(PeriodFact):
    """What a municipality says that it can offer, for a period (SET-10)."""

    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="capabilities")
    capability = models.CharField(max_length=24, choices=[(c, c) for c in Capability])
    is_offered = models.BooleanField(default=True)  # False: said that they cannot; no row: has not said
    source = models.CharField(max_length=120)

    class Meta(PeriodFact.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "capability"],
                condition=Q(annulled_at__isnull=True, period__endswith__isnull=True),
                name="one_open_capability",
            )
        ]


class SettlementCase(models.Model):
    """A group's way to a municipality (bosettingssak). `subject` is the placement group's."""

    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="settlement_cases")
    state = models.CharField(max_length=24, default=CASE.initial, choices=[(s, s) for s in CASE.states])
    due_since_on = models.DateField()  # the permit's day; before there is one, the alert's. The goals count from here
    alerted_on = models.DateField(null=True)  # the centre was asked to hold the interview before the decision
    state_since_on = models.DateField()
    centre = models.ForeignKey("directory.Organisation", models.PROTECT, null=True, related_name="+")
    # Days, not claims: nobody has to do anything on the day that somebody turns 18. A cache of who belongs to it.
    minors_until_on = models.DateField(null=True)  # the youngest comes of age; until then the goal is shorter
    unaccompanied_until_on = models.DateField(null=True)  # NULL: nobody came alone
    size = models.SmallIntegerField()
    closing_reason = models.CharField(max_length=12, blank=True, choices=[(r, r) for r in ClosingReason])
    closing_text = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "due_since_on"], name="case_by_state"),
            models.Index(fields=["subject"], name="case_by_subject"),
            models.Index(fields=["state_since_on"], name="case_by_last_step"),
            models.Index(
                fields=["centre", "due_since_on"],
                name="open_case_by_centre",
                condition=~Q(state__in=["refused", "settled", "closed"]),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subject"],
                condition=~Q(state__in=["refused", "settled", "closed"]),
                name="one_open_case_per_group",
            ),
            models.CheckConstraint(
                condition=Q(state="closed") | Q(closing_reason="", closing_text=""),
                name="only_a_closed_case_has_a_reason",
            ),
        ]
        triggers = [workflow_trigger(CASE)]

    @property
    def waits_for_decision(self) -> bool:
        """Whether the case was opened before there was a permit, and there is none yet."""
        return self.alerted_on is not None and self.alerted_on == self.due_since_on

    @property
    def interview_from_on(self) -> date:
        """The first day on which the interview can be held: the permit's, or that of an earlier alert."""
        return min(self.due_since_on, self.alerted_on or self.due_since_on)

    def has_minors_on(self, day: date) -> bool:
        """Whether somebody of them is a minor on a day."""
        return self.minors_until_on is not None and day < self.minors_until_on

    def is_unaccompanied_on(self, day: date) -> bool:
        """Whether it is an unaccompanied minor's on a day: who came alone is not of age, and no adult is there."""
        return self.unaccompanied_until_on is not None and day < self.unaccompanied_until_on


class InformationGiven(Fact):
    """Information before the interview: to whom, how, in what language, by whom (SET-02)."""

    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="+")  # the person
    case = models.ForeignKey(SettlementCase, models.PROTECT, related_name="information")
    mode = models.CharField(max_length=12, choices=[(m, m) for m in InformationMode])
    language = models.CharField(max_length=3)
    given_on = models.DateField()
    given_by_name = models.CharField(max_length=120)
    with_interpreter = models.BooleanField(default=False)

    class Meta(Fact.Meta):
        pass


class Interview(models.Model):
    """A group's settlement interview (bosettingssamtale): invitation, interpreter, held."""

    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="+")  # the group
    case = models.OneToOneField(SettlementCase, models.PROTECT, related_name="interview")
    planned_at = models.DateTimeField(null=True)
    place = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=3, blank=True)
    interpreter = models.CharField(max_length=12, default="not_booked")  # not_needed, not_booked, booked, came_not
    invited_on = models.DateField(null=True)
    leaflet_language = models.CharField(max_length=3, blank=True)
    held_on = models.DateField(null=True)
    held_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    supplementing = models.JSONField(default=list)  # subjects of those who came later and are to be asked now

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(interpreter__in=["not_needed", "not_booked", "booked", "came_not"]),
                name="interpreter_state_known",
            )
        ]


# What is typed while the interview is not finished, of those who are asked in it: the application overwrites it.
_IS_DRAFT = """EXISTS (
        SELECT 1 FROM settlement_interview i
        WHERE i.id = OLD.interview_id AND (i.held_on IS NULL OR i.supplementing @> to_jsonb(OLD.subject_id))
    )"""


class MappingNote(Fact):
    """Bosettingsmerknad: what of an unaccompanied minor's individual mapping bears on settlement (SET-06).

    Each minor's own, siblings' too; a draft until the interview is finished, as answers are. For the centre where they
    live and IMDi, nobody else: what a municipality is told, IMDi passes on.
    """

    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="+")  # the minor
    interview = models.ForeignKey(Interview, models.PROTECT, related_name="mapping_notes")
    text = models.TextField()

    class Meta(Fact.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["interview", "subject"],
                condition=Q(annulled_at__isnull=True),
                name="one_mapping_note_per_minor",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="a_mapping_note_says_something"),
        ]
        triggers = draft_triggers(_IS_DRAFT)


class Participant(Fact):
    """A person in the interview: took part, was heard; a child over 12 and its own talk."""

    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="+")
    interview = models.ForeignKey(Interview, models.PROTECT, related_name="participants")
    took_part = models.BooleanField(default=True)
    was_heard = models.BooleanField(default=False)  # a child: heard and told of what concerns it
    own_talk = models.CharField(max_length=12, choices=[(t, t) for t in OwnTalk], default=OwnTalk.NOT_OFFERED)
    accompanied_by = models.CharField(max_length=160, blank=True)  # who was with an unaccompanied minor

    class Meta(Fact.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["interview", "subject"],
                condition=Q(annulled_at__isnull=True),
                name="a_participant_once",
            )
        ]


class Answer(Fact):
    """A person's answer to one of the five questions, or that they declined (SET-03, SET-04).

    A draft until the interview is finished: overwritten in place, and deleted when taken back. Then a fact.
    `content` has the fields of the question (domain/interview.py checks them).
    """

    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="+")
    interview = models.ForeignKey(Interview, models.PROTECT, related_name="answers")
    question = models.CharField(max_length=12, choices=[(q, q) for q in Question])
    outcome = models.CharField(max_length=10, choices=[(o, o) for o in AnswerOutcome])
    content = models.JSONField(default=dict)
    consequence_explained = models.BooleanField(default=False)  # of not answering

    class Meta(Fact.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["interview", "subject", "question"],
                condition=Q(annulled_at__isnull=True),
                name="one_answer_per_question",
            ),
            models.CheckConstraint(condition=~Q(outcome="declined") | Q(content={}), name="declined_has_no_content"),
            models.CheckConstraint(
                condition=Q(consequence_explained=False) | Q(outcome="declined"), name="declined_knows_consequence"
            ),
        ]
        triggers = draft_triggers(_IS_DRAFT)


class SettlementNote(Fact):
    """Intern bosettingsmerknad: what became known after the interview (GUIDE 1.5), and what IMDi passes on.

    A municipality sees only what IMDi passes on, a note of IMDi's own (SET-06; the fence holds it, and lets nobody
    but IMDi write one).
    """

    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="+")  # the group
    case = models.ForeignKey(SettlementCase, models.PROTECT, related_name="notes")
    text = models.TextField()
    is_passed_on = models.BooleanField(default=False)

    class Meta(Fact.Meta):
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="a_note_says_something")]


class CaseNeed(PeriodFact):
    """What the group needs in its municipality: derived from the answers, added and ended by IMDi afterwards."""

    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="+")  # the group
    case = models.ForeignKey(SettlementCase, models.PROTECT, related_name="needs")
    capability = models.CharField(max_length=24, choices=[(c, c) for c in Capability])

    class Meta(PeriodFact.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["case", "capability"], condition=Q(annulled_at__isnull=True), name="a_need_once"
            )
        ]


class SettlementRequest(models.Model):
    """IMDi asks a municipality to settle a group (forespørsel, SET-07). The deadline is computed on read."""

    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="+")  # the group
    case = models.ForeignKey(SettlementCase, models.PROTECT, related_name="requests")
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="settlement_requests")
    state = models.CharField(max_length=12, default=REQUEST.initial, choices=[(s, s) for s in REQUEST.states])
    size = models.SmallIntegerField()
    sent_on = models.DateField()
    wanted_week = models.CharField(max_length=8, blank=True)  # 2024-W12
    message = models.TextField(blank=True)
    reasoning = models.TextField(blank=True)  # why this municipality although it does not seem to fit; IMDi's own
    answered_on = models.DateField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    possible_week = models.CharField(max_length=8, blank=True)
    confirmed = models.JSONField(default=list)  # capabilities the municipality confirmed
    decline_reason = models.CharField(max_length=20, blank=True, choices=[(r, r) for r in DeclineReason])
    answer_text = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "state", "id"], name="request_by_municipality"),
            models.Index(fields=["case"], name="promised_request", condition=Q(state__in=["open", "accepted"])),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state__in=["open", "accepted", "fulfilled"]),
                # Who has settled how many in a year is read from here alone.
                include=["organisation", "size", "state"],
                name="one_living_request_per_case",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(decline_reason=""), name="declined_request_has_a_reason"
            ),
        ]
        triggers = [workflow_trigger(REQUEST)]


class Offer(models.Model):
    """The decision and the one offer to a group (SET-07, SET-08): municipality and week of settlement."""

    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="+")  # the group
    case = models.ForeignKey(SettlementCase, models.PROTECT, related_name="offers")
    request = models.OneToOneField(SettlementRequest, models.PROTECT, related_name="offer")
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="offers")
    week = models.CharField(max_length=8)
    size = models.SmallIntegerField()
    persons = models.JSONField(default=list)  # subjects of those whom it is for: a person gets one offer (SET-08)
    state = models.CharField(max_length=12, default=OFFER.initial, choices=[(s, s) for s in OFFER.states])
    decided_on = models.DateField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reasoning = models.TextField(blank=True)
    answered_on = models.DateField(null=True)
    answered_by_names = models.CharField(max_length=200, blank=True)
    guardian_name = models.CharField(max_length=160, blank=True)  # who was there when an unaccompanied minor answered
    consequences_shown = models.BooleanField(default=False)
    answer_language = models.CharField(max_length=3, blank=True)
    withdrawn_on = models.DateField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawal_reason = models.CharField(max_length=24, blank=True, choices=[(r, r) for r in WithdrawalReason])
    withdrawal_text = models.TextField(blank=True)
    told_on = models.DateField(null=True)  # the household was told that it was withdrawn

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "state"], name="offer_by_municipality"),
            GinIndex(fields=["persons"], name="offer_by_person", opclasses=["jsonb_path_ops"]),
        ]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=~Q(state="withdrawn"), name="one_living_offer_per_case"),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_on__isnull=False) & ~Q(withdrawal_reason="")
                | ~Q(state="withdrawn") & Q(withdrawn_on__isnull=True, withdrawal_reason="", told_on__isnull=True),
                name="withdrawn_offer_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | Q(consequences_shown=True),
                name="declined_knowing_the_consequences",
            ),
        ]
        triggers = [workflow_trigger(OFFER)]


class TravelApproval(models.Model):
    """UDI is asked in writing to approve a journey that is not by public transport, and answers (TRV-02)."""

    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="+")  # the group
    case = models.ForeignKey(SettlementCase, models.PROTECT, related_name="travel_approvals")
    offer = models.ForeignKey(Offer, models.PROTECT, related_name="travel_approvals")  # lapses with it
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
            models.UniqueConstraint(fields=["offer"], condition=Q(outcome=""), name="one_open_travel_question"),
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
    offer = models.OneToOneField(Offer, models.PROTECT, related_name="journey")  # is cancelled with it
    travels_on = models.DateField()
    agreed_with = models.CharField(max_length=120)
    agreed_on = models.DateField()
    hub = models.CharField(max_length=120, blank=True)  # knutepunkt; none where they drive their own car
    receiver = models.CharField(max_length=160, blank=True)  # who meets them at the hub
    booking_reference = models.CharField(max_length=60, blank=True)
    minutes = models.IntegerField()  # the whole way
    has_food = models.BooleanField(default=False)
    luggage_pieces = models.SmallIntegerField(default=2)  # per person
    is_own_car = models.BooleanField(default=False)
    persons_in_car = models.SmallIntegerField(null=True)
    ticket_price_ore = models.BigIntegerField(null=True)  # public transport, per person: what a car is refunded by
    self_declaration_signed_on = models.DateField(null=True)
    green_card_valid_until = models.DateField(null=True)
    approval = models.ForeignKey(TravelApproval, models.PROTECT, null=True, related_name="+")
    note = models.TextField(blank=True)
    arrived_on = models.DateField(null=True)  # the municipality has received them
    missed_on = models.DateField(null=True)  # the municipality has told that they never came
    missed_text = models.TextField(blank=True)  # what it knows of why; they may come later all the same

    class Meta:
        constraints = [
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
                    self_declaration_signed_on__lte=models.F("travels_on"),
                    green_card_valid_until__gte=models.F("travels_on"),
                ),
                name="own_car_has_its_papers",
            ),
            models.CheckConstraint(condition=Q(is_own_car=True) | ~Q(hub=""), name="a_journey_has_a_hub"),
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
    price_ore = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["journey", "number"], name="a_leg_once"),
            models.CheckConstraint(
                condition=Q(price_ore__isnull=True) | Q(price_ore__gte=0), name="price_not_negative"
            ),
            models.CheckConstraint(condition=Q(mode__in=[str(m) for m in TravelMode]), name="travel_mode_known"),
            models.CheckConstraint(condition=Q(payer__in=[str(p) for p in Payer]), name="payer_known"),
        ]


class Withdrawal(models.Model):
    """What a municipality is told when what it had with a household ends otherwise than by its own answer.

    It sees the household no more: this says which request, by its number and the day it was sent, and nothing of the
    people. The fence shows it to that municipality without a need to know.
    """

    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="+")  # the group
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")  # the municipality
    request_number = models.CharField(max_length=12)  # the request's own reference
    sent_on = models.DateField()
    came_to = models.CharField(max_length=24, choices=[(s, s) for s in CASE.states])  # the case, when it ended
    cause = models.CharField(max_length=60)  # the event that it follows from
    withdrawn_on = models.DateField()
    withdrawn_by = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["organisation", "subject"], name="withdrawal_by_municipality")]
        constraints = [
            models.CheckConstraint(
                condition=Q(seen_at__isnull=True, seen_by__isnull=True) | Q(seen_at__isnull=False),
                name="seen_withdrawal_has_a_time",
            )
        ]
