"""A household that comes to the queue when nobody in it has a permit: IMDi decides, and looks for no municipality."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse

from fotfeste.accommodation.public import DepartureReason
from fotfeste.platform.scope import scope
from fotfeste.registry.public import StatusKind, members_of, register_member
from fotfeste.settlement.public import (
    accept_request,
    decline_request,
    finish_interview,
    release_municipality,
    withdraw_offer,
    withdraw_request,
)
from tests.actions.registry.families import person
from tests.actions.settlement.stage import (
    WEEK,
    accepted,
    depart,
    family,
    found,
    offered,
    open_kinds,
    queued,
    requested,
    state_of,
    with_journey,
)
from tests.actions.settlement.test_annulled_status import takes_back
from tests.actions.settlement.test_permit_lost import deciding, refused_permit
from tests.conftest import Cast
from tests.settlement_steps import PERMIT_ON, asked_and_heard, due_for_interview, permitted, prepared
from tests.web.settlement.pages import logged_in, reference_of

pytestmark = [pytest.mark.django_db, pytest.mark.req("SET-09"), pytest.mark.req("REG-05")]
PROTECTION = StatusKind.TEMPORARY_COLLECTIVE_PROTECTION


def says_no(cast: Cast, group: int) -> None:
    """The municipality that was asked."""
    with scope(cast.municipality, cast.day):
        decline_request(group, reason="no_housing", follows="not_until_reassessed", by=cast.municipality, at=cast.at)


def is_asked_no_more(cast: Cast, group: int) -> None:
    """IMDi withdraws the request."""
    with scope(cast.imdi, cast.day):
        withdraw_request(group, by=cast.imdi, at=cast.at)


def is_let_go(cast: Cast, group: int) -> None:
    """IMDi lets the municipality go that said yes."""
    with scope(cast.imdi, cast.day):
        release_municipality(group, by=cast.imdi, at=cast.at)


def loses_the_home(cast: Cast, group: int) -> None:
    """IMDi takes the offer back."""
    with scope(cast.imdi, cast.day):
        withdraw_offer(group, reason="home_lost", by=cast.imdi, at=cast.at)


def looking(cast: Cast, group: int) -> bool:
    """Whether IMDi has the task of finding a municipality."""
    return ("find_municipality", cast.imdi.organisation_id) in open_kinds(cast, group)


type Does = Callable[[Cast, int], object]
WAYS_BACK: list[tuple[Does, Does]] = [
    (requested, says_no),
    (requested, is_asked_no_more),
    (found, is_let_go),
    (offered, loses_the_home),
    (accepted, loses_the_home),
    (with_journey, loses_the_home),
]
LOST: list[Does] = [refused_permit, lambda cast, group: takes_back(cast, group, PROTECTION, PERMIT_ON)]


@pytest.mark.req("SET-07")
@pytest.mark.parametrize(("comes_to", "goes_back"), WAYS_BACK)
@pytest.mark.parametrize("is_lost", LOST, ids=["refused", "annulled"])
def test_nobody_looks_for_a_municipality_for_those_who_lost_their_permit_while_they_had_one(
    cast: Cast, comes_to: Does, goes_back: Does, is_lost: Does
) -> None:
    comes_to(cast, group := queued(cast))
    is_lost(cast, group)
    goes_back(cast, group)
    assert (state_of(cast, group), deciding(cast, group), looking(cast, group)) == ("queued", True, False)
    permitted(cast, group, ["Olena"], holds_on=cast.day + timedelta(days=1), at=cast.at + timedelta(days=1))
    assert (state_of(cast, group), deciding(cast, group), looking(cast, group)) == ("queued", False, True)


def test_nobody_looks_for_a_municipality_while_those_in_the_queue_or_the_interview_have_no_permit(cast: Cast) -> None:
    in_queue = queued(cast)
    assert looking(cast, in_queue)
    refused_permit(cast, in_queue)
    due = refused_permit(cast, due_for_interview(cast, family()))
    prepared(cast, due)
    asked_and_heard(cast, due)
    with scope(cast.centre, cast.day):
        finish_interview(due, cast.day, by=cast.centre, at=cast.at)
    for group in (in_queue, due):
        assert (state_of(cast, group), deciding(cast, group), looking(cast, group)) == ("queued", True, False)
    takes_back(cast, in_queue, StatusKind.REFUSAL, cast.day)
    assert (deciding(cast, in_queue), looking(cast, in_queue)) == (False, True)


@pytest.mark.parametrize("is_answered", [False, True])
def test_once_a_municipality_was_asked_a_permit_that_never_was_closes_no_case(cast: Cast, is_answered: bool) -> None:
    group = requested(cast, queued(cast))
    if is_answered:
        says_no(cast, group)
    takes_back(cast, group, PROTECTION, PERMIT_ON)
    if not is_answered:
        says_no(cast, group)
    assert (state_of(cast, group), deciding(cast, group)) == ("queued", True)
    with scope(cast.registrar, cast.day):
        register_member(group, person("Baby", born=cast.day), cast.day, by=cast.registrar, at=cast.at)
    with scope(cast.udi, cast.day):
        olena = next(each.subject_id for each in members_of(group, cast.day) if each.given_name == "Olena")
    depart(cast, group, DepartureReason.LEFT_COUNTRY, persons=[olena])
    assert (state_of(cast, group), deciding(cast, group)) == ("queued", True)


@pytest.mark.req("SET-16")
def test_the_pages_say_why_no_municipality_can_be_asked_and_whose_move_it_is(cast: Cast) -> None:
    group = requested(cast, queued(cast))
    refused_permit(cast, group)
    says_no(cast, group)
    here = reference_of(group)
    find = reverse("find_municipality", args=[here])
    with logged_in(cast, cast.imdi) as browser:
        household = browser.get(reverse("household", args=[here])).text
        candidates = browser.get(find).text
        asking = browser.get(reverse("send_request", args=[here, "5038"])).text
    told = "Ingen i husstanden har tillatelse nå. IMDi vurderer saken. Bosettingssamtalen er holdt."
    for text in (household, candidates, asking):
        assert told in text
        assert "De har ventet" not in text
        assert reverse("close_case", args=[here]) in text
    assert find not in household
    assert "Spør" not in candidates
    assert "Send forespørselen" not in asking


def test_a_yes_to_those_who_lost_their_permit_meanwhile_leaves_the_decision_to_imdi(cast: Cast) -> None:
    group = refused_permit(cast, requested(cast, queued(cast)))
    with scope(cast.municipality, cast.day):
        accept_request(group, possible_week=WEEK, by=cast.municipality, at=cast.at)
    assert (state_of(cast, group), deciding(cast, group), looking(cast, group)) == ("municipality_found", True, False)
