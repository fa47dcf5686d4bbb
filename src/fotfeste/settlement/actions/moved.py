"""A resident who moves privately after the interview: IMDi is told, and says that it has seen it (ACC-07).

Source: GUIDE 1.9.
"""

from datetime import datetime

from fotfeste.access.public import NeedReason, end_needs, open_needs
from fotfeste.accommodation.public import DepartureReason, everyone_of, gone_among
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.events import Happening, Told, publish
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import lock_group
from fotfeste.settlement.actions.case import tell
from fotfeste.settlement.actions.grown import ask_imdi_to_see
from fotfeste.settlement.actions.parties import imdi_of, settling_on
from fotfeste.settlement.domain.states import CASE
from fotfeste.settlement.models import Offer, SettlementCase
from fotfeste.settlement.queries.departing import case_after_interview
from fotfeste.settlement.queries.living import LIVING
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


def follow_leavers(case: SettlementCase, told: Told) -> None:
    """Some have left for good, and the case goes on for the others: a municipality that was asked sees them no more,
    and IMDi looks at who the household is now, whatever they left for; a private move it is told of as such.
    """
    event, today = told.event, legal_day(told.at)
    gone = gone_among(everyone_of(case.subject_id, today))
    for reason in (NeedReason.ASKED_TO_SETTLE, NeedReason.OFFERED_HERE):
        end_needs(gone, reason=reason, on=today, at=told.at)
    if case.state == CASE.initial or event.transition == DepartureReason.PRIVATE_ADDRESS:
        return
    tell("settlement.household_shrunk", case, by=told.by, at=told.at, holds_on=today)
    ask_imdi_to_see(case, cause="settlement.household_shrunk", on=today, at=told.at)


def show_those_who_are_back(case: SettlementCase, told: Told) -> None:
    """Whoever left on their own and lives with the others again is among those whom the municipality is asked for."""
    request = case.requests.filter(state__in=("open", "accepted")).first()
    if request is None:
        return
    today = legal_day(told.at)
    has_offer = Offer.objects.filter(LIVING, case=case).exists()
    open_needs(
        [case.subject_id, *settling_on(case.subject_id, today)],
        organisation_id=request.organisation_id,
        reason=NeedReason.OFFERED_HERE if has_offer else NeedReason.ASKED_TO_SETTLE,
        from_on=today,
        at=told.at,
    )


def void_private_move(told: Told) -> None:
    """Nobody of the household lives at an address of their own any more: there is no move left for IMDi to see.

    Who has moved privately is placed in a centre again, or never moved; where others are is nothing to it.
    """
    group_id = told.event.subject_id
    if group_id is None:
        return
    everyone = everyone_of(group_id, legal_day(told.at))
    if not any(each.has_moved_privately for each in everyone):
        close_tasks([SEE_PRIVATE_MOVE], subject_id=group_id, by=told.by, at=told.at, outcome="void")


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
