"""Storage: versions of the policy, plans as snapshots of what they rest on, what each proposes for a household, and
what-ifs.

A plan has no people in it: IMDi's own. Its proposals are about households, and fenced like everything about them; no
number of the plan tells how many there are, so that whoever sees fewer is told nothing of the others.
"""

from datetime import date

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from fotfeste.allocation.domain.question import MOST_PERCENT
from fotfeste.allocation.domain.states import PLAN, WHAT_IF
from fotfeste.allocation.domain.types import SteeringKind
from fotfeste.kernel.calendar import Week, legal_day
from fotfeste.kernel.parameters import ParameterStatus
from fotfeste.platform.public_ids import new_reference
from fotfeste.platform.states import workflow_trigger

_KEPT = """
    IF TG_OP = 'DELETE' THEN
        IF NOT (SELECT rolbypassrls FROM pg_roles WHERE rolname = current_user) THEN
            RAISE EXCEPTION 'a plan is kept' USING ERRCODE = '23514', CONSTRAINT = 'plan_is_kept';
        END IF;
        RETURN OLD;
    END IF;
    IF {changed} THEN
        RAISE EXCEPTION 'a plan is kept as it was computed' USING ERRCODE = '23514', CONSTRAINT = 'plan_is_kept';
    END IF;
    RETURN NEW;
"""


def _kept(name: str, changed: str, told_as: str = "plan_is_kept") -> pgtrigger.Trigger:
    """Refuses to take a row away, which only the owner may, and to change it where `changed` says so in SQL; `told_as`
    is the name of the sentence for who tries.
    """
    func = _KEPT.format(changed=changed).replace("plan_is_kept", told_as)
    return pgtrigger.Trigger(name=name, when=pgtrigger.Before, operation=pgtrigger.Update | pgtrigger.Delete, func=func)


# What was computed is written once, with the step that ends the computing; afterwards only the state changes.
_PLAN_CHANGED = """OLD.state <> 'computing'
       AND (to_jsonb(NEW) - 'state') IS DISTINCT FROM (to_jsonb(OLD) - 'state')"""

# It is sent once. The owner takes out why, when that is to be forgotten.
_PROPOSAL_CHANGED = """NOT (SELECT rolbypassrls FROM pg_roles WHERE rolname = current_user)
       AND (OLD.request_id IS NOT NULL
            OR (to_jsonb(NEW) - ARRAY['request_id', 'sent_despite'])
               IS DISTINCT FROM (to_jsonb(OLD) - ARRAY['request_id', 'sent_despite']))"""

_POLICY_KEPT = """
    IF TG_OP = 'DELETE' AND (SELECT rolbypassrls FROM pg_roles WHERE rolname = current_user) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'a version of a policy is kept' USING ERRCODE = '23514', CONSTRAINT = 'policy_version_is_kept';
"""


class PolicyVersion(models.Model):
    """A change of the policy (prioritering): other values from a day on, by whom, when, why, and from where.

    It stands on top of the shipped versions and of those before it, and none of them goes. `changes` are the values by
    name, `number` how many there are by then: two who change it at once cannot both have the next.
    """

    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    policy_name = models.CharField(max_length=30)
    number = models.IntegerField()
    changes = models.JSONField()
    effective_from = models.DateField()
    known_from = models.DateField()
    source = models.CharField(max_length=200)
    status = models.CharField(max_length=10, choices=[(s, s) for s in ParameterStatus])
    reason = models.TextField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "policy_name", "number"], name="policy_changed_meanwhile"),
            models.CheckConstraint(
                condition=Q(effective_from__gte=F("known_from")), name="policy_is_not_changed_backwards"
            ),
            models.CheckConstraint(condition=~Q(reason="") & ~Q(source=""), name="policy_version_says_why"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="policy_version_is_kept",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=_POLICY_KEPT,
            )
        ]


class Plan(models.Model):
    """One plan (fordelingsplan): asked for, computed by a job, and kept as it was then.

    `as_known_at` is the instant whose facts it rests on, `input_sha256` their fingerprint. `arrays` are the solver's
    numbers and `certificate` what shows how good the plan is: NumPy files without people, whose rows are the proposals'
    places and whose columns `columns` names, with the persons that each municipality had room for. `policy` are the
    values that weighed, by name. `closed` are the keys of the municipalities' closings that held; `curve`
    what other weights of spread would have given.
    """

    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, default=PLAN.initial, choices=[(s, s) for s in PLAN.states])
    previous = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    ordered_at = models.DateTimeField()
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    step = models.CharField(max_length=10, blank=True)  # how far the computing has come
    ended_at = models.DateTimeField(null=True)
    stopped_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    refusal = models.CharField(max_length=60, blank=True)  # the code of the sentence that says why it failed
    as_known_at = models.DateTimeField(null=True)
    input_sha256 = models.CharField(max_length=64, blank=True)
    policy_name = models.CharField(max_length=30, blank=True)
    policy = models.JSONField(default=dict)
    columns = models.JSONField(default=dict)
    arrays = models.BinaryField(default=bytes)
    certificate = models.BinaryField(default=bytes)
    worth = models.FloatField(null=True)  # points, summed over persons, as the pages show them
    objective = models.FloatField(null=True)  # the same, less what the places cost that are held for who is expected
    bound = models.FloatField(null=True)  # no plan of these inputs has a higher objective
    is_optimal = models.BooleanField(default=False)
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
            _kept("plan_is_kept", _PLAN_CHANGED),
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
        triggers = [_kept("proposal_is_kept", _PROPOSAL_CHANGED)]


