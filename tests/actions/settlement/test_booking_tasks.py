"""What the centre has to do with the travel agent stands in its worklist until it is done, and never twice."""

from datetime import date, timedelta

import pytest

from fotfeste.kernel.calendar import add_working_days
from fotfeste.platform.events import Told
from fotfeste.platform.models import Event
from fotfeste.platform.scope import scope
from fotfeste.registry.public import PlacementGroup
from fotfeste.settlement.actions.booking import answer_booking, drop_booking, send_booking, write_booking
from fotfeste.settlement.actions.booking_tasks import follow_booking
from fotfeste.settlement.actions.cancelling import register_cancelled
from fotfeste.settlement.actions.interruption import postpone_journey
from fotfeste.settlement.actions.journey import agree_journey
from fotfeste.settlement.actions.not_moved import register_not_moved
from fotfeste.settlement.actions.withdrawal import withdraw_offer
from fotfeste.settlement.domain.booking import BookingTask, answer_by, book_by
from fotfeste.settlement.domain.parameters import book
from fotfeste.settlement.domain.types import WithdrawalReason
from fotfeste.worklist.public import Task
from tests.actions.refusal.test_ways_out import on_day
from tests.actions.settlement.stage import (
    TRAVELS_ON,
    booked,
    depart,
    driving,
    plan,
    queued,
    sent,
    with_car,
    with_journey,
)
from tests.conftest import Cast

BEFORE = date(2024, 3, 25)  # three working days before Tuesday 2 April: Easter lies between


def asked(cast: Cast) -> dict[str, date | None]:
    """The centre's open tasks with the agent, by when."""
    with scope(cast.centre, cast.day):
        rows = Task.objects.filter(kind__in=list(BookingTask), closed_at=None)
        return dict(rows.values_list("kind", "due_on"))


def outcomes(cast: Cast) -> list[tuple[str, str]]:
    """Those that are over, in order, and how."""
    with scope(cast.centre, cast.day):
        rows = Task.objects.filter(kind__in=list(BookingTask)).exclude(closed_at=None).order_by("pk")
        return list(rows.values_list("kind", "outcome"))


def confirmed(cast: Cast, group: int) -> int:
    """The agent has confirmed."""
    sent(cast, group)
    with scope(cast.centre, cast.day):
        answer_booking(group, is_confirmed=True, agent_reference="KX7", by=cast.centre, at=cast.at)
    return group


@pytest.mark.req("TRV-01")
@pytest.mark.parametrize(
    ("travels_on", "agreed_on", "by"),
    [
        (date(2024, 4, 2), date(2024, 3, 14), BEFORE),  # Easter: Thursday to Monday are days off
        (date(2025, 1, 2), date(2024, 12, 20), date(2024, 12, 27)),  # New Year's Eve and the 30th count
        (date(2024, 3, 1), date(2024, 2, 20), date(2024, 2, 27)),  # the leap day counts
        (date(2024, 5, 21), date(2024, 5, 16), date(2024, 5, 16)),  # the 17th of May and Whitsun: agreed too late
        (date(2024, 3, 18), date(2024, 3, 14), date(2024, 3, 14)),
    ],
)
def test_a_journey_is_booked_three_working_days_before_or_when_it_is_agreed(
    travels_on: date, agreed_on: date, by: date
) -> None:
    assert book_by(travels_on, agreed_on, book()).due_on == by


@pytest.mark.req("TRV-01")
def test_an_answer_is_asked_for_after_two_working_days_at_the_latest_on_the_day_of_the_journey() -> None:
    on = date(2024, 3, 14)
    assert answer_by(on, None, book()).due_on == date(2024, 3, 18)
    assert answer_by(on, date(2024, 3, 15), book()).due_on == date(2024, 3, 15)
    assert answer_by(on, date(2024, 3, 13), book()).due_on == date(2024, 3, 18)


@pytest.mark.django_db
@pytest.mark.req("TRV-01")
def test_a_journey_that_is_not_booked_is_a_task_until_the_agent_has_confirmed(cast: Cast) -> None:
    group = with_journey(cast, queued(cast))
    assert asked(cast) == {BookingTask.BOOK: BEFORE}
    with scope(cast.centre, cast.day):
        write_booking(group, by=cast.centre, at=cast.at)
    assert asked(cast) == {BookingTask.SEND: BEFORE}
    with scope(cast.centre, cast.day):
        drop_booking(group, by=cast.centre, at=cast.at)
    assert asked(cast) == {BookingTask.BOOK: BEFORE}
    with scope(cast.centre, cast.day):
        write_booking(group, by=cast.centre, at=cast.at)
        send_booking(group, channel="phone", sent_to="Berg", sent_on=cast.day, by=cast.centre, at=cast.at)
    assert asked(cast) == {BookingTask.FOLLOW: add_working_days(cast.day, 2)}
    with scope(cast.centre, cast.day):
        answer_booking(group, is_confirmed=True, agent_reference="KX7", by=cast.centre, at=cast.at)
    assert asked(cast) == {}
    assert {outcome for _, outcome in outcomes(cast)} == {"done"}


@pytest.mark.django_db
@pytest.mark.req("TRV-01")
def test_a_booking_that_was_not_possible_is_to_be_made_again(cast: Cast) -> None:
    group = sent(cast, queued(cast))
    with scope(cast.centre, cast.day):
        answer_booking(group, is_confirmed=False, text="Fullt.", by=cast.centre, at=cast.at)
    assert asked(cast) == {BookingTask.BOOK: BEFORE}


