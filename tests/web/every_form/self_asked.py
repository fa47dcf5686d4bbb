"""The forms of agreed self-settlement, each on a step on which it is open."""

from collections.abc import Callable, Mapping, Sequence

from tests.actions.self_settlement.stage import agreed, approved, asks, sent, welcome
from tests.actions.settlement.stage import queued
from tests.conftest import Cast
from tests.properties.killed.self_asked import declined
from tests.web.place import Place, reference


def _queued(cast: Cast) -> list[Place]:
    return [Place("ask_self_settlement", cast.centre, [reference(queued(cast))])]


def _asked(cast: Cast) -> list[Place]:
    here = [reference(asks(cast))]
    return [
        Place("answer_self_settlement", cast.municipality, here),
        Place("withdraw_self_settlement", cast.centre, here),
    ]


def _welcome(cast: Cast) -> list[Place]:
    return [Place("send_found_home", cast.centre, [reference(welcome(cast))])]


def _sent(cast: Cast) -> list[Place]:
    return [Place("check_found_home", cast.municipality, [reference(sent(cast))])]


def _approved(cast: Cast) -> list[Place]:
    here = [reference(approved(cast))]
    return [Place("agree_self_settlement", cast.imdi, here), Place("lose_found_home", cast.centre, here)]


def _agreed(cast: Cast) -> list[Place]:
    return [Place("register_moved_in", cast.centre, [reference(agreed(cast))])]


def _declined(cast: Cast) -> list[Place]:
    return [Place("tell_self_settlement_no", cast.centre, [reference(declined(cast))])]


SELF_ASKED_STAGES: Mapping[str, Callable[[Cast], list[Place]]] = {
    "before self-settlement": _queued,
    "self-settlement asked for": _asked,
    "self-settlement welcome": _welcome,
    "self-settlement with a home": _sent,
    "self-settlement approved": _approved,
    "self-settlement agreed": _agreed,
    "self-settlement declined": _declined,
}
SELF_ASKED_NAMES: Mapping[str, Sequence[str]] = {
    "before self-settlement": ["ask_self_settlement"],
    "self-settlement asked for": ["answer_self_settlement", "withdraw_self_settlement"],
    "self-settlement welcome": ["send_found_home"],
    "self-settlement with a home": ["check_found_home"],
    "self-settlement approved": ["agree_self_settlement", "lose_found_home"],
    "self-settlement agreed": ["register_moved_in"],
    "self-settlement declined": ["tell_self_settlement_no"],
}
