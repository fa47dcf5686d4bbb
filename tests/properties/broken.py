"""The invariants of the whole country, each a search for what breaks it: empty answers everywhere are right."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from fotfeste.kernel.errors import Refused
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.settlement.domain.states import CASE
from fotfeste.settlement.models import Answer
from tests.properties.expected import Offices, expected_tasks, permitted_needs, required_needs
from tests.properties.seen import Case, Household, Seen
from tests.properties.whole import asked, rows

# Lists of households are filtered by columns of the group: each must say what the facts of its members say.
LISTED_WRONGLY = """
    SELECT g.subject_id FROM registry_placementgroup g
    CROSS JOIN LATERAL (
        SELECT count(*) AS members, max(d.birth_date) AS youngest, count(*) FILTER (WHERE d.is_unaccompanied_minor) > 0
                   AS has_unaccompanied,
               count(*) FILTER (WHERE 'settled' = ANY (k.held)) > 0 AS is_settled,
               count(*) FILTER (WHERE k.held && ARRAY[
                   'temporary_collective_protection', 'residence_permit', 'limited_permit']) > 0 AS has_permit
        FROM registry_groupmembership m
        JOIN registry_persondetails d ON d.subject_id = m.subject_id AND d.annulled_at IS NULL
        CROSS JOIN LATERAL (
            SELECT coalesce(array_agg(s.kind::text), ARRAY[]::text[]) AS held FROM registry_statusevent s
            WHERE s.subject_id = m.subject_id AND s.annulled_at IS NULL AND s.holds_on <= %(day)s::date
        ) k
        WHERE m.group_id = g.subject_id AND m.annulled_at IS NULL AND m.period @> %(day)s::date
    ) f
    WHERE (g.emptied_on IS NULL) <> (f.members > 0)
       OR g.youngest_born_on IS DISTINCT FROM f.youngest
       OR g.has_unaccompanied_minor <> f.has_unaccompanied
       OR g.stage <>
          CASE WHEN f.is_settled THEN 'settled' WHEN f.has_permit THEN 'with_permit' ELSE 'without_permit' END
