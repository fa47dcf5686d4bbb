"""An application that was filled in without a login, sent: as what it was typed as, with its documents."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from fotfeste.access.public import Compartment, NeedReason
from fotfeste.alternative.actions.applying import apply_for
from fotfeste.alternative.domain.door_rules import Step
from fotfeste.alternative.domain.types import (
    FamilyTie,
    FilledInBy,
    HomeKind,
    HostRelation,
    NewApplicant,
    NewApplication,
    NewHost,
    Party,
    Procedure,
)
from fotfeste.alternative.doors.answers import Answers, municipality_organisation
from fotfeste.alternative.doors.drafts import contents_of
from fotfeste.alternative.forms.door_fields import as_claim
from fotfeste.alternative.links import door, opened_by
from fotfeste.alternative.models import Application, ApplicationDocument
from fotfeste.platform.files import store
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer


def send_application(answers: Answers, *, signing: Mapping[str, Any], at: datetime, day: date) -> dict[str, Any]:
    """Send it; gives what the receipt says. Within the transaction of the draft: all of it or none of it.

    Nothing is asked of the register here, so that nothing can be told: whether a DUF number is known is UDI's to find.
    """
    by = door()
    new = new_application(answers, signing)
    with scope(by, day):
        applied = apply_for(new, by=by, at=at)
        _keep_documents(answers, applied.application, applied.links[Party.APPLICANT], by=by, at=at, day=day)
    return {
        "reference": applied.application.reference,
        "links": {str(party): secret for party, secret in applied.links.items()},
        "host_name": new.host.name,
        "municipality": applied.application.municipality.name,
        "procedure": str(new.procedure),
        "filled_in_by": str(new.filled_in_by),
        "first_name": new.applicants[0].name,
    }


def new_application(answers: Answers, signing: Mapping[str, Any]) -> NewApplication:
    """The application as it was typed."""
    who, place, host = answers.of(Step.WHO), answers.of(Step.PLACE), answers.of(Step.HOST)
    chosen = answers.of(Step.MUNICIPALITY)
    filled_in_by = FilledInBy(who["filled_in_by"])
    is_helped = filled_in_by is FilledInBy.HELPER
    return NewApplication(
        scheme=answers.scheme,
        procedure=Procedure(chosen.get("procedure") or Procedure.ALONE),
        municipality_id=municipality_organisation(chosen["municipality"]).pk,
        applicants=tuple(
            _applicant(person, situation) for person, situation in zip(answers.people, answers.situations, strict=True)
        ),
        filled_in_by=filled_in_by,
        helper_name=who["helper_name"] if is_helped else "",
        helper_relation=who["helper_relation"] if is_helped else "",
        signer_name=signing["signer_name"],
        language=signing["language"],
        contact=signing["contact"],
        living_there_since=place["living_there_since"],
        wanted_from=place["wanted_from"],
        street=place["street"],
        postal_code=place["postal_code"],
        home_kind=HomeKind(host["home_kind"]),
        is_centre_housing=as_claim(host["is_centre_housing"]),
        host=NewHost(
            name=host["host_name"],
            relation=HostRelation(host["host_relation"]),
            is_tenant=as_claim(host["is_tenant"]),
            contact=host["host_contact"],
        ),
    )


def _applicant(person: Mapping[str, Any], situation: Mapping[str, Any]) -> NewApplicant:
    claims = ("lived_in_ukraine", "had_protection", "has_near_family", "has_carer", "needs_adaptation", "has_d_number")
    tie = situation.get("family_tie")
    return NewApplicant(
        name=person["name"],
        duf=person["duf"],
        birth_date=person["birth_date"],
        citizenship=person["citizenship"],
        family_tie=FamilyTie(tie) if tie else None,
        adaptation=situation.get("adaptation", ""),
        **{name: as_claim(situation.get(name, "")) for name in claims},
    )


def _keep_documents(
    answers: Answers, application: Application, link: str, *, by: Viewer, at: datetime, day: date
) -> None:
    """The files, no longer sealed: UDI's and the municipality's that the applicants named, until it is known whose."""
    if not answers.begun.documents:
        return
    contents = contents_of(answers.begun)
    # The door sees nobody; whoever puts a file away must see it for as long as that takes.
    mailroom = Viewer(
        None,
        by.organisation_id,
        by.organisation_kind,
        opens={Compartment.HOUSING: frozenset({NeedReason.PROTECTION_CASE})},
    )
    for told in answers.begun.documents:
        with scope(mailroom, day):
            file = store(
                None,
                told["name"],
                contents[told["id"]],
                told["kind"],
                compartment=Compartment.HOUSING,
                by=mailroom,
                at=at,
                seen_by=(by.organisation_id, application.municipality_id),
            )
        with opened_by(link):
            ApplicationDocument.objects.create(application=application, file=file, kind=told["kind"])
