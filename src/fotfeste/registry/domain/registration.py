"""What is wrong with people as they are about to be registered: every mistake, each with its field."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from fotfeste.kernel.ages import age_on, is_adult
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.identifiers import IdentifierKind, check_identifier, normalise_digits
from fotfeste.kernel.names import shows_a_letter
from fotfeste.registry.domain.types import NewGroup, NewPerson, RelationKind, Sex

OLDEST_AGE = 120
_IS_EVEN = {Sex.FEMALE: True, Sex.MALE: False}  # the third individual digit, before 2032
PERSONS_AT_MOST = 20
PERSON_NUMBERS = (
    IdentifierKind.DUF,
    IdentifierKind.D_NUMBER,
    IdentifierKind.NATIONAL_ID,
    IdentifierKind.REG_NR,
)


def number_as_kept(kind: IdentifierKind, text: str) -> str:
    """The number as it is stored: no spaces or hyphens, letters in upper case."""
    return normalise_digits(text).upper()


def mistakes_in_number(
    kind: IdentifierKind, text: str, on: date, *, only_synthetic: bool, field: str
) -> Iterator[Refused]:
    """Why a number cannot be kept. A DUF number whose check digits fail can (`number_warnings` says so)."""
    if kind not in PERSON_NUMBERS:
        yield Refused("number_not_of_a_person", field)
        return
    check = check_identifier(kind, text, on)
    for error in check.errors[:1]:
        yield Refused(f"{kind}_{error}", field, {"count": len(check.value)})
    if check.is_acceptable and only_synthetic and kind is not IdentifierKind.REG_NR and not check.is_synthetic:
        yield Refused("number_must_be_synthetic", field)


def number_warnings(kind: IdentifierKind, value: str, on: date, *, birth_date: date, sex: Sex) -> tuple[str, ...]:
    """Codes of what somebody should look at again; the number is kept all the same.

    A D-number or national identity number may be somebody else's where it says another birth date or sex than what
    is registered. From 2032 it says nothing of sex and century. Source: REG-01.
    """
    check = check_identifier(kind, value, on)
    warnings = list(check.warnings)
    if check.is_acceptable and check.is_of_another_birth_date(birth_date):
        warnings.append("birth_date_differs")
    if check.is_acceptable and check.is_even is not None and _IS_EVEN.get(sex, check.is_even) is not check.is_even:
        warnings.append("sex_differs")
    return tuple(f"{kind}_{warning}" for warning in warnings)


def person_warnings(person: NewPerson, on: date) -> tuple[str, ...]:
    """The codes of `number_warnings` for all numbers of somebody who is registered or corrected."""
    return tuple(
        code
        for kind, text in person.identifiers.items()
        for code in number_warnings(kind, text, on, birth_date=person.birth_date, sex=person.sex)
    )


def mistakes_in_person(
    person: NewPerson, registered_on: date, *, only_synthetic: bool, prefix: str = ""
) -> Iterator[Refused]:
    """What is wrong with one person. `prefix` comes before the names of the fields."""
    if not shows_a_letter(person.given_name + person.family_name):
        yield Refused("person_has_a_name", f"{prefix}given_name")
    if person.birth_date > registered_on:
        yield Refused("born_after_registration", f"{prefix}birth_date", {"registered_on": registered_on})
    elif age_on(person.birth_date, registered_on) > OLDEST_AGE:
        yield Refused("older_than_anybody", f"{prefix}birth_date", {"most": OLDEST_AGE})
    if person.is_unaccompanied_minor and is_adult(person.birth_date, registered_on):
        yield Refused("unaccompanied_minor_is_adult", f"{prefix}is_unaccompanied_minor")
    if len(set(person.languages)) < len(person.languages):
        yield Refused("a_language_once", f"{prefix}languages")
    if person.guardian is not None and not shows_a_letter(person.guardian.name):
        yield Refused("guardian_without_name", f"{prefix}guardian_name")
    for kind, text in person.identifiers.items():
        yield from mistakes_in_number(kind, text, registered_on, only_synthetic=only_synthetic, field=f"{prefix}{kind}")


def mistakes_in_descent(birth_date: date, *, parents: Iterable[date], children: Iterable[date]) -> Iterator[Refused]:
    """Why a birth date cannot be right, by those of the person's parents and children."""
    if any(parent >= birth_date for parent in parents) or any(birth_date >= child for child in children):
        yield Refused("birth_date_against_descent", "birth_date")


def mistakes_in_group(group: NewGroup, today: date, *, only_synthetic: bool) -> Iterator[Refused]:
    """Everything that is wrong with a registration; fields of person n (from 0) are called `n-field`."""
    if group.registered_on > today:
        yield Refused("day_in_future", "registered_on", {"day": group.registered_on})
    if group.applied_on is not None and group.applied_on > today:
        yield Refused("day_in_future", "applied_on", {"day": group.applied_on})
    elif group.applied_on is not None and group.applied_on < group.registered_on:
        yield Refused("applied_before_registered", "applied_on", {"registered_on": group.registered_on})
    if not group.persons:
        yield Refused("nobody_to_register")
    if len(group.persons) > PERSONS_AT_MOST:
        yield Refused("too_many_persons", params={"most": PERSONS_AT_MOST})
    for place, person in enumerate(group.persons):
        yield from mistakes_in_person(person, group.registered_on, only_synthetic=only_synthetic, prefix=f"{place}-")
    yield from _numbers_given_twice(group)
    yield from _mistakes_in_relations(group)


def _numbers_given_twice(group: NewGroup) -> Iterator[Refused]:
    seen: set[tuple[IdentifierKind, str]] = set()
    for place, person in enumerate(group.persons):
        for kind, text in person.identifiers.items():
            number = (kind, number_as_kept(kind, text))
            if kind is not IdentifierKind.REG_NR and number in seen:
                yield Refused("number_twice_on_page", f"{place}-{kind}")
            seen.add(number)


def _mistakes_in_relations(group: NewGroup) -> Iterator[Refused]:
    births: Mapping[int, date] = {place: person.birth_date for place, person in enumerate(group.persons)}
    seen: set[tuple[int, int]] = set()
    for place, relation in enumerate(group.relations):
        field = f"relation-{place}-first"
        if relation.first not in births or relation.second not in births:
            yield Refused("relation_to_nobody", field)
            continue
        if relation.first == relation.second:
            yield Refused("nobody_is_related_to_oneself", field)
        if relation.kind is RelationKind.PARENT and births[relation.first] >= births[relation.second]:
            yield Refused("parent_younger_than_child", field)
        pair = (min(relation.first, relation.second), max(relation.first, relation.second))
        if pair in seen:
            yield Refused("a_relation_once", field)
        seen.add(pair)
