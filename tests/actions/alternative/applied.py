"""Applications of the Kovalenkos to live privately in Levanger, brought to a step by the real acts."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from fotfeste.alternative.public import (
    Application,
    Applied,
    ConfirmationWay,
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
    answer_acceptance,
    apply_for,
    by_link,
    confirm,
    confirm_for,
    door,
    grant,
    match_people,
    send_acceptance_request,
)
from fotfeste.kernel.identifiers import IdentifierKind
from fotfeste.letters.public import Letter
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import Member, members_of, register_group
from fotfeste.worklist.public import Task
from tests.actions.registry.families import kovalenko
from tests.conftest import Cast

DAY = date(2024, 2, 12)
AT = datetime(2024, 2, 12, 10, tzinfo=UTC)
MOVED_IN = date(2024, 2, 5)
REGISTERED = date(2024, 2, 1)


def registered(cast: Cast) -> tuple[int, list[Member]]:
    """The Kovalenkos as the police have registered them."""
    with scope(cast.registrar, DAY):
        new = replace(kovalenko(), registered_on=REGISTERED, applied_on=REGISTERED)
        group = register_group(new, by=cast.registrar, at=AT).subject_id
        return group, members_of(group, DAY)


def typed(member: Member, **changes: Any) -> NewApplicant:
    """Somebody as an application has them: with what is asked."""
    plain = NewApplicant(
        name=member.name,
        duf=member.identifiers[IdentifierKind.DUF],
        birth_date=member.birth_date,
        citizenship=member.citizenship,
        has_d_number=True,
        lived_in_ukraine=True,
        family_tie=FamilyTie.NONE,
        needs_adaptation=False,
        has_near_family=True,
    )
    return replace(plain, **changes)


def application(cast: Cast, members: list[Member], **changes: Any) -> NewApplication:
    """What the Kovalenkos fill in, in procedure A."""
    plain = NewApplication(
        scheme=Scheme.MAMOT,
        procedure=Procedure.ALONE,
        municipality_id=cast.municipality.organisation_id,
        applicants=tuple(typed(member) for member in members),
        filled_in_by=FilledInBy.APPLICANT,
        signer_name="Olena Kovalenko",
        living_there_since=MOVED_IN,
        street="Kirkegata 1",
        postal_code="7600",
        home_kind=HomeKind.PRIVATE,
        is_centre_housing=False,
        host=NewHost(name="Kari Vert", relation=HostRelation.FRIEND, is_tenant=True, contact="900 00 000"),
    )
    return replace(plain, **changes)


def applied(new: NewApplication) -> Applied:
    """The application as it comes in without a login."""
    with by_link("0" * 32, DAY) as door:
        return apply_for(new, by=door, at=AT)


def submitted(cast: Cast, **changes: Any) -> tuple[Application, int]:
    """An application of the Kovalenkos that everybody has answered and that UDI has matched."""
    group, members = registered(cast)
    made = applied(application(cast, members, **changes))
    for party, secret in made.links.items():
        if party is not Party.APPLICANT:
            say(secret, PartyAnswer.YES, by=cast.municipality if party is Party.MUNICIPALITY else None)
    with scope(cast.udi, DAY):
        match_people(made.application.pk, by=cast.udi, at=AT)
    return fresh(cast, made.application), group


def say(secret: str, answer: PartyAnswer, reason: str = "", *, by: Viewer | None = None) -> None:
    """A party answers by its link: without a login, or as somebody who is logged in."""
    with by_link(secret, DAY) if by is None else scope(by, DAY):
        confirm(secret, answer=answer, signer_name="Kari Vert", reason=reason, by=by or door(), at=AT)


def asked(cast: Cast, **changes: Any) -> tuple[Application, int]:
    """UDI has asked the municipality."""
    made, group = submitted(cast, **changes)
    with scope(cast.udi, DAY):
        send_acceptance_request(made.pk, by=cast.udi, at=AT)
    return made, group


def answered(cast: Cast, *, accepts: bool = True) -> tuple[Application, int]:
    """The municipality has answered UDI."""
    made, group = asked(cast)
    with scope(cast.municipality, DAY):
        answer_acceptance(
            made.pk, accepts=accepts, text="" if accepts else "Vi har ikke plass", by=cast.municipality, at=AT
        )
    return fresh(cast, made), group


def granted(cast: Cast) -> tuple[Application, int]:
    """UDI has said yes: they have a place since they moved in."""
    made, group = answered(cast)
    with scope(cast.udi, DAY):
        grant(made.pk, by=cast.udi, at=AT)
    return fresh(cast, made), group


def fresh(cast: Cast, of: Application) -> Application:
    """The application as it is now, as UDI reads it."""
    with scope(cast.udi, DAY):
        found: Application = Application.objects.get(pk=of.pk)
        return found


def by_staff(cast: Cast, of: Application, party: Party, answer: PartyAnswer = PartyAnswer.YES) -> None:
    """UDI writes down what a party said on the telephone."""
    with scope(cast.udi, DAY):
        confirm_for(
            of.pk,
            party,
            answer=answer,
            way=ConfirmationWay.PHONE,
            signer_name="Kari Vert",
            reason="" if answer is PartyAnswer.YES else "Har ikke plass likevel",
            by=cast.udi,
            at=AT,
        )


def submitted_but_for_host(cast: Cast) -> tuple[Application, int]:
    """In the fast track, matched; the municipality has said yes, the host nothing."""
    group, members = registered(cast)
    made = applied(application(cast, members, procedure=Procedure.FAST))
    say(made.links[Party.MUNICIPALITY], PartyAnswer.YES, by=cast.municipality)
    with scope(cast.udi, DAY):
        match_people(made.application.pk, by=cast.udi, at=AT)
    return fresh(cast, made.application), group


def open_kinds(cast: Cast, group: int) -> set[str]:
    """The kinds of tasks that are open about a household, as UDI sees them."""
    with scope(cast.udi, DAY):
        tasks = Task.objects.filter(subject_id=group, closed_at=None)
        return set(tasks.values_list("kind", flat=True))


def letters(cast: Cast, group: int) -> list[str]:
    """The kinds of letters about a household, as UDI sees them."""
    with scope(cast.udi, DAY):
        return list(Letter.objects.filter(subject_id=group).order_by("pk").values_list("kind", flat=True))
