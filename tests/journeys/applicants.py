"""Households that apply to live privately with support, brought to a step by the acts, each on a day of its own."""

from collections.abc import Sequence
from datetime import date, timedelta

from fotfeste.access.public import Subject
from fotfeste.alternative import public as alternative
from fotfeste.alternative.public import (
    Application,
    Applied,
    FamilyTie,
    FilledInBy,
    HomeKind,
    HostRelation,
    NewApplicant,
    NewApplication,
    NewHost,
    Party,
    PartyAnswer,
    Procedure,
    Scheme,
)
from fotfeste.directory.public import User
from fotfeste.kernel.identifiers import IdentifierKind, synthetic_duf
from fotfeste.registry import public as registry
from fotfeste.registry.public import Member, NewPerson
from tests.journeys.people import relations_of
from tests.journeys.way import Way, changed

POSTAL_CODES = {"demo-levanger": "7600", "demo-verdal": "7650"}


class Applicants(Way):
    """Takes households on the way to a private home."""

    def ago(self, day: date) -> int:
        """How many days ago it was."""
        return (self._day(0) - day).days

    def came(self, name: str, persons: Sequence[NewPerson], on: date) -> int:
        """Registered by the police on a day, and protected from it."""
        ago, numbered = self.ago(on), []
        for each in persons:
            self._serial += 1
            numbered.append(changed(each, identifiers={IdentifierKind.DUF: synthetic_duf(self._serial)}))
        new = registry.NewGroup(
            persons=tuple(numbered), registered_on=on, applied_on=on, relations=tuple(relations_of(persons, on))
        )
        with self._as("demo-politi", ago) as (by, at):
            group = registry.register_group(new, by=by, at=at).subject_id
            self.references[name] = Subject.objects.get(pk=group).reference
        with self._as("demo-udi", ago) as (by, at):
            people = [member.subject_id for member in self._members(group, ago)]
            kind = registry.StatusKind.TEMPORARY_COLLECTIVE_PROTECTION
            registry.register_status(group, people, kind, on, by=by, at=at)
        return group

    def applies(
        self, name: str, group: int, municipality: str, on: date, procedure: Procedure, *, moves_in: date | None = None
    ) -> Applied:
        """UDI has filled it in for them; they have lived there since that day, or will move in on another.

        `{name}_application` leads to it.
        """
        ago = self.ago(on)
        with self._as("demo-udi", ago) as (by, at):
            new = NewApplication(
                scheme=Scheme.MAMOT, procedure=procedure,
                municipality_id=User.objects.get(username=municipality).organisation_id,
                applicants=tuple(typed(member) for member in self._members(group, ago)),
                filled_in_by=FilledInBy.STAFF, street="Kirkegata 1",
                living_there_since=None if moves_in else on, wanted_from=moves_in,
                postal_code=POSTAL_CODES[municipality], home_kind=HomeKind.PRIVATE, is_centre_housing=False,
                host=NewHost(name="Kari Vert", relation=HostRelation.FRIEND, is_tenant=False, contact="900 00 000"),
            )  # fmt: skip
            made = alternative.apply_for(new, by=by, at=at)
        self.references[f"{name}_application"] = made.application.reference
        return made

    def confirmed(self, made: Applied, municipality: str, on: date) -> Application:
        """Everybody has said yes by their own link, the municipality logged in; where it has a word yet."""
        for party, secret in made.links.items():
            if party is Party.MUNICIPALITY:
                with self._as(municipality, self.ago(on)) as (by, at):
                    alternative.confirm(secret, answer=PartyAnswer.YES, signer_name="Merethe Eie", by=by, at=at)
            else:
                with alternative.by_link(secret, on) as by:
                    at = self._at - timedelta(days=self.ago(on))
                    alternative.confirm(secret, answer=PartyAnswer.YES, signer_name="Kari Vert", by=by, at=at)
        return made.application

    def granted(
        self, name: str, persons: Sequence[NewPerson], municipality: str, on: date, *, moves_in: date | None = None
    ) -> int:
        """They applied with host and municipality on the day they moved in, or ahead, and were granted it that day."""
        group = self.came(name, persons, on)
        made = self.applies(name, group, municipality, on, Procedure.FAST, moves_in=moves_in)
        self.confirmed(made, municipality, on)
        with self._as("demo-udi", self.ago(on)) as (by, at):
            alternative.match_people(made.application.pk, by=by, at=at)
            alternative.grant(made.application.pk, by=by, at=at)
        return group


def typed(member: Member) -> NewApplicant:
    """Somebody as an application has them, with all that MAMOT asks for."""
    return NewApplicant(
        name=member.name, duf=member.identifiers[IdentifierKind.DUF], birth_date=member.birth_date,
        citizenship=member.citizenship, has_d_number=True, lived_in_ukraine=True, family_tie=FamilyTie.NONE,
        subject_id=member.subject_id,
    )  # fmt: skip
