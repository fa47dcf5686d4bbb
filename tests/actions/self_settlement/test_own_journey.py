"""Who settles by agreement has a journey as the others have: agreed, booked, put off, paid, and ended (SET-13, TRV)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
import time_machine
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from fotfeste.accommodation.public import DepartureReason, annul_departure
from fotfeste.directory.public import Organisation
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.workflow import IllegalStep
from fotfeste.platform.scope import scope
from fotfeste.registry.public import Mistake, members_of
from fotfeste.self_settlement.public import (
    EndCause,
    SelfSettlement,
    agree_self_settlement,
    approve_home,
    ask_for_change,
    confirm_home,
    lose_home,
    move_in,
    send_home,
    withdraw_self_settlement,
)
from fotfeste.self_settlement.queries.listed import listed
from fotfeste.settlement.actions.booking import send_booking, write_booking
from fotfeste.settlement.actions.cancelling import register_cancelled
from fotfeste.settlement.actions.car_claim import pay_own_car
from fotfeste.settlement.domain.journey import LegPlan
from fotfeste.settlement.domain.types import TravelMode
from fotfeste.settlement.models import BookingMessage, Journey, JourneyLeg, Offer, SettlementCase, TravelApproval
from fotfeste.settlement.public import (
    ClosingReason,
    agree_journey,
    answer_travel_approval,
    ask_travel_approval,
    close_case,
    departure_advice,
    postpone_journey,
    release_municipality,
    see_change,
    settles_on,
)
from fotfeste.settlement.queries.municipality import municipality_page
from fotfeste.settlement.queries.story import story_of
from fotfeste.settlement.queries.travel import travel_of
from fotfeste.worklist.public import Task, close_tasks
from tests.actions.self_settlement.stage import FOUND, agreed, approved, everything, grown, registered_by, state_of
from tests.actions.settlement.stage import TRAVELS_ON, depart, driving, gone, open_kinds, plan
from tests.conftest import Cast
from tests.settlement_steps import placed

pytestmark = [pytest.mark.django_db, pytest.mark.req("SET-13"), pytest.mark.req("TRV-01")]
ask_for_journeys = import_module("fotfeste.settlement.migrations.0042_own_journeys_asked_for").ask_for_journeys


def on(cast: Cast, day: date) -> Cast:
    """The same people on another day."""
    return replace(cast, day=day, at=datetime(day.year, day.month, day.day, 9, tzinfo=UTC))


def travelling(cast: Cast, group: int | None = None) -> int:
    """The journey is agreed."""
    found = group or agreed(cast)
    with scope(cast.centre, cast.day):
        agree_journey(found, plan(), by=cast.centre, at=cast.at)
    return found


def told(cast: Cast) -> int:
    """... and the travel agent has been written to."""
    group = travelling(cast)
    with scope(cast.centre, cast.day):
        write_booking(group, by=cast.centre, at=cast.at)
        send_booking(group, channel="email", sent_to="Berg", sent_on=cast.day, by=cast.centre, at=cast.at)
    return group


def due(cast: Cast, group: int) -> int:
    """What is still to be paid for their own car."""
    with scope(cast.centre, cast.day):
        return travel_of(SettlementCase.objects.get(subject_id=group), cast.day).due_ore


def to_tell(cast: Cast, group: int) -> str | None:
    """What the agent is to be told."""
    with scope(cast.centre, cast.day):
        return travel_of(SettlementCase.objects.filter(subject_id=group).latest("pk"), cast.day).to_tell()


def put_off(cast: Cast, group: int, new_on: date | None) -> None:
    """The train does not run."""
    with scope(cast.centre, cast.day):
        postpone_journey(group, kind="cancelled", happened_on=cast.day, new_on=new_on, by=cast.centre, at=cast.at)


def case_state(cast: Cast, group: int) -> str:
    """Where the case stands."""
    with scope(cast.imdi, cast.day):
        return SettlementCase.objects.filter(subject_id=group).latest("pk").state


def test_the_centre_is_asked_for_it_when_imdi_has_agreed(cast: Cast) -> None:
    group = agreed(cast)
    assert ("arrange_journey", cast.centre.organisation_id) in open_kinds(cast, group)


def opened(cast: Cast, group: int) -> list[tuple[int, date | None]]:
    """Whom the migration asks for the journey on the cast's day, and by when: what is open after it has run."""
    with scope(cast.centre, cast.day), time_machine.travel(cast.at, tick=False):
        ask_for_journeys(apps, SimpleNamespace(connection=connection))
        asked = Task.objects.filter(subject_id=group, kind="arrange_journey", closed_at=None)
        return list(asked.values_list("organisation_id", "due_on"))


