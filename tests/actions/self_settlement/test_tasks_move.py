"""What a centre does for a household that settles by agreement follows it to where it lives (SET-13)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from fotfeste.accommodation.public import DepartureReason, StayKind, end_private_stay, start_private_stay
from fotfeste.kernel.errors import NotAllowed, NotFound, Refused
from fotfeste.platform.scope import scope
from fotfeste.registry.public import members_of
from fotfeste.self_settlement.public import NoReason, decline_household, move_in
from fotfeste.settlement.models import SettlementCase
from fotfeste.settlement.public import ClosingReason, close_case
from fotfeste.worklist.public import Task
from tests.actions.self_settlement.stage import agreed, asks, welcome
from tests.actions.settlement.stage import open_kinds
from tests.conftest import Cast
from tests.settlement_steps import placed

ONE = timedelta(days=1)
pytestmark = [pytest.mark.django_db, pytest.mark.req("SET-13")]


def declined(cast: Cast) -> int:
    """A household that a municipality has said no to, which it is not told of yet."""
    group = asks(cast)
    with scope(cast.municipality, cast.day):
        decline_household(group, reason=NoReason.NO_CAPACITY, by=cast.municipality, at=cast.at)
    return group


@pytest.mark.parametrize(
    ("brought", "kind"),
    [(welcome, "send_found_home"), (agreed, "register_moved_in"), (declined, "tell_self_settlement_no")],
)
def test_the_task_moves_to_the_centre_where_they_live_with_its_deadline(
    cast: Cast, brought: Callable[[Cast], int], kind: str
) -> None:
    group = brought(cast)
    with scope(cast.imdi, cast.day):
        before = Task.objects.get(subject_id=group, kind=kind)
    placed(cast, group, cast.other_centre, cast.day)
    with scope(cast.imdi, cast.day):
        [now] = Task.objects.filter(subject_id=group, kind=kind, closed_at__isnull=True)
    assert (now.organisation_id, now.due_on, now.object_id) == (
        cast.other_centre.organisation_id,
        before.due_on,
        before.object_id,
    )


def test_nobody_is_to_be_told_of_a_no_once_the_case_is_closed(cast: Cast) -> None:
    group = declined(cast)
    assert ("tell_self_settlement_no", cast.centre.organisation_id) in open_kinds(cast, group)
    with scope(cast.centre, cast.day):
        close_case(group, reason=ClosingReason.OTHER, text="Reist", by=cast.centre, at=cast.at)
    assert "tell_self_settlement_no" not in {kind for kind, _ in open_kinds(cast, group)}


def lives_privately(cast: Cast, group: int, persons: list[int] | None = None) -> None:
    """They (or those named) begin to live privately in Levanger today."""
    with scope(cast.udi, cast.day):
        start_private_stay(
            group,
            persons or [each.subject_id for each in members_of(group, cast.day)],
            kind=StayKind.AMOT,
            municipality_id=cast.municipality.organisation_id,
            on=cast.day,
            by=cast.udi,
            at=cast.at,
        )


@pytest.mark.parametrize("days", [0, 1])
@pytest.mark.parametrize(
    ("brought", "kind"),
    [(welcome, "send_found_home"), (agreed, "register_moved_in"), (declined, "tell_self_settlement_no")],
)
def test_imdi_acts_for_those_who_begin_to_live_privately_and_their_centre_when_they_come_back(
    cast: Cast, brought: Callable[[Cast], int], kind: str, days: int
) -> None:
    group = brought(cast)
    with scope(cast.imdi, cast.day):
        before = Task.objects.get(subject_id=group, kind=kind)
    lives_privately(cast, group)
    with scope(cast.imdi, cast.day):
        assert SettlementCase.objects.get(subject_id=group).centre_id is None
        [now] = Task.objects.filter(subject_id=group, kind=kind, closed_at__isnull=True)
    assert (now.organisation_id, now.due_on) == (cast.imdi.organisation_id, before.due_on)
    later = replace(cast, at=cast.at + days * ONE, day=cast.day + days * ONE)
    placed(later, group, cast.other_centre, later.day)
    with scope(cast.imdi, later.day):
        [now] = Task.objects.filter(subject_id=group, kind=kind, closed_at__isnull=True)
    assert now.organisation_id == cast.other_centre.organisation_id


def test_imdi_settles_those_who_live_privately_in_the_home_they_found(cast: Cast) -> None:
    group = agreed(cast)
    lives_privately(cast, group)
    with scope(cast.centre, cast.day), pytest.raises((Refused, NotFound, NotAllowed)):
        move_in(group, cast.day, is_meant=True, by=cast.centre, at=cast.at)
    with scope(cast.imdi, cast.day):
        move_in(group, cast.day, is_meant=True, by=cast.imdi, at=cast.at)
        assert SettlementCase.objects.get(subject_id=group).state == "settled"
    assert not {kind for kind, _ in open_kinds(cast, group)} & {"register_moved_in", "send_found_home"}


def test_a_centre_where_some_of_them_stay_goes_on_acting_for_them(cast: Cast) -> None:
    group = welcome(cast)
    with scope(cast.udi, cast.day):
        first = members_of(group, cast.day)[0].subject_id
    lives_privately(cast, group, [first])
    assert ("send_found_home", cast.centre.organisation_id) in open_kinds(cast, group)


def test_a_household_of_which_some_stop_living_privately_is_counted_anew(cast: Cast) -> None:
    group = welcome(cast)
    lives_privately(cast, group)
    with scope(cast.udi, cast.day):
        first = members_of(group, cast.day)[0].subject_id
        end_private_stay(group, [first], cast.day + ONE, DepartureReason.LEFT_COUNTRY, by=cast.udi, at=cast.at + ONE)
    with scope(cast.imdi, cast.day + ONE):
        assert SettlementCase.objects.get(subject_id=group).size == 3
