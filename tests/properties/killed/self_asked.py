"""Acts of agreed self-settlement, each with what there is before it."""

from fotfeste.kernel.calendar import legal_day
from fotfeste.platform.scope import scope
from fotfeste.self_settlement.public import (
    Asking,
    Check,
    EndCause,
    NoReason,
    WhyThere,
    agree_self_settlement,
    approve_home,
    ask_for_change,
    ask_for_self_settlement,
    confirm_home,
    decline_household,
    leave_unagreed,
    look_at_home_again,
    lose_home,
    move_in,
    register_no_told,
    send_home,
    welcome_household,
    withdraw_self_settlement,
)
from tests.actions.self_settlement.stage import (
    FOUND,
    agreed,
    approved,
    asks,
    grown,
    grown_unseen,
    sent,
    welcome,
)
from tests.actions.settlement.stage import queued
from tests.conftest import Cast
from tests.properties.killed.scene import Scene


def declined(cast: Cast) -> int:
    """The municipality has said no, and they do not know it yet."""
    group = asks(cast)
    with scope(cast.municipality, cast.day):
        decline_household(group, reason=NoReason.NO_CAPACITY, by=cast.municipality, at=cast.at)
    return group


SELF_ASKED = {
    "ask_for_self_settlement": Scene(
        lambda cast: (queued(cast), cast.municipality.organisation_id),
        "centre",
        lambda group, to, **by: ask_for_self_settlement(
            group, Asking(organisation_id=to, why_there=[WhyThere.WORK]), **by
        ),
    ),
    "withdraw_self_settlement": Scene(
        agreed, "centre", lambda group, **by: withdraw_self_settlement(group, cause=EndCause.OWN_WISH, **by)
    ),
    "register_no_told": Scene(declined, "centre", lambda group, **by: register_no_told(group, **by)),
    "welcome_household": Scene(asks, "municipality", lambda group, **by: welcome_household(group, **by)),
    "decline_household": Scene(
        sent, "municipality", lambda group, **by: decline_household(group, reason=NoReason.NO_CAPACITY, **by)
    ),
    "send_home": Scene(welcome, "centre", lambda group, **by: send_home(group, FOUND, **by)),
    "lose_home": Scene(approved, "centre", lambda group, **by: lose_home(group, **by)),
    "approve_home": Scene(
        sent,
        "municipality",
        lambda group, **by: approve_home(group, seen=list(Check), **by),
    ),
    "ask_for_change": Scene(
        sent,
        "municipality",
        lambda group, **by: ask_for_change(group, seen=[], must_change="Lavere husleie.", **by),
    ),
    "agree_self_settlement": Scene(
        approved, "imdi", lambda group, **by: agree_self_settlement(group, agreed_with="Anne Moe", **by)
    ),
    "look_at_home_again": Scene(grown_unseen, "imdi", lambda group, **by: look_at_home_again(group, **by)),
    "confirm_home": Scene(grown, "municipality", lambda group, **by: confirm_home(group, seen=list(Check), **by)),
    "leave_unagreed": Scene(approved, "imdi", lambda group, **by: leave_unagreed(group, text="Fullt.", **by)),
    "move_in": Scene(agreed, "centre", lambda group, **by: move_in(group, legal_day(by["at"]), is_meant=True, **by)),
}
