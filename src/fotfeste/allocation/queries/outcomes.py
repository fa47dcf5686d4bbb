"""What a plan kept of each household for the sums of its page: read once, however many sums there are."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from fotfeste.allocation.models import Plan, Proposal


class Outcome(NamedTuple):
    """What a household was steered by, where it got a place, its request, what becomes of it, and whom the plan's
    policy protects.
    """

    steered: Sequence[int]
    municipality_id: int | None
    request_id: int | None
    fate: Mapping[str, Any] | None
    protected_sets: str


def outcomes_of(plan: Plan) -> Sequence[Outcome]:
    """The outcomes of a plan that the viewer sees, in its order. One query."""
    rows = Proposal.objects.filter(plan=plan).order_by("place")
    return [
        Outcome(*row)
        for row in rows.values_list("steered", "municipality_id", "request_id", "fate", "plan__policy__protected_sets")
    ]
