"""A municipality is told that it has no part any more, although it sees nothing of the household from then on."""

from datetime import date, datetime

from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.events import Happening, publish
from fotfeste.platform.viewer import Viewer
from fotfeste.settlement.models import SettlementCase, SettlementRequest, Withdrawal
from fotfeste.settlement.task_kinds_offers import SEE_WITHDRAWAL
from fotfeste.worklist.public import close_tasks, open_task

LEFT_AFTER_REFUSAL = "settlement.left_after_refusal"


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
    told = Withdrawal.objects.create(
        subject_id=case.subject_id,
        organisation_id=request.organisation_id,
        request_number=request.reference,
        sent_on=request.sent_on,
        came_to=came_to,
        cause=cause,
        withdrawn_on=max(on, request.sent_on),
        withdrawn_by_id=by.organisation_id,
    )
    today = legal_day(at)
    open_task(
        SEE_WITHDRAWAL,
        subject_id=case.subject_id,
        organisation_id=request.organisation_id,
        cause=cause,
        basis_on=today,
        due_on=today,
        object_id=told.pk,
        at=at,
    )
    return told


def take_back_notice(case: SettlementCase, cause: str, *, by: Viewer, at: datetime) -> bool:
    """What the municipality was told never came to pass: the notice goes, unless it has been seen. Whether it has not.

    It was nothing but the task to see it, so nothing is kept of it: that they left is in the household's history.
    """
    notices = Withdrawal.objects.select_for_update().filter(subject_id=case.subject_id)
    told = list(notices.filter(cause=cause))
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
