"""Who of a household is to be settled: those who belong to it, without those who have left for good."""

from collections.abc import Iterable
from datetime import date

from django.db import connection

from fotfeste.accommodation.public import gone_of
from fotfeste.kernel.ages import birthday
from fotfeste.registry.public import Member, members_of
from fotfeste.settlement.domain.parameters import book
from fotfeste.settlement.models import Interview
from fotfeste.settlement.queries.interview import known_to

_ASKED = "SELECT size, youngest_on, youngest_alone_on, oldest_other_on FROM household_composition(%s, %s)"


def who_settle(group_id: int, day: date) -> list[Member]:
    """The members on a day, the oldest first, without those who have left for good (two queries and one)."""
    return without(members_of(group_id, day), gone_of(group_id, day))


def without(members: Iterable[Member], gone: frozenset[int]) -> list[Member]:
    """The members but for those who are gone."""
    return [member for member in members if member.subject_id not in gone]


def not_asked(interview: Interview, day: date) -> list[int]:
    """Those to be settled on a day whom the interview knows nothing of: neither asked nor heard in it."""
    known = known_to(interview)
    return sorted(each.subject_id for each in who_settle(interview.subject_id, day) if each.subject_id not in known)


def composition(group_id: int, day: date) -> dict[str, int | date | None]:
    """Size, and until when there are minors and somebody unaccompanied: what the case keeps for the queue.

    Of all who are to be settled on the day, also those at a centre that the session sees nothing of. One query.
    Raises NoRule where no rule says who is of age on the day.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ASKED, [group_id, day])
        size, youngest_on, youngest_alone_on, oldest_other_on = cursor.fetchone()
    return {"size": size, **ages(youngest_on, youngest_alone_on, oldest_other_on, day)}


def ages(
    youngest_on: date | None, youngest_alone_on: date | None, oldest_other_on: date | None, day: date
) -> dict[str, date | None]:
    """Until when there are minors, and until when it is an unaccompanied minor's, by the days of birth. Raises NoRule.

    A minor who came alone is not alone any more once somebody of the family is there and of age.
    """
    age = book().get("settlement.interview_adult_age", day).integer
    of_age = [birthday(born, age) for born in (youngest_alone_on, oldest_other_on) if born is not None]
    return {
        "minors_until_on": birthday(youngest_on, age) if youngest_on else None,
        "unaccompanied_until_on": min(of_age) if youngest_alone_on else None,
    }
