"""Whether a household lives privately with support, and in which municipality (SET-12)."""

from datetime import date

from fotfeste.accommodation.public import everyone_of, stays_shown
from fotfeste.platform.panels import HouseholdContext


def private_home(group_id: int, day: date) -> int | None:
    """The municipality where all of a household who stay anywhere live privately; None where they live otherwise. One
    query.
    """
    staying = [each for each in everyone_of(group_id, day) if each.is_staying]
    homes = {each.municipality_id for each in staying}
    return homes.pop() if len(homes) == 1 else None


def lives_privately(context: HouseholdContext) -> bool:
    """Whether the page's household does. One query, or none where somebody whom the page shows is at a centre."""
    stays = [stay for stay in stays_shown(context) if stay.period.contains(context.day)]
    return all(stay.centre_id is None for stay in stays) and private_home(context.subject_id, context.day) is not None
