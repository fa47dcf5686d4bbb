"""The household of a refusal as its rows tell it: who is of it, when born, and where each lives."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tests.properties.refusal_story import is_18
from tests.properties.whole import rows

_PEOPLE = """
    SELECT m.subject_id, d.given_name, d.birth_date, d.is_unaccompanied_minor, s.centre_id, s.municipality_id
    FROM registry_groupmembership m
    JOIN registry_persondetails d ON d.subject_id = m.subject_id AND d.annulled_at IS NULL
    LEFT JOIN accommodation_stay s ON s.subject_id = m.subject_id AND s.annulled_at IS NULL AND s.period @> %s
    WHERE m.group_id = %s AND m.annulled_at IS NULL AND m.period @> %s
    ORDER BY m.subject_id
"""


@dataclass(frozen=True, slots=True)
class Person:
    """One of the household: at a centre, in a home of their own with support, or nowhere that is known."""

    name: str
    born: date
    came_alone: bool
    centre: int | None
    municipality: int | None


def household_of(group: int, day: date) -> Mapping[int, Person]:
    """Its people by key, the dead and those who have left too."""
    return {who: Person(*how) for who, *how in rows(_PEOPLE, [day, group, day])}


def children_beside(people: Mapping[int, Person], adults: list[int], day: date) -> list[int]:
    """The children who live at a centre where one of those adults does."""
    centres = {people[each].centre for each in adults if each in people} - {None}
    return [who for who, each in people.items() if each.centre in centres and not is_18(each.born, day)]
