"""Acts from the request to the arrival, each with what there is before it."""

from collections.abc import Callable
from datetime import datetime, timedelta

from fotfeste.kernel.calendar import legal_day
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import Mistake
from fotfeste.settlement.actions.claim_night import follow_claims_tonight
from fotfeste.settlement.domain.types import Capability, DeclineReason
from fotfeste.settlement.public import (
    ClosingReason,
    WithdrawalReason,
    accept_car_denial,
    accept_request,
    agree_journey,
    annul_closing,
    annul_refusal,
    answer_booking,
    answer_travel_approval,
    ask_travel_approval,
    close_case,
    confirm_arrival,
    decide_car_claim,
    decline_request,
    drop_booking,
    follow_no_show,
    make_offer,
    pay_own_car,
    postpone_journey,
    refund_car_claim,
    register_offer_answer,
    register_withdrawal_told,
    release_municipality,
    report_no_show,
    resend_car_claim,
    see_withdrawals,
    send_booking,
    send_car_claim,
    send_request,
    withdraw_offer,
    withdraw_request,
    write_booking,
)
from tests.actions.settlement import stage
from tests.conftest import Cast
from tests.properties.killed.accommodation import gone
from tests.properties.killed.scene import Scene
from tests.settlement_steps import placed


def after(step: Callable[[Cast, int], int]) -> Callable[[Cast], int]:
    """A household that was in the queue, and one step (and all before it) on."""
    return lambda cast: step(cast, stage.queued(cast))


def to_ask(cast: Cast) -> tuple[int, ...]:
    """A household in the queue, and a municipality."""
    return stage.queued(cast), cast.municipality.organisation_id


def asked_with_pets(cast: Cast) -> int:
    """A household with a dog, and a municipality that is asked: what it has not, it declares as it answers."""
    return stage.requested(cast, stage.queued(cast, has_pets=True))


def closed(cast: Cast) -> int:
    """A household whose case is closed by hand."""
    group = stage.queued(cast)
    with scope(cast.centre, cast.day):
        close_case(group, reason=ClosingReason.OWN_WAY, by=cast.centre, at=cast.at)
    return group


def withdrawn(cast: Cast) -> int:
    """A household that had said yes, and whose offer is taken back."""
    group = after(stage.accepted)(cast)
    with scope(cast.imdi, cast.day):
        take_back(group, by=cast.imdi, at=cast.at)
    return group


def asking_udi(cast: Cast) -> int:
    """UDI is asked whether they may travel by taxi."""
    group = after(stage.accepted)(cast)
    with scope(cast.centre, cast.day):
        ask_udi(group, by=cast.centre, at=cast.at)
    return group


def missed(cast: Cast) -> int:
    """A household that left and never came."""
    group = gone(cast)
    with scope(cast.municipality, cast.day):
        report_no_show(group, text="Ingen på toget.", by=cast.municipality, at=cast.at)
    return group


def paid_and_moved(cast: Cast) -> int:
    """A household whose own car Voss paid for, and who live at another centre since: Voss sees them for 30 days."""
    group = after(stage.paid)(cast)
    placed(cast, group, cast.other_centre, cast.day)
    return group


def answer(*, accepts: bool) -> Callable[..., object]:
    def act(group: int, *, by: Viewer, at: datetime) -> object:
        return register_offer_answer(
            group,
            accepts=accepts,
            answered_on=legal_day(at),
            answered_by_names="Olena og Andrij",
            answer_language="uk",
            consequences_shown=True,
            by=by,
            at=at,
        )

    return act


def take_back(group: int, *, by: Viewer, at: datetime) -> object:
    return withdraw_offer(group, reason=WithdrawalReason.HOME_LOST, text="Brann.", by=by, at=at)


def ask_udi(group: int, *, by: Viewer, at: datetime) -> object:
    return ask_travel_approval(group, modes=["taxi"], explanation="Rullestol", by=by, at=at)