def test_who_had_agreed_before_there_was_a_journey_is_asked_for_it_once(cast: Cast) -> None:
    group, later = agreed(cast), on(cast, cast.day + timedelta(days=7))
    with scope(cast.centre, cast.day):
        close_tasks(["arrange_journey"], subject_id=group, by=cast.centre, at=cast.at, outcome="void")
    assert opened(later, group) == [(cast.centre.organisation_id, date(2024, 4, 2))]  # Easter between
    assert opened(on(cast, cast.day + timedelta(days=8)), group) == [(cast.centre.organisation_id, date(2024, 4, 2))]
    travelling(later, group)
    assert opened(later, group) == []
    put_off(later, group, None)
    assert len(opened(later, group)) == 1


def test_nobody_is_asked_for_a_journey_before_imdi_has_agreed_or_within_the_municipality(cast: Cast) -> None:
    assert opened(cast, approved(cast)) == []
    group = agreed(cast)
    with scope(cast.centre, cast.day):
        close_tasks(["arrange_journey"], subject_id=group, by=cast.centre, at=cast.at, outcome="void")
    Organisation.objects.filter(pk=cast.centre.organisation_id).update(municipality_id="5037")
    assert opened(cast, group) == []


def test_it_is_agreed_with_payers_and_tasks_and_the_case_stays_where_it_is(cast: Cast) -> None:
    group = travelling(cast)
    assert (case_state(cast, group), state_of(cast, group)) == ("municipality_found", "agreed")
    with scope(cast.centre, cast.day):
        journey = Journey.objects.get()
        assert journey.request is not None
        assert (journey.offer_id, journey.request.is_self_found) == (None, True)
        payers = list(JourneyLeg.objects.order_by("number").values_list("payer", flat=True))
        assert payers == ["centre", "municipality"]
        assert settles_on(group) == TRAVELS_ON
        assert not Offer.objects.exists()
    centre = cast.centre.organisation_id
    assert open_kinds(cast, group) == {
        ("register_moved_in", centre),
        ("book_journey", centre),
        ("prepare_arrival", cast.municipality.organisation_id),
    }


def by_when(cast: Cast, group: int) -> tuple[date | None, str]:
    """By when they are to be registered as moved in, and by which rule: the task and the list say the same."""
    with scope(cast.centre, cast.day):
        task = Task.objects.get(subject_id=group, kind="register_moved_in", closed_at=None)
        rows = SelfSettlement.objects.filter(subject_id=group).select_related("case")
        [line] = listed(list(rows), cast.day)
        assert line.move is not None
        assert line.move.due is not None
        assert (line.move.due.on, line.move.due.rule.code) == (task.due_on, task.due_rule)
        return task.due_on, task.due_rule


def test_they_have_moved_in_by_the_day_of_the_journey_wherever_it_is_moved_to(cast: Cast) -> None:
    group = agreed(cast)
    by_contract = (FOUND.contract.starts_on, "self_settlement.contract_starts")
    assert by_when(cast, group) == by_contract
    assert by_when(cast, travelling(cast, group)) == (TRAVELS_ON, "self_settlement.journey")
    put_off(cast, group, TRAVELS_ON + timedelta(days=3))
    assert by_when(cast, group) == (TRAVELS_ON + timedelta(days=3), "self_settlement.journey")
    put_off(cast, group, None)
    assert by_when(cast, group) == by_contract


def test_no_departure_is_proposed_for_who_is_registered_as_moved_in(cast: Cast) -> None:
    group = travelling(cast)
    with scope(cast.centre, cast.day):
        advice = departure_advice(group, cast.day)
    assert advice is not None
    assert (advice.reason, "Registrer at de har flyttet inn" in advice.why) == (None, True)
    with pytest.raises(Refused) as caught:
        depart(cast, group)
    assert (caught.value.code, caught.value.field) == ("found_home_is_moved_into", "reason")
    assert state_of(cast, group) == "agreed"


def test_the_municipality_sees_who_comes_when_and_no_other_does(cast: Cast) -> None:
    group = travelling(cast)
    with scope(cast.municipality, cast.day):
        [coming] = municipality_page(cast.municipality, None, cast.day).incoming
        assert coming.journey is not None
        assert (coming.request.subject_id, coming.journey.travels_on) == (group, TRAVELS_ON)
        assert (Journey.objects.count(), JourneyLeg.objects.count()) == (1, 2)
        assert story_of(group).journey is not None
    with scope(cast.other_municipality, cast.day):
        assert (Journey.objects.count(), JourneyLeg.objects.count()) == (0, 0)
    for sees in (cast.udi, cast.imdi):
        with scope(sees, cast.day):
            assert Journey.objects.count() == 1


