"""One application as its page shows it: facts in words, conditions with why, parties, time used, what can be done."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.alternative.domain.eligibility import condition_of
from fotfeste.alternative.domain.handling import days_by_handler, steps_of
from fotfeste.alternative.domain.schemes import standing
from fotfeste.alternative.domain.states import LIVING
from fotfeste.alternative.domain.types import (
    ConfirmationWay,
    FilledInBy,
    HomeKind,
    HostRelation,
    Party,
    PartyAnswer,
    Procedure,
    RefusalGround,
    Scheme,
    WithdrawalCause,
)
from fotfeste.alternative.models import Application, ApplicationPerson, Confirmation
from fotfeste.alternative.queries.applications import due_of, has_moved_in
from fotfeste.alternative.queries.conditions import local_conditions
from fotfeste.alternative.queries.facts import decisions_of
from fotfeste.alternative.rules import book
from fotfeste.alternative.sentences import REASONS
from fotfeste.alternative.words_applications import (
    CONDITIONS,
    FILLED_IN_BY,
    GROUNDS,
    HANDLERS,
    PARTIES,
    PROCEDURES,
    SCHEME_NAMES,
    SCHEMES,
    STATE_COLOURS,
    STATES,
    WAYS,
    WITHDRAWALS,
)
from fotfeste.alternative.words_doors import DOCUMENT_KINDS, HOME_KINDS, HOST_RELATIONS
from fotfeste.alternative.words_local import CONDITION_KINDS
from fotfeste.alternative.words_pages import AFTERWARDS, MOVES, OUTCOMES, STATUSES_OF_RULES
from fotfeste.kernel.decisions import Decision, Reason, RuleRef
from fotfeste.platform.panels import PossibleAct
from fotfeste.platform.sentences import filled
from fotfeste.platform.viewer import Viewer


def application_rows(
    application: Application,
    people: Sequence[ApplicationPerson],
    parties: Sequence[Confirmation],
    viewer: Viewer,
    day: date,
) -> dict[str, Any]:
    """What the page of an application shows. Raises NoRule."""
    due_on = due_of(application)
    decisions = decisions_of(application, people, day) if application.state in LIVING else {}
    return {
        "application": application,
        "scheme": SCHEMES[Scheme(application.scheme)],
        "procedure": PROCEDURES[Procedure(application.procedure)],
        "state": STATES[application.state],
        "tone": STATE_COLOURS[application.state],
        "move": MOVES[application.state],
        "afterwards": AFTERWARDS[application.state],
        "due_on": due_on,
        "is_late": due_on is not None and due_on < day,
        "filled_in_by": FILLED_IN_BY[FilledInBy(application.filled_in_by)],
        "home": HOME_KINDS[HomeKind(kind)] if (kind := application.home_kind) else "",
        "relation": HOST_RELATIONS[HostRelation(tie)] if (tie := application.host_relation) else "",
        "ground": GROUNDS[RefusalGround(ground)] if (ground := application.ground) else "",
        "withdrawal": WITHDRAWALS[WithdrawalCause(cause)] if (cause := application.withdrawal_cause) else "",
        "people": [{"row": each, "tables": condition_rows(decisions.get(each.pk))} for each in people],
        "conditions": conditions_in_words(application.municipality_id, day),
        "parties": [_party(each, application, viewer, day) for each in parties],
        "documents": [
            {"row": each, "words": DOCUMENT_KINDS[each.kind]}
            for each in application.documents.select_related("file").defer("file__content").order_by("pk")
        ],
        "handling": _handling(application, day),
    }


def conditions_in_words(municipality_id: int, day: date) -> list[tuple[str, str]]:
    """What the municipality itself asks for, each with its own words beside ours. One query."""
    return [(str(CONDITION_KINDS[row.kind]), row.words) for row in local_conditions(municipality_id, day)]


def condition_rows(decision: Decision | None) -> list[dict[str, Any]]:
    """Each condition of a decision: met, not met or unknown, why, and where the rule stands."""
    if decision is None:
        return []
    return [
        {
            "condition": CONDITIONS[condition_of(part)],
            "outcome": OUTCOMES[part.outcome][0],
            "tone": OUTCOMES[part.outcome][1],
            "why": " ".join(reason_in_words(reason) for reason in part.reasons),
            "rule": rule_in_words(part.rule),
        }
        for part in decision.parts
    ]


def reason_in_words(reason: Reason) -> str:
    """A rule's reason in the reader's language. Raises KeyError for one without words."""
    return filled(str(REASONS[reason.code]), reason.fields)


def rule_in_words(rule: RuleRef) -> dict[str, Any]:
    """Which rule answered, its version, where it is written, and how sure we are."""
    return {"code": rule.code, "version": rule.version, "source": rule.source, "status": STATUSES_OF_RULES[rule.status]}


def _party(row: Confirmation, application: Application, viewer: Viewer, day: date) -> dict[str, Any]:
    is_open = not row.answer and application.state == "waiting_for_parties"
    party = Party(row.party)
    return {
        "row": row,
        "who": PARTIES[party],
        "way": WAYS[ConfirmationWay(row.way)] if row.way else "",
        "is_expired": not row.answer and row.expires_on <= day,
        "renew_url": _url("application_link", application, party)
        if is_open and viewer.may("alternative.apply_for")
        else "",
        "answer_url": _url("application_party", application, party) if is_open and _may_answer(viewer, party) else "",
    }


def _may_answer(viewer: Viewer, party: Party) -> bool:
    needed = "alternative.answer" if party is Party.MUNICIPALITY else "alternative.apply_for"
    return viewer.may(needed)


def _handling(application: Application, day: date) -> list[dict[str, Any]]:
    until = application.decided_on or application.withdrawn_on
    steps = steps_of(
        application.received_on, application.submitted_on, application.asked_on, application.answered_on, until
    )
    return [
        {"who": HANDLERS[step.handler], "start": step.start, "end": step.end, "days": step.days(day)} for step in steps
    ] + [
        {"who": HANDLERS[handler], "total": True, "days": days}
        for handler, days in days_by_handler(steps, day).items()
        if sum(step.handler is handler for step in steps) > 1
    ]


def acts_on(application: Application, parties: Sequence[Confirmation], viewer: Viewer) -> list[PossibleAct]:
    """What the viewer can do with the application now."""
    state, decides = application.state, viewer.may("alternative.decide")
    is_known, is_living = application.subject_id is not None, application.state in LIVING
    waits = state == "granted" and not has_moved_in(application)
    no = any(each.answer == PartyAnswer.NO for each in parties)
    asks = application.procedure == Procedure.ALONE and not application.answer
    possible = (
        (_("Finn ut hvem det gjelder"), "application_match", decides and is_living and not is_known, True),
        (_("Spør kommunen"), "application_ask", decides and state == "submitted" and is_known and asks, True),
        (
            _("Svar UDI"),
            "application_answer",
            state == "at_municipality"
            and viewer.may("alternative.answer")
            and viewer.organisation_id == application.municipality_id,
            True,
        ),
        (
            _("Innvilg"),
            "application_grant",
            decides and state == "submitted" and is_known and not asks and not no,
            True,
        ),
        (_("Avslå"), "application_refuse", decides and is_living, False),
        (
            _("Send foreløpig svar"),
            "application_preliminary",
            decides and is_living and is_known and application.preliminary_on is None,
            False,
        ),
        (
            _("Registrer innflytting"),
            "application_moved_in",
            waits and (decides or viewer.may("alternative.follow_up")),
            False,
        ),
        (_("Registrer at søknaden trekkes"), "application_withdraw", is_living or waits, False),
        (_("Ta tilbake innvilgelsen"), "application_annul", decides and state == "granted", False),
    )
    return [
        PossibleAct(label, _url(name, application), is_primary=is_primary)
        for label, name, is_possible, is_primary in possible
        if is_possible
    ]


def _url(name: str, application: Application, *more: str) -> str:
    return reverse(name, args=[application.reference, *more])


def scheme_rows(day: date) -> list[dict[str, Any]]:
    """How each scheme stands on a day, and by which rules: the installation's own beside those that are shipped."""
    return [
        {
            "name": SCHEME_NAMES[each.scheme],
            "state": _("åpen for søknader") if each.is_open else _("tar ikke imot søknader"),
            "tone": "success" if each.is_open else "neutral",
            "since": each.since,
            "procedures": [PROCEDURES[procedure] for procedure in each.procedures],
            "rules": [rule_in_words(rule) for rule in each.rules],
        }
        for each in standing(day, book())
    ]
