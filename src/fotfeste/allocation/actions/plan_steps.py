"""The steps of a plan and of a what-if, which both who asks for it and the job that computes it take (SET-15)."""

from datetime import datetime

from fotfeste.allocation.domain.states import PLAN, WHAT_IF
from fotfeste.allocation.models import Plan, WhatIf
from fotfeste.kernel.errors import NotFound
from fotfeste.kernel.workflow import Workflow
from fotfeste.platform.events import Happening, publish
from fotfeste.platform.viewer import Viewer


def locked[Computed: (Plan, WhatIf)](kind: type[Computed], pk: int) -> Computed:
    """One of them that nobody else changes meanwhile. Raises NotFound."""
    found = kind.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if found is None:
        raise NotFound("not_found")
    return found


def advance(it: Plan | WhatIf, step: str, *, by: Viewer, at: datetime) -> None:
    """Take a step, save all of it, and tell. Raises IllegalStep."""
    before = it.state
    it.state = _workflow(type(it)).step(before, step).target
    it.save()
    tell(it, step, before, by=by, at=at)


def tell(it: Plan | WhatIf, step: str, before: str, *, by: Viewer, at: datetime) -> None:
    """Publish a step; without one, that it was asked for."""
    workflow = _workflow(type(it))
    ordered = "allocation.plan_ordered" if workflow is PLAN else "allocation.what_if_ordered"
    publish(
        Happening(
            type=workflow.step(before, step).event if step else ordered,
            subject_id=None,
            object_kind=workflow.name,
            object_id=it.pk,
            workflow=workflow.name,
            transition=step,
            from_state=before,
            to_state=it.state,
        ),
        by=by,
        at=at,
    )


def has_come_to(kind: type[Plan] | type[WhatIf], pk: int, step: str) -> bool:
    """Say how far the computing has come; False where nobody waits for it any more."""
    return bool(kind.objects.filter(pk=pk, state=_workflow(kind).initial).update(step=step))


def _workflow(kind: type[Plan] | type[WhatIf]) -> Workflow:
    return PLAN if kind is Plan else WHAT_IF
