"""What is booked with others when a household leaves: the centre is asked to cancel it, and says that it has."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from fotfeste.accommodation.public import annul_departure
from fotfeste.kernel.errors import NotAllowed, Refused
from fotfeste.platform.scope import scope
from fotfeste.registry.public import members_of
from fotfeste.settlement.actions.booking import send_booking, write_booking
from fotfeste.settlement.actions.cancelling import register_cancelled
from fotfeste.settlement.actions.withdrawal import withdraw_offer
from fotfeste.settlement.domain.journey import LegPlan, OwnCar
from fotfeste.settlement.domain.types import TravelMode, WithdrawalReason
from fotfeste.settlement.models import BookingMessage, Interview
from fotfeste.settlement.public import InterviewPlan, agree_journey, plan_interview
from fotfeste.settlement.task_kinds_offers import CANCEL_INTERPRETER, CANCEL_JOURNEY
from fotfeste.worklist.public import Task
from tests.actions.settlement.stage import (
    TRAVELS_ON,
    accepted,
    depart,
    family,
    gone,
    offered,
    plan,
    queued,
    sent,
    with_journey,
)
from tests.as_owner import every_event
from tests.conftest import Cast
from tests.settlement_steps import due_for_interview

pytestmark = [pytest.mark.django_db, pytest.mark.req("ACC-07")]


def planned(cast: Cast, interpreter: str = "booked", days_ahead: int = 4) -> int:
    """A household whose interview is planned."""
    group = due_for_interview(cast, family())
    when = datetime(2024, 3, 14, 9, 0, tzinfo=UTC) + timedelta(days=days_ahead)
    with scope(cast.centre, cast.day):
        plan_interview(group, InterviewPlan(when, "Møterom 2", "uk", interpreter), by=cast.centre, at=cast.at)
    return group


def to_cancel(cast: Cast, group: int) -> dict[str, Task]:
    """What Voss has to cancel."""
    with scope(cast.centre, cast.day):
        own = Task.objects.filter(subject_id=group, organisation_id=cast.centre.organisation_id, closed_at=None)
        return {task.kind: task for task in own.filter(kind__in=[CANCEL_INTERPRETER, CANCEL_JOURNEY])}


def test_the_interpreter_of_an_interview_to_come_is_cancelled(cast: Cast) -> None:
    group = planned(cast)
    gone(cast, group)
    [task] = to_cancel(cast, group).values()
    assert (task.kind, task.due_on, task.cause) == (CANCEL_INTERPRETER, cast.day, "settlement.close_case")


@pytest.mark.parametrize("interpreter", ["not_needed", "not_booked", "came_not"])
def test_nobody_cancels_an_interpreter_who_is_not_booked(cast: Cast, interpreter: str) -> None:
    group = planned(cast, interpreter)
    gone(cast, group)
    assert to_cancel(cast, group) == {}


def test_the_interpreter_of_an_interview_that_was_to_be_is_nobodys_to_cancel(cast: Cast) -> None:
    group = planned(cast, days_ahead=-1)
    gone(cast, group)
    assert to_cancel(cast, group) == {}


@pytest.mark.parametrize("stage", [queued, lambda cast: offered(cast, queued(cast))], ids=["queued", "offered"])
def test_without_an_agreed_journey_there_is_nothing_to_cancel(cast: Cast, stage: object) -> None:
    group = stage(cast)  # type: ignore[operator]
    gone(cast, group)
    assert to_cancel(cast, group) == {}


def test_an_agreed_journey_is_cancelled_also_when_only_some_are_gone(cast: Cast) -> None:
    group = sent(cast, queued(cast))
    with scope(cast.centre, cast.day):
        one = members_of(group, cast.day)[0].subject_id
    gone(cast, group, [one])
    [task] = to_cancel(cast, group).values()
    assert (task.kind, task.cause) == (CANCEL_JOURNEY, "settlement.household_shrunk")


def test_who_drives_their_own_car_has_no_ticket(cast: Cast) -> None:
    group = accepted(cast, queued(cast))
    legs = (LegPlan(TravelMode.OWN_CAR, "Voss", "Levanger"),)
    drive = plan(hub="", legs=legs, own_car=OwnCar(4, 129_900, cast.day, TRAVELS_ON))
    with scope(cast.centre, cast.day):
        agree_journey(group, drive, by=cast.centre, at=cast.at)
    gone(cast, group)
    assert to_cancel(cast, group) == {}


def test_who_travels_as_agreed_cancels_nothing(cast: Cast) -> None:
    group = sent(cast, queued(cast))
    depart(cast, group)
    assert to_cancel(cast, group) == {}


def test_the_centre_says_once_that_it_has_cancelled_also_after_they_have_left(cast: Cast) -> None:
    group = sent(cast, queued(cast))
    gone(cast, group)
    with scope(cast.centre, cast.day):
        register_cancelled(group, [CANCEL_JOURNEY], by=cast.centre, at=cast.at)
        with pytest.raises(Refused, match="nothing_to_cancel"):
            register_cancelled(group, [CANCEL_JOURNEY], by=cast.centre, at=cast.at)
        with pytest.raises(Refused, match="nothing_chosen_to_cancel"):
            register_cancelled(group, [], by=cast.centre, at=cast.at)
    assert to_cancel(cast, group) == {}
    assert every_event().get(type="settlement.journey_cancelled").holds_on == cast.day


def test_what_the_agent_is_told_of_by_telephone_needs_no_message(cast: Cast) -> None:
    group = sent(cast, queued(cast))
    gone(cast, group)
    with scope(cast.centre, cast.day):
        write_booking(group, by=cast.centre, at=cast.at)
        register_cancelled(group, [CANCEL_JOURNEY], by=cast.centre, at=cast.at)
        with pytest.raises(Refused, match="agent_knows_already"):
            write_booking(group, by=cast.centre, at=cast.at)
        found = list(BookingMessage.objects.order_by("number").values_list("kind", "state"))
    assert found == [("booking", "cancelled"), ("cancellation", "dropped")]


def test_a_cancellation_that_is_sent_is_the_task_done(cast: Cast) -> None:
    group = sent(cast, queued(cast))
    gone(cast, group)
    with scope(cast.centre, cast.day):
        write_booking(group, by=cast.centre, at=cast.at)
        assert CANCEL_JOURNEY in to_cancel(cast, group)
        send_booking(group, channel="phone", sent_to="Berg", sent_on=cast.day, by=cast.centre, at=cast.at)
    assert to_cancel(cast, group) == {}


def test_an_interpreter_who_is_cancelled_is_not_booked_any_more(cast: Cast) -> None:
    group = planned(cast)
    gone(cast, group)
    with scope(cast.centre, cast.day):
        register_cancelled(group, [CANCEL_INTERPRETER], by=cast.centre, at=cast.at)
    with scope(cast.udi, cast.day):
        assert Interview.objects.get(subject_id=group).interpreter == "not_booked"


def test_what_was_never_booked_is_nobodys_to_cancel(cast: Cast) -> None:
    group = with_journey(cast, queued(cast))
    gone(cast, group)
    assert to_cancel(cast, group) == {}


def test_a_journey_that_has_the_agents_number_is_booked(cast: Cast) -> None:
    group = accepted(cast, queued(cast))
    with scope(cast.centre, cast.day):
        agree_journey(group, plan(booking_reference="KX7"), by=cast.centre, at=cast.at)
    gone(cast, group)
    assert set(to_cancel(cast, group)) == {CANCEL_JOURNEY}


@pytest.mark.parametrize("stage", [with_journey, sent], ids=["agreed", "booked"])
def test_a_booked_journey_is_cancelled_when_the_offer_is_taken_back(cast: Cast, stage: object) -> None:
    group = stage(cast, queued(cast))  # type: ignore[operator]
    with scope(cast.imdi, cast.day):
        withdraw_offer(group, reason=WithdrawalReason.HOME_LOST, by=cast.imdi, at=cast.at)
    found = {kind: task.cause for kind, task in to_cancel(cast, group).items()}
    assert found == ({CANCEL_JOURNEY: "settlement.withdraw_offer"} if stage is sent else {})


def test_the_interpreter_of_another_case_stays_booked(cast: Cast) -> None:
    group = planned(cast)
    gone(cast, group)
    with scope(cast.centre, cast.day):
        # The task is of a case that is over; the interview is of the one that came after it.
        own = Task.objects.filter(subject_id=group, kind=CANCEL_INTERPRETER)
        assert own.update(object_id=0) == 1
        register_cancelled(group, [CANCEL_INTERPRETER], by=cast.centre, at=cast.at)
    with scope(cast.udi, cast.day):
        assert Interview.objects.get(subject_id=group).interpreter == "booked"


@pytest.mark.parametrize("who", ["other_centre", "imdi", "municipality"])
def test_nobody_else_says_so(cast: Cast, who: str) -> None:
    group = sent(cast, queued(cast))
    gone(cast, group)
    viewer = getattr(cast, who)
    with scope(viewer, cast.day), pytest.raises((NotAllowed, Refused, LookupError)):
        register_cancelled(group, [CANCEL_JOURNEY], by=viewer, at=cast.at)
    assert set(to_cancel(cast, group)) == {CANCEL_JOURNEY}


def test_of_a_departure_that_never_was_the_interpreter_is_still_to_come(cast: Cast) -> None:
    group = planned(cast)
    gone(cast, group)
    later = replace(cast, at=cast.at + timedelta(hours=1))
    with scope(cast.udi, cast.day):
        people = [member.subject_id for member in members_of(group, cast.day)]
        annul_departure(group, people, reason="wrong_choice", by=cast.udi, at=later.at)
    assert to_cancel(cast, group) == {}
    with scope(cast.udi, cast.day):
        assert Interview.objects.get(subject_id=group).interpreter == "booked"
