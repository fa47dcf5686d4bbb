"""UDI decides on an application: yes with the stays that follow, no on a ground; or the grant is taken back."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from fotfeste.accommodation.public import Stay, stays_of
from fotfeste.alternative.actions.application import (
    advance,
    ask_to_decide,
    known_to_municipality,
    lock_application,
    nothing_left_to_do,
)
from fotfeste.alternative.actions.asking import matched
from fotfeste.alternative.actions.living import lasts_into, never_lived, start_living
from fotfeste.alternative.domain.deciding import by_ground, check_grant, check_ground, grounds_that_fit
from fotfeste.alternative.domain.schemes import first_day
from fotfeste.alternative.domain.states import APPLICATION
from fotfeste.alternative.domain.tasks import DECIDE, MOVE_IN, PRELIMINARY
from fotfeste.alternative.domain.types import Party, PartyAnswer, Procedure, RefusalGround, Scheme, WithdrawalCause
from fotfeste.alternative.letters import applicants, write_grant_letter, write_granted, write_refused
from fotfeste.alternative.models import Application
from fotfeste.alternative.queries.applications import people_of
from fotfeste.alternative.queries.facts import as_stored, decisions_of
from fotfeste.alternative.rules import book
from fotfeste.directory.public import OrganisationKind
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import Mistake, check_mistake, members_of
from fotfeste.worklist.public import close_tasks, open_task


@act
def grant(
    application_id: int,
    *,
    starts_on: date | None = None,
    person_ids: Collection[int] | None = None,
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> Application:
    """Grant the application to all in it who are known, or to some: why is kept, as it is on the day. Who is left out
    gets a no of their own, on the first ground that their conditions give.

    They have the place from `starts_on`, or since they live there, also before the decision where the rule allows it
    (ALT-14), never before the scheme, and nobody before they were registered. Who has not moved in yet does so by
    `register_move_in`. Raises Refused: `not_matched`, those of `check_grant`, those of the stay; IllegalStep, Stale,
    NotFound.
    """
    require(by, "alternative.decide")
    application = lock_application(application_id, version=version)
    APPLICATION.step(application.state, "grant")
    matched(application)
    today = legal_day(at)
    chosen, known = _chosen(application, person_ids), _chosen(application, None)
    everyone = decisions_of(application, people_of(application), today)
    decisions = {row: each for row, each in everyone.items() if row in chosen}
    left_out = {row: each for row, each in everyone.items() if row in known and row not in chosen}
    check_grant(decisions.values(), Procedure(application.procedure), answers_of(application), _answer(application))
    persons = sorted(chosen.values())
    starts = _starts(application, starts_on, persons, today)
    application.starts_on = min(starts)
    application.decision = as_stored(decisions, today) | {"left_out": as_stored(left_out, today)["persons"]}
    application.decided_on, application.decided_by_id = today, by.user_id
    advance(application, "grant", by=by, at=at)
    _let_live_there(application, starts, by=by, at=at)
    for on, who in starts.items():
        write_granted(application, who, on, by=by, at=at)
        write_grant_letter(application, who, on, by=by, at=at)
    for ground, rows in by_ground(left_out).items():
        write_refused(application, ground, [known[row] for row in rows], by=by, at=at)
    _answered(application, by=by, at=at)
    return application


@act
def register_move_in(
    application_id: int, on: date, *, by: Viewer, at: datetime, version: int | None = None
) -> Application:
    """Those who were granted a place have moved in: by the municipality or UDI. The stay begins on the day.

    Raises Refused `not_granted`, `moved_in_already`, `moved_in_before_scheme` (field `on`: the scheme's rules give them
    the place from another day), `not_their_answer`, those of the stay; Stale, NotFound.
    """
    application = lock_application(application_id, version=version)
    is_municipality = by.organisation_kind == OrganisationKind.MUNICIPALITY
    require(by, "alternative.follow_up" if is_municipality else "alternative.decide")
    group_id = matched(application)
    if is_municipality and application.municipality_id != by.organisation_id:
        raise Refused("not_their_answer")
    if application.state != "granted":
        raise Refused("not_granted")
    persons = _check_not_moved_in(application)
    assert application.decided_on is not None
    scheme = Scheme(application.scheme)
    first_on = first_day(scheme, on, application.received_on, application.decided_on, book())
    if on != first_on:
        raise Refused("moved_in_before_scheme", "on", {"day": first_on})
    start_living(application, persons, on, by=by, at=at)
    application.starts_on = on
    application.save(update_fields=["starts_on"])
    close_tasks([MOVE_IN], subject_id=group_id, by=by, at=at)
    nothing_left_to_do(application, by=by, at=at, outcome="done")
    return application


@act
def refuse(
    application_id: int, ground: RefusalGround, *, by: Viewer, at: datetime, version: int | None = None
) -> Application:
    """Refuse the application on a ground that fits it as it stands; it cannot be appealed, and the letter says so.

    One of nobody known can be refused too; nobody is written to then. Raises Refused `ground_does_not_fit`;
    IllegalStep, Stale, NotFound.
    """
    require(by, "alternative.decide")
    application = lock_application(application_id, version=version)
    today = legal_day(at)
    APPLICATION.step(application.state, "refuse")
    decisions = decisions_of(application, people_of(application), today)
    check_ground(ground, fitting_grounds(application, today))
    application.ground, application.decision = ground, as_stored(decisions, today)
    application.decided_on, application.decided_by_id = today, by.user_id
    application.starts_on = None
    advance(application, "refuse", by=by, at=at)
    write_refused(application, ground, applicants(application), by=by, at=at)
    nothing_left_to_do(application, by=by, at=at, outcome="done")
    return application


@act
def withdraw_application(
    application_id: int, cause: WithdrawalCause, *, by: Viewer, at: datetime, version: int | None = None
) -> Application:
    """The applicants take the application back, or the grant before they have moved in; staff write it down.

    Raises Refused `moved_in_already`; IllegalStep, Stale, NotFound.
    """
    require(by, "alternative.apply_for")
    application = lock_application(application_id, version=version)
    application.withdrawal_cause = cause
    if application.state == "granted":
        _check_not_moved_in(application)
        advance(application, "withdraw_grant", by=by, at=at)
        close_tasks([MOVE_IN], subject_id=matched(application), by=by, at=at, outcome="void")
    else:
        advance(application, "withdraw", by=by, at=at)
    nothing_left_to_do(application, by=by, at=at, outcome="void")
    return application


@act
def annul_grant(
    application_id: int,
    *,
    reason: Mistake | str,
    text: str = "",
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> Application:
    """Take back a grant that should not have been given, also after money was paid: its stays never were.

    What was decided is kept, with why it is no more; the application is to be decided anew. Raises Refused
    `mistake_missing`, `mistake_needs_words`; IllegalStep, Stale, NotFound.
    """
    require(by, "alternative.decide")
    check_mistake(reason, text)
    application = lock_application(application_id, version=version)
    group_id, persons, was_on = matched(application), granted_persons(application), application.starts_on
    application.annulled_decision = {
        **application.decision,
        "annulled_on": legal_day(at).isoformat(),
        "reason": str(reason),
        "starts_on": was_on.isoformat() if was_on else None,
    }
    application.decision, application.decided_on, application.decided_by_id = {}, None, None
    application.starts_on = None
    advance(application, "annul_grant", by=by, at=at)
    close_tasks([MOVE_IN], subject_id=group_id, by=by, at=at, outcome="void")
    # The municipality has no part in them until it is asked again, or they are granted a place again.
    nothing_left_to_do(application, by=by, at=at, outcome="void")
    never_lived(application, persons, was_on, reason=reason, text=text, by=by, at=at)
    ask_to_decide(application, at=at)
    return application


def _let_live_there(application: Application, starts: Mapping[date, list[int]], *, by: Viewer, at: datetime) -> None:
    """They live there with support; or whose first day is to come moves in then, which is the municipality's to say."""
    if min(starts) <= legal_day(at):
        for on, who in starts.items():
            start_living(application, who, on, by=by, at=at)
        return
    known_to_municipality(application, at=at)
    open_task(
        MOVE_IN,
        subject_id=matched(application),
        organisation_id=application.municipality_id,
        cause="alternative.grant",
        basis_on=legal_day(at),
        due_on=min(starts),
        object_id=application.pk,
        at=at,
    )


