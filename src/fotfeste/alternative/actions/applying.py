"""An application is made: by the applicants, a helper or staff, for a family, without anybody's electronic identity."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from fotfeste.access.public import NeedReason, organisations_with
from fotfeste.alternative.actions.application import advance
from fotfeste.alternative.actions.matching import connect
from fotfeste.alternative.domain.schemes import check_scheme, link_expires_on
from fotfeste.alternative.domain.types import (
    ConfirmationWay,
    FilledInBy,
    NewApplicant,
    NewApplication,
    Party,
    PartyAnswer,
    Procedure,
)
from fotfeste.alternative.links import opened_by
from fotfeste.alternative.models import Application, ApplicationPerson, Confirmation, GroupInterest
from fotfeste.alternative.rules import book
from fotfeste.directory.public import Organisation, OrganisationKind
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.identifiers import normalise_digits
from fotfeste.platform.acts import act, require
from fotfeste.platform.secret_links import digest_of, new_secret
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import lock_group, members_of, require_part

# Whose word a procedure waits for. The municipality is asked by UDI (A), says it here (B), or has said it (C).
PARTIES: Mapping[Procedure, tuple[Party, ...]] = {
    Procedure.ALONE: (Party.APPLICANT,),
    Procedure.FAST: (Party.APPLICANT, Party.HOST, Party.MUNICIPALITY),
    Procedure.GROUP: (Party.APPLICANT,),
}


@dataclass(frozen=True, slots=True)
class Applied:
    """What was made, and the secret of each party's link: told once, never kept."""

    application: Application
    links: Mapping[Party, str]


@act
def apply_for(new: NewApplication, *, by: Viewer, at: datetime, group_id: int | None = None) -> Applied:
    """Apply for AMOT or MAMOT. `group_id`: staff do it for a household that they know of; then it is matched at once.

    Each party that has not signed in the form gets a link of its own; nobody waits for another. When all have answered
    it is submitted. Nothing tells whether somebody is registered: that is asked when UDI matches.
    Raises Refused: `scheme_is_closed`, `procedure_not_of_scheme`, `applicants_missing`, `applicant_without_name`,
    `applicant_twice`, `helper_not_named`, `not_staff`, `living_there_in_future`, `received_in_future`,
    `applied_to_no_municipality`, `host_missing`, `interest_missing`, `not_in_that_household`, `not_theirs_to_register`,
    `one_living_application`; NotFound.
    """
    require(by, "alternative.apply_for")
    today = legal_day(at)
    received_on = new.received_on or today
    _check(new, received_on, today, by)
    check_scheme(new.scheme, new.procedure, received_on, book())
    if group_id is not None:
        lock_group(group_id, version=None)
        _check_part(group_id, new, by, at)
        _check_household(group_id, new.applicants, today)
    links = {Party.APPLICANT: new_secret()}
    with opened_by(links[Party.APPLICANT]):
        application = _stored(new, links[Party.APPLICANT], received_on, by=by, at=at)
        _persons(application, new.applicants, at)
        links |= _confirmations(application, new, links[Party.APPLICANT], by=by, at=at)
        if group_id is not None:
            people = dict(enumerate(each.subject_id for each in new.applicants))
            rows = {row.pk: people[row.position] for row in application.persons.all()}
            connect(application, group_id, {pk: who for pk, who in rows.items() if who is not None}, by=by, at=at)
        advance(application, "apply", by=by, at=at)
        submit_if_answered(application, by=by, at=at)
    return Applied(application, links)


def submit_if_answered(application: Application, *, by: Viewer, at: datetime) -> bool:
    """Submit an application to which every party has answered, yes or no."""
    if application.confirmations.filter(answer="").exists():
        return False
    application.submitted_on = legal_day(at)
    advance(application, "submit", by=by, at=at)
    return True


def _check(new: NewApplication, received_on: date, today: date, by: Viewer) -> None:
    if received_on > today:
        raise Refused("received_in_future", "received_on", {"day": received_on})
    if received_on != today and by.user_id is None:
        raise Refused("not_staff", "received_on")
    if not new.applicants:
        raise Refused("applicants_missing", "applicants")
    if any(not each.name.strip() for each in new.applicants):
        raise Refused("applicant_without_name", "applicants")
    known = [normalise_digits(each.duf) for each in new.applicants if each.duf]
    if len(set(known)) != len(known):
        raise Refused("applicant_twice", "applicants")
    if new.filled_in_by is FilledInBy.HELPER and not new.helper_name.strip():
        raise Refused("helper_not_named", "helper_name")
    if new.filled_in_by is FilledInBy.STAFF and by.user_id is None:
        raise Refused("not_staff", "filled_in_by")
    if new.living_there_since is not None and new.living_there_since > today:
        raise Refused("living_there_in_future", "living_there_since", {"day": new.living_there_since})
    if new.procedure is Procedure.FAST and not new.host.name.strip():
        raise Refused("host_missing", "host_name")
    _check_municipality(new)


