"""Writes down how a household is registered, as the acts of registry do."""

from collections.abc import Sequence
from datetime import date
from random import Random

from fotfeste.demo.domain.diary import Batch, By, Diary, reference
from fotfeste.demo.domain.household import Household
from fotfeste.demo.domain.people import relations
from fotfeste.demo.domain.records import (
    ContactRecord,
    DetailsRecord,
    IdentifierRecord,
    LanguageRecord,
    MembershipRecord,
    PersonRecord,
    RelationRecord,
    StatusRecord,
    SubjectRecord,
)
from fotfeste.demo.domain.rules import Rules
from fotfeste.demo.domain.world import Keys, World
from fotfeste.kernel.periods import Period

GUARDIANS = ("Kari Vikan", "Ola Nordbø", "Ingrid Solhaug", "Per Lundgård", "Anne Fossheim", "Nils Tveitan")


class RegistryChronicle:
    """Who they are: the household with its keys, and what the registry has of it."""

    def __init__(self, household: Household, world: World, rules: Rules, keys: Keys, rng: Random, batch: Batch) -> None:
        self.household, self.world, self.rules, self.keys, self.rng, self.batch = (
            household,
            world,
            rules,
            keys,
            rng,
            batch,
        )
        self.group_id = keys.next("subject")
        self.persons = tuple(keys.next("subject") for _ in household.persons)
        self.subjects: Sequence[int] = (self.group_id, *self.persons)
        self.diary = Diary(rng, batch, keys, self.group_id)
        self.permitted: set[int] = set()
        self.guardian_name = ""  # of a minor alone

    def register(self) -> None:
        """The police or the arrival centre registers them: subjects, needs, persons, relations, statuses."""
        household, on = self.household, self.household.course.arrived_on
        at_centre = self.rng.random() < self.world.assumed.number("share_registered_at_arrival_centre")
        by = self.diary.act(self.world.registrars if at_centre else self.world.police, on)
        add = self.batch
        add[SubjectRecord].append(SubjectRecord(self.group_id, "group", reference(self.rng)))
        for subject in self.persons:
            add[SubjectRecord].append(SubjectRecord(subject, "person", reference(self.rng)))
        self.diary.open_needs(self.subjects, by.organisation_id, "registered_here", on, by)
        self.diary.open_needs(self.subjects, self.world.udi.organisation_id, "protection_case", on, by)
        self._write_persons(on, by)
        for first, kind, second in relations(household.persons, household.kind):
            add[RelationRecord].append(RelationRecord(self.persons[first], self.persons[second], kind, Period(on), *by))
        self._status(self.persons, "registered_by_police", on, by)
        self._status(self.persons, "applied_for_protection", on, by)
        self.diary.open_task(
            "place_group",
            self.world.udi.organisation_id,
            "registry.group_registered",
            on,
            self.rules.place_group(on),
            by,
        )
        self.diary.tell(
            "registry.group_registered", by, object_kind="placement_group", object_id=self.group_id, holds_on=on
        )

    def _write_persons(self, on: date, by: By) -> None:
        add = self.batch
        has_reg_nr = self.rng.random() >= self.world.assumed.number("share_without_reg_nr")
        for subject, person in zip(self.persons, self.household.persons, strict=True):
            is_minor = self.household.is_unaccompanied
            add[PersonRecord].append(PersonRecord(subject, on, by.organisation_id))
            add[DetailsRecord].append(
                DetailsRecord(
                    subject,
                    person.given_name,
                    person.family_name,
                    person.original_name,
                    person.birth_date,
                    person.sex,
                    person.citizenship,
                    person.needs_interpreter,
                    is_minor,
                    *by,
                )
            )
            for rank, language in enumerate(person.languages, start=1):
                add[LanguageRecord].append(LanguageRecord(subject, language, rank, *by))
            add[IdentifierRecord].append(IdentifierRecord(subject, "duf", person.duf, *by))
            if person.d_number:
                add[IdentifierRecord].append(IdentifierRecord(subject, "d_number", person.d_number, *by))
            if has_reg_nr:
                add[IdentifierRecord].append(IdentifierRecord(subject, "reg_nr", f"R{self.household.number:06}", *by))
            add[MembershipRecord].append(MembershipRecord(subject, self.group_id, Period(on), *by))
            if is_minor:
                number = self.rng.randrange(1000)
                self.guardian_name = self.rng.choice(GUARDIANS)
                add[ContactRecord].append(
                    ContactRecord(
                        subject,
                        "guardian",
                        self.guardian_name,
                        f"999 00 {number:03}",
                        f"verge{number:03}@example.no",
                        *by,
                    )
                )

    def _status(self, persons: Sequence[int], kind: str, on: date, by: By) -> None:
        for subject in persons:
            self.batch[StatusRecord].append(StatusRecord(subject, kind, on, *by))

    def register_status(self, persons: Sequence[int], kind: str, on: date, by: By) -> None:
        """A dated status of some of them, with its event."""
        self._status(persons, kind, on, by)
        self.diary.tell(
            "registry.status_registered",
            by,
            object_kind="placement_group",
            object_id=self.group_id,
            transition=kind,
            holds_on=on,
        )
