"""A household with a permit that had left comes back to a centre: its way to a municipality begins anew."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from fotfeste.accommodation.public import DepartureReason
from fotfeste.platform.scope import scope
from fotfeste.settlement.models import Interview, SettlementCase
from fotfeste.settlement.public import close_case
from tests.actions.settlement.stage import depart, open_kinds, queued, refused, with_journey
from tests.conftest import Cast
from tests.settlement_steps import PERMIT_ON, asked_and_heard, placed

pytestmark = pytest.mark.django_db
BACK_ON = date(2024, 3, 20)


def a_week_later(cast: Cast) -> Cast:
    """The same people on the day on which the household comes back."""
    return replace(cast, at=datetime(2024, 3, 20, 10, tzinfo=UTC), day=BACK_ON)


def cases(cast: Cast, group: int) -> list[tuple[str, int, date, int | None]]:
    """The household's cases: state, size, waiting since, centre."""
    with scope(cast.udi, cast.day):
        rows = SettlementCase.objects.filter(subject_id=group).order_by("pk")
        return list(rows.values_list("state", "size", "due_since_on", "centre_id"))


@pytest.mark.req("SET-01")
def test_a_household_that_comes_back_after_moving_privately_is_to_be_interviewed_again(cast: Cast) -> None:
    group = queued(cast)
    depart(cast, group, DepartureReason.PRIVATE_ADDRESS)
    later = a_week_later(cast)
    placed(later, group, from_on=BACK_ON)
    voss = cast.centre.organisation_id
    old, new = cases(later, group)
    assert (old[0], new) == ("closed", ("interview_due", 4, PERMIT_ON, voss))
    assert ("hold_interview", voss) in open_kinds(later, group)
    with scope(later.imdi, later.day):
        held = Interview.objects.filter(subject_id=group).order_by("pk").values_list("held_on", flat=True)
        assert list(held)[1:] == [None]
        assert held[0] is not None
    asked_and_heard(later, group)


@pytest.mark.req("SET-01")
def test_who_comes_back_and_moves_on_takes_the_one_new_case_along(cast: Cast) -> None:
    group = queued(cast)
    depart(cast, group, DepartureReason.PRIVATE_ADDRESS)
    later = a_week_later(cast)
    placed(later, group, cast.other_centre, from_on=BACK_ON)
    assert len(cases(later, group)) == 2
    placed(later, group, cast.centre, from_on=BACK_ON)
    assert [state for state, *_rest in cases(later, group)] == ["closed", "interview_due"]


@pytest.mark.req("SET-08")
def test_a_household_that_has_refused_gets_no_second_way(cast: Cast) -> None:
    group = refused(cast, queued(cast))
    depart(cast, group, DepartureReason.PRIVATE_ADDRESS)
    placed(a_week_later(cast), group, from_on=BACK_ON)
    assert [state for state, *_rest in cases(a_week_later(cast), group)] == ["refused"]


@pytest.mark.req("SET-01")
def test_a_case_closed_while_they_live_at_a_centre_stays_closed_when_they_move_to_another(cast: Cast) -> None:
    group = with_journey(cast, queued(cast))
    with scope(cast.centre, cast.day):
        close_case(group, reason="own_way", by=cast.centre, at=cast.at)
    later = a_week_later(cast)
    placed(later, group, cast.other_centre, from_on=BACK_ON)
    assert [state for state, *_rest in cases(later, group)] == ["closed"]
