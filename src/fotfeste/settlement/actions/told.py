"""What a municipality is told: that it has no part any more, or that others come than it was asked for."""

from datetime import date, datetime

from fotfeste.access.public import NeedReason, organisations_with
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.events import Happening, publish
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import lock_group
from fotfeste.settlement.models import SettlementCase, SettlementRequest, Withdrawal
from fotfeste.settlement.task_kinds_offers import SEE_CHANGE, SEE_WITHDRAWAL
from fotfeste.worklist.public import close_tasks, open_task

_ASKED_BY_IMDI = (NeedReason.ASKED_TO_SETTLE, NeedReason.OFFERED_HERE)
LEFT_AFTER_REFUSAL = "settlement.left_after_refusal"
MOVE_ANNULLED = "settlement.move_annulled"
_CHANGED = "settlement.change_told"
MOVE_ANNULLED_AND_CHANGED = "settlement.move_annulled_and_changed"


def tell_municipality(
    case: SettlementCase,
    request: SettlementRequest,
    *,
    came_to: str,
    cause: str,
    on: date,
    by: Viewer,
    at: datetime,
) -> Withdrawal:
    """Write the notice to the municipality that the request was sent to, with a task to see it.

    Called before its need to know ends, by the act that ends it. `came_to` is the state of the case until then,
    `cause` the event that it follows from. It ends on `on`, but never before the request was sent.
    """
    told = Withdrawal(
        subject_id=case.subject_id,
        organisation_id=request.organisation_id,
        request_number=request.reference,
        sent_on=request.sent_on,
        came_to=came_to,
        cause=cause,
        withdrawn_on=max(on, request.sent_on),
        withdrawn_by_id=by.organisation_id,
    )
    return _tell(told, at=at)


def tell_welcoming(
    case: SettlementCase, organisation_id: int, *, number: str, asked_on: date, cause: str, by: Viewer, at: datetime
) -> Withdrawal:
    """`tell_municipality` for one that a household asked itself and that had said yes, before IMDi agreed."""
    told = Withdrawal(
        subject_id=case.subject_id,
        organisation_id=organisation_id,
        request_number=number,
        sent_on=asked_on,
        came_to="queued",
        cause=cause,
        withdrawn_on=legal_day(at),
        withdrawn_by_id=by.organisation_id,
    )
    return _tell(told, at=at)


def _tell(told: Withdrawal, *, at: datetime) -> Withdrawal:
    told.save()
    today = legal_day(at)
    open_task(
        SEE_WITHDRAWAL,
        subject_id=told.subject_id,
        organisation_id=told.organisation_id,
        cause=told.cause,
        basis_on=today,
        due_on=today,
        object_id=told.pk,
        at=at,
    )
    return told


def take_back_notice(case: SettlementCase, cause: str, *, by: Viewer, at: datetime, number: str = "") -> bool:
    """What the municipality was told never came to pass: the notice goes, unless it has been seen. Whether it has not.
    `number`: only what it was told of that request.

    It was nothing but the task to see it, so nothing is kept of it: that they left is in the household's history.
    """
    notices = Withdrawal.objects.select_for_update().filter(subject_id=case.subject_id)
    told = list(notices.filter(cause=cause, **({"request_number": number} if number else {})))
    if any(notice.seen_at is not None for notice in told):
        return False
    for notice in told:
        notice.delete()
        if not notices.filter(organisation_id=notice.organisation_id, seen_at__isnull=True).exists():
            close_tasks(
                [SEE_WITHDRAWAL],
                subject_id=case.subject_id,
                by=by,
                at=at,
                outcome="void",
                organisation_id=notice.organisation_id,
            )
    return True


