"""A plan that was asked for is computed, and kept whole or not at all (SET-15).

Whoever imports this imports the solver, which compiles.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from numpy.typing import NDArray

from fotfeste.allocation.actions.plan_steps import advance, fail, has_come_to, locked
from fotfeste.allocation.domain import arrays as stored
from fotfeste.allocation.domain import computing, kept
from fotfeste.allocation.domain.computing import Inputs
from fotfeste.allocation.domain.explanation import Explanation
from fotfeste.allocation.domain.households import Fate
from fotfeste.allocation.domain.matrix import Posed
from fotfeste.allocation.domain.solver.errors import UnusableInstance
from fotfeste.allocation.domain.solver.plan import Plan as Solved
from fotfeste.allocation.domain.states import PLAN, PLAN_PERMISSION
from fotfeste.allocation.models import Plan, Proposal
from fotfeste.allocation.queries.inputs import Candidates, candidates_on, with_expected
from fotfeste.kernel.calendar import Week, legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.viewer import Viewer

logger = logging.getLogger("fotfeste.allocation")


@dataclass(frozen=True, slots=True)
class Computed:
    """A plan that is computed and not kept yet: its columns of the table, and its proposals."""

    plan: dict[str, object]
    proposals: Sequence[Proposal]


def compute_plan(plan_id: int, *, by: Viewer, at: datetime) -> None:
    """Compute a plan that was asked for: read, solve, explain, keep. Not one act: how far it has come can be seen.

    Nothing of it is kept before all of it is; killed at any instant it can be stopped and asked for again, and one that
    was stopped meanwhile is not kept. What cannot be computed says why, and is not tried again. Raises NotAllowed.
    """
    require(by, PLAN_PERMISSION)
    if has_come_to(Plan, plan_id, "reading"):
        try:
            _compute(plan_id, by=by, at=at)
        except (Refused, UnusableInstance) as why:
            logger.warning("plan failed", extra={"fields": {"plan": plan_id, "why": str(why)}})
            code = why.code if isinstance(why, Refused) and not why.params else "plan_not_computed"
            fail_plan(plan_id, code, by=by, at=at)


def _compute(plan_id: int, *, by: Viewer, at: datetime) -> None:
    week = Plan.objects.only("ordered_at").get(pk=plan_id).week
    candidates = read_candidates(by, at, week)
    if not candidates.groups:
        raise Refused("nobody_to_plan")
    if has_come_to(Plan, plan_id, "solving"):
        found = computed(candidates, at, coming_to=lambda step: has_come_to(Plan, plan_id, step))
        keep_plan(plan_id, found, by=by, at=at)


def read_candidates(by: Viewer, at: datetime, week: Week | None = None) -> Candidates:
    """Everything that a plan of a week rests on, that of the day where none is named, read together."""
    with transaction.atomic():
        return with_expected(candidates_on(by, legal_day(at), week=week), by, legal_day(at))


def computed(candidates: Candidates, at: datetime, coming_to: Callable[[str], object] = lambda step: None) -> Computed:
    """The plan of what was read, with its certificate, the explanation and the fate of each household, and what other
    weights of spread would have given; nothing is written. `coming_to` is told each step that follows the solving.
    """
    inputs = _inputs(candidates, at)
    problem = computing.posed(inputs)
    arrays = computing.as_arrays(inputs, problem)
    found = computing.solved(arrays)
    coming_to("explaining")
    why = computing.explained(inputs, problem, arrays, found)
    fates = computing.fated(inputs, problem, found, candidates.households)
    proposals = list(_proposals(candidates, why, fates))
    coming_to("weighing")
    plan: dict[str, object] = {
        "as_known_at": at,
        **_rested_on(candidates, inputs),
        **_solution(problem, arrays, found),
        "columns": kept.to_json(
            {
                "municipalities": problem.municipalities,
                "counts": problem.columns,
                "persons_left": problem.instance.limit[:, 0].tolist(),
                "places": candidates.places,
            }
        ),
        "curve": kept.to_json(computing.weighed(inputs, arrays)),
    }
    return Computed(plan, proposals)


def _proposals(candidates: Candidates, explained: Iterable[Explanation], fated: Iterable[Fate]) -> Iterator[Proposal]:
    """What is proposed for each household, in their order, and why."""
    for place, ((case_id, subject_id), why, fate) in enumerate(zip(candidates.cases, explained, fated, strict=True)):
        yield Proposal(
            place=place,
            subject_id=subject_id,
            case_id=case_id,
            size=why.group.size,
            municipality_id=candidates.organisations[why.place] if why.place else None,
            total=why.score.total if why.score else None,
            explanation=kept.to_json(why),
            steered=candidates.standing.of(subject_id),
            fate=kept.to_json(fate),
        )


def _rested_on(candidates: Candidates, inputs: Inputs) -> Mapping[str, object]:
    """The fingerprint of what was read, by what it was weighed, and which municipalities were closed."""
    return {
        "input_sha256": kept.fingerprint(
            inputs.on, inputs.policy, inputs.groups, inputs.municipalities, inputs.steering, inputs.expected
        ),
        "policy_name": inputs.policy.name,
        "policy": {name: each.value for name, each in inputs.policy.parameters.items()},
        "closed": [each.pk for each in candidates.standing.closed],
    }


def _solution(problem: Posed, arrays: Mapping[str, NDArray[Any]], found: Solved) -> Mapping[str, object]:
    """The solver's numbers, what shows how good the plan is, and what it is worth."""
    return {
        "arrays": stored.to_bytes(**arrays),
        "certificate": stored.to_bytes(municipality=found.municipality, price=found.price),
        "worth": computing.worth(problem, found),
        "objective": found.objective,
        "bound": found.bound,
        "is_optimal": found.is_optimal,
    }


def _inputs(candidates: Candidates, at: datetime) -> Inputs:
    return Inputs(
        candidates.groups,
        candidates.municipalities,
        candidates.policy,
        legal_day(at),
        candidates.steering,
        candidates.expected,
    )


@act
def keep_plan(plan_id: int, found: Computed, *, by: Viewer, at: datetime) -> Plan:
    """Keep a plan that was computed, with all its proposals; it takes the place of the one that stood until now.

    One that was stopped, or kept by a job that ran twice, stays as it is. Raises NotAllowed, NotFound.
    """
    require(by, PLAN_PERMISSION)
    plan = locked(Plan, pk=plan_id)
    if plan.state != PLAN.initial:
        return plan
    for earlier in Plan.objects.select_for_update(of=("self",)).filter(
        organisation_id=plan.organisation_id, state="proposed"
    ):
        plan.previous = earlier
        advance(earlier, "supersede", by=by, at=at)
    for column, value in found.plan.items():
        setattr(plan, column, value)
    plan.ended_at, plan.step = at, ""
    advance(plan, "finish", by=by, at=at)
    for proposal in found.proposals:
        proposal.plan = plan
    Proposal.objects.bulk_create(found.proposals)
    return plan


@act
def fail_plan(plan_id: int, refusal: str, *, by: Viewer, at: datetime) -> Plan:
    """Say why a plan could not be computed. Raises as `fail`."""
    return fail(Plan, plan_id, refusal, by=by, at=at)
