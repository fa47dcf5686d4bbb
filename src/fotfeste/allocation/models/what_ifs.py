"""Storage: what-ifs, as they were asked and answered."""

from django.db import models
from django.db.models import Q

from fotfeste.allocation.domain.question import MOST_PERCENT
from fotfeste.allocation.domain.states import WHAT_IF
from fotfeste.allocation.models.ordered import Ordered, kept
from fotfeste.platform.states import workflow_trigger


class WhatIf(Ordered):
    """What would come of the rest of the year, if something were otherwise (hva hvis): asked, computed by a job, and
    kept as it was answered. Numbers by municipality, and nobody in them.

    `values` of the policy, per cents and `closed` are what is otherwise, `question_sha256` their fingerprint; the two
    who would ask the same at once ask one. `outcome` is domain.question.Outcome, `found` what the queue and the places
    were (Found), `points_today` the points per person by the policy that stood. What was solved is not kept: its rows
    are households.
    """

    state = models.CharField(max_length=10, default=WHAT_IF.initial, choices=[(s, s) for s in WHAT_IF.states])
    values = models.JSONField(default=dict)
    arrivals_percent = models.SmallIntegerField()
    places_percent = models.SmallIntegerField()
    closed = models.CharField(max_length=4, blank=True)  # the municipality's number
    question_sha256 = models.CharField(max_length=64)
    found = models.JSONField(default=dict)
    outcome = models.JSONField(default=dict)
    points_today = models.FloatField(null=True)

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
            kept("what_if_is_kept", "OLD.state <> 'computing'", told_as="what_if_is_kept"),
        ]