SETTLEMENT = {
    "send_request": Scene(
        to_ask, "imdi", lambda group, to, **by: send_request(group, to, wanted_week=stage.WEEK, **by)
    ),
    "accept_request": Scene(
        after(stage.requested),
        "municipality",
        lambda group, **by: accept_request(group, possible_week=stage.WEEK, **by),
    ),
    "decline_request": Scene(
        after(stage.requested),
        "municipality",
        lambda group, **by: decline_request(
            group, reason=DeclineReason.NO_HOUSING, follows="not_until_reassessed", **by
        ),
    ),
    "decline_request: not this need": Scene(
        asked_with_pets,
        "municipality",
        lambda group, **by: decline_request(
            group, reason=DeclineReason.NO_HOUSING, follows="not_this_need", unmet=(Capability.PETS,), **by
        ),
    ),
    "withdraw_request": Scene(after(stage.requested), "imdi", withdraw_request),
    "release_municipality": Scene(after(stage.found), "imdi", release_municipality),
    "see_withdrawals": Scene(withdrawn, "municipality", see_withdrawals),
    "make_offer": Scene(after(stage.found), "imdi", lambda group, **by: make_offer(group, week=stage.WEEK, **by)),
    "register_offer_answer": Scene(after(stage.offered), "centre", answer(accepts=True)),
    "register_offer_answer: no": Scene(after(stage.offered), "centre", answer(accepts=False)),
    "annul_refusal": Scene(
        after(stage.refused), "imdi", lambda group, **by: annul_refusal(group, reason=Mistake.WRONG_PERSON, **by)
    ),
    "withdraw_offer": Scene(after(stage.with_journey), "imdi", take_back),
    "register_withdrawal_told": Scene(
        withdrawn,
        "centre",
        lambda group, *, by, at: register_withdrawal_told(group, told_on=legal_day(at), by=by, at=at),
    ),
    "ask_travel_approval": Scene(after(stage.accepted), "centre", ask_udi),
    "answer_travel_approval": Scene(
        asking_udi, "udi", lambda group, **by: answer_travel_approval(group, approves=True, udi_reference="24/1", **by)
    ),
    "write_booking": Scene(after(stage.with_journey), "centre", write_booking),
    "send_booking": Scene(
        after(stage.booked),
        "centre",
        lambda group, *, by, at: send_booking(
            group, channel="phone", sent_to="Berg", sent_on=legal_day(at), by=by, at=at
        ),
    ),
    "drop_booking": Scene(after(stage.booked), "centre", drop_booking),
    "answer_booking": Scene(
        after(stage.sent),
        "centre",
        lambda group, **by: answer_booking(group, is_confirmed=True, agent_reference="A1", prices_ore=[100], **by),
    ),
    "postpone_journey": Scene(
        after(stage.with_journey),
        "centre",
        lambda group, *, by, at: postpone_journey(group, kind="cancelled", happened_on=legal_day(at), by=by, at=at),
    ),
    "postpone_journey: to a day": Scene(
        after(stage.with_journey),
        "centre",
        lambda group, *, by, at: postpone_journey(
            group, kind="fell_ill", happened_on=legal_day(at), new_on=legal_day(at) + timedelta(days=30), by=by, at=at
        ),
    ),
    "pay_own_car": Scene(
        after(stage.with_car),
        "centre",
        lambda group, *, by, at: pay_own_car(group, paid_on=legal_day(at), by=by, at=at),
    ),
    "follow_claims_tonight": Scene(
        paid_and_moved, "udi", lambda group, **by: follow_claims_tonight(group, **by), later=timedelta(days=30)
    ),
    "send_car_claim": Scene(after(stage.paid), "centre", send_car_claim),
    "resend_car_claim": Scene(
        after(stage.denied), "centre", lambda group, **by: resend_car_claim(group, text="Vedlagt.", **by)
    ),
    "accept_car_denial": Scene(after(stage.denied), "centre", accept_car_denial),
    "decide_car_claim": Scene(
        after(stage.claimed), "udi", lambda group, **by: decide_car_claim(group, approves=True, **by)
    ),
    "refund_car_claim": Scene(
        after(stage.approved),
        "udi",
        lambda group, *, by, at: refund_car_claim(group, refunded_on=legal_day(at), by=by, at=at),
    ),
    "agree_journey": Scene(
        after(stage.accepted), "centre", lambda group, **by: agree_journey(group, stage.plan(), **by)
    ),
    "confirm_arrival": Scene(
        gone, "municipality", lambda group, *, by, at: confirm_arrival(group, arrived_on=legal_day(at), by=by, at=at)
    ),
    "report_no_show": Scene(
        gone, "municipality", lambda group, **by: report_no_show(group, text="Ingen på toget.", **by), timedelta(days=1)
    ),
    "follow_no_show": Scene(missed, "imdi", follow_no_show, timedelta(days=1)),
    "annul_closing": Scene(
        closed, "centre", lambda group, **by: annul_closing(group, reason=Mistake.WRONG_PERSON, **by)
    ),
    "close_case": Scene(
        after(stage.with_journey), "imdi", lambda group, **by: close_case(group, reason=ClosingReason.OWN_WAY, **by)
    ),
}
