"""Runs of grants, asked for and computed."""

from datetime import date, datetime, timedelta

from fotfeste.accommodation.public import DepartureReason, StayKind, end_private_stay, start_private_stay
from fotfeste.grants.actions.orders import compute_order
from fotfeste.grants.models import RunOrder
from fotfeste.grants.public import Scheme, compute_run, order_run
from fotfeste.kernel.calendar import legal_day
from fotfeste.ledger.public import Run, approve_run, check_run, pay_run
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import members_of
from tests.actions.registry.families import kovalenko
from tests.conftest import Cast
from tests.properties.killed.scene import Scene
from tests.settlement_steps import registered

CAME, QUARTER = date(2024, 2, 12), date(2024, 4, 1)
MONTH, LONGER = timedelta(days=30), timedelta(days=40)


def housed(cast: Cast) -> tuple[int, ...]:
    """The Kovalenkos on MAMOT in Levanger from the day they came. Gives the group and its people."""
    group = registered(cast, kovalenko())
    with scope(cast.udi, cast.day):
        everyone = tuple(member.subject_id for member in members_of(group, cast.day))
        start_private_stay(
            group,
            everyone,
            kind=StayKind.MAMOT,
            municipality_id=cast.municipality.organisation_id,
            on=CAME,
            by=cast.udi,
            at=cast.at,
        )
    return group, *everyone


def due(cast: Cast) -> tuple[int, ...]:
    """The same; nothing is computed yet."""
    housed(cast)
    return ()


def settled_late(cast: Cast) -> tuple[int, ...]:
    """The first quarter is paid; then it is known that they were settled in February."""
    group, *everyone = housed(cast)
    at = cast.at + MONTH
    with scope(cast.udi, legal_day(at)):
        reference = compute_quarter(by=cast.udi, at=at).subject.reference
        check_run(reference, by=cast.udi, at=at)
    with scope(cast.approver, legal_day(at)):
        approve_run(reference, by=cast.approver, at=at)
        pay_run(reference, by=cast.approver, at=at)
    known_at = at + timedelta(days=1)
    with scope(cast.udi, legal_day(known_at)):
        settled_on = date(2024, 2, 20)
        end_private_stay(group, everyone, settled_on, DepartureReason.AGREED_SETTLEMENT, by=cast.udi, at=known_at)
    return ()


def asked_for(cast: Cast) -> int:
    """A run is asked for. Gives the order."""
    housed(cast)
    at = cast.at + MONTH
    with scope(cast.udi, legal_day(at)):
        return order_quarter(by=cast.udi, at=at).pk


def compute_quarter(*, by: Viewer, at: datetime) -> Run:
    return compute_run(Scheme.MAMOT, QUARTER, at, by=by, at=at)


def order_quarter(*, by: Viewer, at: datetime) -> RunOrder:
    return order_run(Scheme.MAMOT, QUARTER, by=by, at=at)


GRANTS = {
    "compute_run": Scene(due, "udi", compute_quarter, MONTH),
    "compute_run: what was paid and is not due": Scene(settled_late, "udi", compute_quarter, LONGER),
    "order_run": Scene(due, "udi", order_quarter, MONTH),
    "compute_order": Scene(asked_for, "udi", compute_order, LONGER),
}
