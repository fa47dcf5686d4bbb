"""What a form was about has ended while it was filled in: a sentence says so, and what was typed is there."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from fotfeste.platform.scope import scope
from fotfeste.registry.public import add_members, members_of
from fotfeste.settlement.public import close_case, finish_interview
from tests.actions.registry.families import alone, person
from tests.actions.settlement.stage import family
from tests.conftest import Cast
from tests.settlement_steps import HELD_ON, asked_and_heard, due_for_interview, placed, prepared, registered
from tests.web.settlement.pages import logged_in, reference_of
from tests.web.test_kept_forms import opened

pytestmark = pytest.mark.django_db
TYPED = "Datteren bruker rullestol ute"


def finished(cast: Cast, group: int) -> None:
    """A colleague has registered the interview."""
    prepared(cast, group)
    asked_and_heard(cast, group)
    with scope(cast.centre, cast.day):
        finish_interview(group, HELD_ON, by=cast.centre, at=cast.at)


def closed(cast: Cast, group: int) -> None:
    """IMDi has closed the case."""
    with scope(cast.imdi, cast.day):
        close_case(group, reason="mistake", by=cast.imdi, at=cast.at)


@pytest.mark.req("SET-02")
@pytest.mark.parametrize("ends", [finished, closed])
def test_answers_are_kept_where_the_interview_has_ended_meanwhile(
    cast: Cast, ends: Callable[[Cast, int], None]
) -> None:
    group = due_for_interview(cast, family())
    with scope(cast.centre, cast.day):
        reference = members_of(group, cast.day)[0].reference
    url = reverse("interview_answers", args=[reference_of(group), reference])
    with logged_in(cast, cast.centre) as browser:
        sent = opened(browser, url) | {"adaptation-choice": "yes", "adaptation-description": TYPED}
        ends(cast, group)
        answer = browser.post(url, sent)
    assert answer.status_code == 422
    assert TYPED in answer.text
    assert "Ingenting er lagret." in answer.text


@pytest.mark.req("ACC-02")
def test_who_places_a_household_that_was_joined_to_another_meanwhile_is_told_so(cast: Cast) -> None:
    group, other = registered(cast, family()), placed(cast, registered(cast, alone(person("Annen", "A"))))
    url = reverse("place_group", args=[reference_of(group)])
    with logged_in(cast, cast.udi) as browser:
        sent = opened(browser, url)
        with scope(cast.udi, cast.day):
            persons = [each.subject_id for each in members_of(group, cast.day)]
            add_members(other, persons, cast.day, by=cast.udi, at=cast.at)
        answer = browser.post(url, sent)
    assert answer.status_code == 422
    assert "Ingenting er lagret." in answer.text
