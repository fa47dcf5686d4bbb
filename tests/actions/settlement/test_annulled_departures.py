"""One of several departures is taken back, or that of some: whoever is back has a case, and is seen by who asks."""

from dataclasses import replace
from datetime import timedelta

import pytest

from fotfeste.accommodation.public import DepartureReason, register_departure
from fotfeste.kernel.errors import Refused
from fotfeste.platform.scope import scope
from fotfeste.registry.public import StatusKind, add_member, members_of, remove_member
from fotfeste.settlement.models import SettlementCase
from fotfeste.settlement.public import accept_request, confirm_arrival
from tests.actions.settlement.stage import WEEK, depart, family, offered, queued, requested, state_of, with_journey
from tests.actions.settlement.test_annulled_departure import kinds_of, leaves, open_tasks, people, takes_back
from tests.conftest import Cast
from tests.settlement_steps import due_for_interview, permitted, placed, registered

pytestmark = [pytest.mark.django_db, pytest.mark.req("ACC-04")]
AWAY = DepartureReason.NO_ADDRESS


def olena_of(cast: Cast, group: int) -> int:
    """Olena's key."""
    with scope(cast.udi, cast.day):
        return next(each.subject_id for each in members_of(group, cast.day) if each.given_name == "Olena")


@pytest.mark.req("SET-01")
def test_the_only_one_with_a_permit_is_back_and_so_is_the_case_that_closed_without_it(cast: Cast) -> None:
    group = due_for_interview(cast, family(), names=["Olena"])
    before = open_tasks(cast, group)
    olena = olena_of(cast, group)
    leaves(cast, group, [olena], AWAY)
    with scope(cast.udi, cast.day):
        assert SettlementCase.objects.get(subject_id=group).closing_reason == "permit_left"
    takes_back(cast, group, [olena])
    assert state_of(cast, group) == "interview_due"
    assert open_tasks(cast, group) == before
    leaves(cast, group, [olena], AWAY)
    assert state_of(cast, group) == "closed"


@pytest.mark.req("SET-01")
def test_without_the_only_one_with_a_permit_the_case_stays_closed(cast: Cast) -> None:
    group = due_for_interview(cast, family(), names=["Olena"])
    olena = olena_of(cast, group)
    others = [each for each in people(cast, group) if each != olena]
    leaves(cast, group, [olena], AWAY)
    leaves(cast, group, others, AWAY)
    takes_back(cast, group, others)
    assert state_of(cast, group) == "closed"
    takes_back(cast, group, [olena])
    assert state_of(cast, group) == "interview_due"


@pytest.mark.parametrize("is_first", [True, False])
def test_whichever_of_two_departures_is_taken_back_the_case_is_open_for_who_is_there(
    cast: Cast, is_first: bool
) -> None:
    group = queued(cast)
    first, *others = people(cast, group)
    leave_at(cast, group, [first], AWAY, minutes=1)
    leave_at(cast, group, others, DepartureReason.LEFT_COUNTRY, minutes=2)
    assert state_of(cast, group) == "closed"
    back = [first] if is_first else others
    takes_back(cast, group, back)
    assert state_of(cast, group) == "queued"
    assert ("find_municipality", cast.imdi.organisation_id) in open_tasks(cast, group)
    with scope(cast.imdi, cast.day):
        assert SettlementCase.objects.get(subject_id=group).size == len(back)


def leave_at(
    cast: Cast, group: int, who: list[int], reason: DepartureReason, *, minutes: int, days_ago: int = 0
) -> None:
    """Some of them leave, registered at an instant of its own."""
    at, on = cast.at + timedelta(minutes=minutes), cast.day - timedelta(days=days_ago)
    address = ("Gata 1", "5700") if reason is DepartureReason.PRIVATE_ADDRESS else ("", "")
    with scope(cast.centre, cast.day):
        register_departure(group, who, on, reason, *address, by=cast.centre, at=at)


@pytest.mark.req("SET-06")
@pytest.mark.parametrize("is_offered", [False, True])
def test_a_municipality_that_is_asked_sees_who_is_back(cast: Cast, is_offered: bool) -> None:
    group = offered(cast, queued(cast)) if is_offered else requested(cast, queued(cast))
    [one, *_] = people(cast, group)
    leaves(cast, group, [one], AWAY)
    with scope(cast.municipality, cast.day):
        assert len(members_of(group, cast.day)) == 3
    takes_back(cast, group, [one])
    with scope(cast.municipality, cast.day):
        assert len(members_of(group, cast.day)) == 4
        if not is_offered:
            accept_request(group, possible_week=WEEK, by=cast.municipality, at=cast.at + timedelta(hours=1))


@pytest.mark.req("ACC-07")
def test_imdi_still_sees_that_another_has_moved_privately(cast: Cast) -> None:
    group = queued(cast)
    first, second, *_ = people(cast, group)
    seen = ("see_private_move", cast.imdi.organisation_id)
    leave_at(cast, group, [first], DepartureReason.PRIVATE_ADDRESS, minutes=1)
    leave_at(cast, group, [second], DepartureReason.PRIVATE_ADDRESS, minutes=2, days_ago=1)
    takes_back(cast, group, [first])
    assert seen in open_tasks(cast, group)
    takes_back(cast, group, [second])
    assert seen not in open_tasks(cast, group)


