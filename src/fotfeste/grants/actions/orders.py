"""Ask for a run, and compute what was asked for: the one in the page's act, the other in a job."""

from datetime import date, datetime, timedelta

from django.db import transaction

from fotfeste.grants.actions.runs import check_order, compute_run
from fotfeste.grants.domain.terms import terms_of
from fotfeste.grants.domain.types import Scheme
from fotfeste.grants.models import OrderState, RunOrder
from fotfeste.grants.tasks import compute_asked_for
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import NotAllowed, Refused
from fotfeste.platform.acts import act
from fotfeste.platform.viewer import Viewer


@act
def order_run(scheme: Scheme, through: date, *, by: Viewer, at: datetime) -> RunOrder:
    """Ask for a run of what is known now. It is computed by a job, so that nobody waits for it before a page.

    One that has waited longer than a job is tried was left, and is answered so. Raises NotAllowed; Refused as
    `compute_run`, and `one_run_is_asked_for` where another waits to be computed.
    """
    check_order(scheme, through, at, by=by, at=at)
    asker = by.user_id
    if asker is None:
        raise NotAllowed
    _answer_those_left(scheme, at)
    order = RunOrder.objects.create(
        organisation_id=by.organisation_id,
        scheme=scheme.value.lower(),
        through=through,
        as_known_at=at,
        ordered_by_id=asker,
    )
    compute_asked_for.enqueue(order_id=order.pk, user_id=asker)
    return order


def _answer_those_left(scheme: Scheme, at: datetime) -> None:
    """Answer what was asked for and nobody computes any more: the job gave up, or the asker lost the role.

    One that a job has locked is being computed, and is not waited for: the job waits for the books, which are ours.
    """
    until = at - timedelta(hours=terms_of(scheme).order_hours(legal_day(at)))
    waiting = RunOrder.objects.filter(scheme=scheme.value.lower(), state=OrderState.WAITING, as_known_at__lt=until)
    for order in waiting.select_for_update(of=("self",), skip_locked=True):
        order.state, order.refusal, order.finished_at = OrderState.REFUSED, "order_was_left", at
        order.save(update_fields=["state", "refusal", "finished_at"])


@act
def compute_order(order_id: int, *, by: Viewer, at: datetime) -> RunOrder:
    """Compute a run that was asked for, and say what came of it. Once: an order that is answered stays as it is."""
    order = RunOrder.objects.select_for_update(of=("self",)).get(pk=order_id)
    if order.state != OrderState.WAITING:
        return order
    order.finished_at = at
    try:
        with transaction.atomic():
            run = compute_run(Scheme(order.scheme.upper()), order.through, order.as_known_at, by=by, at=at)
    except Refused as refused:
        order.state, order.refusal = OrderState.REFUSED, refused.code
    else:
        order.state, order.run = OrderState.DONE, run
    order.save(update_fields=["state", "run", "refusal", "finished_at"])
    return order