# What a case worker decides ahead of a plan is not rewritten: it is taken back, once. The owner takes out why.
_STEERING_CHANGED = """NOT (SELECT rolbypassrls FROM pg_roles WHERE rolname = current_user)
       AND (OLD.ended_at IS NOT NULL
            OR (to_jsonb(NEW) - ARRAY['ended_at', 'ended_by_id'])
               IS DISTINCT FROM (to_jsonb(OLD) - ARRAY['ended_at', 'ended_by_id']))"""
_ENDED_BY_SOMEBODY = Q(ended_at__isnull=True, ended_by__isnull=True) | Q(ended_at__isnull=False, ended_by__isnull=False)


class DecidedAhead(models.Model):
    """What a case worker has decided about a municipality ahead of the plans, until it is taken back."""

    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")  # whose plans
    municipality = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    reason = models.TextField()
    steered_at = models.DateTimeField()
    steered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True


class SteeredGroup(DecidedAhead):
    """What a case worker has decided for a household ahead of the plans (styring): it is pinned to a municipality
    (festet), or shall never go to one (utelukket); until it is taken back, or a municipality is asked for it.
    """

    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="+")  # the group
    kind = models.CharField(max_length=9, choices=[(str(kind), str(kind)) for kind in SteeringKind])

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "subject"],
                condition=Q(kind="pinned", ended_at__isnull=True),
                name="one_pin_for_each",
            ),
            models.UniqueConstraint(
                fields=["organisation", "subject", "municipality"],
                condition=Q(ended_at__isnull=True),
                name="steered_once",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="steering_has_a_reason"),
            models.CheckConstraint(condition=Q(kind__in=[str(kind) for kind in SteeringKind]), name="steering_known"),
            models.CheckConstraint(condition=_ENDED_BY_SOMEBODY, name="steering_is_ended_by_somebody"),
        ]
        triggers = [_kept("steering_is_kept", _STEERING_CHANGED, told_as="steering_is_kept")]


class ClosedMunicipality(DecidedAhead):
    """A municipality that is left out of the plans of one week (stengt denne uken), whoever waits: no people in it.

    `week` as `2024-W12`.
    """

    week = models.CharField(max_length=8)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "municipality", "week"],
                condition=Q(ended_at__isnull=True),
                name="closed_once_a_week",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="closing_has_a_reason"),
            models.CheckConstraint(condition=_ENDED_BY_SOMEBODY, name="closing_is_ended_by_somebody"),
        ]
        triggers = [_kept("closing_is_kept", _STEERING_CHANGED, told_as="steering_is_kept")]


class WhatIf(models.Model):
    """What would come of the rest of the year, if something were otherwise (hva hvis): asked, computed by a job, and
    kept as it was answered. Numbers by municipality, and nobody in them.

    `values` of the policy, per cents and `closed` are what is otherwise, `question_sha256` their fingerprint; the two
    who would ask the same at once ask one. `input_sha256` is the fingerprint of what stood then, `policy` all the
    values that weighed. `outcome` is domain.question.Outcome, `found` what the queue and the places were (Found),
    `points_today` the points per person by the policy that stood. What was solved is not kept: its rows are households.
    """

    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, default=WHAT_IF.initial, choices=[(s, s) for s in WHAT_IF.states])
    ordered_at = models.DateTimeField()
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    values = models.JSONField(default=dict)
    arrivals_percent = models.SmallIntegerField()
    places_percent = models.SmallIntegerField()
    closed = models.CharField(max_length=4, blank=True)  # the municipality's number
    question_sha256 = models.CharField(max_length=64)
    step = models.CharField(max_length=10, blank=True)  # how far the computing has come
    ended_at = models.DateTimeField(null=True)
    stopped_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    refusal = models.CharField(max_length=60, blank=True)  # the code of the sentence that says why it failed
    as_known_at = models.DateTimeField(null=True)
    input_sha256 = models.CharField(max_length=64, blank=True)
    policy_name = models.CharField(max_length=30, blank=True)
    policy = models.JSONField(default=dict)
    found = models.JSONField(default=dict)
    outcome = models.JSONField(default=dict)
    points_today = models.FloatField(null=True)
    objective = models.FloatField(null=True)
    bound = models.FloatField(null=True)  # no plan of this year has a higher objective
    is_optimal = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "question_sha256"], condition=Q(state="computing"), name="what_if_is_asked_once"
            ),
            models.CheckConstraint(
                condition=Q(arrivals_percent__range=(0, MOST_PERCENT), places_percent__range=(0, MOST_PERCENT)),
                name="what_if_per_cents",
            ),
            models.CheckConstraint(
                condition=~Q(state="answered")
                | Q(ended_at__isnull=False, as_known_at__isnull=False, objective__isnull=False, bound__isnull=False)
                & ~Q(input_sha256=""),
                name="answered_what_if_has_a_certificate",
            ),
            models.CheckConstraint(condition=~Q(state="failed") | ~Q(refusal=""), name="failed_what_if_says_why"),
            models.CheckConstraint(
                condition=~Q(state="stopped") | Q(stopped_by__isnull=False), name="stopped_what_if_says_by_whom"
            ),
        ]
        triggers = [
            workflow_trigger(WHAT_IF),
            _kept("what_if_is_kept", "OLD.state <> 'computing'", told_as="what_if_is_kept"),
        ]
