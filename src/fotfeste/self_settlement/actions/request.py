"""A request on its way: locked, moved along its workflow with an event for each step, with whose task it is next."""

from collections.abc import Iterable
from datetime import date, datetime

from fotfeste.access.public import NeedReason, end_needs
from fotfeste.kernel.errors import NotFound, Refused
from fotfeste.platform.acts import require
from fotfeste.platform.events import Happening, publish
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import lock_group
from fotfeste.self_settlement.domain.states import ANSWER, ASKED, UNDER_WAY, WELCOMED
from fotfeste.self_settlement.domain.tasks import UNDER_WAY as TASKS
from fotfeste.self_settlement.domain.waiting import Due
from fotfeste.self_settlement.models import SelfSettlement
from fotfeste.settlement.public import (
    SettlementCase,
    imdi_of,
    lock_case_where_they_live,
    members_on,
    take_back_promise,
    tell_welcoming,
    void_change,
)
from fotfeste.worklist.public import close_tasks, open_task


def lock_own(group_id: int, *, by: Viewer, version: int | None) -> tuple[SettlementCase, SelfSettlement]:
    """The open case and the request under way of a household, for those who act on its behalf: its centre, or IMDi
    where it lives at none. Raises Stale, NotFound, Refused `not_their_centre`.
    """
    case = lock_case_where_they_live(group_id, by=by, version=version)
    return case, locked(group_id)


def lock_asked(group_id: int, *, by: Viewer, version: int | None) -> SelfSettlement:
    """The request under way that the actor's municipality is asked. Raises Stale, NotFound, NotAllowed."""
    require(by, ANSWER)
    lock_group(group_id, version=version)
    request = locked(group_id)
    if request.organisation_id != by.organisation_id:
        raise NotFound("not_found")
    return request


def locked(group_id: int) -> SelfSettlement:
    """The request under way, locked. Call under the lock of the household. Raises Refused `no_self_settlement`."""
    request = living(group_id)
    if request is None:
        raise Refused("no_self_settlement")
    return request


def living(group_id: int) -> SelfSettlement | None:
    """The request under way, locked; None where there is none that the session may see."""
    under_way = SelfSettlement.objects.select_for_update(of=("self",)).filter(state__in=UNDER_WAY)
    return under_way.filter(subject_id=group_id).select_related("organisation", "case").first()


def advance(request: SelfSettlement, step: str, *, by: Viewer, at: datetime, on: date) -> None:
    """Take one step of the workflow: permission, state, event. The row is stored with what was set on it before.

    Raises IllegalStep or NotAllowed.
    """
    transition = ASKED.step(request.state, step)
    for permission in transition.who:
        require(by, permission)
    before, request.state = request.state, transition.target
    request.save()
    tell(transition.event, request, by=by, at=at, on=on, step=(step, before))


def tell(
    kind: str, request: SelfSettlement, *, by: Viewer, at: datetime, on: date, step: tuple[str, str] = ("", "")
) -> None:
    """Publish what happened to a request; `step`: its name, and the state that it left."""
    publish(
        Happening(
            type=kind,
            subject_id=request.subject_id,
            object_kind="self_settlement",
            object_id=request.pk,
            workflow=ASKED.name if step[0] else "",
            transition=step[0],
            from_state=step[1],
            to_state=request.state if step[0] else "",
            holds_on=on,
            other_organisation_id=request.organisation_id,
        ),
        by=by,
        at=at,
    )


def ask(
    request: SelfSettlement,
    kind: str,
    organisations: Iterable[int],
    *,
    cause: str,
    basis_on: date,
    due: Due | None,
    at: datetime,
) -> None:
    """Open a task about the request for those whose move it is."""
    for organisation_id in organisations:
        open_task(
            kind,
            subject_id=request.subject_id,
            organisation_id=organisation_id,
            cause=cause,
            basis_on=basis_on,
            due_on=due.on if due else None,
            due_rule=due.rule.code if due else "",
            object_id=request.pk,
            at=at,
        )


def forget_approval(request: SelfSettlement, *, on: date) -> None:
    """Neither the municipality's approval nor IMDi's agreement stands as of the day; stored with the next step."""
    if request.approved_on is not None:
        request.fell_away_on = on
    request.approved_on = request.agreed_on = request.agreed_by_id = None
    request.agreed_with = ""


def who_acts_for(case: SettlementCase, day: date) -> list[int]:
    """Who acts on behalf of the household: its centre; IMDi where it lives at none."""
    return [case.centre_id] if case.centre_id is not None else imdi_of(case, day)


def tell_that_it_is_over(
    case: SettlementCase, request: SelfSettlement, was: str, *, cause: str, by: Viewer, at: datetime
) -> None:
    """A municipality that had said yes is told that they do not come; after the agreement the places are free.

    `was` is the state until then, `cause` the sentence that it is told (`settlement`). Called before
    `municipality_is_out`. One that had not answered loses its task, and nothing else.
    """
    if was == "agreed":
        take_back_promise(case, told_as=cause, by=by, at=at)
    elif was in WELCOMED:
        to, number = request.organisation_id, request.reference
        tell_welcoming(case, to, number=number, asked_on=request.asked_on, cause=cause, by=by, at=at)


def municipality_is_out(request: SelfSettlement, *, on: date, by: Viewer, at: datetime) -> None:
    """Nobody has a task of the request any more, and its municipality no need to know for it.

    Called last in an act of the municipality's own: it sees nothing of the household afterwards.
    """
    close_tasks(TASKS, subject_id=request.subject_id, by=by, at=at, outcome="void")
    void_change(request.subject_id, request.organisation_id, by=by, at=at)
    end_needs(
        [request.subject_id, *members_on(request.subject_id, on)],
        reason=NeedReason.WANTS_TO_SETTLE,
        on=on,
        at=at,
        organisation_id=request.organisation_id,
    )
