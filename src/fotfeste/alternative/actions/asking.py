"""UDI asks the municipality (akseptbrev), it answers; and who waits longer than a month is told so."""

from datetime import datetime

from fotfeste.alternative.actions.application import advance, known_to_municipality, lock_application, tell
from fotfeste.alternative.domain.schemes import municipality_due
from fotfeste.alternative.domain.states import APPLICATION, LIVING
from fotfeste.alternative.domain.tasks import ANSWER, PRELIMINARY
from fotfeste.alternative.domain.types import PartyAnswer, Procedure
from fotfeste.alternative.letters import write_preliminary, write_request
from fotfeste.alternative.models import Application
from fotfeste.alternative.queries.applications import people_of
from fotfeste.alternative.queries.facts import decisions_of
from fotfeste.alternative.rules import book
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.viewer import Viewer
from fotfeste.worklist.public import close_tasks, open_task


@act
def send_acceptance_request(
    application_id: int, *, by: Viewer, at: datetime, version: int | None = None
) -> Application:
    """Ask the municipality whether it takes them on itself (procedure A), when UDI has looked at the conditions: those
    of them who meet all, or of whom something is not known yet.

    Raises Refused: `not_matched`, `request_not_in_procedure`, `municipality_has_answered`, `nobody_meets_conditions`;
    IllegalStep, Stale, NotFound.
    """
    require(by, "alternative.decide")
    application = lock_application(application_id, version=version)
    group_id, today = matched(application), legal_day(at)
    APPLICATION.step(application.state, "ask_municipality")
    if application.procedure != Procedure.ALONE:
        raise Refused("request_not_in_procedure")
    if application.answer:
        raise Refused("municipality_has_answered")
    people = people_of(application)
    decisions = decisions_of(application, people, today)
    meant = [each.subject_id for each in people if each.subject_id and not decisions[each.pk].is_no]
    if not meant:
        raise Refused("nobody_meets_conditions")
    application.asked_on = today
    advance(application, "ask_municipality", by=by, at=at)
    known_to_municipality(application, at=at)
    due = municipality_due(today, book())
    open_task(
        ANSWER,
        subject_id=group_id,
        organisation_id=application.municipality_id,
        cause="alternative.ask_municipality",
        basis_on=today,
        due_on=due.on,
        due_rule=due.rule.code,
        object_id=application.pk,
        at=at,
    )
    write_request(application, meant, by=by, at=at)
    return application


@act
def answer_acceptance(
    application_id: int, *, accepts: bool, text: str = "", by: Viewer, at: datetime, version: int | None = None
) -> Application:
    """The municipality answers UDI's request: yes, or no with why. After the deadline too, until UDI has decided.

    Raises Refused `not_their_answer`, `no_needs_reason`; IllegalStep, Stale, NotFound.
    """
    require(by, "alternative.answer")
    application = lock_application(application_id, version=version)
    group_id = matched(application)
    if application.municipality_id != by.organisation_id:
        raise Refused("not_their_answer")
    if not accepts and not text.strip():
        raise Refused("no_needs_reason", "text")
    application.answer = PartyAnswer.YES if accepts else PartyAnswer.NO
    application.answered_on, application.answer_text = legal_day(at), text.strip()
    advance(application, "answer_municipality", by=by, at=at)
    close_tasks([ANSWER], subject_id=group_id, by=by, at=at, organisation_id=by.organisation_id)
    return application


@act
def send_preliminary_answer(
    application_id: int, *, by: Viewer, at: datetime, version: int | None = None
) -> Application:
    """Tell the applicants that it takes longer than a month, and what is waited for (ALT-09).

    Raises Refused `not_matched`, `application_is_answered`, `preliminary_is_sent`; Stale, NotFound.
    """
    require(by, "alternative.decide")
    application = lock_application(application_id, version=version)
    group_id = matched(application)
    if application.state not in LIVING:
        raise Refused("application_is_answered")
    if application.preliminary_on is not None:
        raise Refused("preliminary_is_sent", params={"day": application.preliminary_on})
    application.preliminary_on = legal_day(at)
    application.save(update_fields=["preliminary_on"])
    close_tasks([PRELIMINARY], subject_id=group_id, by=by, at=at)
    write_preliminary(application, by=by, at=at)
    tell(application, "alternative.preliminary_answer_sent", by=by, at=at)
    return application


def matched(application: Application) -> int:
    """The household of an application. Raises Refused `not_matched`."""
    if application.subject_id is None:
        raise Refused("not_matched")
    group_id: int = application.subject_id
    return group_id
