"""What must hold of the tasks and the needs to know of the generated cases: they are exactly those that the facts ask
for.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from fotfeste.demo.domain import case_records as case
from fotfeste.demo.domain import records
from fotfeste.kernel.periods import Period
from tests.properties.country_invariants import Written
from tests.properties.refusal_invariants import tasks_of_refusal

CENTRES_TASK = {
    "interview_due": "hold_interview",
    "offered": "register_offer_answer",
    "accepted": "arrange_journey",
    "journey_agreed": "register_departure",
}
IMDIS_TASK = {"queued": "find_municipality", "municipality_found": "make_offer"}


def open_tasks_are_those_that_are_wanted(w: Written) -> Iterator[str]:
    """A task is open exactly where the facts want one."""
    for group, _ in w.in_centres():
        is_open = {
            (task.kind, task.organisation_id) for task in w.of(records.TaskRecord, group) if task.closed_at is None
        }
        wanted = set(_wanted_tasks(w, group))
        if is_open != wanted:
            yield f"group {group}: open {is_open - wanted}, missing {wanted - is_open}"
    for task in w.all(records.TaskRecord):
        if (task.closed_at is None) != (task.outcome == "") or (task.closed_at or task.opened_at) < task.opened_at:
            yield f"task {task.reference} is closed without an outcome, or before it was opened"


def _is_somebody_away(w: Written, group: int) -> bool:
    absences = [row for person in w.members[group] for row in w.current(records.AbsenceRecord, person)]
    return any(row.period.is_open for row in absences)


def _wanted_tasks(w: Written, group: int) -> Iterator[tuple[str, int]]:
    world, row = w.world, w.one(case.CaseRecord, group)
    stays = [stay for person in w.members[group] for stay in w.current(records.StayRecord, person)]
    now = {stay.centre_id for stay in stays if stay.period.is_open}
    beds = [b for p in w.members[group] for b in w.current(records.BedAssignmentRecord, p) if b.period.is_open]
    if not stays:
        yield "place_group", world.udi.organisation_id
    proposed = {row.other_id for row in w.all(records.DuplicateRecord) if not row.answer}
    if proposed & set(w.members[group]) and (row is None or row.state != "settled"):
        yield "answer_duplicates", world.udi.organisation_id
    if now and not beds:
        yield "assign_beds", next(iter(now))
    yield from (("follow_absence", centre) for centre in now if _is_somebody_away(w, group))
    if row is None:
        return
    if row.state in CENTRES_TASK:
        yield CENTRES_TASK[row.state], next(iter(now))
    yield from ((kind, world.imdi.organisation_id) for kind in _imdis_kinds(w, group, row.state))
    living = [
        r.organisation_id for r in w.of(case.RequestRecord, group) if r.state in ("open", "accepted", "fulfilled")
    ]
    if row.state == "refused" and now:
        yield from tasks_of_refusal(w, group, next(iter(now)))
    if row.state == "requested":
        yield "answer_request", living[0]
        yield "follow_request", world.imdi.organisation_id
    if row.state == "journey_agreed":
        yield "prepare_arrival", living[0]
        yield from [("book_journey", next(iter(now)))] if _is_to_book(w, group) else []
    if row.state == "settled" and w.one(case.JourneyRecord, group).arrived_on is None:
        yield "receive_household", living[0]


def _is_to_book(w: Written, group: int) -> bool:
    """By public transport, and no number of a booking is written down."""
    journey = w.one(case.JourneyRecord, group)
    return not journey.is_own_car and not journey.booking_reference


def _imdis_kinds(w: Written, group: int, state: str) -> Iterator[str]:
    if state in IMDIS_TASK:
        yield IMDIS_TASK[state]
    if _has_unseen_move(w, group):
        yield "see_private_move"


def _has_unseen_move(w: Written, group: int) -> bool:
    """They have left on their own after the interview, and IMDi has not said that it has seen it (ACC-07)."""
    events = sorted(w.of(records.EventRecord, group), key=lambda event: event.recorded_at)
    types = [event.type for event in events]
    moves = [
        place
        for place, event in enumerate(events)
        if event.type == "accommodation.departed"
        and (event.transition == "private_address" or _closes_the_case(event, events[place + 1 :]))
    ]
    return bool(moves) and (
        "settlement.register_interview" in types[: moves[-1]]
        and "settlement.private_move_seen" not in types[moves[-1] :]
    )


def _closes_the_case(departed: records.EventRecord, after: Sequence[records.EventRecord]) -> bool:
    """Whether the case ended with a departure of those who left the country or are gone."""
    return departed.transition in ("left_country", "no_address") and any(
        (event.type, event.recorded_at) == ("settlement.close_case", departed.recorded_at) for event in after
    )


type Known = tuple[int, str, date, date | None, bool]


def needs_to_know_are_those_of_the_facts(w: Written) -> Iterator[str]:
    """Every subject of a household is known to those, for the reasons and days, that the facts give; to no others."""
    for group, members in w.in_centres():
        wanted = sorted(_wanted_needs(w, group))
        for subject in (group, *members):
            found = sorted(
                (n.organisation_id, n.reason, n.period.start, n.period.end, n.ended_at is not None)
                for n in w.of(records.NeedRecord, subject)
            )
            if found != wanted:
                surplus, missing = set(found) - set(wanted), set(wanted) - set(found)
                yield f"subject {subject} of group {group}: surplus {surplus}, missing {missing}"


def _wanted_needs(w: Written, group: int) -> Iterator[Known]:
    world, rules = w.world, w.rules
    person = w.members[group][0]
    registered = w.one(records.PersonRecord, person)
    placed_on = min((stay.period.start for stay in w.of(records.StayRecord, person)), default=None)
    seen_until = rules.registered_here_until(placed_on) if placed_on else None
    yield registered.registered_by_id, "registered_here", registered.registered_on, seen_until, placed_on is not None
    yield world.udi.organisation_id, "protection_case", registered.registered_on, None, False
    for stay in w.current(records.StayRecord, person):
        yield _known(stay.centre_id, "lives_here", stay.period)
        if stay.period.end is not None:
            until = rules.lived_here_until(stay.period.end)
            yield stay.centre_id, "lived_here", stay.period.end, until, True
    row = w.one(case.CaseRecord, group)
    if row is None:
        return
    left_on = max((stay.period.end or date.max) for stay in w.current(records.StayRecord, person))
    is_over = row.state in ("settled", "closed") or (row.state == "refused" and left_on < date.max)
    known_until = rules.imdi_until(left_on) if is_over else None
    yield world.imdi.organisation_id, "settlement_case", row.due_since_on, known_until, is_over
    for request in w.of(case.RequestRecord, group):
        yield from _wanted_of_request(w, group, request, row, left_on if left_on < date.max else None)


def _wanted_of_request(w: Written, group: int, request: Any, row: Any, left_on: date | None) -> Iterator[Known]:
    to, offer = request.organisation_id, w.one(case.OfferRecord, group)
    offered_on = offer.decided_on if offer is not None and offer.request_id == request.id else None
    asked_until = offered_on or (request.answered_on if request.state == "declined" else None)
    if request.state == "withdrawn" and offered_on is None:
        asked_until = _withdrawn_on(w, group, to)
    yield _known(to, "asked_to_settle", Period(request.sent_on, asked_until))
    if offered_on is not None:
        yield _known(to, "offered_here", Period(offered_on, left_on))
    if row.state == "settled" and request.state == "fulfilled":
        yield to, "settled_here", row.state_since_on, None, False


def _withdrawn_on(w: Written, group: int, organisation_id: int) -> date:
    """The day on which a request was taken back, or the case closed over it."""
    events = w.of(records.EventRecord, group)
    for event in events:
        if event.transition == "withdraw_request" and event.other_organisation_id == organisation_id:
            return event.recorded_at.date()  # type: ignore[no-any-return]
    closed: date = next(event.recorded_at.date() for event in events if event.transition == "close_case")
    return closed


def _known(organisation_id: int, reason: str, period: Period) -> Known:
    return organisation_id, reason, period.start, period.end, period.end is not None
