"""A person gets one offer, in whatever household; and nobody joins a household whose case is over (SET-08)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from fotfeste.accommodation.public import DepartureReason
from fotfeste.kernel.errors import Refused
from fotfeste.platform.scope import scope
from fotfeste.registry.public import NewPerson, add_member, members_of, register_member, remove_member
from fotfeste.settlement.actions.offer import make_offer
from fotfeste.settlement.models import Offer, SettlementCase
from fotfeste.settlement.public import finish_interview
from fotfeste.settlement.queries.offered import offered_before
from tests.actions.settlement.stage import (
    WEEK,
    accepted,
    depart,
    family,
    found,
    offered,
    queued,
    refused,
    requested,
    with_journey,
)
from tests.conftest import Cast
from tests.settlement_steps import (
    asked_and_heard,
    interviewed,
    members_by_name,
    permitted,
    placed,
    prepared,
)

pytestmark = [pytest.mark.django_db, pytest.mark.req("SET-08")]


def person(given: str, born: date) -> NewPerson:
    """Somebody of the name Kovalenko."""
    return replace(family().persons[0], given_name=given, birth_date=born)


def ivan(cast: Cast) -> tuple[int, int]:
    """Ivan, alone, in the queue: his household and himself."""
    group = interviewed(cast, replace(family(), persons=(person("Ivan", date(1980, 1, 1)),)))
    with scope(cast.udi, cast.day):
        return group, members_of(group, cast.day)[0].subject_id


def queue_again(cast: Cast, group: int) -> int:
    """The interview of a household's newest case is held as well."""
    prepared(cast, group)
    asked_and_heard(cast, group)
    with scope(cast.centre, cast.day):
        finish_interview(group, cast.day, by=cast.centre, at=cast.at)
    return group


@pytest.mark.req("REG-02")
@pytest.mark.parametrize("is_settled", [True, False], ids=["settled", "refused"])
def test_nobody_joins_a_household_whose_case_is_over(cast: Cast, is_settled: bool) -> None:
    if is_settled:
        group = with_journey(cast, queued(cast))
        depart(cast, group)
    else:
        group = refused(cast, queued(cast))
    own, key = ivan(cast)
    with scope(cast.udi, cast.day):
        with pytest.raises(Refused) as caught:
            add_member(group, key, cast.day, by=cast.udi, at=cast.at)
        case = SettlementCase.objects.get(subject_id=own)
    assert caught.value.field == "persons"
    assert case.state == "queued"


@pytest.mark.req("REG-02")
def test_a_child_is_registered_into_a_household_that_has_refused_and_an_adult_is_not(cast: Cast) -> None:
    group = refused(cast, queued(cast))
    with scope(cast.registrar, cast.day):
        register_member(group, person("Bebi", date(2024, 3, 10)), cast.day, by=cast.registrar, at=cast.at)
        with pytest.raises(Refused, match="household_has_refused"):
            register_member(group, person("Ded", date(1940, 3, 10)), cast.day, by=cast.registrar, at=cast.at)


def test_who_is_taken_out_of_a_household_that_has_refused_gets_no_offer_of_their_own(cast: Cast) -> None:
    group = refused(cast, queued(cast))
    with scope(cast.udi, cast.day):
        olena = members_by_name(group, cast.day)["Olena"].subject_id
        alone = remove_member(group, olena, cast.day, by=cast.udi, at=cast.at).pk
    queue_again(cast, alone)
    with pytest.raises(Refused) as caught:
        requested(cast, alone)
    assert (caught.value.code, caught.value.params) == ("one_offer_only", {"names": "Olena Kovalenko"})


def test_who_left_before_the_offer_may_get_one(cast: Cast) -> None:
    group = queued(cast)
    with scope(cast.udi, cast.day):
        olena = members_by_name(group, cast.day)["Olena"].subject_id
        alone = remove_member(group, olena, cast.day, by=cast.udi, at=cast.at).pk
    refused(cast, group)
    queue_again(cast, alone)
    requested(cast, alone)


def test_who_comes_before_the_answer_is_answered_for(cast: Cast) -> None:
    group = found(cast, queued(cast))
    with scope(cast.imdi, cast.day):
        assert not offered_before(group)
        make_offer(group, week=WEEK, by=cast.imdi, at=cast.at)
        assert len(offered_before(group)) == 4
    with scope(cast.other_centre, cast.day):
        assert not offered_before(group), "somebody without a need to know was told"


@pytest.mark.parametrize("come_to", [accepted, with_journey], ids=["accepted", "journey agreed"])
def test_back_after_a_private_move_with_an_offer_that_was_not_carried_out_they_may_get_another(
    cast: Cast, come_to: Callable[[Cast, int], int]
) -> None:
    group = come_to(cast, queued(cast))
    depart(cast, group, DepartureReason.PRIVATE_ADDRESS)
    later = replace(cast, at=datetime(2024, 3, 20, 10, tzinfo=UTC), day=date(2024, 3, 20))
    placed(later, group, from_on=later.day)
    permitted(later, group, holds_on=date(2024, 3, 12))
    queue_again(later, group)
    offered(later, group)
    with scope(later.imdi, later.day):
        offers = Offer.objects.filter(subject_id=group).order_by("pk").values_list("state", "withdrawal_reason")
        assert list(offers) == [("withdrawn", "case_closed"), ("open", "")]
