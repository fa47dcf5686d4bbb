"""The week's plan: asked for on a page, and stopped there; a job computes it (SET-15)."""

from datetime import datetime

from fotfeste.allocation.actions.plan_steps import stop, tell
from fotfeste.allocation.domain.states import PLAN, PLAN_PERMISSION
from fotfeste.allocation.models import Plan
from fotfeste.allocation.tasks import compute_asked_for
from fotfeste.kernel.errors import NotAllowed, Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.viewer import Viewer


@act
def plan_week(*, by: Viewer, at: datetime) -> Plan:
    """Ask for a plan of everybody who waits now. A job computes it, so that nobody waits for it before a page.

    Raises NotAllowed; Refused `one_plan_is_computed` where another is computed, whoever asked for it.
    """
    require(by, PLAN_PERMISSION)
    if by.user_id is None:
        raise NotAllowed
    if Plan.objects.filter(organisation_id=by.organisation_id, state=PLAN.initial).exists():
        raise Refused("one_plan_is_computed")
    plan = Plan.objects.create(organisation_id=by.organisation_id, ordered_at=at, ordered_by_id=by.user_id)
    tell(plan, "", "", by=by, at=at)
    compute_asked_for.enqueue(plan_id=plan.pk, user_id=by.user_id)
    return plan


@act
def stop_plan(reference: str, *, by: Viewer, at: datetime) -> Plan:
    """Stop computing a plan; another can be asked for. Raises as `stop`."""
    return stop(Plan, reference, by=by, at=at)
