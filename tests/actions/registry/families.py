"""People to register in tests: the Kovalenko family, and persons one by one. Every number is synthetic."""

from dataclasses import replace
from datetime import date

from fotfeste.kernel.identifiers import IdentifierKind, synthetic_duf
from fotfeste.registry.domain.types import (
    NewGroup,
    NewGuardian,
    NewPerson,
    NewRelation,
    RelationKind,
    Sex,
)

ARRIVED_ON = date(2024, 2, 12)


def person(given: str, family: str = "Kovalenko", born: date = date(1986, 5, 3), **changes: object) -> NewPerson:
    """A person from Ukraine who needs an interpreter."""
    plain = NewPerson(
        given_name=given,
        family_name=family,
        birth_date=born,
        sex=Sex.UNKNOWN,
        citizenship="UKR",
        languages=("uk",),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def with_duf(someone: NewPerson, serial: int) -> NewPerson:
    """The same person with a synthetic DUF number."""
    return replace(someone, identifiers={IdentifierKind.DUF: synthetic_duf(serial)})


def kovalenko() -> NewGroup:
    """Olena and Andrij with Sofia (13) and Danylo (6)."""
    return NewGroup(
        persons=(
            with_duf(person("Olena", original_name="Олена Коваленко", sex=Sex.FEMALE, languages=("uk", "en")), 100001),
            with_duf(person("Andrij", born=date(1983, 1, 20), original_name="Андрій Коваленко", sex=Sex.MALE), 100002),
            with_duf(person("Sofia", born=date(2010, 8, 9), sex=Sex.FEMALE), 100003),
            with_duf(person("Danylo", born=date(2017, 11, 30), sex=Sex.MALE), 100004),
        ),
        relations=(
            NewRelation(0, RelationKind.SPOUSE, 1),
            NewRelation(0, RelationKind.PARENT, 2),
            NewRelation(1, RelationKind.PARENT, 3),
        ),
        registered_on=ARRIVED_ON,
        applied_on=ARRIVED_ON,
    )


def alone(someone: NewPerson, registered_on: date = ARRIVED_ON) -> NewGroup:
    """A group of one."""
    return NewGroup(persons=(someone,), registered_on=registered_on, applied_on=registered_on)


def minor_alone() -> NewGroup:
    """An unaccompanied minor of 16 with a guardian."""
    return alone(
        person(
            "Maksym",
            "Tkachenko",
            born=date(2007, 6, 1),
            is_unaccompanied_minor=True,
            guardian=NewGuardian("Verge Vergesen", "99 99 99 99", "verge@example.no"),
        )
    )
