"""How something of a journey stands, in words, and what the viewer can do about it."""

from dataclasses import dataclass

from django.urls import reverse

from fotfeste.platform.panels import HouseholdContext, PossibleAct
from fotfeste.settlement.queries.travel import Travel
from fotfeste.settlement.steps import is_at_centre


@dataclass(frozen=True, slots=True)
class Standing:
    """How something stands, in a sentence, and what the viewer can do about it now."""

    sentence: str
    acts: tuple[PossibleAct, ...] = ()


def is_theirs(travel: Travel, context: HouseholdContext) -> bool:
    """Whether the viewer books and pays for them."""
    return context.viewer.may("settlement.arrange_journey") and is_at_centre(travel.case, context)


def links(acts: list[tuple[str, str]], context: HouseholdContext) -> tuple[PossibleAct, ...]:
    """The acts by their words and the names of their addresses, the first of them the one that matters."""
    at = [context.reference]
    return tuple(PossibleAct(label, reverse(name, args=at), place == 0) for place, (label, name) in enumerate(acts))
