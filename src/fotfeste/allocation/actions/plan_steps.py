"""The steps of a plan and of a what-if, which both who asks for it and the job that computes it take (SET-15)."""

from datetime import datetime

from fotfeste.allocation.domain.states import PLAN, PLAN_PERMISSION, WHAT_IF
from fotfeste.allocation.models import Plan, WhatIf
from fotfeste.kernel.errors import NotFound
from fotfeste.kernel.workflow import Workflow
from fotfeste.platform.acts import require
from fotfeste.platform.events import Happening, publish
from fotfeste.platform.viewer import Viewer


def locked[It: (Plan, WhatIf)](kind: type[It], **named: int | str) -> It:
    """One of them that nobody else changes meanwhile, named by a column. Raises NotFound."""
    found = kind.objects.select_for_update(of=("self",)).filter(**named).first()
    if found is None:
        raise NotFound("not_found")
    return found


def stop[It: (Plan, WhatIf)](kind: type[It], reference: str, *, by: Viewer, at: datetime) -> It:
    """Stop computing one: nothing of it is kept. Also one whose job has died.

    Raises NotAllowed, NotFound, IllegalStep where it is computed already.
    """
    require(by, PLAN_PERMISSION)
    it = locked(kind, reference=reference)
    it.stopped_by_id, it.ended_at, it.step = by.user_id, at, ""
    advance(it, "stop", by=by, at=at)
    return it


def fail[It: (Plan, WhatIf)](kind: type[It], pk: int, refusal: str, *, by: Viewer, at: datetime) -> It:
    """Say why one could not be computed; `refusal` is the code of the sentence. One that was stopped stays as it is.

    Raises NotAllowed, NotFound.
    """
    require(by, PLAN_PERMISSION)
    it = locked(kind, pk=pk)
    if it.state == _workflow(kind).initial:
        it.refusal, it.ended_at, it.step = refusal, at, ""
        advance(it, "fail", by=by, at=at)
    return it


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
