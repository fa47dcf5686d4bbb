"""The forms of one household's way to its municipality, each on a page where it is open."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from fotfeste.accommodation.public import (
    DepartureReason,
)
from fotfeste.platform.scope import scope
from fotfeste.registry.public import register_member
from fotfeste.settlement.actions.journey import ask_travel_approval
from fotfeste.settlement.public import (
    Capability,
    ClosingReason,
    add_need,
    close_case,
    pass_on,
    report_no_show,
    withdraw_offer,
)
from tests.actions.settlement.asking import centre_beside_levanger
from tests.actions.settlement.stage import (
    accepted,
    approved,
    booked,
    claimed,
    denied,
    depart,
    family,
    found,
    gone,
    offered,
    paid,
    queued,
    refused,
    requested,
    sent,
    with_car,
    with_journey,
)
from tests.conftest import Cast
from tests.web.place import Place, reference


def _queued(cast: Cast) -> list[Place]:
    group = queued(cast)
    here = reference(group)
    centre_beside_levanger(cast)
    with scope(cast.imdi, cast.day):
        pass_on(group, "De har to hunder.", by=cast.imdi, at=cast.at)
    return [
        Place("settlement_notes", cast.centre, [here]),
        Place("change_needs", cast.imdi, [here]),
        Place("pass_on", cast.imdi, [here]),
        Place("take_back_passed_on", cast.imdi, [here]),
        Place("reopen_interview", cast.centre, [here]),
        Place("send_request", cast.imdi, [here, "5038"]),
        Place("declare_capabilities", cast.municipality),
        Place("register_decision", cast.municipality),
        Place("declare_week_limit", cast.municipality),
        Place("declare_resources", cast.municipality),
        Place("declare_local_offers", cast.municipality),
        Place("register_year_request", cast.imdi, ["5037"]),
        Place("reserve_places", cast.municipality, ["5037"]),
    ]


def _requested(cast: Cast) -> list[Place]:
    here = [reference(requested(cast, queued(cast, has_pets=True)))]
    return [Place("answer_request", cast.municipality, here), Place("withdraw_request", cast.imdi, here)]


def _found(cast: Cast) -> list[Place]:
    here = [reference(found(cast, queued(cast)))]
    return [Place("make_offer", cast.imdi, here), Place("release_municipality", cast.imdi, here)]


def _offered(cast: Cast) -> list[Place]:
    here = [reference(offered(cast, queued(cast)))]
    return [Place("register_offer_answer", cast.centre, here), Place("withdraw_offer", cast.imdi, here)]


def _asked_about_needs(cast: Cast) -> list[Place]:
    group = offered(cast, queued(cast))
    with scope(cast.imdi, cast.day):
        add_need(group, Capability.PETS, reason="De har fått hund.", by=cast.imdi, at=cast.at)
    return [Place("answer_needs", cast.municipality, [reference(group)])]


def _taken_back(cast: Cast) -> list[Place]:
    group = offered(cast, queued(cast))
    with scope(cast.imdi, cast.day):
        withdraw_offer(group, reason="home_lost", by=cast.imdi, at=cast.at)
    here = [reference(group)]
    return [Place("tell_withdrawal", cast.centre, here), Place("withdrawn_request", cast.municipality, here)]


def _refused(cast: Cast) -> list[Place]:
    return [Place("annul_refusal", cast.imdi, [reference(refused(cast, queued(cast)))])]


def _closed(cast: Cast) -> list[Place]:
    group = queued(cast)
    with scope(cast.centre, cast.day):
        close_case(group, reason=ClosingReason.MISTAKE, by=cast.centre, at=cast.at)
    return [Place("annul_closing", cast.centre, [reference(group)])]


def _accepted(cast: Cast) -> list[Place]:
    group = accepted(cast, queued(cast))
    return [
        Place("arrange_journey", cast.centre, [reference(group)]),
        Place("ask_travel_approval", cast.centre, [reference(group)]),
    ]


def _travelling(cast: Cast) -> list[Place]:
    here = [reference(with_journey(cast, queued(cast)))]
    return [Place("write_booking", cast.centre, here), Place("postpone_journey", cast.centre, here)]


def _of(step: Callable[[Cast, int], int], name: str, *, is_udis: bool = False) -> Callable[[Cast], list[Place]]:
    """One form of travel, where it is open."""

    def places(cast: Cast) -> list[Place]:
        return [Place(name, cast.udi if is_udis else cast.centre, [reference(step(cast, queued(cast)))])]

    return places


def _asked_udi(cast: Cast) -> list[Place]:
    group = accepted(cast, queued(cast))
    with scope(cast.centre, cast.day):
        ask_travel_approval(group, modes=["taxi"], explanation="Rullestol", by=cast.centre, at=cast.at)
    return [Place("approve_travel", cast.udi, [reference(group)])]


def _settled(cast: Cast) -> list[Place]:
    group = with_journey(cast, queued(cast))
    depart(cast, group)
    return [Place("confirm_arrival", cast.municipality, [reference(group)])]


def _missed(cast: Cast) -> list[Place]:
    group = with_journey(cast, queued(cast))
    depart(cast, group)
    with scope(cast.municipality, cast.day):
        report_no_show(group, text="Ingen på toget.", by=cast.municipality, at=cast.at)
    return [Place("follow_no_show", cast.imdi, [reference(group)])]


def _moved(cast: Cast) -> list[Place]:
    group = queued(cast)
    depart(cast, group, DepartureReason.PRIVATE_ADDRESS, most=1)
    return [Place("private_move", cast.imdi, [reference(group)])]


def _gone_before_the_journey(cast: Cast) -> list[Place]:
    group = with_journey(cast, queued(cast))
    gone(cast, group)
    return [Place("cancel_bookings", cast.centre, [reference(group)])]


def _grown(cast: Cast) -> list[Place]:
    group = requested(cast, queued(cast))
    with scope(cast.udi, cast.day):
        register_member(group, replace(family().persons[0], given_name="Iryna"), cast.day, by=cast.udi, at=cast.at)
    here = [reference(group)]
    return [Place("household_again", cast.imdi, here), Place("household_changed", cast.municipality, here)]


SETTLEMENT_STAGES: Mapping[str, Callable[[Cast], list[Place]]] = {
    "in the queue": _queued,
    "asked": _requested,
    "found": _found,
    "offered": _offered,
    "asked about needs": _asked_about_needs,
    "taken back": _taken_back,
    "refused": _refused,
    "closed": _closed,
    "accepted": _accepted,
    "journey agreed": _travelling,
    "written to the agent": _of(booked, "send_booking"),
    "sent to the agent": _of(sent, "answer_booking"),
    "in their own car": _of(with_car, "pay_own_car"),
    "own car paid": _of(paid, "send_car_claim"),
    "own car denied": _of(denied, "resend_car_claim"),
    "own car claimed": _of(claimed, "decide_car_claim", is_udis=True),
    "own car approved": _of(approved, "refund_car_claim", is_udis=True),
    "asked of UDI": _asked_udi,
    "settled": _settled,
    "never came": _missed,
    "moved": _moved,
    "gone before the journey": _gone_before_the_journey,
    "grown": _grown,
}
SETTLEMENT_NAMES: Mapping[str, Sequence[str]] = {
    "in the queue": [
        "settlement_notes", "change_needs", "pass_on", "take_back_passed_on",
        "reopen_interview", "send_request", "declare_capabilities",
        "register_decision", "declare_week_limit", "declare_resources", "declare_local_offers",
        "register_year_request", "reserve_places",
    ],
    "asked": ["answer_request", "withdraw_request"],
    "found": ["make_offer", "release_municipality"],
    "offered": ["register_offer_answer", "withdraw_offer"],
    "asked about needs": ["answer_needs"],
    "taken back": ["tell_withdrawal", "withdrawn_request"],
    "refused": ["annul_refusal"],
    "closed": ["annul_closing"],
    "accepted": ["arrange_journey", "ask_travel_approval"],
    "journey agreed": ["write_booking", "postpone_journey"],
    "written to the agent": ["send_booking"],
    "sent to the agent": ["answer_booking"],
    "in their own car": ["pay_own_car"],
    "own car paid": ["send_car_claim"],
    "own car denied": ["resend_car_claim"],
    "own car claimed": ["decide_car_claim"],
    "own car approved": ["refund_car_claim"],
    "asked of UDI": ["approve_travel"],
    "settled": ["confirm_arrival"],
    "never came": ["follow_no_show"],
    "moved": ["private_move"],
    "gone before the journey": ["cancel_bookings"],
    "grown": ["household_again", "household_changed"],
}  # fmt: skip