def answers_of(application: Application) -> dict[Party, PartyAnswer | None]:
    """What each party whose word is waited for has said."""
    rows = application.confirmations.values_list("party", "answer")
    return {Party(party): PartyAnswer(answer) if answer else None for party, answer in rows}


def fitting_grounds(application: Application, on: date) -> frozenset[RefusalGround]:
    """The grounds on which an application can be refused as it stands."""
    decisions = decisions_of(application, people_of(application), on)
    return grounds_that_fit(decisions.values(), answers_of(application), _answer(application))


def granted_persons(application: Application) -> list[int]:
    """Those whom the application was granted to; empty where it was not."""
    rows = [each["row"] for each in application.decision.get("persons", [])]
    found = application.persons.filter(pk__in=rows, subject__isnull=False)
    return sorted(found.values_list("subject_id", flat=True))


def _check_not_moved_in(application: Application) -> list[int]:
    """Who was granted a place, none of whom lives there, or did by this grant. Raises Refused `moved_in_already`."""
    persons = granted_persons(application)
    if any(_lives_there(stay, application) for stay in stays_of(persons)):
        raise Refused("moved_in_already")
    return persons


def _lives_there(stay: Stay, application: Application) -> bool:
    is_there = stay.municipality_id == application.municipality_id and stay.kind == application.scheme
    return is_there and lasts_into(stay.period, application.starts_on)