def test_the_same_rules_hold_for_food_and_for_a_taxi(cast: Cast) -> None:
    group = agreed(cast)
    taxi = plan(legs=(LegPlan(TravelMode.TAXI, "Voss", "Levanger stasjon", 900_000),), hub="Levanger stasjon")
    with scope(cast.centre, cast.day):
        with pytest.raises(Refused, match="food"):
            agree_journey(group, plan(has_food=False), by=cast.centre, at=cast.at)
        with pytest.raises(Refused, match="travel_not_approved"):
            agree_journey(group, taxi, by=cast.centre, at=cast.at)
        ask_travel_approval(group, modes=["taxi"], explanation="Rullestol", by=cast.centre, at=cast.at)
        with pytest.raises(Refused, match="one_open_travel_question"):
            ask_travel_approval(group, modes=["taxi"], explanation="Igjen", by=cast.centre, at=cast.at)
    assert ("approve_travel", cast.udi.organisation_id) in open_kinds(cast, group)
    with scope(cast.udi, cast.day):
        answer_travel_approval(group, approves=True, udi_reference="24/1", by=cast.udi, at=cast.at)
    with scope(cast.centre, cast.day):
        agree_journey(group, taxi, by=cast.centre, at=cast.at)
        assert story_of(group).approval_of_journey is not None
    with scope(cast.municipality, cast.day):
        assert TravelApproval.objects.count() == 0


def test_it_is_booked_moved_and_the_agent_told_of_the_change(cast: Cast) -> None:
    group = told(cast)
    put_off(cast, group, TRAVELS_ON + timedelta(days=3))
    assert to_tell(cast, group) == "change"
    with scope(cast.municipality, cast.day):
        assert Journey.objects.get().travels_on == TRAVELS_ON + timedelta(days=3)
    assert ("tell_agent", cast.centre.organisation_id) in open_kinds(cast, group)


def test_put_off_without_a_day_it_is_to_be_agreed_anew_and_the_agreement_stands(cast: Cast) -> None:
    group = told(cast)
    put_off(cast, group, None)
    assert state_of(cast, group) == "agreed"
    assert to_tell(cast, group) == "cancellation"
    assert ("arrange_journey", cast.centre.organisation_id) in open_kinds(cast, group)
    with scope(cast.centre, cast.day):
        assert settles_on(group) is None
        with pytest.raises(IllegalStep):
            postpone_journey(group, kind="cancelled", happened_on=cast.day, by=cast.centre, at=cast.at)
        agree_journey(group, plan(travels_on=date(2024, 4, 9)), by=cast.centre, at=cast.at)
        assert Journey.objects.get().postponed_on is None
    assert to_tell(cast, group) == "change"


def _withdraws(cast: Cast, group: int) -> None:
    with scope(cast.centre, cast.day):
        withdraw_self_settlement(group, cause=EndCause.OWN_WISH, by=cast.centre, at=cast.at)


def _loses_the_home(cast: Cast, group: int) -> None:
    with scope(cast.centre, cast.day):
        lose_home(group, by=cast.centre, at=cast.at)


def _is_released(cast: Cast, group: int) -> None:
    with scope(cast.imdi, cast.day):
        release_municipality(group, by=cast.imdi, at=cast.at)


def _is_closed(cast: Cast, group: int) -> None:
    with scope(cast.imdi, cast.day):
        close_case(group, reason=ClosingReason.OTHER, text="Annet", by=cast.imdi, at=cast.at)


def _is_gone(cast: Cast, group: int) -> None:
    gone(cast, group)


def _does_not_fit(cast: Cast, group: int) -> None:
    registered_by(group, cast, cast.udi)
    with scope(cast.municipality, cast.day):
        ask_for_change(group, seen=everything(cast), must_change="For liten", by=cast.municipality, at=cast.at)


ENDS: tuple[Callable[[Cast, int], None], ...] = (
    _withdraws,
    _loses_the_home,
    _is_released,
    _is_closed,
    _is_gone,
    _does_not_fit,
)


