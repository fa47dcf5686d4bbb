"""The centre writes to the travel agent, sends it outside, and registers the answer."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from fotfeste.kernel.errors import NotAllowed, Refused
from fotfeste.platform.scope import scope
from fotfeste.settlement.actions.booking import answer_booking, drop_booking, send_booking, write_booking
from fotfeste.settlement.actions.journey import agree_journey
from fotfeste.settlement.actions.withdrawal import withdraw_offer
from fotfeste.settlement.domain.journey import LegPlan
from fotfeste.settlement.domain.types import TravelMode, WithdrawalReason
from fotfeste.settlement.models import BookingMessage, Journey, JourneyLeg, SettlementCase
from fotfeste.settlement.queries.travel import travel_of
from tests.actions.settlement.stage import (
    accepted,
    booked,
    depart,
    plan,
    queued,
    sent,
    with_car,
    with_journey,
)
from tests.conftest import Cast

pytestmark = pytest.mark.django_db


def states(cast: Cast) -> list[tuple[str, str]]:
    """Kind and state of each message, the oldest first."""
    with scope(cast.centre, cast.day):
        return list(BookingMessage.objects.order_by("number").values_list("kind", "state"))


@pytest.mark.req("TRV-01")
def test_a_booking_is_written_sent_and_confirmed_with_reference_and_prices(cast: Cast) -> None:
    group = sent(cast, queued(cast))
    with scope(cast.centre, cast.day):
        with pytest.raises(Refused, match="agent_reference_missing"):
            answer_booking(group, is_confirmed=True, by=cast.centre, at=cast.at)
        answer_booking(group, is_confirmed=True, agent_reference="KX7", prices_ore=[99_000], by=cast.centre, at=cast.at)
        message = BookingMessage.objects.get()
        assert (message.state, message.prices, message.channel) == ("confirmed", [99_000], "email")
        assert "2 voksne og 2 barn (6 år, 13 år)" in message.text
        assert "Kovalenko" not in message.text
        assert Journey.objects.get().booking_reference == "KX7"
        assert list(JourneyLeg.objects.order_by("number").values_list("price_ore", flat=True)) == [99_000, None]


@pytest.mark.req("TRV-01")
def test_nothing_is_told_twice(cast: Cast) -> None:
    group = sent(cast, queued(cast))
    with scope(cast.centre, cast.day):
        with pytest.raises(Refused, match="agent_knows_already"):
            write_booking(group, needs="Plass til rullestol", by=cast.centre, at=cast.at)
        assert write_booking(group, needs="Plass til to rullestoler", by=cast.centre, at=cast.at).kind == "change"


@pytest.mark.req("TRV-01")
def test_a_changed_journey_is_a_new_message_that_takes_the_place_of_the_old(cast: Cast) -> None:
    group = sent(cast, queued(cast))
    with scope(cast.centre, cast.day):
        agree_journey(group, plan(luggage_pieces=3), by=cast.centre, at=cast.at)
        write_booking(group, needs="Plass til rullestol", by=cast.centre, at=cast.at)
        send_booking(group, channel="phone", sent_to="Berg", sent_on=cast.day, by=cast.centre, at=cast.at)
    assert states(cast) == [("booking", "changed"), ("change", "sent")]


@pytest.mark.req("TRV-01")
def test_a_draft_that_the_journey_has_left_behind_is_not_sent(cast: Cast) -> None:
    group = booked(cast, queued(cast))
    with scope(cast.centre, cast.day):
        agree_journey(group, plan(travels_on=date(2024, 4, 4)), by=cast.centre, at=cast.at)
        with pytest.raises(Refused, match="booking_is_out_of_date"):
            send_booking(group, channel="phone", sent_to="Berg", sent_on=cast.day, by=cast.centre, at=cast.at)
        write_booking(group, needs="", by=cast.centre, at=cast.at)
    assert states(cast) == [("booking", "dropped"), ("booking", "drafted")]


@pytest.mark.req("TRV-01")
def test_what_an_offer_that_is_taken_back_leaves_is_cancelled(cast: Cast) -> None:
    group = sent(cast, queued(cast))
    with scope(cast.imdi, cast.day):
        withdraw_offer(group, reason=WithdrawalReason.HOME_LOST, by=cast.imdi, at=cast.at)
    with scope(cast.centre, cast.day):
        written = write_booking(group, by=cast.centre, at=cast.at)
        assert written.kind == "cancellation"
        send_booking(group, channel="phone", sent_to="Berg", sent_on=cast.day, by=cast.centre, at=cast.at)
        answer_booking(group, is_confirmed=True, by=cast.centre, at=cast.at)
        with pytest.raises(Refused, match="agent_knows_already"):
            write_booking(group, by=cast.centre, at=cast.at)
    assert states(cast) == [("booking", "cancelled"), ("cancellation", "confirmed")]


@pytest.mark.req("TRV-01")
def test_a_booking_that_failed_says_what_was_said_and_can_be_made_again(cast: Cast) -> None:
    group = sent(cast, queued(cast))
    with scope(cast.centre, cast.day):
        with pytest.raises(Refused, match="booking_failure_needs_words"):
            answer_booking(group, is_confirmed=False, by=cast.centre, at=cast.at)
        answer_booking(group, is_confirmed=False, text="Fullt tog.", by=cast.centre, at=cast.at)
        assert write_booking(group, by=cast.centre, at=cast.at).kind == "booking"


@pytest.mark.req("TRV-01")
def test_the_agents_reference_is_known_also_when_a_change_of_it_failed(cast: Cast) -> None:
    group = sent(cast, queued(cast))
    with scope(cast.centre, cast.day):
        answer_booking(group, is_confirmed=True, agent_reference="KX7", by=cast.centre, at=cast.at)
        agree_journey(group, plan(luggage_pieces=3), by=cast.centre, at=cast.at)
        write_booking(group, by=cast.centre, at=cast.at)
        send_booking(group, channel="phone", sent_to="Berg", sent_on=cast.day, by=cast.centre, at=cast.at)
        answer_booking(group, is_confirmed=False, text="Fullt.", by=cast.centre, at=cast.at)
        agree_journey(group, plan(luggage_pieces=4), by=cast.centre, at=cast.at)
        written = write_booking(group, by=cast.centre, at=cast.at)
    assert "Deres referanse: KX7" in written.text


@pytest.mark.req("TRV-01")
def test_a_price_is_of_the_journey_that_was_asked_for(cast: Cast) -> None:
    group = sent(cast, queued(cast))
    by_plane = (LegPlan(TravelMode.PLANE, "Voss", "Levanger stasjon", 50_000), plan().legs[1])
    with scope(cast.centre, cast.day):
        agree_journey(group, plan(legs=by_plane), by=cast.centre, at=cast.at)
        answer_booking(group, is_confirmed=True, agent_reference="KX7", prices_ore=[99_000], by=cast.centre, at=cast.at)
        assert BookingMessage.objects.get().prices == [99_000]
        assert list(JourneyLeg.objects.order_by("number").values_list("price_ore", flat=True)) == [50_000, None]


@pytest.mark.req("TRV-01")
def test_a_draft_is_dropped_and_a_day_to_send_on_is_a_day_that_has_been(cast: Cast) -> None:
    group = booked(cast, queued(cast))
    with scope(cast.centre, cast.day):
        for sent_on in (cast.day + timedelta(days=1), cast.day - timedelta(days=1)):
            with pytest.raises(Refused, match="sent_in_the_future"):
                send_booking(group, channel="phone", sent_to="B", sent_on=sent_on, by=cast.centre, at=cast.at)
        with pytest.raises(Refused, match="sent_to_missing"):
            send_booking(group, channel="phone", sent_to=" ", sent_on=cast.day, by=cast.centre, at=cast.at)
        drop_booking(group, by=cast.centre, at=cast.at)
        with pytest.raises(Refused, match="no_booking_draft"):
            drop_booking(group, by=cast.centre, at=cast.at)
        with pytest.raises(Refused, match="no_booking_sent"):
            answer_booking(group, is_confirmed=True, agent_reference="x", by=cast.centre, at=cast.at)


@pytest.mark.req("TRV-01")
def test_there_is_nothing_to_book_before_the_day_nor_for_an_own_car_nor_once_they_have_gone(cast: Cast) -> None:
    for step in (accepted, with_car):
        group = step(cast, queued(cast))
        with scope(cast.centre, cast.day), pytest.raises(Refused, match="agent_knows_already"):
            write_booking(group, by=cast.centre, at=cast.at)
    group = with_journey(cast, queued(cast))
    depart(cast, group)
    with scope(cast.centre, cast.day), pytest.raises(Refused, match="agent_knows_already"):
        write_booking(group, by=cast.centre, at=cast.at)


@pytest.mark.req("TRV-01")
def test_the_database_keeps_what_was_sent(cast: Cast) -> None:
    sent(cast, queued(cast))
    with scope(cast.centre, cast.day):
        changes: tuple[dict[str, object], ...] = (
            {"text": "Noe annet"},
            {"content": {}},
            {"sent_to": "Andre"},
            {"state": "drafted"},
        )
        for change in changes:
            with pytest.raises(IntegrityError), transaction.atomic():
                BookingMessage.objects.update(**change)
        with pytest.raises(IntegrityError), transaction.atomic():
            BookingMessage.objects.all().delete()


def test_udi_books_no_journey(cast: Cast) -> None:
    group = with_journey(cast, queued(cast))
    with scope(cast.udi, cast.day), pytest.raises(NotAllowed):
        write_booking(group, by=cast.udi, at=cast.at)


def test_a_municipality_does_not_read_what_the_agent_is_told(cast: Cast) -> None:
    sent(cast, queued(cast))
    with scope(cast.municipality, cast.day):
        assert not BookingMessage.objects.exists()


def test_who_leaves_the_household_is_a_change_to_tell(cast: Cast) -> None:
    group = sent(cast, queued(cast))
    with scope(cast.centre, cast.day):
        travel = travel_of(SettlementCase.objects.get(subject_id=group), cast.day)
        fewer = replace(travel, born_on=travel.born_on[:-1])
        assert (travel.to_tell(), fewer.to_tell()) == (None, "change")
