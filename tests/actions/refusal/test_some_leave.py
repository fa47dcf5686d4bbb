"""Some of those who said no leave by themselves: who sees them, who is told, and what the form proposes (GUIDE 1.9)."""

import pytest

from fotfeste.accommodation.domain.departure import reasons_to_choose
from fotfeste.accommodation.public import DepartureReason, annul_departure, register_departure
from fotfeste.kernel.errors import Refused
from fotfeste.letters.public import Letter
from fotfeste.platform.scope import scope
from fotfeste.settlement.public import ClosingReason, agree_journey, close_case, departure_advice
from fotfeste.worklist.public import Task
from tests.actions.refusal.stage import DAY, MOVED, declined, does, noticed, people
from tests.actions.refusal.test_ways_out import LATER, accepts, on_day
from tests.actions.settlement.stage import depart, plan, queued
from tests.actions.settlement.test_leavers import leaves, seen_by_levanger
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.req("ACC-07"), pytest.mark.req("REF-05")]


def imdi_looks(cast: Cast, group: int) -> list[tuple[str, str]]:
    """Why IMDi was asked to look, and how that ended."""
    with scope(cast.imdi, cast.day):
        asked = Task.objects.filter(subject_id=group, kind="see_private_move").order_by("pk")
        return [(each.cause, each.outcome) for each in asked]


def test_the_municipality_sees_no_more_who_has_left_and_imdi_looks(cast: Cast) -> None:
    group = declined(cast)
    assert "Andrij" in seen_by_levanger(cast, group)
    andrij = leaves(cast, group, "Andrij", DepartureReason.LEFT_COUNTRY)
    assert seen_by_levanger(cast, group) == {"Olena", "Sofia", "Danylo"}
    assert imdi_looks(cast, group) == [("settlement.household_shrunk", "")]
    does(cast, annul_departure, group, [andrij], reason="wrong_choice", by=cast.centre)
    assert "Andrij" in seen_by_levanger(cast, group)
    assert imdi_looks(cast, group) == [("settlement.household_shrunk", "void")]


@pytest.mark.parametrize("says_where", [True, False])
def test_who_said_no_and_says_where_they_move_is_reminded_and_told_of_as_moved_privately(
    cast: Cast, says_where: bool
) -> None:
    group = declined(cast)
    if says_where:
        depart(cast, group, MOVED)
    else:
        who = [*people(cast, group).values()]
        does(cast, register_departure, group, who, cast.day, MOVED, by=cast.centre)
    assert imdi_looks(cast, group) == ([("settlement.refused_and_moved", "")] if says_where else [])
    with scope(cast.centre, cast.day):
        assert Letter.objects.filter(kind="population_register", subject_id=group).exists() is says_where


def test_the_rest_of_a_settled_household_move_privately_as_those_who_were_interviewed(cast: Cast) -> None:
    group = noticed(cast)
    who, some = people(cast, group), ("Olena", "Sofia", "Danylo")
    accepts(cast, group, [*some], LATER)
    then = on_day(cast, LATER)
    does(cast, agree_journey, group, plan(travels_on=LATER), by=cast.centre, on=LATER)
    depart(then, group, persons=[who[name] for name in some])
    on = LATER + DAY
    with scope(cast.centre, on):
        advice = departure_advice(group, on)
    assert advice is not None
    assert (advice.reason, advice.has_refused) == (DepartureReason.PRIVATE_ADDRESS, True)
    moves = DepartureReason.PRIVATE_ADDRESS
    does(cast, register_departure, group, [who["Andrij"]], on, moves, by=cast.centre, on=on)
    assert imdi_looks(on_day(cast, on), group) == [("settlement.moved_privately", "")]


@pytest.mark.req("REF-03")
def test_nobody_is_evicted_whom_no_open_refusal_is_about(cast: Cast) -> None:
    group = queued(cast)
    with pytest.raises(Refused) as caught:
        depart(cast, group, DepartureReason.EVICTED)
    assert (caught.value.code, caught.value.field) == ("nobody_to_evict", "reason")
    assert DepartureReason.EVICTED not in reasons_to_choose(has_refused=False)
    assert DepartureReason.EVICTED in reasons_to_choose(has_refused=True)


@pytest.mark.req("REF-03")
def test_an_eviction_can_be_chosen_where_the_case_was_closed_while_some_refuse(cast: Cast) -> None:
    group = noticed(cast)
    accepts(cast, group, ["Olena", "Sofia", "Danylo"], LATER)
    does(cast, close_case, group, reason=ClosingReason.OTHER, text="Feil.", by=cast.centre, on=LATER)
    with scope(cast.centre, LATER):
        advice = departure_advice(group, LATER)
    assert advice is not None
    assert (advice.reason, advice.has_refused) == (None, True)
