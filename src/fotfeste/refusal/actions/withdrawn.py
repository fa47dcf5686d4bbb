"""The offer of those who refuse is withdrawn: UDI and IMDi are asked to see it, whoever withdrew it."""

from datetime import datetime

from fotfeste.access.public import NeedReason, organisations_with
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.viewer import Viewer
from fotfeste.refusal.actions.happening import lock_refusal, tell
from fotfeste.refusal.models import Refusal
from fotfeste.refusal.queries.cases import case_of
from fotfeste.refusal.tasks import SEE_WITHDRAWN, follow_with_tasks
from fotfeste.worklist.public import close_tasks, open_task

SEES = "refusal.see_withdrawn"


def ask_to_see(refusal: Refusal, *, by: Viewer, at: datetime) -> None:
    """UDI, which goes on towards an eviction from it, and IMDi, which finds another municipality for whoever says yes,
    each have a task to see it; not whoever withdrew it.

    Part of the act by which it is withdrawn, before a municipality sees nothing of the household any more.
    """
    today = legal_day(at)
    for reason in (NeedReason.PROTECTION_CASE, NeedReason.SETTLEMENT_CASE):
        for organisation_id in organisations_with(refusal.subject_id, reason, today):
            if organisation_id != by.organisation_id:
                open_task(
                    SEE_WITHDRAWN,
                    subject_id=refusal.subject_id,
                    organisation_id=organisation_id,
                    cause="refusal.withdrawn",
                    basis_on=today,
                    due_on=today,
                    object_id=refusal.pk,
                    at=at,
                )


@act
def see_withdrawn(group_id: int, *, by: Viewer, at: datetime, version: int | None = None) -> Refusal:
    """UDI or IMDi has seen that nobody holds the home for those who refuse; the other's task stands.

    Raises Refused `withdrawn_is_seen`, `no_open_refusal`; Stale, NotFound, NotAllowed, NoRule.
    """
    require(by, SEES)
    refusal = lock_refusal(group_id, legal_day(at), by=by, version=version)
    if not close_tasks([SEE_WITHDRAWN], subject_id=group_id, by=by, at=at, organisation_id=by.organisation_id):
        raise Refused("withdrawn_is_seen")
    tell(refusal, "refusal.withdrawn_seen", on=legal_day(at), by=by, at=at)
    follow_with_tasks(refusal, case_of(refusal), cause="refusal.withdrawn", by=by, at=at)
    return refusal
