"""Whether a plan is fair: counted over the proposals that the viewer sees, and never kept (ADR 0036).

What becomes of each household is kept with its proposal; a set of people is put together when somebody looks.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fotfeste.allocation.domain.households import Fate
from fotfeste.allocation.domain.kept import from_json
from fotfeste.allocation.domain.tradeoff import Weighed
from fotfeste.allocation.models import Plan, Proposal
from fotfeste.allocation.queries.outcomes import Outcome
from fotfeste.kernel.decisions import Reason

if TYPE_CHECKING:
    from fotfeste.allocation.domain.fairness import Line


def fates_of(plan: Plan) -> Sequence[Fate]:
    """What becomes of each household of a plan that the viewer sees and that is not forgotten. One query."""
    kept = Proposal.objects.filter(plan=plan).order_by("place").values_list("fate", flat=True)
    return [from_json(Fate, each) for each in kept if each]


def fairness_of(plan: Plan) -> "Sequence[Line]":
    """Every set of people in a plan beside the draw, small ones hidden; none where nothing is kept. One query."""
    from fotfeste.allocation.domain.fairness import as_arrays, compare

    if not (kept := fates_of(plan)):
        return ()
    households, own, drawn = as_arrays(kept)
    return compare(households, own, [drawn])


def below_in(outcomes: Sequence[Outcome]) -> Sequence[Reason]:
    """The sets of people whom a plan leaves below the draw although its policy protects them, as reasons; none where
    nothing is kept.
    """
    from fotfeste.allocation.domain.fairness import as_arrays, sets_below

    kept = [from_json(Fate, each.fate) for each in outcomes if each.fate]
    if not kept:
        return ()
    households, own, drawn = as_arrays(kept)
    return sets_below(households, own, [drawn], outcomes[0].protected_sets.split())


def curve_of(plan: Plan) -> Sequence[Weighed]:
    """What other weights of spread would have given in a plan, from accurate to dispersed. One query."""
    kept = Plan.objects.values_list("curve", flat=True).get(pk=plan.pk)
    return [from_json(Weighed, each) for each in kept]
