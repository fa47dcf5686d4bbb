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
    """The reason to propose, and why in a sentence; none before the settlement interview. After it a private move is
    registered as one also without an address (GUIDE 1.9). `follows`: what ends with their case when all of them leave
    otherwise than it was agreed, in sentences.
    """

    reason: DepartureReason | None = None
    why: str = ""
    interviewed_on: date | None = None
    agreed: Agreed | None = None  # the settlement, where a journey is agreed
    has_refused: bool = False  # they have said no to the offer
    follows: tuple[str, ...] = ()


def departure_advice_for(group_id: int, day: date) -> DepartureAdvice | None:
    """The advice for a household on a day, if there is any."""
    answer: Callable[[int, date], DepartureAdvice | None] = import_string(settings.FOTFESTE_DEPARTURE_ADVICE)
    return answer(group_id, day)
