"""People who are registered on the stages of the journeys."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from fotfeste.kernel.ages import ADULT_AT
from fotfeste.kernel.calendar import legal_day
from fotfeste.platform.clock import now
from fotfeste.registry.public import NewPerson, NewRelation, RelationKind, Sex


def person(given: str, family_name: str, age: int, sex: Sex = Sex.FEMALE) -> NewPerson:
    """Somebody who had their birthday some months ago."""
    day = legal_day(now()) - timedelta(days=100)
    return NewPerson(
        given_name=given, family_name=family_name, birth_date=day.replace(year=day.year - age, day=10), sex=sex,
        citizenship="UKR", languages=("uk", "ru"),
    )  # fmt: skip


def family(name: str, mother: str, father: str, *children: str) -> list[NewPerson]:
    """Two parents and their children, the eldest first: 14, 11, 8, ..."""
    parents = [person(mother, name, 38), person(father, name, 41, Sex.MALE)]
    return parents + [person(child, name, 14 - 3 * place) for place, child in enumerate(children)]


def relations_of(persons: Sequence[NewPerson], day: date) -> Iterator[NewRelation]:
    """The first two are married; those under age are the first's children, unless they came without their parents."""
    for place, each in enumerate(persons[1:], start=1):
        if each.is_unaccompanied_minor:
            continue
        is_child = day.year - each.birth_date.year < ADULT_AT
        yield NewRelation(0, RelationKind.PARENT, place) if is_child else NewRelation(0, RelationKind.SPOUSE, place)
