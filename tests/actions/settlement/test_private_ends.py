"""Those who live privately and are settled elsewhere, say no, or leave: the case and the stays follow each other."""

from datetime import date, timedelta

import pytest

from fotfeste.accommodation.public import DepartureReason, RightStay, correct_private_stay, end_private_stay
from fotfeste.kernel.errors import Refused
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import StatusKind, members_of
from fotfeste.settlement.actions.moved import see_private_move
from fotfeste.settlement.models import SettlementCase
from fotfeste.settlement.public import (
    accept_request,
    agree_journey,
    make_offer,
    register_offer_answer,
    send_request,
)
from fotfeste.worklist.public import Task
from tests.actions.settlement.stage import WEEK, decided, plan, queued, with_journey
from tests.actions.settlement.test_lived_there import permitted, stays_of
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.req("ALT-08")]


def offered(cast: Cast) -> int:
    """The Kovalenkos live privately in Levanger, and are offered Verdal."""
    group, to = permitted(cast), cast.other_municipality
    decided("5038", 10)
    with scope(cast.imdi, cast.day):
        SettlementCase.objects.filter(subject_id=group).update(state="queued")  # nobody holds the interview
        send_request(group, to.organisation_id, wanted_week=WEEK, reasoning="Nær", by=cast.imdi, at=cast.at)
    with scope(to, cast.day):
        accept_request(group, possible_week=WEEK, confirmed=(), by=to, at=cast.at)
    with scope(cast.imdi, cast.day):
        make_offer(group, week=WEEK, by=cast.imdi, at=cast.at)
    return group


def answer(cast: Cast, group: int, *, accepts: bool, by: Viewer) -> None:
    """The answer is registered."""
    with scope(by, cast.day):
        register_offer_answer(
            group,
            accepts=accepts,
            answered_on=cast.day,
            answered_by_names="Olena",
            answer_language="uk",
            consequences_shown=True,
            by=by,
            at=cast.at,
        )


def ended(cast: Cast, group: int, reason: DepartureReason, by: Viewer, on: date) -> None:
    """The stays end."""
    with scope(by, on):
        persons = [member.subject_id for member in members_of(group, on)]
        end_private_stay(group, persons, on, reason, by=by, at=cast.at)


def test_a_no_ends_the_stays_on_the_day_of_the_answer(cast: Cast) -> None:
    group = offered(cast)
    answer(cast, group, accepts=False, by=cast.imdi)
    assert {(stay.period.end, stay.departure_reason) for stay in stays_of(cast, group)} == {
        (cast.day, DepartureReason.OFFER_DECLINED)
    }


def test_imdi_answers_and_arranges_where_there_is_no_centre_and_the_move_settles_them(cast: Cast) -> None:
    group = offered(cast)
    answer(cast, group, accepts=True, by=cast.imdi)
    with scope(cast.imdi, cast.day):
        agree_journey(group, plan(travels_on=cast.day), by=cast.imdi, at=cast.at)
    with pytest.raises(Refused) as refused:
        ended(cast, group, DepartureReason.AGREED_SETTLEMENT, cast.municipality, cast.day)
    assert refused.value.code == "settled_by_imdi"
    ended(cast, group, DepartureReason.AGREED_SETTLEMENT, cast.udi, cast.day)
    with scope(cast.udi, cast.day):
        assert SettlementCase.objects.get().state == "settled"
        assert {member.current_status for member in members_of(group, cast.day)} == {StatusKind.SETTLED}


def test_imdi_does_not_answer_for_those_at_a_centre(cast: Cast) -> None:
    group = with_journey(cast, queued(cast))
    with scope(cast.imdi, cast.day), pytest.raises(Refused) as refused:
        agree_journey(group, plan(), by=cast.imdi, at=cast.at)
    assert refused.value.code == "not_their_centre"


@pytest.mark.parametrize(
    ("reason", "state"),
    [
        (DepartureReason.LEFT_COUNTRY, "closed"),
        (DepartureReason.MOVED_WITHOUT_AGREEMENT, "closed"),
        (DepartureReason.MUNICIPALITY_WITHDREW, "interview_due"),
    ],
)
def test_who_has_left_is_not_settled_and_who_lost_the_support_waits_on(
    cast: Cast, reason: DepartureReason, state: str
) -> None:
    group = permitted(cast)
    ended(cast, group, reason, cast.municipality, cast.day)
    with scope(cast.udi, cast.day):
        assert SettlementCase.objects.get().state == state


