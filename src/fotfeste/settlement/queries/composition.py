"""Who of a household is to be settled: those who belong to it, without those who have left for good."""

from collections.abc import Iterable
from datetime import date

from django.db import connection

from fotfeste.accommodation.public import gone_of
from fotfeste.kernel.calendar import add_months
from fotfeste.registry.public import Member, members_of
from fotfeste.settlement.domain.parameters import book

_ASKED = "SELECT size, minors, unaccompanied FROM household_composition(%s, %s, %s)"


def who_settle(group_id: int, day: date) -> list[Member]:
    """The members on a day, the oldest first, without those who have left for good (two queries and one)."""
    return without(members_of(group_id, day), gone_of(group_id, day))


def without(members: Iterable[Member], gone: frozenset[int]) -> list[Member]:
    """The members but for those who are gone."""
    return [member for member in members if member.subject_id not in gone]


def composition(group_id: int, day: date) -> dict[str, int | bool]:
    """Size, whether there are minors, and whether any is unaccompanied: what the case keeps for the queue.

    Of all who are to be settled on the day, also those at a centre that the session sees nothing of. One query.
    Raises NoRule where no rule says who is of age on the day.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ASKED, [group_id, day, _minors_born_after(day)])
        size, minors, unaccompanied = cursor.fetchone()
    return {"size": size, "has_minors": bool(minors), "is_unaccompanied": bool(unaccompanied)}


def _minors_born_after(day: date) -> date:
    """Who was born on the day or before is of age: the same day of the month, the last one where there is none."""
    years = book().get("settlement.interview_adult_age", day).integer
    return add_months(day, -12 * years)
