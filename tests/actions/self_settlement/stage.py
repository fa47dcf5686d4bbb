"""The Kovalenkos ask Levanger for agreed self-settlement, brought to a step by the real acts."""

from dataclasses import replace
from datetime import date

from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import register_member
from fotfeste.self_settlement.domain.home import checks_of
from fotfeste.self_settlement.public import (
    Asking,
    Check,
    Contract,
    DepositBy,
    Found,
    SelfSettlement,
    WhyThere,
    agree_self_settlement,
    approve_home,
    ask_for_self_settlement,
    move_in,
    send_home,
    welcome_household,
)
from tests.actions.settlement.stage import family, queued
from tests.conftest import Cast

CONTRACT = Contract(
    rent_ore=1_200_000,
    deposit_ore=3_600_000,
    deposit_by=DepositBy.GUARANTEE,
    notice_months=3,
    length_months=36,
    starts_on=date(2024, 4, 1),
    rooms=4,
    square_metres=85,
    persons=4,
    others=0,
)
FOUND = Found(
    street="Kirkegata 4",
    postal_code="7600",
    landlord_name="Per Moe",
    landlord_contact="90 00 00 00",
    contract=CONTRACT,
)


def everything(cast: Cast) -> list[Check]:
    """All that is looked at."""
    home, contract = checks_of(cast.day)
    return [*home, *contract]


def asking(cast: Cast, of: Viewer | None = None, **changes: object) -> Asking:
    """They want to work there."""
    to = of or cast.municipality
    return replace(
        Asking(organisation_id=to.organisation_id, why_there=[WhyThere.WORK], message="Bror bor der."),
        **changes,  # type: ignore[arg-type]
    )


def asks(cast: Cast, group: int | None = None, of: Viewer | None = None) -> int:
    """A household in the queue that has asked."""
    found = group or queued(cast)
    with scope(cast.centre, cast.day):
        ask_for_self_settlement(found, asking(cast, of), by=cast.centre, at=cast.at)
    return found


def welcome(cast: Cast) -> int:
    """... and the municipality has said yes."""
    group = asks(cast)
    with scope(cast.municipality, cast.day):
        welcome_household(group, text="Velkommen", by=cast.municipality, at=cast.at)
    return group


def sent(cast: Cast, **changes: object) -> int:
    """... they have sent a home."""
    group = welcome(cast)
    contract = replace(CONTRACT, **changes)  # type: ignore[arg-type]
    with scope(cast.centre, cast.day):
        send_home(group, replace(FOUND, contract=contract), by=cast.centre, at=cast.at)
    return group


def approved(cast: Cast) -> int:
    """... the municipality has approved it."""
    group = sent(cast)
    with scope(cast.municipality, cast.day):
        approve_home(group, seen=everything(cast), by=cast.municipality, at=cast.at)
    return group


def agreed(cast: Cast) -> int:
    """... IMDi has agreed it."""
    group = approved(cast)
    with scope(cast.imdi, cast.day):
        agree_self_settlement(group, agreed_with="Anne Moe", by=cast.imdi, at=cast.at)
    return group


def registered_by(group: int, cast: Cast, by: Viewer) -> int:
    """Somebody more of the family comes to them today, registered by whoever it is."""
    new = replace(family().persons[0], given_name="Iryna", birth_date=date(1985, 1, 1))
    with scope(by, cast.day):
        register_member(group, new, cast.day, by=by, at=cast.at)
    return group


def grown(cast: Cast) -> int:
    """They are more than the home was approved for, after the agreement."""
    return registered_by(agreed(cast), cast, cast.udi)


def grown_unseen(cast: Cast) -> int:
    """... before it, registered by somebody who sees nothing of the request."""
    return registered_by(approved(cast), cast, cast.registrar)


def moved_in(cast: Cast) -> int:
    """... and they have moved in."""
    group = agreed(cast)
    with scope(cast.centre, cast.day):
        move_in(group, cast.day, is_meant=True, by=cast.centre, at=cast.at)
    return group


def state_of(cast: Cast, group: int) -> str:
    """How the newest request stands, as IMDi sees it."""
    with scope(cast.imdi, cast.day):
        return SelfSettlement.objects.filter(subject_id=group).order_by("-pk")[0].state
