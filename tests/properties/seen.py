"""Households as they stand in the database, read as its owner: what the expectations are computed from."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.properties.whole import asked

type Places = Mapping[int, frozenset[int]]


@dataclass(frozen=True, slots=True)
class Case:
    """The newest case of a household, with what hangs on it. Organisations are keys; 0 stands for none."""

    key: int
    state: str
    centre: int
    due_since_on: str
    waits_for_decision: bool = False  # opened before there was a permit, and there is none yet
    requests: tuple[tuple[str, int], ...] = ()  # state and municipality, in order
    offer_state: str = ""
    offered_by: int = 0
    has_open_travel_question: bool = False
    has_unread_note: bool = False
    is_to_book: bool = False  # the newest journey is by public transport, which nobody books in these sequences
    is_unlike_car: bool = False  # somebody has come, or they have moved, since fewer than they are were to be in a car
    has_arrived: bool = False
    has_missed: bool = False  # the municipality told that they never came
    is_no_show_followed: bool = False  # and IMDi has followed that up
    is_decided: bool = False  # somebody closed it, or nobody did: it followed from something else
    is_followed: bool = False  # IMDi sees the household without an end
    has_untold_withdrawal: bool = False  # an offer was taken back, and the household does not know yet
    is_supplemented: bool = False  # those who came after the interview are asked now
    is_corrected: bool = False  # it was opened again because an answer is wrong
    is_asked_of_needs: bool = False  # a municipality that said yes is asked about a need that arose since

    @property
    def is_open(self) -> bool:
        """Whether the household is still on its way."""
        return self.state not in ("refused", "settled", "closed")

    @property
    def municipality(self) -> int:
        """The municipality that the household has to do with; 0 for none."""
        living = [where for state, where in self.requests if state in ("open", "accepted", "fulfilled")]
        return living[-1] if living else 0


@dataclass(frozen=True, slots=True)
class Household:
    """A placement group on a day."""

    key: int
    version: int
    members: tuple[int, ...] = ()
    stays: Mapping[int, int] = field(default_factory=dict)  # member: centre, open stays only
    ever_stayed: frozenset[int] = frozenset()
    bedded: frozenset[int] = frozenset()
    away: frozenset[int] = frozenset()  # who is, and is to be asked after
    case: Case | None = None
    has_permit: bool = False  # somebody who has not left for good
    permitted_on: str = ""  # the first permit that any of those ever had
    permitted: frozenset[int] = frozenset()  # who has a permit now, whether they have left or not
    are_all_refused: bool = False  # each of those, at some time
    told_withdrawn: frozenset[int] = frozenset()  # municipalities that were told, and have not said that they saw it
    told_changed: frozenset[int] = frozenset()  # municipalities that were told that others come, and have not seen it
    is_refusing: bool = False  # there is a refusal of settlement that UDI has not closed
    refusing: frozenset[int] = frozenset()  # those in it who stay at a centre
    refusing_adults: frozenset[int] = frozenset()  # who is of age among them, or soon
    has_unseen_growth: bool = False  # somebody came after the interview, and IMDi has not looked at it
    has_unseen_move: bool = False  # they left on their own after the interview, and IMDi has not looked at it
    may_have_unseen_move: bool = False  # or has come back since, or been taken out of the household

    @property
    def centres(self) -> frozenset[int]:
        """Where members stay."""
        return frozenset(self.stays.values())

    @property
    def is_settled(self) -> bool:
        """Whether the household has come to its municipality."""
        return self.case is not None and self.case.state == "settled"


@dataclass(frozen=True, slots=True)
class Seen:
    """All households on a day, and the open tasks and needs that there are."""

    households: Mapping[int, Household]
    tasks: Mapping[int, frozenset[tuple[str, int]]]  # by household: kind and whose
    needs: Mapping[int, frozenset[tuple[int, str]]]  # by person or household: whose and why
    registrars: Places = field(default_factory=dict)  # by person: who registered them
    settled_in: Places = field(default_factory=dict)  # by person: municipalities that settled a group they were in
    doubts: tuple[tuple[int, int], ...] = ()  # pairs of persons that UDI has still to look at


_QUESTIONS = {
    "groups": """
        SELECT g.subject_id AS key, g.version, EXISTS (
            SELECT 1 FROM platform_event e
            WHERE e.subject_id = g.subject_id
              AND e.type = 'accommodation.departed' AND e.transition = 'private_address'
              AND EXISTS (
                  SELECT 1 FROM platform_event i
                  WHERE i.subject_id = g.subject_id AND i.type = 'settlement.register_interview' AND i.id < e.id
                    AND NOT EXISTS (
                        SELECT 1 FROM platform_event over
                        WHERE over.subject_id = g.subject_id AND over.id BETWEEN i.id AND e.id
                          AND over.type IN ('settlement.close_case', 'settlement.register_departure')))
              AND NOT EXISTS (
                  SELECT 1 FROM platform_event later
                  WHERE later.subject_id = g.subject_id AND later.id > e.id
                    AND later.type IN ('settlement.private_move_seen', 'registry.group_emptied'))
        ) AS may_have_unseen_move, EXISTS (
            -- All have left the country, or are gone: the case that had had its interview ended with that.
            SELECT 1 FROM platform_event e
            JOIN platform_event c ON c.subject_id = g.subject_id AND c.type = 'settlement.close_case'
                                 AND c.recorded_at = e.recorded_at AND c.id > e.id AND c.from_state <> 'interview_due'
            -- Where only whoever had the permit left, the others are still there, and the case says so.
            JOIN settlement_settlementcase s ON s.id = c.object_id AND s.closing_reason = ''
            WHERE e.subject_id = g.subject_id
              AND e.type = 'accommodation.departed' AND e.transition IN ('left_country', 'no_address')
              AND NOT EXISTS (
                  SELECT 1 FROM platform_event later
                  WHERE later.subject_id = g.subject_id AND later.id > e.id
                    AND later.type IN ('settlement.private_move_seen', 'registry.group_emptied',
                                       'accommodation.placed', 'accommodation.departure_annulled'))
        ) AS are_unseen_gone, EXISTS (
            SELECT 1 FROM platform_event e
            WHERE e.subject_id = g.subject_id
              AND (e.type IN (
                       'settlement.household_grown', 'settlement.household_shrunk', 'settlement.interview_supplemented')
                   -- A no to a need is seen as long as its municipality is theirs and they need it still.
                   OR e.type = 'settlement.need_not_met' AND EXISTS (
                       SELECT 1 FROM settlement_settlementcase c
                       JOIN settlement_settlementrequest r ON r.case_id = c.id AND r.state = 'accepted'
                       JOIN settlement_needquestion q ON q.request_id = r.id AND q.outcome = 'not_met'
                       JOIN settlement_caseneed n ON n.case_id = c.id AND n.capability = q.capability
                       WHERE c.subject_id = g.subject_id AND n.annulled_at IS NULL
                         AND NOT jsonb_exists(r.confirmed, q.capability)
                         AND NOT EXISTS (
                             SELECT 1 FROM settlement_needquestion again
                             WHERE again.request_id = r.id AND again.capability = q.capability AND again.id > q.id))
                   -- Corrected answers are seen again where somebody was asked because of the wrong ones.
                   OR e.type = 'settlement.interview_corrected' AND 'queued' <> (
                       SELECT s.to_state FROM platform_event s
                       WHERE s.subject_id = g.subject_id AND s.workflow = 'settlement_case' AND s.id < e.id
                       ORDER BY s.id DESC LIMIT 1))
              AND NOT EXISTS (
                  SELECT 1 FROM platform_event later
                  WHERE later.subject_id = g.subject_id AND later.id > e.id
                    AND later.type IN (
                        'settlement.household_seen_again', 'settlement.close_case', 'settlement.register_departure',
                        'settlement.decline_offer', 'registry.group_emptied')
                    AND NOT (later.to_state IN ('closed', 'settled', 'refused') AND EXISTS (
                        SELECT 1 FROM platform_event back
                        WHERE back.object_id = later.object_id AND back.id > later.id AND back.type IN (
                            'settlement.reopen_case', 'settlement.annul_departure', 'settlement.annul_refusal'))))
        ) AS has_unseen_growth
        FROM registry_placementgroup g ORDER BY 1""",
    "permits": """
        SELECT m.group_id, m.subject_id AS person, coalesce((
                   SELECT CASE WHEN s.annulled_at IS NOT NULL THEN s.annul_reason <> 'left_same_day:agreed_settlement'
                          ELSE NOT upper_inf(s.period)
                               AND s.departure_reason NOT IN ('', 'moved_centre', 'agreed_settlement') END
                   FROM accommodation_stay s
                   WHERE s.subject_id = m.subject_id
                     AND (s.annulled_at IS NULL OR s.annul_reason LIKE 'left_same_day:%%'
                          AND NOT EXISTS (SELECT 1 FROM accommodation_stay r WHERE r.supersedes_id = s.id))
                   ORDER BY lower(s.period) DESC, s.annulled_at IS NULL DESC, s.id DESC LIMIT 1), false) AS is_gone,
               coalesce((
                   SELECT d.kind <> 'refusal' FROM registry_statusevent d
                   WHERE d.subject_id = m.subject_id AND d.annulled_at IS NULL
                     AND d.kind IN ('temporary_collective_protection', 'residence_permit', 'limited_permit', 'refusal')
                   ORDER BY d.holds_on DESC, d.kind = 'refusal' DESC LIMIT 1), false) AS is_permitted,
               (SELECT min(f.holds_on) FROM registry_statusevent f
                WHERE f.subject_id = m.subject_id AND f.annulled_at IS NULL
                  AND f.kind IN ('temporary_collective_protection', 'residence_permit', 'limited_permit')
               ) AS permitted_on,
               coalesce((
                   SELECT 'private_address' IN (s.departure_reason, split_part(s.annul_reason, ':', 2))
                   FROM accommodation_stay s
                   WHERE s.subject_id = m.subject_id
                     AND (s.annulled_at IS NULL OR s.annul_reason LIKE 'left_same_day:%%')
                   ORDER BY lower(s.period) DESC, s.annulled_at IS NULL DESC, s.id DESC LIMIT 1), false
               ) AS has_moved_privately,
               EXISTS (SELECT 1 FROM registry_statusevent r
                       WHERE r.subject_id = m.subject_id AND r.annulled_at IS NULL AND r.kind = 'refusal') AS is_refused
        FROM registry_groupmembership m WHERE m.annulled_at IS NULL AND m.period @> %(day)s::date
        ORDER BY 2""",
    "memberships": """
        SELECT group_id, subject_id AS person, annulled_at IS NULL AND period @> %(day)s::date AS is_present
        FROM registry_groupmembership ORDER BY 2""",
    "stays": """
        SELECT subject_id AS person, centre_id AS centre
        FROM accommodation_stay WHERE annulled_at IS NULL AND upper_inf(period)""",
    "stayed": "SELECT DISTINCT subject_id AS person FROM accommodation_stay",
    "bedded": """
        SELECT subject_id AS person
        FROM accommodation_bedassignment WHERE annulled_at IS NULL AND period @> %(day)s::date""",
    "away": """
        SELECT subject_id AS person FROM accommodation_absence
        WHERE annulled_at IS NULL AND period @> %(day)s::date
          -- Where leave begins before they may be gone, it is that which is followed up.
          AND (upper_inf(period) OR kind = 'away' AND lower(period) + 3 < upper(period))""",
    "settled": """
        SELECT subject_id AS group_id, organisation_id AS place
        FROM settlement_settlementrequest WHERE state = 'fulfilled'""",
    "tasks": "SELECT subject_id AS subject, kind, organisation_id AS whose FROM worklist_task WHERE closed_at IS NULL",
    "needs": """
        SELECT subject_id AS subject, organisation_id AS whose, reason AS why
        FROM access_need WHERE upper_inf(period)""",
    "persons": "SELECT subject_id AS person, registered_by_id AS place FROM registry_person",
    "doubts": "SELECT subject_id AS one, other_id AS other FROM registry_duplicateproposal WHERE answer = ''",
    "requests": """
        SELECT case_id, state, organisation_id AS place FROM settlement_settlementrequest ORDER BY id""",
    "cases": """
        SELECT c.id AS key, c.subject_id AS group_id, c.state, coalesce(c.centre_id, 0) AS centre, c.due_since_on,
               c.waits_for_decision,
               coalesce(o.state, '') AS offer_state, coalesce(o.organisation_id, 0) AS offered_by,
               EXISTS (
                   SELECT 1 FROM settlement_travelapproval t JOIN settlement_offer u ON u.id = t.offer_id
                   WHERE t.case_id = c.id AND t.outcome = '' AND u.state <> 'withdrawn'
               ) AS has_open_travel_question,
               EXISTS (
                   SELECT 1 FROM settlement_settlementnote n
                   JOIN directory_organisation w ON w.id = n.reported_by_id AND w.kind = 'centre'
                   WHERE n.case_id = c.id AND NOT n.is_passed_on AND n.annulled_at IS NULL
                     AND n.recorded_at > coalesce((
                         SELECT max(e.recorded_at) FROM platform_event e
                         WHERE e.object_id = c.id AND e.type IN ('settlement.note_passed_on', 'settlement.notes_read')
                     ), '-infinity')
               ) AS has_unread_note,
               EXISTS (
                   SELECT 1 FROM settlement_journey j WHERE j.case_id = c.id AND NOT j.is_own_car
                     AND NOT EXISTS (SELECT 1 FROM settlement_journey k WHERE k.case_id = c.id AND k.id > j.id)
               ) AS is_to_book,
               EXISTS (
                   SELECT 1 FROM settlement_journey j WHERE j.case_id = c.id AND j.persons_in_car < c.size
                     AND NOT EXISTS (SELECT 1 FROM settlement_journey k WHERE k.case_id = c.id AND k.id > j.id)
                     AND EXISTS (
                         SELECT 1 FROM platform_event e WHERE e.subject_id = c.subject_id AND e.type IN (
                             'registry.member_added', 'accommodation.placed', 'accommodation.departure_annulled')
                           AND e.id > (SELECT max(a.id) FROM platform_event a WHERE a.subject_id = c.subject_id
                               AND a.type IN ('settlement.agree_journey', 'settlement.change_journey')))
               ) AS is_unlike_car,
               EXISTS (
                   SELECT 1 FROM settlement_journey j WHERE j.case_id = c.id AND j.arrived_on IS NOT NULL
               ) AS has_arrived,
               EXISTS (
                   SELECT 1 FROM settlement_journey j WHERE j.case_id = c.id AND j.missed_on IS NOT NULL
               ) AS has_missed,
               EXISTS (
                   SELECT 1 FROM settlement_journey j
                   JOIN platform_event e ON e.object_id = j.id AND e.type = 'settlement.no_show_followed'
                   WHERE j.case_id = c.id AND NOT EXISTS (
                       SELECT 1 FROM platform_event later
                       WHERE later.object_id = j.id AND later.type = 'settlement.not_arrived' AND later.id > e.id)
               ) AS is_no_show_followed,
               c.closing_reason NOT IN ('', 'permit_left', 'permit_void') AS is_decided,
               EXISTS (
                   SELECT 1 FROM access_need n
                   WHERE n.subject_id = c.subject_id AND n.reason = 'settlement_case' AND upper_inf(n.period)
               ) AS is_followed,
               EXISTS (
                   SELECT 1 FROM settlement_offer u
                   WHERE u.case_id = c.id AND u.state = 'withdrawn' AND u.told_on IS NULL
                     AND u.withdrawal_reason <> 'case_closed'
               ) AS has_untold_withdrawal,
               EXISTS (
                   SELECT 1 FROM settlement_interview i WHERE i.case_id = c.id AND i.supplementing <> '[]'::jsonb
               ) AS is_supplemented,
               EXISTS (
                   SELECT 1 FROM settlement_interview i WHERE i.case_id = c.id AND i.reopened_at IS NOT NULL
               ) AS is_corrected,
               EXISTS (
                   SELECT 1 FROM settlement_needquestion q JOIN settlement_settlementrequest r ON r.id = q.request_id
                   WHERE r.case_id = c.id AND r.state = 'accepted' AND q.outcome = ''
               ) AS is_asked_of_needs
        FROM settlement_settlementcase c
        LEFT JOIN LATERAL (
            SELECT o.state, o.organisation_id FROM settlement_offer o
            WHERE o.case_id = c.id AND (o.state <> 'withdrawn' OR o.withdrawal_reason = 'case_closed')
            ORDER BY o.id DESC LIMIT 1
        ) o ON true
        ORDER BY c.id""",
    "changes": """
        SELECT e.subject_id AS group_id, e.other_organisation_id AS place FROM platform_event e
        WHERE e.type = 'settlement.change_told' AND NOT EXISTS (
            SELECT 1 FROM platform_event later
            WHERE later.subject_id = e.subject_id AND later.id > e.id
              AND (later.type IN ('settlement.close_case', 'settlement.register_departure', 'settlement.decline_offer',
                                  'settlement.decline_request', 'settlement.withdraw_request',
                                  'settlement.withdraw_offer',
                                  'settlement.release_municipality', 'registry.group_emptied')
                   OR later.type = 'settlement.change_seen' AND later.organisation_id = e.other_organisation_id)
              AND NOT EXISTS (
                  SELECT 1 FROM platform_event back
                  WHERE back.subject_id = later.subject_id AND back.id > later.id
                    AND (later.type, back.type) IN (
                        ('settlement.register_departure', 'settlement.annul_departure'),
                        ('settlement.decline_offer', 'settlement.annul_refusal'))))""",
    "refusals": """
        SELECT r.subject_id AS group_id, p.person::bigint AS person,
               d.birth_date + interval '18 years' <= %(day)s::date + 90 AS is_soon_adult
        FROM refusal_refusal r
        CROSS JOIN LATERAL jsonb_array_elements_text(r.persons) p(person)
        JOIN registry_persondetails d ON d.subject_id = p.person::bigint AND d.annulled_at IS NULL
        WHERE r.closed_on IS NULL AND r.annulled_at IS NULL""",
    "withdrawals": """
        SELECT subject_id AS group_id, organisation_id AS place FROM settlement_withdrawal WHERE seen_at IS NULL""",
}


def see(day: date) -> Seen:
    """Read it all, in one statement: as it is at one instant."""
    found = asked(_QUESTIONS, {"day": day})
    members: dict[int, list[int]] = defaultdict(list)
    groups_of: dict[int, list[int]] = defaultdict(list)
    for row in found["memberships"]:
        groups_of[row["group_id"]].append(row["person"])
        if row["is_present"]:
            members[row["group_id"]].append(row["person"])
    stays = {row["person"]: row["centre"] for row in found["stays"]}
    stayed = {row["person"] for row in found["stayed"]}
    bedded = {row["person"] for row in found["bedded"]}
    away = {row["person"] for row in found["away"]}
    cases = _cases(found)
    changed = _gathered((row["group_id"], row["place"]) for row in found["changes"])
    told = _gathered((row["group_id"], row["place"]) for row in found["withdrawals"])
    refusing = _gathered((row["group_id"], row["person"]) for row in found["refusals"])
    return Seen(
        households={
            row["key"]: Household(
                key=row["key"],
                version=row["version"],
                members=tuple(members[row["key"]]),
                stays={person: stays[person] for person in members[row["key"]] if person in stays},
                ever_stayed=frozenset(members[row["key"]]) & stayed,
                bedded=frozenset(members[row["key"]]) & bedded,
                away=frozenset(members[row["key"]]) & away,
                case=cases.get(row["key"]),
                has_permit=any(each["is_permitted"] for each in _settling(row["key"], found["permits"])),
                permitted_on=min(
                    (each["permitted_on"] for each in _settling(row["key"], found["permits"]) if each["permitted_on"]),
                    default="",
                ),
                permitted=frozenset(
                    each["person"]
                    for each in found["permits"]
                    if each["group_id"] == row["key"] and each["is_permitted"]
                ),
                are_all_refused=all(each["is_refused"] for each in _settling(row["key"], found["permits"])),
                told_withdrawn=told.get(row["key"], frozenset()),
                told_changed=changed.get(row["key"], frozenset()),
                is_refusing=row["key"] in refusing,
                refusing=refusing.get(row["key"], frozenset()) & frozenset(stays),
                refusing_adults=frozenset(each["person"] for each in found["refusals"] if each["is_soon_adult"]),
                has_unseen_growth=row["has_unseen_growth"],
                has_unseen_move=row["are_unseen_gone"]
                or (row["may_have_unseen_move"] and _has_moved(row["key"], found["permits"])),
                may_have_unseen_move=row["may_have_unseen_move"],
            )
            for row in found["groups"]
        },
        tasks=_gathered((row["subject"], (row["kind"], row["whose"])) for row in found["tasks"]),
        needs=_gathered((row["subject"], (row["whose"], row["why"])) for row in found["needs"]),
        registrars=_gathered((row["person"], row["place"]) for row in found["persons"]),
        settled_in=_gathered(
            (person, row["place"]) for row in found["settled"] for person in groups_of[row["group_id"]]
        ),
        doubts=tuple((row["one"], row["other"]) for row in found["doubts"]),
    )


def _settling(household: int, rows: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Those of it who are to be settled: who has left for good does not count."""
    return [row for row in rows if row["group_id"] == household and not row["is_gone"]]


def _has_moved(household: int, rows: Iterable[Mapping[str, Any]]) -> bool:
    """Whether somebody of it lives at an address of their own now."""
    return any(row["has_moved_privately"] for row in rows if row["group_id"] == household)


def _gathered[T](pairs: Iterable[tuple[int, T]]) -> dict[int, frozenset[T]]:
    found: dict[int, set[T]] = defaultdict(set)
    for key, value in pairs:
        found[key].add(value)
    return {key: frozenset(values) for key, values in found.items()}


def _cases(found: Mapping[str, list[dict[str, Any]]]) -> dict[int, Case]:
    """The newest case of each household."""
    requests: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for row in found["requests"]:
        requests[row["case_id"]].append((row["state"], row["place"]))
    return {
        row["group_id"]: Case(
            requests=tuple(requests[row["key"]]),
            **{name: value for name, value in row.items() if name != "group_id"},
        )
        for row in found["cases"]
    }
