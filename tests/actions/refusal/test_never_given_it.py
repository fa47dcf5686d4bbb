"""Some who had said yes refuse the next municipality: who refused the first was never given that offer (ADR 0065)."""

from typing import Any

import pytest

from fotfeste.platform.scope import scope
from fotfeste.refusal.models import Refusal
from fotfeste.refusal.public import ask_to_hold, send_first_letter, tell_udi, withdraw_home
from fotfeste.registry.public import remove_member
from fotfeste.settlement.public import (
    accept_request,
    agree_journey,
    annul_refusal,
    make_offer,
    register_not_moved,
    register_offer_answer,
)
from tests.actions.refusal.stage import DAY, code_of, does, lettered, people, planned, the_refusal
from tests.actions.refusal.test_ways_out import LATER, accepts, on_day
from tests.actions.settlement.stage import WEEK, open_kinds, plan, requested
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.req("REF-02"), pytest.mark.req("REF-05")]
SOME = ["Olena", "Sofia", "Danylo"]
REST = "Andrij"


def offered_again(cast: Cast) -> int:
    """All but Andrij said yes to Levanger, which withdrew, and are offered Verdal."""
    group = lettered(cast)
    does(cast, withdraw_home, group, text="Leid ut.", by=cast.municipality)
    accepts(cast, group, SOME, LATER)
    requested(on_day(cast, LATER), group, cast.other_municipality)
    does(cast, accept_request, group, possible_week=WEEK, by=cast.other_municipality, on=LATER)
    does(cast, make_offer, group, week=WEEK, by=cast.imdi, on=LATER)
    return group


def answers(cast: Cast, group: int, accepts: bool) -> None:
    """Those to whom it was offered."""
    how: dict[str, Any] = {"answered_by_names": "Olena", "answer_language": "uk", "consequences_shown": True}
    does(cast, register_offer_answer, group, by=cast.centre, on=LATER, answered_on=LATER, accepts=accepts, **how)


def refused_again(cast: Cast) -> int:
    """They refuse Verdal too; IMDi asks it to hold the offer, and tells UDI."""
    group = offered_again(cast)
    answers(cast, group, accepts=False)
    does(cast, ask_to_hold, group, by=cast.imdi, deadline_on=LATER + 14 * DAY, on=LATER)
    does(cast, tell_udi, group, by=cast.imdi, on=LATER)
    return group


def test_his_clock_does_not_begin_by_an_offer_that_he_was_not_given(cast: Cast) -> None:
    group = refused_again(cast)
    who = people(cast, group)
    why = code_of(cast, send_first_letter, group, [who[REST]], by=cast.udi, on=LATER)
    assert why == "refusal_not_offered"
    does(cast, send_first_letter, group, by=cast.udi, on=LATER)
    found = planned(cast, group, LATER)
    assert {name for name, _ in found.fortnights} == {str(who["Olena"])}
    assert dict(found.benefit_stops).keys() == {str(who["Olena"])}
    assert str(who[REST]) in found.in_process


def test_udi_is_asked_to_let_him_be_a_household_of_his_own_and_then_is_not(cast: Cast) -> None:
    group = refused_again(cast)
    who = people(cast, group)
    asked = ("refusal_apart", cast.udi.organisation_id)
    assert asked in open_kinds(cast, group)
    does(cast, remove_member, group, who[REST], LATER, by=cast.udi, on=LATER)
    assert asked not in open_kinds(cast, group)
    assert str(who[REST]) not in planned(cast, group, LATER).in_process


def test_he_was_not_given_it_either_where_they_said_yes_to_it_and_did_not_move(cast: Cast) -> None:
    group = offered_again(cast)
    answers(cast, group, accepts=True)
    does(cast, agree_journey, group, plan(travels_on=LATER, agreed_on=LATER), by=cast.centre, on=LATER)
    for day in (LATER + DAY, LATER + 3 * DAY):
        does(cast, register_not_moved, group, by=cast.centre, on=day)
        assert the_refusal(cast, group, day).not_offered == [people(cast, group)[REST]]
        accepts(cast, group, SOME, day + DAY)
        does(cast, agree_journey, group, plan(travels_on=day + DAY, agreed_on=day + DAY), by=cast.centre, on=day + DAY)


def test_who_did_not_move_to_the_offer_that_all_were_given_begins_anew_with_all(cast: Cast) -> None:
    group = lettered(cast)
    accepts(cast, group, SOME, LATER)
    does(cast, agree_journey, group, plan(travels_on=LATER, agreed_on=LATER), by=cast.centre, on=LATER)
    does(cast, register_not_moved, group, by=cast.centre, on=LATER + DAY)
    assert the_refusal(cast, group, LATER + DAY).not_offered == []


def test_that_no_was_a_mistake_and_his_own_clock_goes_on(cast: Cast) -> None:
    group = refused_again(cast)
    one = str(people(cast, group)[REST])
    does(cast, annul_refusal, group, reason="wrong_choice", by=cast.imdi, on=LATER + DAY)
    assert one in dict(planned(cast, group, LATER + DAY).fortnights)
    with scope(cast.udi, LATER + DAY):
        assert Refusal.objects.get(subject_id=group, annulled_at=None).not_offered == []
