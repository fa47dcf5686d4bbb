"""A resident who moves privately after the interview: IMDi is told, and says that it has seen it (ACC-07).

Source: GUIDE 1.9.
"""

from datetime import datetime

from fotfeste.accommodation.public import DepartureReason
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.events import Happening, Told, publish
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import lock_group
from fotfeste.settlement.actions.parties import imdi_of
from fotfeste.settlement.queries.departing import case_after_interview
from fotfeste.settlement.task_kinds_offers import SEE_PRIVATE_MOVE
from fotfeste.worklist.public import close_tasks, open_task


def tell_imdi_of_private_move(told: Told) -> None:
    """IMDi gets a task to look at who has moved and where to: for some of a household as for all of it.

    Part of what follows from a departure; called while IMDi still works on the case.
    """
    event = told.event
    if event.transition != DepartureReason.PRIVATE_ADDRESS or event.subject_id is None or event.holds_on is None:
        return
    case = case_after_interview(event.subject_id)
    if case is None:
        return
    today = legal_day(told.at)
    for imdi in imdi_of(case, today):
        open_task(
            SEE_PRIVATE_MOVE,
            subject_id=event.subject_id,
            organisation_id=imdi,
            cause="settlement.moved_privately",
            basis_on=event.holds_on,
            due_on=today,
            object_id=case.pk,
            at=told.at,
        )


@act
def see_private_move(group_id: int, *, by: Viewer, at: datetime, version: int | None = None) -> None:
    """IMDi has seen it. Raises Refused `private_move_is_seen`; Stale, NotFound, NotAllowed."""
    require(by, "settlement.find_municipality")
    lock_group(group_id, version=version)
    if not close_tasks([SEE_PRIVATE_MOVE], subject_id=group_id, by=by, at=at, organisation_id=by.organisation_id):
        raise Refused("private_move_is_seen")
    publish(
        Happening(
            type="settlement.private_move_seen",
            subject_id=group_id,
            object_kind="placement_group",
            object_id=group_id,
            holds_on=legal_day(at),
        ),
        by=by,
        at=at,
    )
