"""What becomes of a refusal where the offer that some had said yes to is taken back, or lapses with their case."""

from typing import Any

import pytest

from fotfeste.access.public import NeedReason, organisations_with
from fotfeste.accommodation.public import annul_departure
from fotfeste.platform.scope import scope
from fotfeste.refusal.public import withdraw_home
from fotfeste.settlement.public import (
    accept_request,
    agree_journey,
    annul_refusal,
    make_offer,
    register_not_moved,
    register_offer_answer,
    withdraw_offer,
)
from tests.actions.refusal.stage import DAY, MOVED, declined, does, messaged, noticed, people, planned, the_refusal
from tests.actions.refusal.test_ways_out import LATER, accepts, on_day, the_offer
from tests.actions.settlement.stage import WEEK, depart, open_kinds, plan, requested, state_of
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
SOME = ["Olena", "Sofia", "Danylo"]
NO: dict[str, Any] = {
    "accepts": False,
    "answered_by_names": "Olena",
    "answer_language": "uk",
    "consequences_shown": True,
}


@pytest.mark.req("REF-05")
def test_imdi_takes_back_what_some_said_yes_to_and_nobody_holds_it_for_the_rest(cast: Cast) -> None:
    group = noticed(cast)
    accepts(cast, group, SOME, LATER)
    assert ("refusal_hold", cast.municipality.organisation_id) in open_kinds(cast, group)
    does(cast, withdraw_offer, group, reason="home_lost", by=cast.imdi, on=LATER)
    found = planned(cast, group, LATER)
    assert (found.offer_stands, len(found.in_process)) == (False, 1)
    assert not {kind for kind, whose in open_kinds(cast, group) if kind == "refusal_hold"}
    with scope(cast.udi, LATER):
        assert not organisations_with(group, NeedReason.OFFERED_HERE, LATER)


@pytest.mark.req("REF-05")
def test_everybody_left_after_some_said_yes_and_nobody_holds_it_when_they_never_did(cast: Cast) -> None:
    group = messaged(cast)
    accepts(cast, group, SOME, cast.day)
    depart(on_day(cast, LATER), group, MOVED)
    who = list(people(cast, group).values())
    does(cast, annul_departure, group, who, reason="wrong_choice", by=cast.centre, on=LATER)
    found = planned(cast, group, LATER)
    assert (found.offer_stands, len(found.in_process)) == (False, 1)
    assert state_of(cast, group) == "queued"
    assert not {kind for kind, whose in open_kinds(cast, group) if kind == "refusal_hold"}


@pytest.mark.req("REF-01")
def test_who_refuses_one_municipality_is_not_offered_the_next_nor_shown_to_it(cast: Cast) -> None:
    group = messaged(cast)
    who = people(cast, group)
    does(cast, withdraw_home, group, text="Leid ut.", by=cast.municipality)
    accepts(cast, group, SOME, LATER)
    then, other = on_day(cast, LATER), cast.other_municipality.organisation_id
    requested(then, group, cast.other_municipality)
    does(cast, accept_request, group, possible_week=WEEK, by=cast.other_municipality, on=LATER)
    does(cast, make_offer, group, week=WEEK, by=cast.imdi, on=LATER)
    with scope(cast.udi, LATER):
        assert organisations_with(who["Olena"], NeedReason.OFFERED_HERE, LATER) == [other]
        assert organisations_with(who["Andrij"], NeedReason.OFFERED_HERE, LATER) == []
    offer = the_offer(cast, group)
    assert (offer.organisation_id, who["Andrij"] in offer.persons) == (other, False)
    does(cast, register_offer_answer, group, **NO, by=cast.centre, on=LATER, answered_on=LATER)
    assert who["Andrij"] not in the_offer(cast, group).persons


@pytest.mark.req("REF-05")
def test_they_had_moved_after_all_and_who_never_said_yes_is_where_they_were(cast: Cast) -> None:
    group = noticed(cast)
    accepts(cast, group, SOME, LATER)
    then = on_day(cast, LATER)
    with scope(then.centre, then.day):
        agree_journey(group, plan(travels_on=LATER), by=then.centre, at=then.at)
    before, was = the_refusal(cast, group, LATER), open_kinds(cast, group)
    does(cast, register_not_moved, group, by=cast.centre, on=LATER + DAY)
    assert the_refusal(cast, group, LATER + DAY) != before
    does(cast, annul_refusal, group, reason="wrong_choice", by=cast.imdi, on=LATER + 2 * DAY)
    assert the_refusal(cast, group, LATER + 2 * DAY) == before
    found = planned(cast, group, LATER + 2 * DAY)
    assert (found.step, found.in_process) == ("eviction_notice", (str(people(cast, group)["Andrij"]),))
    assert open_kinds(cast, group) == was


@pytest.mark.req("REF-01")
def test_imdi_is_asked_of_the_earlier_refusal_again_where_it_had_not_told_anybody_of_it(cast: Cast) -> None:
    group = declined(cast)
    accepts(cast, group, SOME, cast.day)
    then = on_day(cast, cast.day + DAY)
    with scope(then.centre, then.day):
        agree_journey(group, plan(travels_on=then.day), by=then.centre, at=then.at)
    was = open_kinds(cast, group)
    assert ("follow_refusal", cast.imdi.organisation_id) in was
    does(cast, register_not_moved, group, by=cast.centre, on=then.day + DAY)
    does(cast, annul_refusal, group, reason="wrong_choice", by=cast.imdi, on=then.day + 2 * DAY)
    assert open_kinds(cast, group) == was
