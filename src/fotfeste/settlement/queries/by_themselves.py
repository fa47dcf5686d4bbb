"""Households of the queue that are asking a municipality by themselves: told by another package, which fills the slot
`FOTFESTE_ASK_BY_THEMSELVES` (agreed self-settlement, SET-13).
"""

from collections.abc import Callable, Collection, Mapping
from datetime import date

from django.conf import settings
from django.utils.module_loading import import_string

from fotfeste.kernel.decisions import Decision
from fotfeste.kernel.errors import Refused


def asking_by_themselves(group_ids: Collection[int], day: date) -> Mapping[int, Decision]:
    """Of these households those that ask by themselves; YES: they are left out of the queue's plans on the day."""
    answer: Callable[[Collection[int], date], Mapping[int, Decision]] = import_string(
        settings.FOTFESTE_ASK_BY_THEMSELVES
    )
    return answer(group_ids, day) if group_ids else {}


def refuse_who_asks_by_themselves(group_id: int, reasoning: str, day: date) -> None:
    """Refuse `asks_by_themselves` (municipality) where a household is to be left alone for a time, and nothing is said
    of why it is asked for all the same.
    """
    decision = asking_by_themselves([group_id], day).get(group_id)
    if decision is not None and decision.is_yes and not reasoning.strip():
        municipality = decision.reasons[0].fields["municipality"]
        raise Refused("asks_by_themselves", "reasoning", {"municipality": municipality})
