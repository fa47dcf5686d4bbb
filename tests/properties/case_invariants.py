"""What must hold of the generated cases: states fold from events, interviews are complete, offers and journeys fit."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from fotfeste.demo.domain import case_records as case
from fotfeste.demo.domain import records
from fotfeste.kernel.ages import age_on
from fotfeste.registry.domain.rules import has_permit, permitted_since, status_fits
from fotfeste.registry.domain.types import Status, StatusKind
from fotfeste.settlement.domain.answers import from_json
from fotfeste.settlement.domain.contents import AnswerOutcome, Question
from fotfeste.settlement.domain.interview import (
    GivenAnswer,
    InterviewPerson,
    InterviewState,
    Participation,
    capabilities_needed,
    is_of_age,
)
from fotfeste.settlement.domain.interview_complete import may_finish
from fotfeste.settlement.domain.journey import JourneyPlan, LegPlan, OwnCar, approved_modes, check_journey
from fotfeste.settlement.domain.parameters import book
from fotfeste.settlement.domain.states import CASE
from fotfeste.settlement.domain.types import OwnTalk, TravelMode
from tests.properties.country_invariants import Written
from tests.properties.wanted_invariants import (
    needs_to_know_are_those_of_the_facts,
    open_tasks_are_those_that_are_wanted,
)

LIVING = ("open", "accepted", "fulfilled")
REQUEST_OF_CASE = {
    "interview_due": None,
    "queued": None,
    "requested": "open",
    "municipality_found": "accepted",
    "offered": "accepted",
    "accepted": "accepted",
    "journey_agreed": "accepted",
    "refused": "accepted",
    "settled": "fulfilled",
    "closed": None,
}
OFFER_OF_CASE = {
    "offered": "open",
    "accepted": "accepted",
    "journey_agreed": "accepted",
    "refused": "declined",
    "settled": "accepted",
}


def states_fold_from_events(w: Written) -> Iterator[str]:
    """Replaying the events of a case gives its state; each event starts where the one before ended."""
    for group, _ in w.in_centres():
        row = w.one(case.CaseRecord, group)
        events = [e for e in w.of(records.EventRecord, group) if e.workflow == CASE.name]
        if row is None:
            if events:
                yield f"group {group} has events of a case and no case"
            continue
        steps = [event.transition for event in events if event.transition]
        if events[0].type != "settlement.case_opened" or CASE.fold(steps) != row.state:
            yield f"case {row.id} is {row.state}, its events say {CASE.fold(steps)}"
        states = ["", *(event.to_state for event in events)]
        if [event.from_state for event in events] != states[:-1]:
            yield f"case {row.id}: an event does not start where the one before ended"
        if events[-1].holds_on != row.state_since_on and len(events) > 1:
            yield f"case {row.id} is in its state since another day than its last event"


def statuses_come_in_order(w: Written) -> Iterator[str]:
    """Every status fits those before it; a case is there exactly where somebody has a permit."""
    for group, members in w.in_centres():
        permits = 0
        for person in members:
            before: list[Status] = []
            for row in sorted(w.of(records.StatusRecord, person), key=lambda row: row.recorded_at):
                kind = StatusKind(row.kind)
                if not status_fits(kind, row.holds_on, before, row.recorded_at.date()).is_yes:
                    yield f"{kind} of person {person} does not fit"
                before.append(Status(kind, row.holds_on))
            permits += has_permit(before)
        if bool(permits) != bool(w.of(case.CaseRecord, group)):
            yield f"group {group}: {permits} permits, {len(w.of(case.CaseRecord, group))} cases"


def open_cases_are_of_permitted(w: Written) -> Iterator[str]:
    """An open case has somebody with a permit, and waits since the first permit of its people."""
    for group, members in w.in_centres():
        row = w.one(case.CaseRecord, group)
        if row is None or row.state in CASE.final:
            continue
        days = []
        for person in members:
            held = [Status(StatusKind(each.kind), each.holds_on) for each in w.of(records.StatusRecord, person)]
            if (since := permitted_since(held)) is not None:
                days.append(since)
        if not days:
            yield f"case {row.id} is {row.state}, and nobody has a permit"
        elif row.due_since_on != min(days):
            yield f"case {row.id} waits since {row.due_since_on}, its first permit is of {min(days)}"


def interviews_are_complete(w: Written) -> Iterator[str]:
    """An interview that was held passes the rule that lets it be finished, and the needs are those of its answers."""
    for group, members in w.in_centres():
        interview, row = w.one(case.InterviewRecord, group), w.one(case.CaseRecord, group)
        if (interview is None) != (row is None):
            yield f"group {group} has a case without an interview"
        if interview is None:
            continue
        if (interview.held_on is None) != (row.state == "interview_due" or _closed_before_interview(w, group)):
            yield f"interview of group {group} does not fit the case's state {row.state}"
        if interview.held_on is None:
            if w.of(case.CaseNeedRecord, group):
                yield f"group {group} has needs before its interview"
            continue
        state = _state_of(w, interview, members)
        decision = may_finish(state)
        if not decision.is_yes:
            yield f"interview of group {group}: {[reason.code for reason in decision.reasons]}"
        contents = [answer.content for answer in state.answers.values() if answer.content is not None]
        is_alone = _is_before(interview.held_on, row.unaccompanied_until_on)
        needed = capabilities_needed(contents, is_unaccompanied=is_alone)
        if {need.capability for need in w.of(case.CaseNeedRecord, group)} != needed:
            yield f"needs of group {group} are not those of its answers"
        minors = [p for p in state.persons if not is_of_age(p.age, interview.held_on)]
        if _is_before(interview.held_on, row.minors_until_on) != bool(minors) or row.size != len(members):
            yield f"case of group {group} counts wrong"


def _is_before(day: date, until_on: date | None) -> bool:
    return until_on is not None and day < until_on


def _closed_before_interview(w: Written, group: int) -> bool:
    steps = {event.transition for event in w.of(records.EventRecord, group)}
    return "close_case" in steps and "register_interview" not in steps


def _state_of(w: Written, interview: Any, members: list[int]) -> InterviewState:
    persons, answers, participation, informed = [], {}, {}, {}
    for person in members:
        details = w.one(records.DetailsRecord, person)
        persons.append(
            InterviewPerson(
                person,
                details.given_name,
                age_on(details.birth_date, interview.held_on),
                details.is_unaccompanied_minor,
                details.needs_interpreter,
                tuple(row.language for row in w.of(records.LanguageRecord, person)),
            )
        )
        for row in w.of(case.AnswerRecord, person):
            question, outcome = Question(row.question), AnswerOutcome(row.outcome)
            content = from_json(question, row.content) if outcome is AnswerOutcome.ANSWERED else None
            answers[person, question] = GivenAnswer(outcome, content, row.consequence_explained)
        for row in w.of(case.ParticipantRecord, person):
            participation[person] = Participation(row.took_part, row.was_heard, OwnTalk(row.own_talk))
        for row in w.of(case.InformationRecord, person):
            informed[person] = row.given_on
    return InterviewState(
        tuple(persons),
        interview.held_on,
        interview.invited_on,
        interview.interpreter,
        {note.subject_id: note.text for person in members for note in w.of(case.MappingNoteRecord, person)},
        answers,
        participation,
        informed,
    )


def requests_and_offers_fit_the_case(w: Written) -> Iterator[str]:
    """At most one living request and one offer, as the case's state says; nobody is asked twice."""
    for group, _ in w.in_centres():
        row = w.one(case.CaseRecord, group)
        if row is None:
            continue
        requests, offers = w.of(case.RequestRecord, group), w.of(case.OfferRecord, group)
        living = [request.state for request in requests if request.state in LIVING]
        wanted = REQUEST_OF_CASE[row.state]
        if living != ([wanted] if wanted else []):
            yield f"case {row.id} is {row.state} with requests {living}"
        asked = [request.organisation_id for request in requests]
        if len(asked) != len(set(asked)):
            yield f"case {row.id} asks a municipality twice"
        states = [offer.state for offer in offers]
        if row.state != "closed" and states != ([OFFER_OF_CASE[row.state]] if row.state in OFFER_OF_CASE else []):
            yield f"case {row.id} is {row.state} with offers {states}"
        for request in requests:
            needs = {need.capability for need in w.of(case.CaseNeedRecord, group)}
            if request.state in ("accepted", "fulfilled") and set(request.confirmed) != needs:
                yield f"request {request.id} confirms something else than what is needed"
            if request.state == "declined" and not request.decline_reason:
                yield f"request {request.id} is declined without a reason"
            is_of_need, unmet = request.follows == "not_this_need", set(request.unmet)
            if is_of_need != bool(unmet) or unmet - (needs & _lacked_since(w, request)):
                yield f"request {request.id} lacks {request.unmet}, which is not needed or not declared"


