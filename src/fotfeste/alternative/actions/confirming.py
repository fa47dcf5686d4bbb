"""Each party of an application says yes or no: by its own link, in its own time, or to staff who write it down."""

from datetime import datetime

from django.db import connection

from fotfeste.alternative.actions.application import (
    advance,
    lock_application,
    nothing_left_to_do,
    raise_version,
    tell,
)
from fotfeste.alternative.actions.applying import submit_if_answered
from fotfeste.alternative.domain.schemes import link_expires_on
from fotfeste.alternative.domain.types import ConfirmationWay, Party, PartyAnswer, WithdrawalCause
from fotfeste.alternative.links import opened_by
from fotfeste.alternative.models import Application, Confirmation
from fotfeste.alternative.rules import book
from fotfeste.directory.public import OrganisationKind
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import NotFound, Refused
from fotfeste.kernel.names import readable
from fotfeste.platform.acts import act, require
from fotfeste.platform.secret_links import digest_of, is_secret, new_secret
from fotfeste.platform.viewer import Viewer

BY_STAFF = (ConfirmationWay.PAPER, ConfirmationWay.IN_PERSON, ConfirmationWay.PHONE)


@act
def confirm(
    secret: str, *, answer: PartyAnswer, signer_name: str, reason: str = "", by: Viewer, at: datetime
) -> Confirmation:
    """A party answers by its own link. No party waits for another; the last answer submits the application.

    An applicant who says no takes it back: it was not theirs. A municipality answers by its own staff alone: whoever
    filled the application in was told every link. Raises Refused: `link_expired`, `link_answered`,
    `application_is_answered`, `signer_missing`, `no_needs_reason`, `not_their_answer`; NotFound for a link that is
    nobody's.
    """
    require(by, "alternative.apply_for")
    if not is_secret(secret):
        raise NotFound("not_found")
    with opened_by(secret):
        row = Confirmation.objects.filter(token_hash=digest_of(secret)).first()
        if row is None:
            raise NotFound("not_found")
        application = raise_version(row.application_id, version=None)
        row.refresh_from_db()
        if row.party == Party.MUNICIPALITY:
            require(by, "alternative.answer")
            if by.organisation_id != application.municipality_id:
                raise Refused("not_their_answer")
        if legal_day(at) >= row.expires_on:
            raise Refused("link_expired")
        return _answer(application, row, answer, ConfirmationWay.LINK, signer_name, reason, by=by, at=at)


@act
def withdraw_by_link(secret: str, cause: WithdrawalCause, *, by: Viewer, at: datetime) -> Application:
    """Whoever has the applicants' own link takes the application back. Raises IllegalStep; NotFound."""
    require(by, "alternative.apply_for")
    if not is_secret(secret):
        raise NotFound("not_found")
    with opened_by(secret):
        row = Application.objects.filter(link_hash=digest_of(secret)).first()
        if row is None:
            raise NotFound("not_found")
        application = raise_version(row.pk, version=None)
        application.withdrawal_cause = cause
        advance(application, "withdraw", by=by, at=at)
        close_withdrawn(application, by=by, at=at)
    return application


@act
def confirm_for(
    application_id: int,
    party: Party,
    *,
    answer: PartyAnswer,
    way: ConfirmationWay,
    signer_name: str = "",
    reason: str = "",
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> Confirmation:
    """Staff write down what a party said, on paper or otherwise; a municipality's own staff answer as themselves.

    Raises Refused: `not_their_answer`, `way_missing`, and those of `confirm`; Stale, NotFound.
    """
    own = party is Party.MUNICIPALITY
    require(by, "alternative.answer" if own else "alternative.apply_for")
    application = lock_application(application_id, version=version)
    is_municipality = by.organisation_kind == OrganisationKind.MUNICIPALITY
    if (own and by.organisation_id != application.municipality_id) or by.user_id is None:
        raise Refused("not_their_answer", "party")
    if is_municipality and by.organisation_id != application.municipality_id:
        raise Refused("not_their_answer", "party")
    if own:
        way, signer_name = ConfirmationWay.LOGIN, signer_name or by.name
    elif way not in BY_STAFF:
        raise Refused("way_missing", "way")
    row = application.confirmations.filter(party=party).first()
    if row is None:
        raise NotFound("not_found")
    return _answer(application, row, answer, way, signer_name, reason, by=by, at=at)


@act
def renew_link(application_id: int, party: Party, *, by: Viewer, at: datetime) -> str:
    """A party gets a new link, where the old one is lost or its time is over; the old one opens nothing any more.

    Gives the secret, told once. Raises Refused `link_answered`, `application_is_answered`; NotFound.
    """
    require(by, "alternative.apply_for")
    application = lock_application(application_id, version=None)
    row = application.confirmations.filter(party=party).first()
    if row is None:
        raise NotFound("not_found")
    _check_open(application, row)
    secret, today = new_secret(), legal_day(at)
    row.token_hash, row.sent_on, row.expires_on = digest_of(secret), today, link_expires_on(today, book())
    row.save(update_fields=["token_hash", "sent_on", "expires_on"])
    if party is Party.APPLICANT:
        application.link_hash = row.token_hash
        application.save(update_fields=["link_hash"])
    tell(application, "alternative.link_renewed", by=by, at=at, transition=party)
    return secret


def _check_open(application: Application, row: Confirmation) -> None:
    if row.answer:
        raise Refused("link_answered")
    if application.state != "waiting_for_parties":
        raise Refused("application_is_answered")


def _answer(
    application: Application,
    row: Confirmation,
    answer: PartyAnswer,
    way: ConfirmationWay,
    signer_name: str,
    reason: str,
    *,
    by: Viewer,
    at: datetime,
) -> Confirmation:
    _check_open(application, row)
    if not signer_name.strip():
        raise Refused("signer_missing", "signer_name")
    if answer is PartyAnswer.NO and not reason.strip():
        raise Refused("no_needs_reason", "reason")
    row.answer, row.way, row.signer_name, row.reason = answer, way, readable(signer_name), reason.strip()
    row.answered_at, row.user_id = at, by.user_id
    row.save()
    tell(application, "alternative.confirmed", by=by, at=at, transition=f"{row.party}_{answer}")
    if answer is PartyAnswer.NO and row.party == Party.APPLICANT:
        application.withdrawal_cause = WithdrawalCause.NOT_THEIRS
        advance(application, "withdraw", by=by, at=at)
        close_withdrawn(application, by=by, at=at)
    else:
        submit_if_answered(application, by=by, at=at)
    return row


def close_withdrawn(application: Application, *, by: Viewer, at: datetime) -> None:
    """What follows from a withdrawal: by whoever sees the household, or past the fence for whoever came by a link."""
    if by.user_id is not None:
        nothing_left_to_do(application, by=by, at=at, outcome="void")
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT alternative_close_withdrawn(%s, %s, %s)", [application.pk, legal_day(at), at])
