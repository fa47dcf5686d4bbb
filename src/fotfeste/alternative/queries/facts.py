"""What is known of the people of an application, and what the scheme's rules say of it: derived, never stored."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date

from django.conf import settings
from django.utils.module_loading import import_string

from fotfeste.alternative.domain.eligibility import Facts, PersonFacts, eligibility
from fotfeste.alternative.domain.types import FamilyTie, HomeKind, Scheme
from fotfeste.alternative.models import Application, ApplicationPerson
from fotfeste.alternative.rules import book
from fotfeste.kernel.ages import ADULT_AT
from fotfeste.kernel.decisions import Decision
from fotfeste.kernel.identifiers import IdentifierKind
from fotfeste.registry.public import Member, StatusKind, members_of, unaccompanied_among


def settles_on(group_id: int) -> date | None:
    """On which day a household is to be settled: known further up, answered through config's slot."""
    answer: Callable[[int], date | None] = import_string(settings.FOTFESTE_SETTLES_ON)
    return answer(group_id)


def decisions_of(application: Application, people: Sequence[ApplicationPerson], on: date) -> dict[int, Decision]:
    """For each of the people of an application (by its row) whether they meet the scheme's conditions on a day."""
    facts, scheme = facts_of(application, people, on), Scheme(application.scheme)
    return {row: eligibility(each, scheme, on, book()) for row, each in facts.items()}


def facts_of(application: Application, rows: Sequence[ApplicationPerson], on: date) -> dict[int, Facts]:
    """The facts of each person, by the row in the application: the registry's where it knows them, else as typed."""
    members: Mapping[int, Member] = {}
    alone: frozenset[int] = frozenset()
    if application.subject_id is not None:
        household = members_of(application.subject_id, on)
        members = {member.subject_id: member for member in household}
        alone = unaccompanied_among(household, on)
    people = {row.pk: _person(row, members.get(row.subject_id or 0), rows, on, alone) for row in rows}
    day = settles_on(application.subject_id) if application.subject_id is not None else None
    return {
        row.pk: Facts(
            person=people[row.pk],
            received_on=application.received_on,
            family=tuple(person for pk, person in people.items() if pk != row.pk),
            home_kind=HomeKind(application.home_kind) if application.home_kind else None,
            is_centre_housing=application.is_centre_housing,
            settles_on=day,
        )
        for row in rows
    }


def _person(
    row: ApplicationPerson, member: Member | None, rows: Sequence[ApplicationPerson], on: date, alone: Collection[int]
) -> PersonFacts:
    tie = FamilyTie(row.family_tie) if row.family_tie else None
    if member is None:
        typed = PersonFacts(birth_date=row.birth_date)
        return PersonFacts(
            birth_date=row.birth_date,
            citizenship=row.citizenship,
            is_alone_minor=_is_alone_as_typed(typed, rows, on),
            has_duf=True if row.duf else None,
            has_d_number=row.has_d_number,
            tie=tie,
            **_answers(row),
        )
    statuses = {status.kind for status in member.statuses}
    has_applied = member.has_permit or StatusKind.APPLIED_FOR_PROTECTION in statuses
    is_settled = member.current_status is StatusKind.SETTLED
    return PersonFacts(
        birth_date=member.birth_date,
        citizenship=member.citizenship,
        is_alone_minor=member.subject_id in alone,
        is_registered=True,
        has_applied=True if has_applied else None,
        has_duf=IdentifierKind.DUF in member.identifiers or bool(row.duf) or None,
        has_d_number=True if IdentifierKind.D_NUMBER in member.identifiers else row.has_d_number,
        has_centre_right=False if is_settled else True if has_applied else None,
        tie=tie,
        **_answers(row),
    )


def _answers(row: ApplicationPerson) -> dict[str, bool | None]:
    return {
        "lived_in_ukraine": row.lived_in_ukraine,
        "had_protection": row.had_protection,
        "has_near_family": row.has_near_family,
        "has_carer": row.has_carer,
        "needs_adaptation": row.needs_adaptation,
    }


def _is_alone_as_typed(person: PersonFacts, rows: Sequence[ApplicationPerson], on: date) -> bool | None:
    """Whether somebody is a minor without an adult in the application; the registry knows better."""
    ages = [PersonFacts(birth_date=row.birth_date).age_on(on) for row in rows]
    if any(age is not None and age >= ADULT_AT for age in ages):
        return False
    age = person.age_on(on)
    return None if age is None else age < ADULT_AT


def as_stored(decisions: Mapping[int, Decision], on: date) -> dict[str, object]:
    """The decisions as they are kept with what was decided: outcome, reasons with their values, rule and version."""
    return {
        "on": on.isoformat(),
        "persons": [{"row": row, **_stored(decision)} for row, decision in sorted(decisions.items())],
    }


def _stored(decision: Decision) -> dict[str, object]:
    return {
        "outcome": str(decision.outcome),
        "rule": decision.rule.code,
        "version": decision.rule.version,
        "source": decision.rule.source,
        "status": decision.rule.status,
        "reasons": [
            {"code": reason.code, "fields": {name: _plain(value) for name, value in reason.fields.items()}}
            for reason in decision.reasons
        ],
        "inputs": {name: _plain(value) for name, value in decision.inputs.items()},
        "parts": [_stored(part) for part in decision.parts],
    }


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
