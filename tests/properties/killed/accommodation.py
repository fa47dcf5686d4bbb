"""Acts of accommodation, each with what there is before it."""

from datetime import datetime, timedelta

from fotfeste.accommodation.public import (
    Bed,
    DepartureReason,
    LeaveWithdrawal,
    NewRoom,
    ReturnMoved,
    ToldParty,
    add_beds,
    add_rooms,
    annul_departure,
    assign_beds,
    block_bed,
    change_operation,
    correct_arrival,
    end_operation,
    grant_leave,
    move_return,
    open_centre_operation,
    place_group,
    register_absence,
    register_departure,
    register_new_address,
    register_return,
    report_missing,
    see_missing,
    unblock_bed,
    withdraw_leave,
)
from fotfeste.kernel.calendar import legal_day
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import Mistake
from tests.actions.accommodation.missing_people import minor_missing, tell
from tests.actions.accommodation.people import beds_at, open_centre, operation
from tests.actions.settlement.stage import depart, queued, with_journey
from tests.actions.settlement.stage import gone as depart_without_address
from tests.conftest import Cast
from tests.properties.killed.registry import at_voss
from tests.properties.killed.scene import Scene, people

SOON, LATER = timedelta(days=10), timedelta(days=20)


def with_beds(cast: Cast) -> tuple[int, ...]:
    """A family at a centre, and its beds."""
    group = at_voss(cast)
    return group, *beds_at(cast, cast.centre_administrator, [("214", 4)])


def movable(cast: Cast) -> tuple[int, ...]:
    """A family with beds at one centre, and another centre that is open."""
    group, *beds = with_beds(cast)
    with scope(cast.centre, cast.day):
        give_beds(group, *beds, by=cast.centre, at=cast.at)
    return group, open_centre(cast, cast.other_centre)


def give_beds(group: int, *beds: int, by: Viewer, at: datetime) -> object:
    return assign_beds(group, dict(zip(people(group, at), beds, strict=True)), legal_day(at), by=by, at=at)


def give_leave(group: int, *, by: Viewer, at: datetime) -> object:
    today = legal_day(at)
    return grant_leave(group, people(group, at), today + SOON, today + LATER, is_abroad=True, by=by, at=at)


def stay_longer(group: int, *, by: Viewer, at: datetime) -> object:
    on = legal_day(at) + LATER + SOON
    return move_return(group, people(group, at), on, ReturnMoved.ASKED, by=by, at=at)


def go_missing(group: int, *, by: Viewer, at: datetime) -> object:
    return register_absence(group, people(group, at), legal_day(at), is_abroad=False, by=by, at=at)


def leave(group: int, *, by: Viewer, at: datetime) -> object:
    who, reason = people(group, at), DepartureReason.AGREED_SETTLEMENT
    return register_departure(group, who, legal_day(at), reason, "Kirkegata 1", "7600", is_meant=True, by=by, at=at)


def on_leave(cast: Cast) -> int:
    """A family that has leave from some days ahead."""
    group = at_voss(cast)
    with scope(cast.centre, cast.day):
        give_leave(group, by=cast.centre, at=cast.at)
    return group


def missing(cast: Cast) -> int:
    """A family that is away without leave."""
    group = at_voss(cast)
    with scope(cast.centre, cast.day):
        go_missing(group, by=cast.centre, at=cast.at)
    return group


def gone(cast: Cast) -> int:
    """A family that has left for its municipality today."""
    group = with_journey(cast, queued(cast))
    depart(cast, group)
    return group


def gone_without_address(cast: Cast) -> int:
    """A family that is gone since today, and nobody knows where."""
    group = queued(cast)
    depart_without_address(cast, group)
    return group


def running(cast: Cast) -> int:
    """A centre in operation."""
    return open_centre(cast, cast.centre)


def room(cast: Cast) -> str:
    """A room with a bed."""
    running(cast)
    [bed] = beds_at(cast, cast.centre_administrator, [("214", 1)])
    return Bed.objects.get(pk=bed).room.reference