"""

# What each finds must not be there. %(day)s is today.
_NEVER = {
    "two stays of one person overlap": """
        SELECT a.subject_id FROM accommodation_stay a JOIN accommodation_stay b
        ON a.subject_id = b.subject_id AND a.id < b.id AND a.period && b.period
        WHERE a.annulled_at IS NULL AND b.annulled_at IS NULL""",
    "two people have one bed": """
        SELECT a.bed_id FROM accommodation_bedassignment a JOIN accommodation_bedassignment b
        ON a.bed_id = b.bed_id AND a.id < b.id AND a.period && b.period
        WHERE a.annulled_at IS NULL AND b.annulled_at IS NULL""",
    "one person has two beds": """
        SELECT a.subject_id FROM accommodation_bedassignment a JOIN accommodation_bedassignment b
        ON a.subject_id = b.subject_id AND a.id < b.id AND a.period && b.period
        WHERE a.annulled_at IS NULL AND b.annulled_at IS NULL""",
    "a bed goes beyond the stay, or is at another centre": """
        SELECT a.subject_id FROM accommodation_bedassignment a
        JOIN accommodation_bed b ON b.id = a.bed_id JOIN accommodation_room r ON r.id = b.room_id
        WHERE a.annulled_at IS NULL AND NOT EXISTS (
            SELECT 1 FROM accommodation_stay s WHERE s.subject_id = a.subject_id AND s.annulled_at IS NULL
            AND s.centre_id = r.centre_id AND s.period @> a.period)""",
    "a blocked bed is slept in": """
        SELECT a.subject_id FROM accommodation_bedassignment a JOIN accommodation_bedblock k
        ON k.bed_id = a.bed_id AND k.period && a.period WHERE a.annulled_at IS NULL AND k.annulled_at IS NULL""",
    "a stay has a day without operation": """
        SELECT s.subject_id FROM accommodation_stay s WHERE s.annulled_at IS NULL AND NOT EXISTS (
            SELECT 1 FROM (SELECT range_agg(o.period) AS open FROM accommodation_centreoperation o
                           WHERE o.centre_id = s.centre_id AND o.annulled_at IS NULL) w WHERE w.open @> s.period)""",
    "an absence goes beyond the stay": """
        SELECT a.subject_id FROM accommodation_absence a WHERE a.annulled_at IS NULL AND NOT EXISTS (
            SELECT 1 FROM accommodation_stay s WHERE s.subject_id = a.subject_id AND s.annulled_at IS NULL
            AND s.period @> a.period)""",
    "a centre is over its maximum": """
        SELECT o.centre_id FROM accommodation_centreoperation o
        WHERE o.annulled_at IS NULL AND o.period @> %(day)s::date AND o.places_maximum < (
            SELECT count(*) FROM accommodation_stay s
            WHERE s.centre_id = o.centre_id AND s.annulled_at IS NULL AND s.period @> %(day)s::date)""",
    "a fact has no days": """
        SELECT id FROM accommodation_stay WHERE isempty(period) AND annulled_at IS NULL
        UNION ALL SELECT id FROM accommodation_bedassignment WHERE isempty(period) AND annulled_at IS NULL
        UNION ALL SELECT id FROM accommodation_absence WHERE isempty(period) AND annulled_at IS NULL
        UNION ALL SELECT id FROM registry_groupmembership WHERE isempty(period) AND annulled_at IS NULL""",
    "a person belongs to two groups": """
        SELECT a.subject_id FROM registry_groupmembership a JOIN registry_groupmembership b
        ON a.subject_id = b.subject_id AND a.id < b.id AND a.period && b.period
        WHERE a.annulled_at IS NULL AND b.annulled_at IS NULL""",
    "a household is listed as what its members are not": LISTED_WRONGLY,
    "a person belongs nowhere": """
        SELECT p.subject_id FROM registry_person p WHERE p.same_as_id IS NULL AND NOT EXISTS (
            SELECT 1 FROM registry_groupmembership m
            WHERE m.subject_id = p.subject_id AND m.annulled_at IS NULL AND m.period @> %(day)s::date)""",
    "a person has not exactly one row of details": """
        SELECT p.subject_id FROM registry_person p WHERE 1 <> (
            SELECT count(*) FROM registry_persondetails d
            WHERE d.subject_id = p.subject_id AND d.annulled_at IS NULL)""",
    "two people have one number": """
        SELECT max(subject_id) FROM registry_identifier WHERE annulled_at IS NULL AND kind <> 'reg_nr'
        GROUP BY kind, value HAVING count(*) > 1""",
    "a stay or a status lies ahead": """
        SELECT subject_id FROM accommodation_stay WHERE annulled_at IS NULL AND lower(period) > %(day)s::date
        UNION ALL SELECT subject_id FROM registry_statusevent WHERE annulled_at IS NULL AND holds_on > %(day)s::date""",
    "a settled person had no permit": """
        SELECT s.subject_id FROM registry_statusevent s WHERE s.kind = 'settled' AND s.annulled_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM registry_statusevent p WHERE p.subject_id = s.subject_id
                        AND p.kind IN ('temporary_collective_protection', 'residence_permit', 'limited_permit')
                        AND p.annulled_at IS NULL AND p.holds_on <= s.holds_on)""",
    "no municipality knows of a settled person": """
        SELECT s.subject_id FROM registry_statusevent s WHERE s.kind = 'settled' AND s.annulled_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM access_need n WHERE n.subject_id = s.subject_id
                        AND n.reason = 'settled_here' AND upper_inf(n.period))""",
    "a household had two offers that it could answer": """
        SELECT subject_id FROM settlement_offer WHERE state <> 'withdrawn' GROUP BY 1 HAVING count(*) > 1""",
    "a household has two open cases": """
        SELECT subject_id FROM settlement_settlementcase WHERE state NOT IN ('refused', 'settled', 'closed')
        GROUP BY 1 HAVING count(*) > 1""",
    "a case has another size than its household": """
        SELECT c.subject_id FROM settlement_settlementcase c WHERE c.state NOT IN ('refused', 'settled', 'closed')
        AND c.size <> (SELECT CASE WHEN bool_and(p.is_gone) THEN count(*) ELSE count(*) FILTER (WHERE NOT p.is_gone) END
                       FROM (SELECT coalesce(
                                 (SELECT CASE WHEN s.annulled_at IS NOT NULL
                                         THEN s.annul_reason <> 'left_same_day:agreed_settlement'
                                         ELSE NOT upper_inf(s.period) AND s.departure_reason <> 'moved_centre'
                                             AND s.departure_reason <> 'agreed_settlement' END
                                  FROM accommodation_stay s
                                  WHERE s.subject_id = m.subject_id
                                    AND (s.annulled_at IS NULL OR s.annul_reason LIKE 'left_same_day:%%'
                                         AND NOT EXISTS (
                                             SELECT 1 FROM accommodation_stay r WHERE r.supersedes_id = s.id))
                                  ORDER BY lower(s.period) DESC, s.annulled_at IS NULL DESC LIMIT 1), false) AS is_gone
                             FROM registry_groupmembership m
                             WHERE m.group_id = c.subject_id AND m.annulled_at IS NULL
                               AND m.period @> %(day)s::date) AS p)""",
    "an offer is from another municipality than said yes": """
        SELECT o.subject_id FROM settlement_offer o JOIN settlement_settlementrequest r ON r.id = o.request_id
        WHERE o.organisation_id <> r.organisation_id OR o.case_id <> r.case_id""",
    "a case that somebody closed is open again, and nobody has brought a permit since": """
        SELECT n.subject_id FROM settlement_settlementcase n
        JOIN platform_event o ON o.object_id = n.id AND o.type = 'settlement.case_opened'
        CROSS JOIN LATERAL (
            SELECT p.id, p.closing_reason FROM settlement_settlementcase p
            WHERE p.subject_id = n.subject_id AND p.id < n.id ORDER BY p.id DESC LIMIT 1) p
        JOIN platform_event c ON c.object_id = p.id AND c.transition = 'close_case'
         AND c.workflow = 'settlement_case' AND c.id < o.id
        WHERE p.closing_reason NOT IN ('', 'permit_left', 'permit_void')
          -- A decision, or a place at a centre for who had left.
          AND NOT EXISTS (
              SELECT 1 FROM platform_event e WHERE e.subject_id = n.subject_id AND e.id BETWEEN c.id AND o.id
              AND e.type IN ('registry.status_registered', 'settlement.alerted_early', 'accommodation.placed',
                             'accommodation.departure_annulled'))
          AND NOT EXISTS (
              SELECT 1 FROM platform_event e WHERE e.subject_id = n.subject_id AND e.id BETWEEN c.id AND o.id
              AND e.type = 'registry.status_annulled' AND e.transition = 'refusal')
          AND NOT EXISTS (
              SELECT 1 FROM registry_groupmembership m JOIN registry_statusevent s ON s.subject_id = m.subject_id
              WHERE m.group_id = n.subject_id AND m.recorded_at > c.recorded_at
                AND s.kind IN ('temporary_collective_protection', 'residence_permit', 'limited_permit'))""",
    "a fact was annulled without a reason": """
        SELECT id FROM accommodation_stay WHERE annulled_at IS NOT NULL AND annul_reason = ''
        UNION ALL SELECT id FROM registry_groupmembership WHERE annulled_at IS NOT NULL AND annul_reason = ''""",
}
# What somebody told while the register had them as a minor alone, whatever it has had since.
_TOLD_ALONE = """
    SELECT a.id FROM settlement_answer a
    JOIN registry_persondetails d ON d.subject_id = a.subject_id AND d.is_unaccompanied_minor
     AND a.recorded_at BETWEEN d.recorded_at AND coalesce(d.annulled_at, 'infinity')
     AND d.birth_date > (a.recorded_at AT TIME ZONE 'Europe/Oslo')::date - interval '18 years'
