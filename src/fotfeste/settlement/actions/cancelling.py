"""What is booked with somebody outside when a household leaves on its own: the centre cancels it, and says so.

The interview and the journey fall away with the case and the offer; the interpreter and the tickets do not by
themselves. Due on the day itself: ours, the sources only say that the centre books (GUIDE 1.6, 1.8).
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.events import Happening, publish
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import lock_group
from fotfeste.settlement.actions.booking import cancelled_outside
from fotfeste.settlement.models import Interview, SettlementCase
from fotfeste.settlement.queries.bookings import bookings_of
from fotfeste.settlement.task_kinds_offers import CANCEL_INTERPRETER, CANCEL_JOURNEY
from fotfeste.worklist.public import Task, close_tasks, open_task

# What the history says once it is cancelled.
CANCELLED: Mapping[str, str] = {
    CANCEL_INTERPRETER: "settlement.interpreter_cancelled",
    CANCEL_JOURNEY: "settlement.journey_cancelled",
}


def ask_to_cancel(case: SettlementCase, *, cause: str, on: date, at: datetime, is_booked: bool = False) -> None:
    """The centre of a household gets a task for each thing that is booked for it and still to come.

    Called while the case stands as it did: before the offer is withdrawn, or the interview falls away. `on` is the day
    that they left, or that the offer was taken back. `is_booked`: the journey is held to be, since the actor reads
    nothing of that. A household at no centre has nobody to ask.
    """
    if case.centre_id is None:
        return
    today = legal_day(at)
    booked = bookings_of(case, today)
    asked = {CANCEL_INTERPRETER: booked.interpreter_on, CANCEL_JOURNEY: booked.travels_on or is_booked}
    for kind, is_there in asked.items():
        if is_there:
            open_task(
                kind,
                subject_id=case.subject_id,
                organisation_id=case.centre_id,
                cause=cause,
                basis_on=on,
                due_on=today,
                object_id=case.pk,
                at=at,
            )


@act
def register_cancelled(
    group_id: int, kinds: Collection[str], *, by: Viewer, at: datetime, version: int | None = None
) -> None:
    """The centre has told the interpreter, or the travel agent: its tasks of these kinds are done.

    Raises Refused `nothing_chosen_to_cancel`, `nothing_to_cancel`; Stale, NotFound, NotAllowed.
    """
    require(by, "settlement.arrange_journey")
    lock_group(group_id, version=version)
    if not kinds or set(kinds) - set(CANCELLED):
        raise Refused("nothing_chosen_to_cancel", "kinds")
    for kind in sorted(kinds):
        own = Task.objects.filter(kind=kind, subject_id=group_id, organisation_id=by.organisation_id)
        cases = list(own.filter(closed_at__isnull=True).values_list("object_id", flat=True))
        if not close_tasks([kind], subject_id=group_id, by=by, at=at, organisation_id=by.organisation_id):
            raise Refused("nothing_to_cancel", "kinds")
        if kind == CANCEL_INTERPRETER:
            Interview.objects.filter(case__in=cases, held_on__isnull=True).update(interpreter="not_booked")
        else:
            cancelled_outside(group_id)
        publish(
            Happening(
                type=CANCELLED[kind],
                subject_id=group_id,
                object_kind="placement_group",
                object_id=group_id,
                holds_on=legal_day(at),
            ),
            by=by,
            at=at,
        )
