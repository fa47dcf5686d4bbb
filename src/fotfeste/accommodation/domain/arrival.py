"""The day of arrival of a stay, put right: which days are refused, and which days change place."""

from collections.abc import Collection
from datetime import date

from fotfeste.kernel.errors import Refused
from fotfeste.kernel.periods import Period


def check_arrival_day(was_on: date, right_on: date, registered_on: date, today: date) -> None:
    """Refuse a day that has not come, the day that stands already, and one before the person was registered.

    Nobody is registered before they are born. Raises Refused `arrival_in_future`, `arrival_as_it_is`,
    `arrival_before_registration` (field `right_on`).
    """
    if right_on > today:
        raise Refused("arrival_in_future", "right_on", {"day": right_on})
    if right_on == was_on:
        raise Refused("arrival_as_it_is", "right_on", {"day": right_on})
    if right_on < registered_on:
        raise Refused("arrival_before_registration", "right_on", {"day": right_on, "registered": registered_on})


def check_earlier_stays(right_on: date, earlier: Collection[Period], came_from: Period | None) -> None:
    """Refuse a day on which the person stayed elsewhere. `came_from`: a stay that ends with the move here, and whose
    end moves along; it must keep a day of its own.

    Raises Refused `stay_reaches_past`, `arrival_before_earlier_one` (field `right_on`).
    """
    if came_from is not None and right_on <= came_from.start:
        raise Refused("arrival_before_earlier_one", "right_on", {"day": came_from.start})
    if past := [each.end for each in earlier if each != came_from and each.end and each.end > right_on]:
        raise Refused("stay_reaches_past", "right_on", {"day": max(past)})


def days_that_change(was_on: date, right_on: date, *, has_moved: bool) -> Period | None:
    """The days on which they were not where they were said to be: what happened there on them contradicts the new day.

    None where they came earlier from nowhere: nothing is said of those days but that they were here.
    """
    if right_on > was_on:
        return Period(was_on, right_on)
    return Period(right_on, was_on) if has_moved else None
