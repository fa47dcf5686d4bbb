"""A no that was registered by slip is taken back: the one offer waits for its answer again."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from fotfeste.accommodation.public import DepartureReason, annul_departure
from fotfeste.kernel.errors import NotAllowed, Refused
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.models import Correction
from fotfeste.registry.public import Mistake, members_of, register_member
from fotfeste.settlement.actions.told import see_withdrawals
from fotfeste.settlement.models import Offer, SettlementCase
from fotfeste.settlement.public import annul_refusal, register_offer_answer
from fotfeste.worklist.public import Task
from tests.actions.settlement.stage import (
    depart,
    family,
    offered,
    open_kinds,
    queued,
    refused,
    state_of,
    when_refused,
    with_journey,
)
from tests.as_owner import every_event
from tests.conftest import Cast
from tests.settlement_steps import placed
from tests.web.settlement.pages import logged_in, reference_of

pytestmark = [pytest.mark.django_db, pytest.mark.req("SET-08")]


def takes_back(cast: Cast, group: int, by: Viewer | None = None, reason: Mistake | str = Mistake.WRONG_CHOICE) -> None:
    """IMDi (or another) takes the no back a little later."""
    viewer, at = by or cast.imdi, cast.at + timedelta(hours=1)
    with scope(viewer, cast.day):
        annul_refusal(group, reason=reason, by=viewer, at=at)


def code_of(cast: Cast, group: int, reason: Mistake | str = Mistake.WRONG_CHOICE) -> str:
    """Why it is refused."""
    with pytest.raises(Refused) as caught:
        takes_back(cast, group, reason=reason)
    return caught.value.code


def answers(cast: Cast, group: int, by: Viewer, *, accepts: bool = True, minutes: int = 120) -> None:
    """The household's answer, right or wrong."""
    with scope(by, cast.day):
        register_offer_answer(
            group,
            accepts=accepts,
            answered_on=cast.day,
            answered_by_names="Olena",
            answer_language="uk",
            consequences_shown=True,
            by=by,
            at=cast.at + timedelta(minutes=minutes),
        )


def test_the_offer_is_open_again_the_centre_is_asked_and_everyone_sees_what_they_saw(cast: Cast) -> None:
    group = offered(cast, queued(cast))
    before = (needs(group), open_kinds(cast, group))
    answers(cast, group, cast.centre, accepts=False, minutes=30)
    assert open_kinds(cast, group) == when_refused(cast)
    takes_back(cast, group)
    assert state_of(cast, group) == "offered"
    assert (needs(group), open_kinds(cast, group)) == before
    with scope(cast.imdi, cast.day):
        offer = Offer.objects.get(subject_id=group)
        task = Task.objects.get(subject_id=group, kind="register_offer_answer", closed_at=None)
        followed = Task.objects.get(subject_id=group, kind="follow_refusal")
        said = Correction.objects.get(subject_id=group)
        event = every_event().get(type="settlement.annul_refusal")
    assert (offer.state, offer.answered_on, offer.answered_by_names, offer.consequences_shown) == (
        "open",
        None,
        "",
        False,
    )
    assert (task.basis_on, task.cause, followed.outcome) == (cast.day, "settlement.annul_refusal", "void")
    assert (said.taken_back, said.holds_on, said.reason) == ("offer_answer", cast.day, "wrong_choice")
    assert (event.from_state, event.to_state) == ("refused", "offered")
    answers(cast, group, cast.centre)
    assert state_of(cast, group) == "accepted"


def test_the_centre_where_they_live_now_is_asked_and_a_child_that_came_is_told_of(cast: Cast) -> None:
    group = refused(cast, queued(cast))
    placed(cast, group, cast.other_centre, cast.day)
    with scope(cast.udi, cast.day):
        baby = replace(family().persons[0], given_name="Iryna", birth_date=cast.day - timedelta(days=1))
        register_member(group, baby, cast.day, by=cast.udi, at=cast.at)
    takes_back(cast, group)
    assert {
        ("register_offer_answer", cast.other_centre.organisation_id),
        ("see_household_again", cast.imdi.organisation_id),
    } <= open_kinds(cast, group)
    with scope(cast.imdi, cast.day):
        case = SettlementCase.objects.get(subject_id=group)
    assert (case.centre_id, case.size) == (cast.other_centre.organisation_id, 5)
    answers(cast, group, cast.other_centre)


