"""Storage: the case of a group, what it needs, and the notes on it. Fenced."""

from datetime import date

from django.db import models
from django.db.models import Q

from fotfeste.platform.facts import Fact, PeriodFact
from fotfeste.platform.public_ids import new_reference
from fotfeste.platform.states import workflow_trigger
from fotfeste.settlement.domain.states import CASE
from fotfeste.settlement.domain.types import Capability, ClosingReason


class SettlementCase(models.Model):
    """A group's way to a municipality (bosettingssak). `subject` is the placement group's."""

    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="settlement_cases")
    state = models.CharField(max_length=24, default=CASE.initial, choices=[(s, s) for s in CASE.states])
    due_since_on = models.DateField()  # the permit's day; before there is one, the alert's. The goals count from here
    alerted_on = models.DateField(null=True)  # the centre was asked to hold the interview before the decision
    waits_for_decision = models.BooleanField(default=False)  # after an alert: nobody in the household has a permit
    state_since_on = models.DateField()
    centre = models.ForeignKey("directory.Organisation", models.PROTECT, null=True, related_name="+")
    # Days, not claims: nobody has to do anything on the day that somebody turns 18. A cache of who belongs to it.
    minors_until_on = models.DateField(null=True)  # the youngest comes of age; until then the goal is shorter
    unaccompanied_until_on = models.DateField(null=True)  # NULL: nobody came alone
    size = models.SmallIntegerField()
    # Which assessment of the household this is: one more whenever its interview is supplemented or its answers are
    # corrected, or IMDi adds or ends a need. A municipality that will not be asked until then is asked again (SET-07).
    assessment = models.SmallIntegerField(default=1)
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
            models.CheckConstraint(
                condition=Q(waits_for_decision=False)
                | Q(alerted_on__isnull=False, state__in=["interview_due", "queued", "closed"]),
                name="no_municipality_before_the_decision",
            ),
        ]
        triggers = [workflow_trigger(CASE)]

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
