"""The country has agreed self-settlement in every state, played by the acts themselves (SET-13)."""

from datetime import timedelta

import pytest

from fotfeste.demo.loading.self_settling import STORIES, Household, Parties, Story, play
from fotfeste.demo.loading.terms import PUBLISHED, published_by
from fotfeste.directory.reference import read
from fotfeste.platform.scope import scope
from fotfeste.self_settlement.domain.states import ASKED
from fotfeste.self_settlement.domain.terms import ready_to_publish
from fotfeste.self_settlement.models import SelfSettlement
from tests.actions.settlement.stage import queued
from tests.conftest import Cast

pytestmark = pytest.mark.req("SET-13")


@pytest.mark.django_db
@pytest.mark.parametrize("story", STORIES, ids=lambda story: "-".join(step for step, _ in story.steps))
@pytest.mark.parametrize("waited", [5, 60])
def test_each_story_comes_to_its_state_also_where_they_have_waited_for_days_alone(
    cast: Cast, story: Story, waited: int
) -> None:
    group = queued(cast)
    parties = Parties(cast.centre, cast.municipality, cast.imdi)
    play(story, Household(group, 4, "7600", cast.day), parties, today=cast.day + timedelta(days=waited))
    with scope(cast.imdi, cast.day):
        assert SelfSettlement.objects.get(subject_id=group).state == story.comes_to


def test_every_state_has_a_story() -> None:
    assert {story.comes_to for story in STORIES} == set(ASKED.states)


def test_many_municipalities_have_said_something_and_nothing_is_said_by_halves() -> None:
    said = {each.number: published_by(each.number) for each in read.municipalities()}
    numbers = [number for number, published in said.items() if published]
    assert set(PUBLISHED) <= set(numbers)
    assert len(said) / 3 < len(numbers) < len(said) / 2
    late = [number for number in numbers if min((*said[number][-1].reviews, said[number][-1].days_ago)) > 366]
    assert 20 < len(late) < len(numbers) / 2
    for published in said.values():
        for each in published:
            assert ready_to_publish(each.terms) == each.terms
            assert all(0 < days_ago < each.days_ago for days_ago in each.reviews)
