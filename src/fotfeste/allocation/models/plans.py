"""Storage: plans as snapshots of what they rest on, and what each proposes for a household.

A plan has no people in it: IMDi's own. Its proposals are about households, and fenced like everything about them; no
number of the plan tells how many there are, so that whoever sees fewer is told nothing of the others.
"""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from fotfeste.allocation.domain.states import PLAN
from fotfeste.allocation.models.ordered import Ordered, kept
from fotfeste.kernel.calendar import Week, legal_day
from fotfeste.platform.states import workflow_trigger

# What was computed is written once, with the step that ends the computing; afterwards only the state changes.
_PLAN_CHANGED = """OLD.state <> 'computing'
       AND (to_jsonb(NEW) - 'state') IS DISTINCT FROM (to_jsonb(OLD) - 'state')"""

# It is sent once. The owner takes out why, when that is to be forgotten.
_PROPOSAL_CHANGED = """NOT (SELECT rolbypassrls FROM pg_roles WHERE rolname = current_user)
       AND (OLD.request_id IS NOT NULL
            OR (to_jsonb(NEW) - ARRAY['request_id', 'sent_despite'])
               IS DISTINCT FROM (to_jsonb(OLD) - ARRAY['request_id', 'sent_despite']))"""


class Plan(Ordered):
    """One plan (fordelingsplan): asked for, computed by a job, and kept as it was then.

    `arrays` are the solver's numbers and `certificate` what shows how good the plan is: NumPy files without people,
    whose rows are the proposals' places and whose columns `columns` names, with the persons that each municipality had
    room for. `worth` are points, summed over persons, as the pages show them; `objective` is the same, less what the
    places cost that are held for who is expected. `closed` are the keys of the municipalities' closings that held;
    `curve` what other weights of spread would have given.
    """

    state = models.CharField(max_length=10, default=PLAN.initial, choices=[(s, s) for s in PLAN.states])
    previous = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    columns = models.JSONField(default=dict)
    arrays = models.BinaryField(default=bytes)
    certificate = models.BinaryField(default=bytes)
    worth = models.FloatField(null=True)
    closed = ArrayField(models.BigIntegerField(), default=list)
    curve = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(state="computing"), name="one_plan_is_computed"
            ),
            models.UniqueConstraint(fields=["organisation"], condition=Q(state="proposed"), name="one_plan_stands"),
            models.CheckConstraint(
                condition=~Q(state__in=["proposed", "superseded"])
                | Q(ended_at__isnull=False, as_known_at__isnull=False, objective__isnull=False, bound__isnull=False)
                & ~Q(input_sha256=""),
                name="computed_plan_has_a_certificate",
            ),
            models.CheckConstraint(condition=~Q(state="failed") | ~Q(refusal=""), name="failed_plan_says_why"),
            models.CheckConstraint(
                condition=~Q(state="stopped") | Q(stopped_by__isnull=False), name="stopped_plan_says_by_whom"
            ),
        ]
        triggers = [
            workflow_trigger(PLAN),
            kept("plan_is_kept", _PLAN_CHANGED),
        ]

    @property
    def week(self) -> Week:
        """The week that it is for: the one in which it was asked for, also where it is computed after midnight."""
        ordered_on: date = legal_day(self.ordered_at)
        return Week.of(ordered_on)


class Proposal(models.Model):
    """What a plan proposes for one household (forslag): a municipality, or none yet; and why, as codes.

    `place` is its row in the plan's arrays; `total` the score in thousandths of a point per person. `steered` are the
    keys of what was decided for the household ahead of the plan. `fate` is what becomes of it beside plain draws, and
    what kind of household it is; `sent_despite` why it was sent although a protected set falls below. What has come of
    it is what has come of its `request`, which settlement keeps.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="proposals")
    place = models.IntegerField()
    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="+")  # the group
    case = models.ForeignKey("settlement.SettlementCase", models.PROTECT, related_name="+")
    size = models.SmallIntegerField()
    municipality = models.ForeignKey("directory.Organisation", models.PROTECT, null=True, related_name="+")
    total = models.IntegerField(null=True)
    explanation = models.JSONField()
    steered = ArrayField(models.BigIntegerField(), default=list)
    fate = models.JSONField(default=dict)
    sent_despite = models.TextField(blank=True)
    request = models.OneToOneField("settlement.SettlementRequest", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "subject"], name="one_proposal_for_each"),
            models.UniqueConstraint(fields=["plan", "place"], name="one_proposal_in_a_place"),
            models.CheckConstraint(
                condition=Q(municipality__isnull=True, total__isnull=True)
                | Q(municipality__isnull=False, total__isnull=False),
                name="placed_proposal_has_a_score",
            ),
            models.CheckConstraint(
                condition=Q(request__isnull=True) | Q(municipality__isnull=False), name="only_a_placed_proposal_is_sent"
            ),
        ]
        triggers = [kept("proposal_is_kept", _PROPOSAL_CHANGED)]