@pytest.mark.req("ACC-07")
@pytest.mark.parametrize("days_ago", [1, 0])
def test_who_has_left_the_country_keeps_no_private_move_for_imdi_to_see(cast: Cast, days_ago: int) -> None:
    group = queued(cast)
    first, second, *_ = people(cast, group)
    seen = ("see_private_move", cast.imdi.organisation_id)
    leave_at(cast, group, [first], DepartureReason.PRIVATE_ADDRESS, minutes=1, days_ago=days_ago)
    leave_at(cast, group, [second], DepartureReason.LEFT_COUNTRY, minutes=2, days_ago=days_ago)
    assert seen in open_tasks(cast, group)
    takes_back(cast, group, [first])
    assert seen not in open_tasks(cast, group)


def taken_out(cast: Cast, group: int, person: int) -> int:
    """UDI takes somebody out of the household; gives the one they are alone in."""
    with scope(cast.udi, cast.day):
        own = remove_member(group, person, cast.day, by=cast.udi, at=cast.at + timedelta(minutes=3))
    return own.subject_id


@pytest.mark.req("TRV-04")
def test_who_was_settled_with_a_household_and_taken_out_of_it_is_settled_no_more(cast: Cast) -> None:
    group = with_journey(cast, queued(cast))
    one, *others = people(cast, group)
    depart(cast, group)
    alone = taken_out(cast, group, one)
    takes_back(cast, group, others)
    takes_back(cast, alone, [one], cast.udi, minutes=6)
    for household, state in ((group, "journey_agreed"), (alone, "interview_due")):
        assert kinds_of(cast, household) == {StatusKind.TEMPORARY_COLLECTIVE_PROTECTION}
        assert state_of(cast, household) == state
    assert ("hold_interview", cast.centre.organisation_id) in open_tasks(cast, alone)
    with scope(cast.municipality, cast.day):
        assert members_of(alone, cast.day) == []


def test_who_was_taken_out_after_the_arrival_stays_settled(cast: Cast) -> None:
    group = with_journey(cast, queued(cast))
    [one, *_] = people(cast, group)
    depart(cast, group)
    with scope(cast.municipality, cast.day):
        confirm_arrival(group, arrived_on=cast.day, by=cast.municipality, at=cast.at)
    with pytest.raises(Refused, match="household_has_arrived"):
        takes_back(cast, taken_out(cast, group, one), [one], cast.udi)


@pytest.mark.parametrize(("who", "told"), [("centre", "departure_not_registered"), ("udi", "household_has_arrived")])
def test_who_was_received_stays_settled_also_when_they_belong_to_somebody_who_is_back(
    cast: Cast, who: str, told: str
) -> None:
    group = with_journey(cast, queued(cast))
    one, two, *others = people(cast, group)
    leaves(cast, group, [one], AWAY)
    depart(cast, group, persons=[two, *others])
    with scope(cast.municipality, cast.day):
        confirm_arrival(group, arrived_on=cast.day, by=cast.municipality, at=cast.at)
    alone = taken_out(cast, group, one)
    with scope(cast.udi, cast.day):
        add_member(alone, two, cast.day, by=cast.udi, at=cast.at + timedelta(minutes=4))
    takes_back(cast, alone, [one], cast.udi)
    # The centre knows nothing of them any more, also through whoever lives there again.
    with pytest.raises(Refused, match=told):
        takes_back(cast, alone, [two], getattr(cast, who), minutes=300 * 24 * 60)


@pytest.mark.req("TRV-04")
def test_who_left_before_the_others_were_settled_is_taken_out_before_they_are_back(cast: Cast) -> None:
    group = with_journey(cast, queued(cast))
    one, *others = people(cast, group)
    leaves(cast, group, [one], AWAY)
    depart(cast, group, persons=others)
    with pytest.raises(Refused, match="the_others_are_settled"):
        takes_back(cast, group, [one])
    alone = taken_out(cast, group, one)
    takes_back(cast, alone, [one], cast.udi, minutes=6)
    assert (state_of(cast, group), state_of(cast, alone)) == ("settled", "interview_due")
    assert ("hold_interview", cast.centre.organisation_id) in open_tasks(cast, alone)


@pytest.mark.req("SET-01")
def test_a_permit_that_came_while_all_were_gone_opens_the_case_when_they_are_back(cast: Cast) -> None:
    group = placed(cast, registered(cast, family()))
    leaves(cast, group, people(cast, group), DepartureReason.LEFT_COUNTRY)
    permitted(cast, group)
    with scope(cast.udi, cast.day):
        assert not SettlementCase.objects.filter(subject_id=group).exists()
    takes_back(cast, group, people(cast, group))
    assert state_of(cast, group) == "interview_due"
    assert ("hold_interview", cast.centre.organisation_id) in open_tasks(cast, group)


@pytest.mark.req("SET-07")
def test_a_municipality_that_had_not_seen_who_comes_has_to_see_it_still(cast: Cast) -> None:
    group = with_journey(cast, queued(cast))
    leaves(cast, group, people(cast, group)[:1], DepartureReason.LEFT_COUNTRY)
    unseen = ("see_change", cast.municipality.organisation_id)
    assert unseen in open_tasks(cast, group)
    later = replace(cast, at=cast.at + timedelta(minutes=1))
    depart(later, group, persons=people(cast, group)[1:])
    assert unseen not in open_tasks(cast, group)
    takes_back(cast, group, people(cast, group)[1:])
    assert unseen in open_tasks(cast, group)