@pytest.mark.parametrize("end", ENDS)
def test_whatever_ends_it_cancels_the_journey_and_asks_the_centre_to_cancel_what_is_booked(
    cast: Cast, end: Callable[[Cast, int], None]
) -> None:
    group = told(cast)
    end(cast, group)
    centre = cast.centre.organisation_id
    kinds = open_kinds(cast, group)
    assert ("cancel_journey", centre) in kinds
    assert not {("arrange_journey", centre), ("book_journey", centre)} & kinds
    assert "prepare_arrival" not in {kind for kind, _whose in kinds}
    with scope(cast.udi, cast.day):
        assert Journey.objects.get().cancelled_on == cast.day
    with scope(cast.municipality, cast.day):
        assert Journey.objects.count() == 0
    with scope(cast.centre, cast.day):
        assert story_of(group).journey is None
        register_cancelled(group, ["cancel_journey"], by=cast.centre, at=cast.at)
        assert BookingMessage.objects.get().state == "cancelled"


@pytest.mark.parametrize("end", ENDS)
def test_nothing_is_cancelled_that_nobody_has_booked(cast: Cast, end: Callable[[Cast, int], None]) -> None:
    group = agreed(cast)
    end(cast, group)
    kinds = {kind for kind, _whose in open_kinds(cast, group)}
    assert not {"cancel_journey", "arrange_journey", "book_journey"} & kinds


def test_the_next_home_has_a_journey_of_its_own(cast: Cast) -> None:

    group = told(cast)
    _loses_the_home(cast, group)
    with scope(cast.centre, cast.day):
        register_cancelled(group, ["cancel_journey"], by=cast.centre, at=cast.at)
        send_home(group, FOUND, by=cast.centre, at=cast.at)
    with scope(cast.municipality, cast.day):
        approve_home(group, seen=everything(cast), by=cast.municipality, at=cast.at)
    with scope(cast.imdi, cast.day):
        agree_self_settlement(group, agreed_with="Anne Moe", by=cast.imdi, at=cast.at)
    assert ("arrange_journey", cast.centre.organisation_id) in open_kinds(cast, group)
    travelling(cast, group)
    with scope(cast.centre, cast.day):
        days = Journey.objects.order_by("pk").values_list("cancelled_on", flat=True)
        assert list(days) == [cast.day, None]
    assert to_tell(cast, group) == "booking"


def test_some_who_leave_are_cancelled_and_the_others_travel(cast: Cast) -> None:
    group = told(cast)
    with scope(cast.centre, cast.day):
        one = [member.subject_id for member in members_of(group, cast.day)][:1]
    gone(cast, group, one)
    assert ("cancel_journey", cast.centre.organisation_id) in open_kinds(cast, group)
    with scope(cast.centre, cast.day):
        register_cancelled(group, ["cancel_journey"], by=cast.centre, at=cast.at)
        assert BookingMessage.objects.get().state == "sent"
    assert to_tell(cast, group) == "change"


@pytest.mark.req("TRV-03")
def test_their_own_car_is_paid_and_asked_back_where_they_do_not_go(cast: Cast) -> None:
    group = agreed(cast)
    with scope(cast.centre, cast.day):
        agree_journey(group, driving(), by=cast.centre, at=cast.at)
    assert due(cast, group) == 4 * 129_900
    with scope(cast.centre, cast.day):
        assert pay_own_car(group, paid_on=cast.day, by=cast.centre, at=cast.at).amount_ore == 4 * 129_900
    put_off(cast, group, None)
    assert due(cast, group) == 0
    _withdraws(cast, group)
    assert due(cast, group) == -4 * 129_900
    assert ("cancel_journey", cast.centre.organisation_id) not in open_kinds(cast, group)


@pytest.mark.req("TRV-03")
def test_the_centre_pays_also_after_they_have_moved_in(cast: Cast) -> None:
    group, there = agreed(cast), on(cast, TRAVELS_ON)
    with scope(cast.centre, cast.day):
        agree_journey(group, driving(), by=cast.centre, at=cast.at)
    with scope(there.centre, there.day):
        move_in(group, there.day, by=there.centre, at=there.at)
        assert story_of(group).journey is not None
        assert pay_own_car(group, paid_on=there.day, by=there.centre, at=there.at).amount_ore == 4 * 129_900


def test_they_move_in_on_the_day_and_nothing_is_left_to_do(cast: Cast) -> None:
    group, there = told(cast), on(cast, TRAVELS_ON)
    with scope(there.centre, there.day):
        move_in(group, there.day, by=there.centre, at=there.at)
    assert open_kinds(there, group) == set()
    with scope(there.municipality, there.day):
        [settled] = municipality_page(there.municipality, None, there.day).settled
        assert settled.journey is not None
        assert settled.journey.travels_on == TRAVELS_ON
        assert story_of(group).journey is not None