def bed(cast: Cast) -> int:
    """A bed."""
    running(cast)
    return beds_at(cast, cast.centre_administrator, [("214", 1)])[0]


def blocked(cast: Cast) -> int:
    """A bed that is blocked."""
    key = bed(cast)
    with scope(cast.centre_administrator, cast.day):
        block_bed(key, cast.day, None, "vannskade", by=cast.centre_administrator, at=cast.at)
    return key


def told_of_missing(cast: Cast) -> int:
    """A minor is missing, and the police know."""
    group, minor = minor_missing(cast)
    tell(cast, group, minor, ToldParty.POLICE)
    return group


ACCOMMODATION = {
    "place_group": Scene(
        movable, "udi", lambda group, to, *, by, at: place_group(group, to, legal_day(at), by=by, at=at)
    ),
    "assign_beds": Scene(with_beds, "centre", give_beds),
    "grant_leave": Scene(at_voss, "centre", give_leave),
    "withdraw_leave": Scene(
        on_leave,
        "centre",
        lambda group, *, by, at: withdraw_leave(group, people(group, at), LeaveWithdrawal.NOT_GOING, by=by, at=at),
    ),
    "move_return": Scene(on_leave, "centre", stay_longer),
    "register_absence": Scene(at_voss, "centre", go_missing),
    "register_return": Scene(
        missing,
        "centre",
        lambda group, *, by, at: register_return(group, people(group, at), legal_day(at), by=by, at=at),
        timedelta(days=3),
    ),
    "register_departure": Scene(lambda cast: with_journey(cast, queued(cast)), "centre", leave, timedelta(days=19)),
    "annul_departure": Scene(
        gone,
        "centre",
        lambda group, *, by, at: annul_departure(
            group, people(group, at), reason=Mistake.OTHER, text="Feil husstand.", by=by, at=at
        ),
        timedelta(minutes=5),
    ),
    "register_new_address": Scene(
        gone_without_address,
        "centre",
        lambda group, *, by, at: register_new_address(group, people(group, at), "Storgata 1", "7600", by=by, at=at),
        timedelta(minutes=5),
    ),
    "report_missing": Scene(
        lambda cast: minor_missing(cast)[0],
        "centre",
        lambda group, *, by, at: report_missing(
            group, people(group, at), ToldParty.POLICE, legal_day(at), "Vakta", by=by, at=at
        ),
    ),
    "see_missing": Scene(told_of_missing, "udi", lambda group, *, by, at: see_missing(group, by=by, at=at)),
    "correct_arrival": Scene(
        at_voss,
        "centre",
        lambda group, *, by, at: correct_arrival(
            group, people(group, at), legal_day(at), text="De kom i dag.", by=by, at=at
        ),
        timedelta(days=1),
    ),
    "open_centre_operation": Scene(
        lambda cast: cast.centre.organisation_id,
        "udi",
        lambda centre, *, by, at: open_centre_operation(centre, operation(), legal_day(at), by=by, at=at),
    ),
    "change_operation": Scene(
        running,
        "udi",
        lambda centre, *, by, at: change_operation(centre, operation(50, 60), legal_day(at), by=by, at=at),
    ),
    "end_operation": Scene(
        running, "udi", lambda centre, *, by, at: end_operation(centre, legal_day(at) + SOON, by=by, at=at)
    ),
    "add_rooms": Scene(
        running, "centre_administrator", lambda centre, **by: add_rooms(centre, [NewRoom(name="1", beds=4)], **by)
    ),
    "add_beds": Scene(room, "centre_administrator", lambda where, **by: add_beds(where, 3, **by)),
    "block_bed": Scene(
        bed,
        "centre_administrator",
        lambda key, *, by, at: block_bed(key, legal_day(at), None, "vannskade", by=by, at=at),
    ),
    "unblock_bed": Scene(
        blocked,
        "centre_administrator",
        lambda key, *, by, at: unblock_bed(key, legal_day(at), by=by, at=at),
        timedelta(days=3),
    ),
}
