"""What the travel agent is told: nothing twice, nothing that it does not need."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.kernel.errors import Refused
from fotfeste.settlement.booking_text import booking_text
from fotfeste.settlement.domain.booking import (
    Content,
    answer_by,
    book_by,
    booking_content,
    check_prices,
    known_to_agent,
    next_message,
)
from fotfeste.settlement.domain.parameters import book
from fotfeste.settlement.domain.types import BookingKind, Payer, TravelMode

ON = date(2024, 4, 2)
TRAIN = (TravelMode.TRAIN, "Voss", "Levanger stasjon", time(8, 5), time(22, 40), Payer.CENTRE, "")
ON_FOOT = (TravelMode.MINIBUS, "Levanger stasjon", "Levanger", None, None, Payer.MUNICIPALITY, "Levanger taxi")
DRIVE = (TravelMode.OWN_CAR, "Voss", "Levanger", None, None, Payer.CENTRE, "")
FLIGHT = (TravelMode.PLANE, "Bergen", "Værnes", time(8, 5), None, Payer.CENTRE)
BORN = [date(1986, 5, 3), date(2006, 4, 2), date(2006, 4, 3), date(2023, 6, 1), None]


def content(needs: str = "") -> Content:
    """Of three adults (one is 18 on the day, of one it is not known), one who is 18 tomorrow, and an infant."""
    found = booking_content(ON, BORN, [TRAIN, ON_FOOT], luggage_pieces=2, needs=needs)
    assert found is not None
    return found


@pytest.mark.req("TRV-01")
def test_the_agent_is_told_ages_on_the_day_and_the_legs_that_the_centre_pays() -> None:
    found = content()
    assert (found["adults"], found["children"]) == (3, [0, 17])
    assert [leg["end"] for leg in found["legs"]] == ["Levanger stasjon"]
    assert booking_content(ON, BORN, [DRIVE], luggage_pieces=2, needs="") is None


@pytest.mark.req("TRV-01")
def test_the_text_has_what_the_agent_books_by_and_no_more() -> None:
    text = booking_text(BookingKind.BOOKING, content(" Plass til rullestol "), "")
    assert "Reisende: 3 voksne og 2 barn (under 1 år, 17 år)" in text
    assert "1. tog: Voss kl. 08.05 – Levanger stasjon kl. 22.40" in text
    assert "Reisen må ta hensyn til: Plass til rullestol\n" in text
    cancelled = booking_text(BookingKind.CANCELLATION, content(), "KX7")
    assert "Deres referanse: KX7" in cancelled
    assert "voksne" not in cancelled


def flown(*carriers: str) -> Content:
    """A way by air, with a carrier for each leg."""
    legs = [(*FLIGHT, carrier) for carrier in carriers]
    found = booking_content(ON, BORN, legs, luggage_pieces=2, needs="")
    assert found is not None
    return found


@pytest.mark.req("TRV-01", "TRV-02")
def test_the_agent_is_told_whose_luggage_limit_was_asked_for_and_when_the_carrier_is_another() -> None:
    assert "1. fly med Widerøe: Bergen kl. 08.05 – Værnes" in booking_text(BookingKind.BOOKING, flown(" Widerøe "), "")
    assert next_message(flown("SAS"), flown("Widerøe")) == BookingKind.CHANGE
    assert next_message(flown("Widerøe"), flown("")) == BookingKind.CHANGE
    assert next_message(flown("SAS"), flown("SAS")) is None


@pytest.mark.req("TRV-01")
def test_who_was_written_to_before_messages_had_carriers_is_told_of_nothing_but_changes() -> None:
    before = flown("SAS")
    old = {**before, "legs": [{key: leg[key] for key in leg if key != "operator"} for leg in before["legs"]]}
    assert next_message(flown("SAS"), old) is None
    assert next_message(flown("SAS", "SAS"), old) == BookingKind.CHANGE
    assert "1. fly: Bergen kl. 08.05 – Værnes" in booking_text(BookingKind.BOOKING, old, "")


_A, _B = content(), content("Rullestol")


@pytest.mark.req("TRV-01")
@pytest.mark.parametrize(
    ("messages", "known"),
    [
        ([], None),
        ([("drafted", "booking", _A)], None),
        ([("dropped", "booking", _A)], None),
        ([("sent", "booking", _A)], _A),
        ([("confirmed", "booking", _A)], _A),
        ([("failed", "booking", _A)], None),
        ([("changed", "booking", _A), ("sent", "change", _B)], _B),
        ([("changed", "booking", _A), ("failed", "change", _B)], _A),  # the first booking stands
        ([("cancelled", "booking", _A), ("confirmed", "cancellation", _A)], None),
        ([("cancelled", "booking", _A), ("failed", "cancellation", _A)], _A),
        ([("cancelled", "booking", _A)], None),  # it was told without a message
        ([("cancelled", "booking", _A), ("drafted", "booking", _B)], None),
    ],
)
def test_the_agent_knows_what_reached_it(messages: list[tuple[str, str, Content]], known: Content | None) -> None:
    assert known_to_agent(messages) == known


@pytest.mark.req("TRV-01")
@pytest.mark.parametrize(
    ("wanted", "known", "kind"),
    [
        (None, None, None),
        (_A, None, BookingKind.BOOKING),
        (_A, _A, None),
        (_B, _A, BookingKind.CHANGE),
        (None, _A, BookingKind.CANCELLATION),
    ],
)
def test_the_next_message_follows_from_what_is_wanted_and_known(
    wanted: Content | None, known: Content | None, kind: BookingKind | None
) -> None:
    assert next_message(wanted, known) == kind


@pytest.mark.req("TRV-01")
@given(st.lists(st.sampled_from([None, _A, _B]), max_size=8))
def test_once_everything_is_told_there_is_nothing_to_tell(wishes: list[Content | None]) -> None:
    messages: list[tuple[str, str, Content]] = []
    for wanted in wishes:
        kind = next_message(wanted, known_to_agent(messages))
        if kind is not None:
            messages.append(("sent", kind, wanted or {}))
        assert next_message(wanted, known_to_agent(messages)) is None


def test_a_price_is_of_a_leg_and_not_negative() -> None:
    check_prices([100, None], 2)
    check_prices([0], 1)
    for prices, field in (([1, 2], "price_1"), ([-1], "price_1")):
        with pytest.raises(Refused) as caught:
            check_prices(prices, 1)
        assert caught.value.field == field


@pytest.mark.req("TRV-01")
@pytest.mark.parametrize(
    ("agreed_on", "due_on"),
    [
        (date(2024, 3, 14), date(2024, 3, 25)),  # Easter is between
        (date(2024, 3, 25), date(2024, 3, 25)),
        (date(2024, 3, 27), date(2024, 3, 27)),
    ],
)
def test_a_journey_is_booked_three_working_days_before_it_or_at_once(agreed_on: date, due_on: date) -> None:
    assert book_by(ON, agreed_on, book()).due_on == due_on


@pytest.mark.req("TRV-01")
@pytest.mark.parametrize(
    ("travels_on", "due_on"),
    [
        (None, date(2024, 3, 18)),
        (date(2024, 4, 2), date(2024, 3, 18)),
        (date(2024, 3, 15), date(2024, 3, 15)),
        (date(2024, 3, 14), date(2024, 3, 14)),
        (date(2024, 3, 13), date(2024, 3, 18)),  # a journey that is behind hurries nobody
    ],
)
def test_the_agent_is_asked_after_two_working_days_and_before_they_travel(
    travels_on: date | None, due_on: date
) -> None:
    assert answer_by(date(2024, 3, 14), travels_on, book()).due_on == due_on