def test_settled_is_not_registered_beside_imdi(cast: Cast) -> None:
    group = permitted(cast)
    with pytest.raises(Refused) as refused:
        ended(cast, group, DepartureReason.AGREED_SETTLEMENT, cast.municipality, cast.day)
    assert refused.value.code == "settled_by_imdi"
    assert {stay.period.end for stay in stays_of(cast, group)} == {None}


def imdi_looks(cast: Cast, group: int) -> list[str]:
    """Why IMDi has an open task to look at who has left."""
    with scope(cast.imdi, cast.day):
        found = Task.objects.filter(subject_id=group, kind="see_private_move", closed_at=None)
        return list(found.values_list("cause", flat=True))


LEFT = {
    DepartureReason.MOVED_WITHOUT_AGREEMENT: "settlement.moved_without_agreement",
    DepartureReason.LEFT_COUNTRY: "settlement.left_country",
    DepartureReason.NO_ADDRESS: "settlement.gone_without_address",
}


@pytest.mark.req("ACC-07")
@pytest.mark.parametrize("who", ["municipality", "udi"])
@pytest.mark.parametrize("reason", LEFT)
def test_imdi_is_told_when_all_leave_their_private_home_on_their_own(
    cast: Cast, reason: DepartureReason, who: str
) -> None:
    group = permitted(cast)
    ended(cast, group, reason, getattr(cast, who), cast.day)
    assert imdi_looks(cast, group) == [LEFT[reason]]


@pytest.mark.req("ACC-07")
def test_of_some_of_them_or_of_those_who_wait_on_imdi_is_told_nothing(cast: Cast) -> None:
    group = permitted(cast)
    with scope(cast.municipality, cast.day):
        first, *others = [member.subject_id for member in members_of(group, cast.day)]
        left, lost = DepartureReason.LEFT_COUNTRY, DepartureReason.MUNICIPALITY_WITHDREW
        end_private_stay(group, [first], cast.day, left, by=cast.municipality, at=cast.at)
        end_private_stay(group, others, cast.day, lost, by=cast.municipality, at=cast.at)
    assert imdi_looks(cast, group) == []


@pytest.mark.req("ACC-07")
def test_there_is_nothing_to_see_once_it_turns_out_that_they_never_left(cast: Cast) -> None:
    group = permitted(cast)
    ended(cast, group, DepartureReason.NO_ADDRESS, cast.municipality, cast.day)
    later = cast.at + timedelta(hours=1)
    with scope(cast.udi, cast.day):
        persons = [member.subject_id for member in members_of(group, cast.day)]
        right = RightStay(goes_on=True)
        correct_private_stay(group, persons, right, reason="wrong_choice", by=cast.udi, at=later)
    assert imdi_looks(cast, group) == []


def asked_of_imdi(cast: Cast, group: int) -> list[tuple[str, str]]:
    """IMDi's open tasks about a household, and why they are there."""
    with scope(cast.imdi, cast.day):
        found = Task.objects.filter(subject_id=group, organisation_id=cast.imdi.organisation_id, closed_at=None)
        return sorted(found.values_list("kind", "cause"))


@pytest.mark.req("ACC-07")
@pytest.mark.parametrize("reason", LEFT)
def test_that_nobody_is_left_of_an_asked_household_is_one_task_and_seeing_it_ends_the_case(
    cast: Cast, reason: DepartureReason
) -> None:
    group = offered(cast)
    ended(cast, group, reason, cast.municipality, cast.day)
    looks = [each for each in asked_of_imdi(cast, group) if each[0].startswith("see_")]
    assert looks == [("see_private_move", LEFT[reason])]
    with scope(cast.imdi, cast.day):
        assert SettlementCase.objects.get().state == "offered"
        see_private_move(group, by=cast.imdi, at=cast.at)
        assert SettlementCase.objects.get().state == "closed"
    assert asked_of_imdi(cast, group) == []
    with scope(cast.other_municipality, cast.day):
        told = Task.objects.filter(subject_id=group, closed_at=None).values_list("kind", flat=True)
        assert list(told) == ["see_withdrawal"]


@pytest.mark.req("ACC-07")
def test_seeing_that_all_have_died_is_looking_at_the_household_again(cast: Cast) -> None:
    group = offered(cast)
    ended(cast, group, DepartureReason.DECEASED, cast.municipality, cast.day)
    looks = [each for each in asked_of_imdi(cast, group) if each[0].startswith("see_")]
    assert looks == [("see_household_again", "settlement.household_shrunk")]