def _lacked_since(w: Written, request: case.RequestRecord) -> set[str]:
    """What the municipality has declared that it has not, from the day of its answer."""
    since = (request.organisation_id, False, request.answered_on)
    said = w.all(case.CapabilityRecord)
    return {row.capability for row in said if (row.organisation_id, row.is_offered, row.period.start) == since}


def journeys_could_be_agreed(w: Written) -> Iterator[str]:
    """Every journey passes the rule of the act that agrees it, and those who pay are those who must."""
    for row in w.all(case.JourneyRecord):
        legs = sorted(
            (leg for leg in w.of(case.LegRecord, row.subject_id) if leg.journey_id == row.id),
            key=lambda leg: leg.number,
        )
        plan = JourneyPlan(
            travels_on=row.travels_on,
            agreed_with=row.agreed_with,
            agreed_on=row.agreed_on,
            hub=row.hub,
            legs=tuple(LegPlan(TravelMode(leg.mode), leg.start, leg.end, leg.price_ore) for leg in legs),
            minutes=row.minutes,
            has_food=row.has_food,
            luggage_pieces=row.luggage_pieces,
            own_car=OwnCar(
                row.persons_in_car, row.ticket_price_ore, row.self_declaration_signed_on, row.green_card_valid_until
            )
            if row.is_own_car
            else None,
            receiver=row.receiver,
        )
        size = len(w.members[row.subject_id])
        approvals = [a for a in w.of(case.ApprovalRecord, row.subject_id) if a.id == row.approval_id]
        paid_by = check_journey(
            plan,
            today=row.agreed_on,
            size=size,
            approved=approved_modes((each.modes, True) for each in approvals),
            book=book(),
        )
        if tuple(leg.payer for leg in legs) != paid_by:
            yield f"journey {row.id} is paid by the wrong ones"


CASES: tuple[Callable[[Written], Iterator[str]], ...] = (
    states_fold_from_events,
    statuses_come_in_order,
    open_cases_are_of_permitted,
    interviews_are_complete,
    requests_and_offers_fit_the_case,
    journeys_could_be_agreed,
    open_tasks_are_those_that_are_wanted,
    needs_to_know_are_those_of_the_facts,
)