"""
DUPLICATES = "answer_duplicates"
# Tasks that bring nobody nearer to a municipality.
_OF_ANOTHER_THING = {DUPLICATES, "assign_beds", "follow_absence", "see_withdrawal", "see_change"}
_QUESTIONS = _NEVER | {
    "events": """
        SELECT object_id AS key, transition, from_state, to_state
        FROM platform_event WHERE workflow = 'settlement_case' ORDER BY id""",
    "cases": "SELECT id AS key, state FROM settlement_settlementcase",
}
# The states of the newest request and of the offer, by the state of the case.
_REQUEST_OF = {
    "interview_due": (None,),
    "queued": (None, "declined", "withdrawn"),
    "requested": ("open",),
    "municipality_found": ("accepted",),
    "offered": ("accepted",),
    "accepted": ("accepted",),
    "journey_agreed": ("accepted",),
    "refused": ("accepted",),
    "settled": ("fulfilled",),
    "closed": (None, "declined", "withdrawn"),
}
_OFFER_OF = {
    "offered": ("open",),
    "accepted": ("accepted",),
    "journey_agreed": ("accepted",),
    "refused": ("declined",),
    "settled": ("accepted",),
}
_WITHOUT_OFFER = ("", "withdrawn")  # a case that was closed over its offer may be open again


def broken(seen: Seen, day: date, offices: Offices) -> list[str]:
    """Every invariant that does not hold, in words."""
    there = asked(_QUESTIONS, {"day": day})
    found = [f"{claim}: {list(row.values())}" for claim in _NEVER for row in there[claim]]
    for household in seen.households.values():
        found += _in_tasks(household, seen, offices)
        found += _in_needs(household, seen, offices)
        found += _in_case(household)
        found += _forgotten(household, seen)
    return [*found, *_strangers(seen), *_in_doubts(seen), *_in_events(there)]


def past_imdi(municipalities: Iterable[Viewer], day: date) -> list[str]:
    """Answers that a municipality reads although they were given as an unaccompanied minor, in words (SET-06)."""
    behind = {key for (key,) in rows(_TOLD_ALONE)}
    found = []
    for municipality in municipalities:
        with scope(municipality, day):
            read = behind.intersection(Answer.objects.values_list("pk", flat=True))
        found += [f"{municipality.organisation_id} reads answer {key}, told as a minor alone" for key in sorted(read)]
    return found


def _in_tasks(household: Household, seen: Seen, offices: Offices) -> Iterator[str]:
    # What is booked outside is the former centre's to cancel, whatever becomes of the household (test_cancelling.py).
    aside = {DUPLICATES, "cancel_interpreter", "cancel_journey"}
    if (
        household.may_have_unseen_move
        and not household.has_unseen_move
        and len(household.stays) < len(household.members)
    ):
        aside.add("see_private_move")  # who moved is back, while others are away: there is no harm in seeing it
    there = {task for task in seen.tasks.get(household.key, ()) if task[0] not in aside}
    wanted = expected_tasks(household, offices)
    about = f"of household {household.key} in {household.case.state if household.case else 'no case'}"
    yield from (f"nobody is asked for {kind} (at {whose}) {about}" for kind, whose in sorted(wanted - there))
    yield from (f"nobody wants {kind} (at {whose}) {about}" for kind, whose in sorted(there - wanted))


def _in_doubts(seen: Seen) -> Iterator[str]:
    """UDI is asked once about a pair of likely duplicates, at the household of one of the two; never for nothing."""
    asked = {key for key, tasks in seen.tasks.items() if any(kind == DUPLICATES for kind, _ in tasks)}
    home = {person: each for each in seen.households.values() for person in each.members}
    for pair in seen.doubts:
        homes = [home[person] for person in pair if person in home]
        if not any(each.key in asked or each.is_settled for each in homes):
            yield f"nobody is asked whether {pair[0]} and {pair[1]} are one person"
    doubted = {home[person].key for pair in seen.doubts for person in pair if person in home}
    yield from (f"nobody wants to know of duplicates in household {key}" for key in sorted(asked - doubted))


def _strangers(seen: Seen) -> Iterator[str]:
    for subject in sorted(set(seen.tasks) - set(seen.households)):
        yield f"tasks without a household: {sorted(seen.tasks[subject])} of {subject}"


def _in_needs(household: Household, seen: Seen, offices: Offices) -> Iterator[str]:
    for subject, wanted in required_needs(household, offices, seen).items():
        for whose, why in sorted(wanted - seen.needs.get(subject, frozenset())):
            yield f"{whose} does not know of {subject} of household {household.key}: {why}"
    if household.members:
        for subject, allowed in permitted_needs(household, offices, seen).items():
            for whose, why in sorted(seen.needs.get(subject, frozenset()) - allowed):
                yield f"{whose} still knows of {subject} of household {household.key}: {why}"


def _in_case(household: Household) -> Iterator[str]:
    case = household.case
    if case is None:
        return
    if case.is_open and not household.members:
        yield f"the case of household {household.key} is {case.state}, and nobody is in it"
    if case.is_open and household.stays and case.centre not in household.centres:
        yield f"the case of household {household.key} is at {case.centre}, they are at {sorted(household.centres)}"
    if case.is_open and not household.stays and case.centre:
        yield f"the case of household {household.key} is at {case.centre}, where nobody of it stays"
    # Once a municipality was asked IMDi decides: then it is IMDi's task that is asked for, not the end of the case.
    has_reason = household.permitted_on or case.waits_for_decision or case.requests
    if case.is_open and not has_reason and case.state in ("interview_due", "queued"):
        yield f"the case of household {household.key} is {case.state}, and nobody in it ever had a permit"
    if case.is_open and household.permitted_on and case.due_since_on < household.permitted_on:
        yield f"household {household.key} waits since {case.due_since_on}, its permit is of {household.permitted_on}"
    yield from _in_parts(case)


def _forgotten(household: Household, seen: Seen) -> Iterator[str]:
    """Whoever lives at a centre with a permit is on the way to a municipality, or somebody is to see to it; unless
    somebody has decided that the household goes no further.
    """
    waiting = sorted(household.permitted & household.stays.keys())
    case = household.case
    if not waiting or (case is not None and (case.is_open or (case.state == "closed" and case.is_decided))):
        return
    if not {kind for kind, _ in seen.tasks.get(household.key, ())} - _OF_ANOTHER_THING:
        state = case.state if case else "no case"
        yield f"nobody is to do anything for {waiting} of household {household.key}, who have a permit ({state})"


def _in_parts(case: Case) -> Iterator[str]:
    request = case.requests[-1][0] if case.requests else None
    if request not in _REQUEST_OF[case.state]:
        yield f"case {case.key} is {case.state}, its request {request}"
    if case.offer_state not in _OFFER_OF.get(case.state, _WITHOUT_OFFER):
        yield f"case {case.key} is {case.state}, its offer {case.offer_state}"


def _in_events(there: Mapping[str, list[dict[str, Any]]]) -> Iterator[str]:
    """The states of cases are what their events fold to; every event says where from and where to."""
    steps: dict[int, list[tuple[str, str, str]]] = {}
    for row in there["events"]:
        steps.setdefault(row["key"], []).append((row["transition"], row["from_state"], row["to_state"]))
    states = {row["key"]: row["state"] for row in there["cases"]}
    for case in sorted(states.keys() | steps.keys()):
        told = steps.get(case, [])
        if not told or told[0] != ("", "", CASE.initial):
            yield f"no event opened case {case}"
            continue
        try:
            folded = CASE.fold(step for step, _, _ in told[1:])
        except Refused as refused:
            yield f"the events of case {case} do not follow the workflow: {refused.params}"
            continue
        if folded != states.get(case):
            yield f"case {case} is {states.get(case)}, its events say {folded}"
        if any(before != earlier[2] for earlier, (_, before, _) in pairwise(told)):
            yield f"the events of case {case} leave a gap"
