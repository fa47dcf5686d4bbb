"""Departure: settled in the same instant, or the case closed."""

from contextlib import nullcontext
from dataclasses import replace
from datetime import date

import pytest

from fotfeste.accommodation.public import DepartureReason, register_departure, where_now
from fotfeste.kernel.errors import Refused
from fotfeste.platform.scope import scope
from fotfeste.registry.public import StatusKind, add_member, members_of
from fotfeste.settlement.actions.arrival import confirm_arrival
from fotfeste.settlement.actions.closing import close_case
from fotfeste.settlement.actions.moved import see_private_move
from fotfeste.settlement.models import Journey, Offer, SettlementCase, SettlementRequest
from tests.actions.settlement.stage import (
    accepted,
    depart,
    family,
    offered,
    open_kinds,
    queued,
    refused,
    requested,
    state_of,
    with_journey,
)
from tests.as_owner import every_event, every_need
from tests.conftest import Cast
from tests.settlement_steps import due_for_interview, permitted, placed, registered

pytestmark = pytest.mark.django_db


def needs(cast: Cast, group: int, organisation_id: int) -> list[tuple[str, str]]:
    """The needs of an organisation that hold today: reason, and the day they end if any."""
    rows = every_need().filter(subject_id=group, organisation_id=organisation_id, period__contains=cast.day)
    return [(row.reason, str(row.period.end)) for row in rows.order_by("pk")]


@pytest.mark.req("TRV-04")
def test_on_departure_the_group_is_settled_all_at_once(cast: Cast) -> None:
    group = with_journey(cast, queued(cast))
    depart(cast, group)
    assert state_of(cast, group) == "settled"
    with scope(cast.municipality, cast.day):
        assert where_now([group], cast.day) == {}
        assert SettlementRequest.objects.get().state == "fulfilled"
        assert {member.current_status for member in members_of(group, cast.day)} == {StatusKind.SETTLED}
    assert open_kinds(cast, group) == {("receive_household", cast.municipality.organisation_id)}
    assert needs(cast, group, cast.municipality.organisation_id) == [("settled_here", "None")]
    assert needs(cast, group, cast.imdi.organisation_id) == [("settlement_case", "2024-06-12")]
    event = every_event().get(type="settlement.register_departure")
    assert (event.to_state, event.holds_on) == ("settled", cast.day)


@pytest.mark.req("TRV-04")
def test_without_an_agreed_journey_nobody_is_settled_and_nobody_leaves(cast: Cast) -> None:
    group = accepted(cast, queued(cast))
    with pytest.raises(Refused) as caught:
        depart(cast, group)
    assert (caught.value.code, caught.value.field) == ("journey_not_agreed", "reason")
    assert state_of(cast, group) == "accepted"
    with scope(cast.centre, cast.day):
        assert where_now([group], cast.day)[group].people == 4


@pytest.mark.req("ACC-04")
def test_a_household_is_settled_whole(cast: Cast) -> None:
    group = with_journey(cast, queued(cast))
    with pytest.raises(Refused, match="settle_the_whole_group"):
        depart(cast, group, most=3)
    assert state_of(cast, group) == "journey_agreed"


@pytest.mark.req("ACC-07")
def test_a_private_move_closes_the_case_and_imdi_is_told(cast: Cast) -> None:
    group = offered(cast, queued(cast))
    depart(cast, group, DepartureReason.PRIVATE_ADDRESS)
    assert state_of(cast, group) == "closed"
    with scope(cast.imdi, cast.day):
        assert Offer.objects.get().state == "withdrawn"
        assert SettlementRequest.objects.get().state == "withdrawn"
    assert open_kinds(cast, group) == {
        ("see_private_move", cast.imdi.organisation_id),
        ("see_withdrawal", cast.municipality.organisation_id),
    }
    assert needs(cast, group, cast.municipality.organisation_id) == []
    event = every_event().get(type="settlement.close_case")
    assert event.other_organisation_id == cast.imdi.organisation_id


@pytest.mark.req("ACC-07")
def test_imdi_says_that_it_has_seen_the_move_once(cast: Cast) -> None:
    group = queued(cast)
    depart(cast, group, DepartureReason.PRIVATE_ADDRESS, most=1)
    assert ("see_private_move", cast.imdi.organisation_id) in open_kinds(cast, group)
    with scope(cast.imdi, cast.day):
        see_private_move(group, by=cast.imdi, at=cast.at)
        with pytest.raises(Refused, match="private_move_is_seen"):
            see_private_move(group, by=cast.imdi, at=cast.at)
    assert open_kinds(cast, group) == {("find_municipality", cast.imdi.organisation_id)}
    assert every_event().filter(type="settlement.private_move_seen").count() == 1


@pytest.mark.req("ACC-07")
@pytest.mark.parametrize("reason", [DepartureReason.PRIVATE_ADDRESS, DepartureReason.LEFT_COUNTRY])
def test_imdi_is_told_also_where_a_household_that_said_no_leaves_on_its_own(
    cast: Cast, reason: DepartureReason
) -> None:
    group = refused(cast, queued(cast))
    depart(cast, group, reason)
    assert open_kinds(cast, group) == {
        ("see_private_move", cast.imdi.organisation_id),
        ("refusal_close", cast.udi.organisation_id),
        ("see_withdrawal", cast.municipality.organisation_id),
    }


@pytest.mark.req("ACC-07")
def test_before_the_interview_a_private_move_asks_imdi_for_nothing_and_needs_its_address(cast: Cast) -> None:
    group = due_for_interview(cast, family())
    with scope(cast.centre, cast.day):
        persons = [member.subject_id for member in members_of(group, cast.day)]
        with pytest.raises(Refused, match="address_needed"):
            register_departure(group, persons, cast.day, DepartureReason.PRIVATE_ADDRESS, by=cast.centre, at=cast.at)
    depart(cast, group, DepartureReason.PRIVATE_ADDRESS)
    assert open_kinds(cast, group) == set()