@act
def see_withdrawals(group_id: int, *, by: Viewer, at: datetime) -> None:
    """The municipality has seen that it has no part in the household any more; its task is done.

    The household itself is not locked: the municipality sees it no more. Raises Refused `withdrawal_is_seen`.
    """
    require(by, "settlement.answer_request")
    own = Withdrawal.objects.select_for_update().filter(subject_id=group_id, organisation_id=by.organisation_id)
    unseen = list(own.filter(seen_at__isnull=True).order_by("pk"))
    if not unseen:
        raise Refused("withdrawal_is_seen")
    own.filter(pk__in=[told.pk for told in unseen]).update(seen_at=at, seen_by_id=by.user_id)
    close_tasks([SEE_WITHDRAWAL], subject_id=group_id, by=by, at=at, organisation_id=by.organisation_id)
    publish(
        Happening(
            type="settlement.withdrawal_seen",
            subject_id=group_id,
            object_kind="withdrawal",
            object_id=unseen[-1].pk,
            holds_on=legal_day(at),
            other_organisation_id=by.organisation_id,
        ),
        by=by,
        at=at,
    )


def tell_of_change(case: SettlementCase, *, by: Viewer, at: datetime) -> None:
    """A municipality that is asked, by IMDi or by the household itself, has said yes or is offered: others come than it
    knew of, fewer or more.

    It is told how many they are now, and sees who: not why somebody comes no more (need to know). Its answer stands
    until it or IMDi says otherwise. Part of what follows from whatever changed the household, in the same transaction.
    """
    today = legal_day(at)
    reasons = (NeedReason.WANTS_TO_SETTLE, *_ASKED_BY_IMDI)
    told = {each for reason in reasons for each in organisations_with(case.subject_id, reason, today)}
    for organisation_id in sorted(told):
        _ask_to_see(case, organisation_id, by=by, at=at)


def tell_of_followers(case: SettlementCase, organisation_id: int, *, by: Viewer, at: datetime) -> None:
    """The municipality where some of a household have been settled is told that others of it come after all."""
    _ask_to_see(case, organisation_id, by=by, at=at)


def tell_of_mistake(case: SettlementCase, organisation_id: int, *, by: Viewer, at: datetime) -> None:
    """The municipality that they were thought to live in is told that it was a mistake, and has them as before."""
    _ask_to_see(case, organisation_id, by=by, at=at, cause=MOVE_ANNULLED)


def _ask_to_see(case: SettlementCase, organisation_id: int, *, by: Viewer, at: datetime, cause: str = _CHANGED) -> None:
    """One task, also where it has not seen the other yet: that it says both."""
    today = legal_day(at)
    task = open_task(
        SEE_CHANGE,
        subject_id=case.subject_id,
        organisation_id=organisation_id,
        cause=cause,
        basis_on=today,
        due_on=today,
        object_id=case.pk,
        at=at,
    )
    if task.cause not in (cause, MOVE_ANNULLED_AND_CHANGED):
        task.cause = MOVE_ANNULLED_AND_CHANGED
        task.save(update_fields=["cause"])
    _publish_change(_CHANGED, case.subject_id, organisation_id, by=by, at=at)


def void_change(group_id: int, organisation_id: int, *, by: Viewer, at: datetime) -> None:
    """The household does not ask the municipality any more: there is no change for it to see, unless IMDi asks it."""
    today = legal_day(at)
    if not any(organisation_id in organisations_with(group_id, reason, today) for reason in _ASKED_BY_IMDI):
        close_tasks([SEE_CHANGE], subject_id=group_id, by=by, at=at, outcome="void", organisation_id=organisation_id)


@act
def see_change(group_id: int, *, by: Viewer, at: datetime, version: int | None = None) -> None:
    """The municipality has seen who they are now. Raises Refused `change_is_seen`; Stale, NotFound, NotAllowed."""
    require(by, "settlement.answer_request")
    lock_group(group_id, version=version)
    if not close_tasks([SEE_CHANGE], subject_id=group_id, by=by, at=at, organisation_id=by.organisation_id):
        raise Refused("change_is_seen")
    _publish_change("settlement.change_seen", group_id, by.organisation_id, by=by, at=at)


def _publish_change(kind: str, group_id: int, organisation_id: int, *, by: Viewer, at: datetime) -> None:
    publish(
        Happening(
            type=kind,
            subject_id=group_id,
            object_kind="placement_group",
            object_id=group_id,
            holds_on=legal_day(at),
            other_organisation_id=organisation_id,
        ),
        by=by,
        at=at,
    )