@pytest.mark.django_db
@pytest.mark.req("TRV-01")
def test_a_change_is_told_on_the_next_working_day_however_often_it_changes(cast: Cast) -> None:
    group = confirmed(cast, queued(cast))
    for later in (1, 3):
        with scope(cast.centre, cast.day):
            agree_journey(group, plan(travels_on=TRAVELS_ON + timedelta(days=later)), by=cast.centre, at=cast.at)
        assert asked(cast) == {BookingTask.TELL: add_working_days(cast.day, 1)}
    with scope(cast.centre, cast.day):
        agree_journey(group, plan(), by=cast.centre, at=cast.at)
    assert asked(cast) == {}


@pytest.mark.django_db
@pytest.mark.req("TRV-01")
def test_another_day_moves_the_task_and_opens_no_second_one(cast: Cast) -> None:
    group = with_journey(cast, queued(cast))
    with scope(cast.centre, cast.day):
        postpone_journey(
            group, kind="delayed", happened_on=cast.day, new_on=date(2024, 4, 9), by=cast.centre, at=cast.at
        )
    assert asked(cast) == {BookingTask.BOOK: date(2024, 4, 4)}
    assert outcomes(cast) == []


@pytest.mark.django_db
@pytest.mark.req("TRV-01")
def test_who_drives_or_has_booked_outside_has_nothing_to_book(cast: Cast) -> None:
    group = with_car(cast, queued(cast))
    assert asked(cast) == {}
    with scope(cast.centre, cast.day):
        agree_journey(group, plan(), by=cast.centre, at=cast.at)
    assert set(asked(cast)) == {BookingTask.BOOK}
    with scope(cast.centre, cast.day):
        agree_journey(group, plan(booking_reference="KX7"), by=cast.centre, at=cast.at)
    assert asked(cast) == {}
    with scope(cast.centre, cast.day):
        agree_journey(group, plan(), by=cast.centre, at=cast.at)
        agree_journey(group, driving(), by=cast.centre, at=cast.at)
    assert asked(cast) == {}
    assert outcomes(cast)[-1] == (BookingTask.BOOK, "void")


@pytest.mark.django_db
@pytest.mark.req("TRV-01")
def test_a_journey_without_a_day_is_cancelled_and_booked_anew(cast: Cast) -> None:
    group = confirmed(cast, queued(cast))
    with scope(cast.centre, cast.day):
        postpone_journey(group, kind="fell_ill", happened_on=cast.day, by=cast.centre, at=cast.at)
    assert set(asked(cast)) == {BookingTask.TELL}
    with scope(cast.centre, cast.day):
        write_booking(group, by=cast.centre, at=cast.at)
        send_booking(group, channel="phone", sent_to="Berg", sent_on=cast.day, by=cast.centre, at=cast.at)
    assert set(asked(cast)) == {BookingTask.FOLLOW}
    with scope(cast.centre, cast.day):
        answer_booking(group, is_confirmed=True, by=cast.centre, at=cast.at)
        agree_journey(group, plan(booking_reference="KX7"), by=cast.centre, at=cast.at)
    assert set(asked(cast)) == {BookingTask.BOOK}


@pytest.mark.django_db
@pytest.mark.req("TRV-01")
def test_an_offer_that_is_taken_back_leaves_one_task_of_cancelling_and_no_other(cast: Cast) -> None:
    group = confirmed(cast, queued(cast))
    with scope(cast.imdi, cast.day):
        withdraw_offer(group, reason=WithdrawalReason.HOME_LOST, by=cast.imdi, at=cast.at)
    assert asked(cast) == {}
    with scope(cast.centre, cast.day):
        register_cancelled(group, ["cancel_journey"], by=cast.centre, at=cast.at)
    assert asked(cast) == {}


@pytest.mark.django_db
@pytest.mark.req("TRV-01")
def test_who_did_not_move_still_has_a_booking_to_be_told_of(cast: Cast) -> None:
    group = confirmed(cast, queued(cast))
    then = on_day(cast, TRAVELS_ON + timedelta(days=1))
    with scope(then.centre, then.day):
        register_not_moved(group, by=then.centre, at=then.at)
    assert set(asked(then)) == {BookingTask.TELL}


@pytest.mark.django_db
@pytest.mark.req("TRV-01", "TRV-04")
def test_once_they_have_gone_nobody_books(cast: Cast) -> None:
    for step in (with_journey, booked, sent):
        group = step(cast, queued(cast))
        depart(cast, group)
        assert asked(cast) == {}


@pytest.mark.django_db
@pytest.mark.req("TRV-01")
def test_the_same_event_again_opens_and_closes_nothing(cast: Cast) -> None:
    group = sent(cast, queued(cast))
    with scope(cast.centre, cast.day):
        agree_journey(group, plan(luggage_pieces=3), by=cast.centre, at=cast.at)
        before = list(Task.objects.order_by("pk").values())
        event = Event.objects.filter(subject_id=group, type="settlement.change_journey").get()
        for _ in range(2):
            follow_booking(Told(event, cast.centre, cast.at))
        assert list(Task.objects.order_by("pk").values()) == before
        assert PlacementGroup.objects.filter(pk=group).exists()
    assert set(asked(cast)) == {BookingTask.FOLLOW, BookingTask.TELL}