def _answer(application: Application) -> PartyAnswer | None:
    return PartyAnswer(application.answer) if application.answer else None


def _chosen(application: Application, person_ids: Collection[int] | None) -> Mapping[int, int]:
    """Who is granted a place: the person for each row; those who are known, or those of them who are chosen."""
    rows = application.persons.filter(subject__isnull=False).order_by("position")
    known = {row.pk: row.subject_id for row in rows if row.subject_id is not None}
    if person_ids is None:
        return known
    if set(person_ids) - set(known.values()):
        raise Refused("nobody_to_grant", "persons")
    return {row: person for row, person in known.items() if person in set(person_ids)}


def _starts(
    application: Application, starts_on: date | None, persons: Collection[int], today: date
) -> Mapping[date, list[int]]:
    """From which days who has the place, the earliest first: by the scheme's rule, and when each was registered."""
    wanted = starts_on or application.living_there_since or application.wanted_from or today
    start = first_day(Scheme(application.scheme), wanted, application.received_on, today, book())
    assert application.subject_id is not None
    chosen = set(persons)
    registered = {each.subject_id: each.registered_on for each in members_of(application.subject_id, today)}
    found: dict[date, list[int]] = {}
    for person in sorted(chosen, key=lambda each: (max(start, registered.get(each, start)), each)):
        found.setdefault(max(start, registered.get(person, start)), []).append(person)
    return found


def _answered(application: Application, *, by: Viewer, at: datetime) -> None:
    """The tasks are done; the municipality knows of them as of those who live there, or who are to."""
    if application.starts_on is not None and application.starts_on <= legal_day(at):
        nothing_left_to_do(application, by=by, at=at, outcome="done")
        return
    assert application.subject_id is not None
    close_tasks([DECIDE, PRELIMINARY], subject_id=application.subject_id, by=by, at=at)
