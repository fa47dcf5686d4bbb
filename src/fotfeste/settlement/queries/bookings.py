"""What a centre has booked for a household with somebody outside: the interpreter, and the journey."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from fotfeste.kernel.calendar import legal_day
from fotfeste.settlement.domain.booking import known_to_agent
from fotfeste.settlement.models import BookingMessage, Interview, Journey, SettlementCase
from fotfeste.settlement.queries.living import travel_state


@dataclass(frozen=True, slots=True)
class Bookings:
    """The days of what is booked and still to come; None where there is nothing."""

    interpreter_on: date | None = None  # of a planned interview with an interpreter
    travels_on: date | None = None


def bookings_of(case: SettlementCase, day: date) -> Bookings:
    """What is booked for the household on a day: an interpreter of a day that has passed has been."""
    return Bookings(_interpreter_on(case, day), _travels_on(case, day))


def _interpreter_on(case: SettlementCase, day: date) -> date | None:
    interview = Interview.objects.filter(case=case, held_on__isnull=True, interpreter="booked").first()
    if interview is None or interview.planned_at is None:
        return None
    planned_on = legal_day(interview.planned_at)
    return planned_on if planned_on >= day else None


def _travels_on(case: SettlementCase, day: date) -> date | None:
    """Also of a day that has passed: they may not have come to the train, and the ticket may be worth something. Nobody
    books for those who drive their own car, and of a journey that the agent was never told of there is nothing to
    cancel: either a message reached it, or the centre has written down its reference.
    """
    stands = Q(offer__state="accepted") | Q(request__isnull=False, cancelled_on__isnull=True)
    journey = Journey.objects.filter(stands, case=case, is_own_car=False).order_by("-pk").first()
    if journey is None or travel_state(case.state, journey) != "journey_agreed":
        return None
    messages = BookingMessage.objects.filter(case=case).order_by("number").values_list("state", "kind", "content")
    is_booked = bool(journey.booking_reference) or known_to_agent(messages) is not None
    return journey.travels_on if is_booked else None
