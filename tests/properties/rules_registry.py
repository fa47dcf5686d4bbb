"""Acts of the registry, by anyone, on any day."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from fotfeste.kernel.identifiers import IdentifierKind, synthetic_duf
from fotfeste.platform.scope import scope
from fotfeste.registry.public import (
    CorrectionReason,
    Mistake,
    NewGroup,
    NewGuardian,
    NewPerson,
    NewRelation,
    RelationKind,
    Sex,
    StatusKind,
    add_member,
    annul_relation,
    annul_status,
    answer_duplicate,
    correct_details,
    members_of,
    register_group,
    register_identifier,
    register_member,
    register_relation,
    register_status,
    remove_member,
)
from tests.properties.machine import DAYS, HOW, PROPER, SOME, WHICH, Country, How, deed_of, pick, unversioned
from tests.properties.whole import rows

# Ages of those who come together; 16 alone is an unaccompanied minor.
FAMILIES = st.sampled_from(((34,), (38, 41, 13, 6), (29, 3), (16,), (71,), (17, 45), (24, 26), (12, 33)))
KINDS = st.sampled_from(
    (StatusKind.TEMPORARY_COLLECTIVE_PROTECTION,) * 4
    + (StatusKind.RESIDENCE_PERMIT, StatusKind.REFUSAL, StatusKind.APPLIED_FOR_PROTECTION, StatusKind.LEFT)
)
REASONS = st.sampled_from(tuple(CorrectionReason))


class Registry(Country):
    """People are registered, put right, joined and parted."""

    def new_person(self, age: int, *, is_alone: bool = False) -> NewPerson:
        """Somebody who is like nobody else."""
        self.serial += 1
        is_minor_alone = is_alone and age < 18
        return NewPerson(
            given_name=f"Olena{chr(96 + self.serial % 26 + 1)}{'x' * (self.serial // 26)}",
            family_name=f"Koval{self.serial}",
            birth_date=date(self.today.year - age, 1, 2) + timedelta(days=self.serial),
            sex=Sex.UNKNOWN,
            citizenship="UKR",
            languages=("uk", "en"),
            is_unaccompanied_minor=is_minor_alone,
            guardian=NewGuardian("Verge Vergesen") if is_minor_alone else None,
            identifiers={IdentifierKind.DUF: synthetic_duf(1000 + self.serial)},
        )

    def register(self, ages: tuple[int, ...], days: int = 0, how: How = PROPER) -> bool:
        """The police register a family."""
        persons = tuple(self.new_person(age, is_alone=len(ages) == 1) for age in ages)
        relations = (NewRelation(0, RelationKind.OTHER_FAMILY, 1),) if len(persons) > 1 else ()
        on = self.day(days)
        new = NewGroup(persons=persons, registered_on=on, applied_on=on, relations=relations)
        return self.try_it(self.cast.registrar, how, None, unversioned(register_group, new))

    @rule(ages=FAMILIES, days=DAYS, how=HOW)
    def people_come(self, ages: tuple[int, ...], days: int, how: How) -> None:
        """Registered today, on an earlier day, or (which is refused) on a later one."""
        self.register(ages, days, how)

    @rule(which=WHICH, how=HOW, twice=st.booleans())
    def somebody_is_registered_twice(self, which: int, how: How, twice: bool) -> None:
        """The same name and birth date, with the same number (refused) or without."""
        household = self.household(which)
        if household is None or not household.members:
            return
        with scope(self.cast.udi, self.today):
            known = members_of(household.key, self.today)[0]
        again = replace(
            self.new_person(known.age),
            given_name=known.given_name,
            family_name=known.family_name,
            birth_date=known.birth_date,
        )
        if twice:
            again = replace(again, identifiers=known.identifiers)
        new = NewGroup(persons=(again,), registered_on=self.today)
        self.try_it(self.cast.registrar, how, None, unversioned(register_group, new))

    @rule(which=WHICH, keep=st.integers(0, 2), how=HOW)
    def udi_answers_a_duplicate(self, which: int, keep: int, how: How) -> None:
        """Two persons, or one person twice."""
        pairs = rows("SELECT subject_id, other_id FROM registry_duplicateproposal WHERE answer = '' ORDER BY id")
        if not pairs:
            return
        first, second = pick(pairs, which)
        self.try_it(
            self.cast.udi,
            How(how.who),
            None,
            unversioned(answer_duplicate, first, second, keep_id=(None, first, second)[keep]),
        )

    @rule(which=WHICH, other=WHICH, member=WHICH, days=DAYS, how=HOW)
    def somebody_joins_another_household(self, which: int, other: int, member: int, days: int, how: How) -> None:
        """UDI, a centre or the police let a person join; UDI alone may take them out of a family."""
        household, from_where = self.household(which), self.household(other)
        if household is None or from_where is None or not from_where.members:
            return
        person = pick(from_where.members, member)
        self.try_it(self.cast.udi, how, household, deed_of(add_member, household.key, person, self.day(days)))

    @rule(which=WHICH, member=WHICH, days=DAYS, how=HOW)
    def somebody_is_taken_out(self, which: int, member: int, days: int, how: How) -> None:
        """UDI's logistics take a person out of a household; they are a household of their own."""
        household = self.household(which)
        if household is None or not household.members:
            return
        person = pick(household.members, member)
        self.try_it(self.cast.udi, how, household, deed_of(remove_member, household.key, person, self.day(days)))

    @rule(which=WHICH, age=st.sampled_from((0, 8, 40)), days=DAYS, how=HOW)
    def somebody_new_is_registered_into_a_household(self, which: int, age: int, days: int, how: How) -> None:
        """A child is born, a spouse arrives."""
        household = self.household(which)
        if household is None:
            return
        person = replace(self.new_person(age), birth_date=self.day(-365 * age - 30) + timedelta(days=self.serial % 25))
        self.try_it(
            self.cast.registrar, how, household, deed_of(register_member, household.key, person, self.day(days))
        )

    @rule(which=WHICH, bits=SOME, kind=KINDS, days=DAYS, how=HOW)
    def a_status_is_registered(self, which: int, bits: int, kind: StatusKind, days: int, how: How) -> None:
        """A permit or something else, for all or some."""
        household = self.household(which)
        if household is not None:
            chosen = self.some(household, bits)
            self.try_it(
                self.cast.udi, how, household, deed_of(register_status, household.key, chosen, kind, self.day(days))
            )

    @rule(which=WHICH, bits=SOME, kind=KINDS, days=DAYS, right=st.sampled_from((None, 0, -3)), how=HOW)
    def a_status_is_taken_back(
        self, which: int, bits: int, kind: StatusKind, days: int, right: int | None, how: How
    ) -> None:
        """It was never so, or not on that day."""
        household = self.household(which)
        if household is not None:
            right_on = None if right is None else self.day(right)
            chosen, on = self.some(household, bits), self.day(days)
            deed = deed_of(
                annul_status, household.key, chosen, kind, on, reason=Mistake.OTHER, text="Feil.", right_on=right_on
            )
            self.try_it(self.cast.udi, how, household, deed)

    @rule(which=WHICH, member=WHICH, reason=REASONS, years=st.sampled_from((0, -20, 1)), how=HOW)
    def details_are_put_right(self, which: int, member: int, reason: CorrectionReason, years: int, how: How) -> None:
        """The name, and perhaps the birth date: a child becomes an adult."""
        household = self.household(which)
        if household is None or not household.members:
            return
        with scope(self.cast.udi, self.today):
            known = pick(members_of(household.key, self.today), member)
        corrected = replace(
            self.new_person(30),
            birth_date=known.birth_date.replace(day=3, year=known.birth_date.year + years),
            is_unaccompanied_minor=known.is_unaccompanied_minor and years != -20,
            identifiers=known.identifiers,
        )
        self.try_it(self.cast.registrar, how, household, deed_of(correct_details, known.subject_id, corrected, reason))

    @rule(which=WHICH, member=WHICH, serial=st.sampled_from((1001, 7777, 7778)), how=HOW)
    def a_number_is_registered(self, which: int, member: int, serial: int, how: How) -> None:
        """A new number, or one that somebody has."""
        household = self.household(which)
        if household is None or not household.members:
            return
        person = pick(household.members, member)
        duf = synthetic_duf(serial)
        self.try_it(
            self.cast.registrar,
            how,
            household,
            deed_of(register_identifier, person, IdentifierKind.DUF, duf, reason=CorrectionReason.TYPING_ERROR),
        )

    @rule(which=WHICH, first=WHICH, second=WHICH, kind=st.sampled_from(tuple(RelationKind)), how=HOW)
    def a_relation_is_registered(self, which: int, first: int, second: int, kind: RelationKind, how: How) -> None:
        """Between two members, or of one to themselves."""
        household = self.household(which)
        if household is None or not household.members:
            return
        one, other = pick(household.members, first), pick(household.members, second)
        self.try_it(self.cast.registrar, how, household, deed_of(register_relation, household.key, one, kind, other))

    @rule(which=WHICH, relation=WHICH, reason=REASONS, how=HOW)
    def a_relation_is_annulled(self, which: int, relation: int, reason: CorrectionReason, how: How) -> None:
        """One that stands, of this household or of another."""
        household = self.household(which)
        found = rows("SELECT id FROM registry_relation WHERE annulled_at IS NULL ORDER BY id")
        if household is not None and found:
            [key] = pick(found, relation)
            self.try_it(self.cast.registrar, how, household, deed_of(annul_relation, household.key, key, reason))