@pytest.mark.req("ACC-07")
def test_after_the_interview_a_private_move_is_registered_so_also_without_an_address(cast: Cast) -> None:
    group = queued(cast)
    with scope(cast.centre, cast.day):
        persons = [member.subject_id for member in members_of(group, cast.day)]
        made = register_departure(group, persons, cast.day, DepartureReason.PRIVATE_ADDRESS, by=cast.centre, at=cast.at)
    assert made.address.is_empty


@pytest.mark.req("ACC-07")
def test_one_person_who_leaves_does_not_close_the_case_of_the_others(cast: Cast) -> None:
    group = requested(cast, queued(cast))
    depart(cast, group, DepartureReason.LEFT_COUNTRY, most=1)
    assert state_of(cast, group) == "requested"


@pytest.mark.req("TRV-04")
def test_the_municipality_confirms_that_they_have_come(cast: Cast) -> None:
    group = with_journey(cast, queued(cast))
    depart(cast, group)
    with scope(cast.municipality, cast.day):
        journey = confirm_arrival(group, arrived_on=cast.day, by=cast.municipality, at=cast.at)
    assert journey.arrived_on == cast.day
    assert open_kinds(cast, group) == set()


def test_nobody_has_come_before_they_left(cast: Cast) -> None:
    group = with_journey(cast, queued(cast))
    depart(cast, group)
    yesterday = cast.day.replace(day=13)
    with scope(cast.municipality, cast.day), pytest.raises(Refused, match="arrival_before_departure"):
        confirm_arrival(group, arrived_on=yesterday, by=cast.municipality, at=cast.at)


def test_the_centre_can_close_a_case_by_hand(cast: Cast) -> None:
    group = requested(cast, queued(cast))
    with scope(cast.centre, cast.day):
        close_case(group, reason="own_way", by=cast.centre, at=cast.at)
        case = SettlementCase.objects.get()
    assert (case.state, case.closing_reason) == ("closed", "own_way")
    assert open_kinds(cast, group) == {("see_withdrawal", cast.municipality.organisation_id)}
    assert needs(cast, group, cast.municipality.organisation_id) == []


@pytest.mark.req("TRV-04")
def test_who_left_before_for_another_reason_is_not_settled_with_the_rest(cast: Cast) -> None:
    group = with_journey(cast, queued(cast))
    with scope(cast.centre, cast.day):
        eldest = members_of(group, cast.day)[0].subject_id
    depart(cast, group, DepartureReason.LEFT_COUNTRY, most=1)
    with scope(cast.centre, cast.day):
        rest = [member.subject_id for member in members_of(group, cast.day) if member.subject_id != eldest]
    depart(cast, group, persons=rest)
    with scope(cast.udi, cast.day):
        settled = {m.subject_id for m in members_of(group, cast.day) if m.current_status == StatusKind.SETTLED}
    assert settled == set(rest)


@pytest.mark.req("TRV-04")
def test_nobody_is_settled_before_the_journey_was_agreed(cast: Cast) -> None:
    group = with_journey(cast, queued(cast))
    with pytest.raises(Refused) as caught:
        depart(cast, group, on=cast.day.replace(day=13))
    assert (caught.value.code, caught.value.field) == ("departure_before_agreement", "on")
    assert state_of(cast, group) == "journey_agreed"


def with_spouse_at_another_centre(cast: Cast, group: int) -> int:
    """Ivan, who has a permit and lives at Råde, becomes a member; his key."""
    ivan = replace(family().persons[0], given_name="Ivan")
    alone = registered(cast, replace(family(), persons=(ivan,)))
    permitted(cast, placed(cast, alone, cast.other_centre))
    with scope(cast.udi, cast.day):
        [person] = [member.subject_id for member in members_of(alone, cast.day)]
        add_member(group, person, cast.day, by=cast.udi, at=cast.at)
    return person


@pytest.mark.req("TRV-04", "ACC-04")
@pytest.mark.parametrize("reason", [DepartureReason.AGREED_SETTLEMENT, DepartureReason.DECEASED])
def test_another_centre_neither_settles_nor_closes_for_those_it_does_not_see(
    cast: Cast, reason: DepartureReason
) -> None:
    group = with_journey(cast, queued(cast))
    ivan = with_spouse_at_another_centre(cast, group)
    is_settlement = reason is DepartureReason.AGREED_SETTLEMENT
    refusal = pytest.raises(Refused, match="settle_the_whole_group") if is_settlement else nullcontext()
    where = ("Kirkegata 1", "7600") if is_settlement else ()
    with scope(cast.other_centre, cast.day), refusal:
        register_departure(group, [ivan], cast.day, reason, *where, is_meant=True, by=cast.other_centre, at=cast.at)
    assert state_of(cast, group) == "journey_agreed"
    with scope(cast.udi, cast.day):
        assert where_now([group], cast.day)[group].people == 4
        assert SettlementCase.objects.get(subject_id=group).centre_id == cast.centre.organisation_id


@pytest.mark.req("TRV-04")
def test_nobody_is_settled_before_they_answered(cast: Cast) -> None:
    group = with_journey(cast, queued(cast))
    with scope(cast.centre, cast.day):
        Journey.objects.update(agreed_on=date(2024, 3, 1))
    with pytest.raises(Refused) as caught:
        depart(cast, group, on=date(2024, 3, 5))
    assert (caught.value.code, caught.value.field) == ("departure_before_answer", "on")
