"""A child comes to live with those who have refused: no eviction leaves it behind, and others are told of it."""

from dataclasses import replace
from datetime import date

import pytest

from fotfeste.accommodation.public import DepartureReason, place_group
from fotfeste.kernel.errors import Refused
from fotfeste.platform.scope import scope
from fotfeste.refusal.public import (
    Happening,
    RefusalEvent,
    send_eviction_notice,
    send_petition,
    set_eviction_day,
    take_back_event,
    tell_of_minors,
)
from fotfeste.registry.public import NewPerson, register_member
from tests.actions.refusal.stage import DAY, NOTICE_FROM, code_of, does, lettered, people, the_refusal
from tests.actions.refusal.test_ways_out import EVERYBODY, accepts, on_day
from tests.actions.settlement.stage import VERGE, depart, family
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.req("REF-02", "REF-03")]
EVICTED_ON = NOTICE_FROM + 2 * DAY
BABY = replace(family().persons[0], given_name="Bebi", birth_date=date(2024, 3, 10))
NEPHEW = replace(
    family().persons[0],
    given_name="Taras",
    birth_date=date(2009, 6, 30),
    is_unaccompanied_minor=True,
    guardian=VERGE,
)


def comes(cast: Cast, group: int, child: NewPerson) -> int:
    """A child is registered into the household, and placed with the others."""
    with scope(cast.registrar, cast.day):
        register_member(group, child, cast.day, by=cast.registrar, at=cast.at)
    does(cast, place_group, group, cast.centre.organisation_id, cast.day, by=cast.udi, is_meant=True)
    return people(cast, group)[child.given_name]


def test_a_child_that_comes_is_left_behind_by_no_eviction(cast: Cast) -> None:
    group = lettered(cast)
    baby = comes(cast, group, BABY)
    assert baby in the_refusal(cast, group).persons
    does(cast, send_eviction_notice, group, by=cast.udi, on=NOTICE_FROM)
    does(cast, send_petition, group, by=cast.udi, on=NOTICE_FROM)
    does(cast, set_eviction_day, group, day=EVICTED_ON, by=cast.udi, on=NOTICE_FROM)
    who = people(cast, group)
    then, reason, before = on_day(cast, EVICTED_ON), DepartureReason.EVICTED, [who[name] for name in EVERYBODY]
    with pytest.raises(Refused) as caught:
        depart(then, group, reason, persons=before, on=EVICTED_ON)
    assert caught.value.code == "refusal_eviction_leaves_children"
    depart(then, group, reason, persons=[*before, baby], on=EVICTED_ON)


def test_who_comes_alone_is_told_of_before_the_notice(cast: Cast) -> None:
    group = lettered(cast)
    comes(cast, group, NEPHEW)
    assert code_of(cast, send_eviction_notice, group, by=cast.udi, on=NOTICE_FROM) == "refusal_guardian_told"
    for kind in (Happening.GUARDIAN_TOLD, Happening.CHILD_WELFARE_TOLD, Happening.MINORS_PLACE_OFFERED):
        does(cast, tell_of_minors, group, kind, by=cast.udi, on=NOTICE_FROM)
    does(cast, send_eviction_notice, group, by=cast.udi, on=NOTICE_FROM)


def test_a_child_that_comes_where_somebody_has_said_yes_is_in_no_refusal(cast: Cast) -> None:
    group = lettered(cast)
    accepts(cast, group, ["Olena", "Sofia", "Danylo"], cast.day)
    assert comes(cast, group, BABY) not in the_refusal(cast, group).persons


def test_a_child_that_came_while_somebody_had_said_yes_is_in_it_when_that_yes_is_taken_back(cast: Cast) -> None:
    group = lettered(cast)
    accepts(cast, group, ["Olena", "Sofia", "Danylo"], cast.day)
    baby = comes(cast, group, BABY)
    with scope(cast.udi, cast.day):
        event = RefusalEvent.objects.filter(subject_id=group, kind="accepted").latest("pk").pk
    does(cast, take_back_event, group, event, by=cast.centre, reason="wrong_choice")
    assert baby in the_refusal(cast, group).persons