def test_who_moves_in_before_the_day_has_tickets_that_the_centre_cancels(cast: Cast) -> None:
    group = told(cast)
    with scope(cast.centre, cast.day):
        move_in(group, cast.day, is_meant=True, by=cast.centre, at=cast.at)
    assert open_kinds(cast, group) == {("cancel_journey", cast.centre.organisation_id)}
    with scope(cast.municipality, cast.day):
        assert Journey.objects.get().travels_on == TRAVELS_ON


def test_a_journey_without_a_day_is_over_when_they_have_moved_in(cast: Cast) -> None:
    group = agreed(cast)
    with scope(cast.centre, cast.day):
        agree_journey(group, driving(), by=cast.centre, at=cast.at)
    put_off(cast, group, None)
    with scope(cast.centre, cast.day):
        move_in(group, cast.day, is_meant=True, by=cast.centre, at=cast.at)
        assert Journey.objects.get().cancelled_on == cast.day
    assert due(cast, group) == 0  # settled, and not by that journey


def test_the_database_wants_one_thing_that_a_journey_rests_on(cast: Cast) -> None:
    travelling(cast)
    with scope(cast.centre, cast.day):
        with pytest.raises(IntegrityError, match="a_journey_rests_on_one_thing"), transaction.atomic():
            Journey.objects.update(request=None)
        with pytest.raises(IntegrityError, match=r"an_offers_journey_goes_with_it|rests_on"), transaction.atomic():
            Journey.objects.update(request=None, cancelled_on=cast.day)


def test_nobody_agrees_a_journey_before_imdi_has_agreed_or_to_what_imdi_found(cast: Cast) -> None:
    group = approved(cast)
    with scope(cast.centre, cast.day), pytest.raises(IllegalStep):
        agree_journey(group, plan(), by=cast.centre, at=cast.at)


def test_more_of_them_than_the_home_is_for_still_have_their_journey(cast: Cast) -> None:
    group = grown(cast)
    travelling(cast, group)
    with scope(cast.centre, cast.day):
        assert Journey.objects.get().cancelled_on is None


def test_who_departs_on_another_way_has_no_journey_left(cast: Cast) -> None:
    group = told(cast)
    depart(cast, group, DepartureReason.PRIVATE_ADDRESS)
    with scope(cast.udi, cast.day):
        assert Journey.objects.get().cancelled_on == cast.day


@pytest.mark.req("TRV-03")
def test_nobody_moves_in_while_more_are_in_the_car_than_travel(cast: Cast) -> None:
    group, drive = agreed(cast), driving()
    with scope(cast.centre, cast.day):
        agree_journey(group, drive, by=cast.centre, at=cast.at)
        one = [member.subject_id for member in members_of(group, cast.day)][:1]
    gone(cast, group, one)
    assert ("fit_car", cast.centre.organisation_id) in open_kinds(cast, group)
    with scope(cast.municipality, cast.day):
        see_change(group, by=cast.municipality, at=cast.at)
        confirm_home(group, seen=everything(cast), by=cast.municipality, at=cast.at)
    with scope(cast.centre, cast.day):
        with pytest.raises(Refused, match="fewer_travel_than_in_car"):
            move_in(group, cast.day, is_meant=True, by=cast.centre, at=cast.at)
        assert drive.own_car is not None
        agree_journey(group, replace(drive, own_car=replace(drive.own_car, persons=3)), by=cast.centre, at=cast.at)
        move_in(group, cast.day, is_meant=True, by=cast.centre, at=cast.at)
    assert due(cast, group) == 3 * 129_900


def test_a_household_that_moves_takes_the_task_of_its_journey_along(cast: Cast) -> None:
    group = agreed(cast)
    placed(cast, group, cast.other_centre, cast.day)
    assert ("arrange_journey", cast.other_centre.organisation_id) in open_kinds(cast, group)
    assert ("arrange_journey", cast.centre.organisation_id) not in open_kinds(cast, group)


def test_a_move_that_never_was_takes_its_journey_with_it_and_the_next_has_its_own(cast: Cast) -> None:
    group, there = told(cast), on(cast, TRAVELS_ON)
    with scope(there.centre, there.day):
        persons = [member.subject_id for member in members_of(group, there.day)]
        move_in(group, there.day, by=there.centre, at=there.at)
        annul_departure(group, persons, reason=Mistake.WRONG_CHOICE, by=there.centre, at=there.at)
        assert Journey.objects.get().cancelled_on == there.day
        assert story_of(group).journey is None
    assert ("tell_agent", cast.centre.organisation_id) in open_kinds(there, group)
