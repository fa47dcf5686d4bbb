"""The steps of a plan, which both who asks for it and the job that computes it take (SET-15)."""

from datetime import datetime

from fotfeste.allocation.domain.states import PLAN
from fotfeste.allocation.models import Plan
from fotfeste.kernel.errors import NotFound
from fotfeste.platform.events import Happening, publish
from fotfeste.platform.viewer import Viewer


def locked(plan_id: int) -> Plan:
    """A plan that nobody else changes meanwhile. Raises NotFound."""
    plan = Plan.objects.select_for_update(of=("self",)).filter(pk=plan_id).first()
    if plan is None:
        raise NotFound("not_found")
    return plan


def advance(plan: Plan, step: str, *, by: Viewer, at: datetime) -> None:
    """Take a step of the plan, save all of it, and tell. Raises IllegalStep."""
    before = plan.state
    plan.state = PLAN.step(before, step).target
    plan.save()
    tell(plan, step, before, by=by, at=at)


def tell(plan: Plan, step: str, before: str, *, by: Viewer, at: datetime) -> None:
    """Publish a step of the plan; without one, that it was asked for."""
    publish(
        Happening(
            type=PLAN.step(before, step).event if step else "allocation.plan_ordered",
            subject_id=None,
            object_kind=PLAN.name,
            object_id=plan.pk,
            workflow=PLAN.name,
            transition=step,
            from_state=before,
            to_state=plan.state,
        ),
        by=by,
        at=at,
    )
