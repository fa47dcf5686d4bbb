"""The workflows of the journey: a message to the travel agent, and a claim for an own car."""

from fotfeste.kernel.workflow import Transition, Workflow


def _step(name: str, sources: tuple[str, ...], target: str, *permissions: str) -> Transition:
    return Transition(
        name=name,
        sources=frozenset(sources),
        target=target,
        who=frozenset(permissions),
        event=f"settlement.{name}",
        guard=None,
    )


_CENTRE, _UDI = "settlement.arrange_journey", "settlement.approve_travel"

BOOKING = Workflow(
    name="booking_message",
    initial="drafted",
    states=("drafted", "sent", "confirmed", "failed", "changed", "cancelled", "dropped"),
    final=frozenset({"failed", "changed", "cancelled", "dropped"}),
    transitions=(
        _step("send_booking", ("drafted",), "sent", _CENTRE),
        _step("drop_booking", ("drafted",), "dropped", _CENTRE),
        _step("confirm_booking", ("sent",), "confirmed", _CENTRE),
        _step("fail_booking", ("sent",), "failed", _CENTRE),
        # A later message took its place.
        _step("change_booking", ("sent", "confirmed"), "changed", _CENTRE),
        _step("cancel_booking", ("sent", "confirmed"), "cancelled", _CENTRE),
    ),
)

# What is owed is computed when it is read; a claim begins when it is paid.
CAR_CLAIM = Workflow(
    name="car_claim",
    initial="paid_out",
    states=("paid_out", "sent", "approved", "denied", "refunded", "kept"),
    final=frozenset({"refunded", "kept"}),
    transitions=(
        _step("send_car_claim", ("paid_out",), "sent", _CENTRE),
        _step("approve_car_claim", ("sent",), "approved", _UDI),
        _step("deny_car_claim", ("sent",), "denied", _UDI),
        # ... once more, with what UDI had not got; what it denied stays in the claim's history.
        _step("resend_car_claim", ("denied",), "sent", _CENTRE),
        _step("refund_car_claim", ("approved",), "refunded", _UDI),
        # Paid back by the residents of what UDI never paid: it is the centre's own.
        _step("keep_car_claim", ("sent",), "kept", _CENTRE, _UDI),
    ),
)