def _check_municipality(new: NewApplication) -> None:
    found = Organisation.objects.filter(pk=new.municipality_id, kind=OrganisationKind.MUNICIPALITY)
    if not found.exists():
        raise Refused("applied_to_no_municipality", "municipality")
    interest = GroupInterest.objects.filter(
        pk=new.interest_id or 0, municipality_id=new.municipality_id, scheme=new.scheme, closed_on=None
    )
    if new.procedure is Procedure.GROUP and not interest.exists():
        raise Refused("interest_missing", "interest")


def _check_part(group_id: int, new: NewApplication, by: Viewer, at: datetime) -> None:
    """Who registers what is known of them, or the municipality where they live, for a place there."""
    if by.organisation_kind != OrganisationKind.MUNICIPALITY:
        require_part([group_id], by=by, at=at)
        return
    lives_here = by.organisation_id in organisations_with(group_id, NeedReason.HOUSED_HERE, legal_day(at))
    if not lives_here or new.municipality_id != by.organisation_id:
        raise Refused("not_theirs_to_register")


def _check_household(group_id: int, applicants: Sequence[NewApplicant], today: date) -> None:
    chosen = [each.subject_id for each in applicants]
    members = {member.subject_id for member in members_of(group_id, today)}
    if None in chosen or set(chosen) - members or len(set(chosen)) != len(chosen):
        raise Refused("not_in_that_household", "applicants")


def _stored(new: NewApplication, secret: str, received_on: date, *, by: Viewer, at: datetime) -> Application:
    return Application.objects.create(
        scheme=new.scheme,
        procedure=new.procedure,
        municipality_id=new.municipality_id,
        interest_id=new.interest_id if new.procedure is Procedure.GROUP else None,
        link_hash=digest_of(secret),
        filled_in_by=new.filled_in_by,
        helper_name=new.helper_name,
        helper_relation=new.helper_relation.strip(),
        user_id=by.user_id if new.filled_in_by is FilledInBy.STAFF else None,
        language=new.language,
        contact=new.contact.strip(),
        living_there_since=new.living_there_since,
        wanted_from=new.wanted_from,
        street=new.street.strip(),
        postal_code=new.postal_code.strip(),
        home_kind=new.home_kind or "",
        is_centre_housing=new.is_centre_housing,
        host_name=new.host.name,
        host_relation=new.host.relation or "",
        host_is_tenant=new.host.is_tenant,
        host_contact=new.host.contact.strip(),
        received_on=received_on,
        recorded_at=at,
        recorded_by_organisation_id=by.organisation_id,
    )


def _persons(application: Application, applicants: Sequence[NewApplicant], at: datetime) -> None:
    ApplicationPerson.objects.bulk_create(
        ApplicationPerson(
            application=application,
            position=position,
            name=each.name,
            duf=normalise_digits(each.duf),
            birth_date=each.birth_date,
            citizenship=each.citizenship,
            has_d_number=each.has_d_number,
            lived_in_ukraine=each.lived_in_ukraine,
            had_protection=each.had_protection,
            family_tie=each.family_tie or "",
            has_near_family=each.has_near_family,
            has_carer=each.has_carer,
            needs_adaptation=each.needs_adaptation,
            adaptation=each.adaptation.strip(),
            recorded_at=at,
        )
        for position, each in enumerate(applicants)
    )


def _confirmations(
    application: Application, new: NewApplication, own: str, *, by: Viewer, at: datetime
) -> dict[Party, str]:
    """One for each party, with its link; of an applicant who signs in the form it is answered."""
    today = legal_day(at)
    secrets = {party: own if party is Party.APPLICANT else new_secret() for party in PARTIES[new.procedure]}
    signs = new.filled_in_by is FilledInBy.APPLICANT and bool(new.signer_name)
    for party, secret in secrets.items():
        has_signed = signs and party is Party.APPLICANT
        Confirmation.objects.create(
            application=application,
            party=party,
            token_hash=digest_of(secret),
            sent_on=today,
            expires_on=link_expires_on(today, book()),
            recorded_at=at,
            way=ConfirmationWay.FORM if has_signed else "",
            signer_name=new.signer_name if has_signed else "",
            answer=PartyAnswer.YES if has_signed else "",
            answered_at=at if has_signed else None,
            user_id=by.user_id if has_signed else None,
        )
    return secrets
