"""Whether a household lives privately with support, and in which municipality (SET-12)."""

from datetime import date

from fotfeste.accommodation.public import everyone_of
from fotfeste.platform.panels import HouseholdContext

_KEY = "settlement.private_home"


def private_home(group_id: int, day: date) -> int | None:
    """The municipality where all of a household who stay anywhere live privately; None where they live otherwise. One
    query.
    """
    staying = [each for each in everyone_of(group_id, day) if each.is_staying]
    homes = {each.municipality_id for each in staying}
    return homes.pop() if len(homes) == 1 else None


def lives_privately(context: HouseholdContext) -> bool:
    """Whether the page's household does, asked once for the page."""
    if _KEY not in context.cache:
        context.cache[_KEY] = private_home(context.subject_id, context.day)
    return context.cache[_KEY] is not None
