"""What the travel agent is to be told, and when: from the journey and from what it knows (TRV-01, GUIDE 1.8)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from enum import StrEnum
from typing import Any

from fotfeste.kernel.ages import age_on, is_adult
from fotfeste.kernel.calendar import add_working_days
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.parameters import ParameterBook
from fotfeste.settlement.domain.goals import Deadline, after_working_days
from fotfeste.settlement.domain.types import BookingKind, Payer, TravelMode

type Content = Mapping[str, Any]
TOLD = frozenset({"sent", "confirmed", "changed", "cancelled"})  # what reached the agent and was not turned down
_UNSENT = frozenset({"drafted", "dropped"})


class BookingTask(StrEnum):
    """What the centre has to do with the agent now: the kinds of its tasks."""

    BOOK = "book_journey"  # nothing is booked
    TELL = "tell_agent"  # the agent holds something else than is agreed
    SEND = "send_booking"  # it is written, and says what is so
    FOLLOW = "follow_booking"  # it is sent, and has no answer


def booking_content(
    travels_on: date,
    born_on: Iterable[date | None],
    legs: Sequence[tuple[TravelMode | str, str, str, time | None, time | None, Payer | str, str]],
    *,
    luggage_pieces: int,
    needs: str,
) -> Content | None:
    """What the agent must know of a journey: day, how many, the ages of children, luggage, the centre's legs with their
    carriers, whose luggage limit was asked for; None where there is nothing to book (an own car, or all paid by the
    municipality).

    No names: those are said when tickets are issued. `needs` is what the journey must allow for (a wheelchair). Who has
    no known day of birth counts as an adult.
    """
    booked = [leg for leg in legs if leg[5] == Payer.CENTRE and leg[0] != TravelMode.OWN_CAR]
    if not booked:
        return None
    born = list(born_on)
    children = sorted(age_on(day, travels_on) for day in born if day is not None and not is_adult(day, travels_on))
    return {
        "travels_on": travels_on.isoformat(),
        "adults": len(born) - len(children),
        "children": children,
        "luggage_pieces": luggage_pieces,
        "needs": needs.strip(),
        "legs": [
            {
                "mode": str(mode),
                "start": start,
                "end": end,
                "departs": departs.strftime("%H.%M") if departs else "",
                "arrives": arrives.strftime("%H.%M") if arrives else "",
                "operator": operator.strip(),
            }
            for mode, start, end, departs, arrives, _payer, operator in booked
        ],
    }


def known_to_agent(messages: Iterable[tuple[str, str, Content]]) -> Content | None:
    """What the agent holds, by its messages (state, kind, content), the oldest first; None where it has nothing.

    The last one is cancelled where the agent was told so without a message.
    """
    known: Content | None = None
    last = ""
    for state, kind, content in messages:
        if state in TOLD:
            known = None if kind == BookingKind.CANCELLATION else content
        if state not in _UNSENT:
            last = state
    return None if last == "cancelled" else known


def next_message(wanted: Content | None, known: Content | None) -> BookingKind | None:
    """What to tell the agent next; None where it knows already: nothing is told twice."""
    if wanted is None:
        return None if known is None else BookingKind.CANCELLATION
    if known is None:
        return BookingKind.BOOKING
    return None if _as_told(wanted, known) == dict(known) else BookingKind.CHANGE


def _as_told(wanted: Content, known: Content) -> Content:
    """What is wanted without the carriers, where the agent was written to before messages had any: it is not told of
    those as if they had changed.
    """
    if any("operator" in leg for leg in known.get("legs", ())):
        return dict(wanted)
    return {**wanted, "legs": [{key: leg[key] for key in leg if key != "operator"} for leg in wanted["legs"]]}


def check_prices(prices: Sequence[int | None], legs: int) -> None:
    """The agent's prices in øre, one for each leg it was asked for. Raises Refused."""
    if len(prices) > legs:
        raise Refused("price_of_no_leg", "price_1")
    for number, price in enumerate(prices, start=1):
        if price is not None and price < 0:
            raise Refused("price_not_negative", f"price_{number}")


def book_by(travels_on: date, agreed_on: date, book: ParameterBook) -> Deadline:
    """By when a journey is booked: working days before it, the day itself not counted; the day that it was agreed where
    that is later. Raises NoRule.
    """
    parameter = book.get("settlement.book_journey_working_days", travels_on)
    return Deadline(max(agreed_on, add_working_days(travels_on, -parameter.integer)), parameter.rule_ref())


def tell_by(since_on: date, book: ParameterBook) -> Deadline:
    """By when the agent is told of what has been otherwise than it knows since a day. Raises NoRule."""
    return after_working_days("settlement.tell_agent_working_days", since_on, book)


def answer_by(sent_on: date, travels_on: date | None, book: ParameterBook) -> Deadline:
    """By when the agent should have answered, at the latest on the day of the journey where there is one ahead of the
    message. Raises NoRule.
    """
    found = after_working_days("settlement.agent_answer_working_days", sent_on, book)
    if travels_on is None or travels_on < sent_on:
        return found
    return Deadline(min(found.due_on, travels_on), found.rule)
