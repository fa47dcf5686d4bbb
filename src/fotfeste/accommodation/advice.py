"""What is known further up about a departure: asked here, answered by `settlement` through config's slot."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.module_loading import import_string

from fotfeste.accommodation.domain.departure import Agreed
from fotfeste.accommodation.domain.types import DepartureReason


@dataclass(frozen=True, slots=True)
class DepartureAdvice:
    """The reason to propose, and why in a sentence. Where there is advice, the settlement interview has been held: then
    a private move is registered as one also without an address (GUIDE 1.9).
    """

    reason: DepartureReason
    why: str
    agreed: Agreed | None = None  # the settlement, where a journey is agreed
    has_refused: bool = False  # they have said no to the offer


def departure_advice_for(group_id: int, day: date) -> DepartureAdvice | None:
    """The advice for a household on a day, if there is any."""
    answer: Callable[[int, date], DepartureAdvice | None] = import_string(settings.FOTFESTE_DEPARTURE_ADVICE)
    return answer(group_id, day)