def needs(group: int) -> set[tuple[int, str]]:
    """Who must know of the household, and why, without an end."""
    query = "SELECT organisation_id, reason FROM every_need WHERE subject_id = %s AND upper_inf(period)"
    with connection.cursor() as cursor:
        cursor.execute(query, [group])
        return set(cursor.fetchall())


def everyone(cast: Cast, group: int) -> Sequence[int]:
    """The keys of the members."""
    with scope(cast.udi, cast.day):
        return [each.subject_id for each in members_of(group, cast.day)]


@pytest.mark.parametrize("how_many", [4, 1], ids=["all are back", "one is back"])
def test_a_departure_taken_back_leaves_the_no_to_be_followed_up_and_taken_back_too(cast: Cast, how_many: int) -> None:
    group = refused(cast, queued(cast))
    before = (needs(group), open_kinds(cast, group))
    depart(cast, group, DepartureReason.PRIVATE_ADDRESS)
    assert code_of(cast, group) == "refused_and_left"
    takes_departure_back(cast, group, everyone(cast, group)[:how_many])
    notice = {("see_private_move", cast.imdi.organisation_id)} if how_many == 1 else set()
    assert open_kinds(cast, group) == before[1] | notice
    assert {each for each in needs(group) if each[1] != "lived_here"} == before[0]
    with scope(cast.municipality, cast.day):
        assert len(members_of(group, cast.day)) == how_many
    takes_back(cast, group)
    assert state_of(cast, group) == "offered"


def test_once_the_municipality_has_seen_that_they_left_the_no_stands(cast: Cast) -> None:
    group = refused(cast, queued(cast))
    depart(cast, group, DepartureReason.PRIVATE_ADDRESS)
    with scope(cast.municipality, cast.day):
        see_withdrawals(group, by=cast.municipality, at=cast.at)
    takes_departure_back(cast, group, everyone(cast, group))
    assert ("follow_refusal", cast.imdi.organisation_id) in open_kinds(cast, group)
    assert code_of(cast, group) == "municipality_holds_no_more"
    assert state_of(cast, group) == "refused"


def takes_departure_back(cast: Cast, group: int, who: Sequence[int]) -> None:
    """UDI takes the departure of some of them back."""
    with scope(cast.udi, cast.day):
        annul_departure(group, who, reason="wrong_choice", by=cast.udi, at=cast.at)


def test_what_cannot_be_taken_back_says_why(cast: Cast) -> None:
    group = refused(cast, queued(cast))
    assert code_of(cast, group, "") == "mistake_missing"
    assert code_of(cast, group, Mistake.OTHER) == "mistake_needs_words"
    assert code_of(cast, with_journey(cast, queued(cast))) == "refusal_not_registered"
    for viewer in (cast.centre, cast.udi, cast.municipality):
        with pytest.raises(NotAllowed):
            takes_back(cast, group, viewer)
    takes_back(cast, group)
    assert code_of(cast, group) == "refusal_not_registered"


def test_imdi_finds_the_link_beside_the_offer_and_nobody_else(cast: Cast) -> None:
    here = [reference_of(group := refused(cast, queued(cast)))]
    household, url = reverse("household", args=here), reverse("annul_refusal", args=here)
    for viewer in (cast.centre, cast.municipality, cast.udi):
        with logged_in(cast, viewer) as browser:
            assert url not in browser.get(household).content.decode()
            assert browser.get(url).status_code == 403
    with logged_in(cast, cast.imdi) as browser:
        assert url in browser.get(household).content.decode()
        assert "venter på svar igjen. Det er fortsatt det ene tilbudet." in browser.get(url).content.decode()
        assert browser.post(url, {"reason": ""}).status_code == 422
        done = browser.post(url, {"reason": "wrong_person"}, follow=True).content.decode()
        assert "Neiet er tatt tilbake." in done
        assert url not in done
    assert state_of(cast, group) == "offered"
