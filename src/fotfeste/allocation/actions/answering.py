"""A what-if that was asked for is computed, and kept whole or not at all (SET-15).

Whoever imports this imports the solver, which compiles.
"""

import logging
from datetime import datetime

from django.db import transaction

from fotfeste.allocation.actions.plan_steps import advance, fail, has_come_to, locked
from fotfeste.allocation.domain import kept
from fotfeste.allocation.domain.question import Found, Question
from fotfeste.allocation.domain.solver.errors import UnusableInstance
from fotfeste.allocation.domain.states import PLAN_PERMISSION, WHAT_IF
from fotfeste.allocation.domain.year import Standing, outcome_of, points_by, solved_year, year_of
from fotfeste.allocation.models import WhatIf
from fotfeste.allocation.queries.what_ifs import question_of
from fotfeste.allocation.queries.year import standing_on
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import NotFound, Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.viewer import Viewer

logger = logging.getLogger("fotfeste.allocation")
type Answer = dict[str, object]  # the columns of the table that say what was found


def compute_what_if(what_if_id: int, *, by: Viewer, at: datetime) -> None:
    """Compute a what-if that was asked for: read, solve, count, keep. Not one act: how far it has come can be seen.

    Nothing of it is kept before all of it is. What cannot be computed says why, and is not tried again. Raises
    NotAllowed, NotFound.
    """
    require(by, PLAN_PERMISSION)
    if has_come_to(WhatIf, what_if_id, "reading"):
        try:
            _compute(what_if_id, by=by, at=at)
        except (Refused, UnusableInstance) as why:
            logger.warning("what-if failed", extra={"fields": {"what_if": what_if_id, "why": str(why)}})
            code = why.code if isinstance(why, Refused) and not why.params else "plan_not_computed"
            fail_what_if(what_if_id, code, by=by, at=at)


def _compute(what_if_id: int, *, by: Viewer, at: datetime) -> None:
    asked = WhatIf.objects.filter(pk=what_if_id).first()
    if asked is None:
        raise NotFound("not_found")
    standing = read_standing(by, at)
    if has_come_to(WhatIf, what_if_id, "solving"):
        keep_answer(what_if_id, answer_to(question_of(asked), standing, at), by=by, at=at)


def read_standing(by: Viewer, at: datetime) -> Standing:
    """Everything that a what-if rests on, read together."""
    with transaction.atomic():
        return standing_on(by, legal_day(at))


def answer_to(question: Question, standing: Standing, at: datetime) -> Answer:
    """What comes of the year as it is asked; nothing is written. Raises Refused, UnusableInstance."""
    year = year_of(standing, question)
    if not year.groups:
        raise Refused("nobody_to_plan")
    problem, plan = solved_year(year)
    outcome = outcome_of(year, problem, plan)
    is_weighed_alike = year.policy == standing.policy
    today = outcome.points if is_weighed_alike else points_by(standing.policy, year, plan.municipality)
    waiting = sum(group.size for group in standing.waiting)
    return {
        "as_known_at": at,
        "input_sha256": kept.fingerprint(
            *(standing.on, standing.year, standing.policy, standing.waiting, standing.municipalities),
            *(standing.steering, standing.expected),
        ),
        "policy_name": year.policy.name,
        "policy": {name: each.value for name, each in year.policy.parameters.items()},
        "found": kept.to_json(Found(waiting, outcome.persons - waiting, standing.places)),
        "outcome": kept.to_json(outcome),
        "points_today": today,
        "objective": plan.objective,
        "bound": plan.bound,
        "is_optimal": plan.is_optimal,
    }


@act
def keep_answer(what_if_id: int, answer: Answer, *, by: Viewer, at: datetime) -> WhatIf:
    """Keep what was computed. One that was stopped, or kept by a job that ran twice, stays as it is.

    Raises NotAllowed, NotFound.
    """
    require(by, PLAN_PERMISSION)
    found = locked(WhatIf, pk=what_if_id)
    if found.state == WHAT_IF.initial:
        for column, value in answer.items():
            setattr(found, column, value)
        found.ended_at, found.step = at, ""
        advance(found, "finish", by=by, at=at)
    return found


@act
def fail_what_if(what_if_id: int, refusal: str, *, by: Viewer, at: datetime) -> WhatIf:
    """Say why it could not be answered. Raises as `fail`."""
    return fail(WhatIf, what_if_id, refusal, by=by, at=at)
