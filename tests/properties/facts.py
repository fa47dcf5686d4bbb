"""What is held to be true of people, places and cases, and what was: facts with two clocks, read as the owner.

Who needs to know of whom follows from it (known.py).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from fotfeste.kernel.calendar import legal_day
from tests.properties.whole import asked

PUT_RIGHT = timedelta(days=7)  # by whoever registered them, after they were placed
LEFT_SAME_DAY = "left_same_day"

_FACTS = {
    "offices": "SELECT id AS key, kind FROM directory_organisation WHERE kind IN ('udi', 'imdi')",
    "groups": "SELECT subject_id AS key FROM registry_placementgroup",
    "persons": "SELECT subject_id AS key, registered_by_id AS place FROM registry_person",
    "memberships": """
        SELECT group_id, subject_id AS person, lower(period) AS from_on, upper(period) AS until_on,
               recorded_at, annulled_at
        FROM registry_groupmembership""",
    "stays": """
        SELECT id AS key, subject_id AS person, centre_id AS place, lower(period) AS from_on, upper(period) AS until_on,
               recorded_at, annulled_at, annul_reason, departure_reason, supersedes_id
        FROM accommodation_stay WHERE centre_id IS NOT NULL ORDER BY id""",
    "homes": """
        SELECT id AS key, subject_id AS person, municipality_id AS place, lower(period) AS from_on,
               upper(period) AS until_on, recorded_at, annulled_at, annul_reason, departure_reason
        FROM accommodation_stay WHERE municipality_id IS NOT NULL ORDER BY id""",
    "applicants": """
        SELECT a.municipality_id AS place, a.state, s.subject
        FROM alternative_application a CROSS JOIN LATERAL (
            SELECT a.subject_id AS subject UNION
            SELECT p.subject_id FROM alternative_applicationperson p WHERE p.application_id = a.id
        ) s WHERE a.subject_id IS NOT NULL AND s.subject IS NOT NULL""",
    "books": """
        SELECT subject_id AS subject, NULL::bigint AS place, true AS is_head FROM ledger_run
        UNION ALL SELECT subject_id, municipality_id, true FROM ledger_claim
        UNION SELECT subject_id, municipality_id, false FROM ledger_claimpart""",
    "cases": """
        SELECT c.subject_id AS group_id, c.state, coalesce(r.organisation_id, 0) AS place,
               coalesce(o.state, '') AS offer, EXISTS (
                   SELECT 1 FROM settlement_withdrawal w
                   WHERE w.subject_id = c.subject_id AND w.organisation_id = r.organisation_id
                     AND w.cause = 'settlement.left_after_refusal'
               ) AS have_left
        FROM settlement_settlementcase c
        LEFT JOIN settlement_settlementrequest r ON r.case_id = c.id AND r.state IN ('open', 'accepted', 'fulfilled')
        LEFT JOIN settlement_offer o ON o.request_id = r.id AND o.state <> 'withdrawn'
        WHERE NOT EXISTS (
            SELECT 1 FROM settlement_settlementcase later WHERE later.subject_id = c.subject_id AND later.id > c.id)""",
    "ends": """
        SELECT e.subject_id AS group_id, e.type, e.transition, e.holds_on, e.recorded_at FROM platform_event e
        WHERE e.workflow = 'settlement_case' AND e.transition IN ('close_case', 'register_departure', 'decline_offer')
           OR e.type IN ('settlement.not_arrived', 'accommodation.departed')
        ORDER BY e.id""",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """Something of a person at a place (a centre or a household) for a period, held to be true for another."""

    key: int
    person: int
    place: int
    from_on: date
    until_on: date | None
    recorded_at: datetime
    annulled_at: datetime | None
    why: str  # it ended, or was annulled
    is_followed: bool = False  # another fact says what is true instead

    def is_known_at(self, instant: datetime) -> bool:
        """Whether it was held to be true right after an instant."""
        return self.recorded_at <= instant and (self.annulled_at is None or self.annulled_at > instant)

    def holds_on(self, day: date) -> bool:
        """Whether the day is in its period."""
        return self.from_on <= day and (self.until_on is None or day < self.until_on)

    @property
    def left(self) -> tuple[date, date] | None:
        """The first day without, and the day on which that was registered; None while it goes on."""
        if self.annulled_at is not None and self.why.startswith(LEFT_SAME_DAY):
            return self.from_on, legal_day(self.annulled_at)
        return (self.until_on, legal_day(self.recorded_at)) if self.until_on is not None else None

    @property
    def last_seen(self) -> date | None:
        """The day from which it was over for those who are there, as far as it was known; None while it goes on."""
        ends = [max(self.left)] if self.left else []
        return min([*ends, legal_day(self.annulled_at)] if self.annulled_at is not None else ends, default=None)


@dataclass(slots=True)
class Facts:
    """What is held to be true, and was, read as the owner."""

    day: date
    udi: list[int] = field(default_factory=list)
    imdi: list[int] = field(default_factory=list)
    groups: list[int] = field(default_factory=list)
    registrars: dict[int, int] = field(default_factory=dict)
    stays: dict[int, list[Fact]] = field(default_factory=lambda: defaultdict(list))
    homes: dict[int, list[Fact]] = field(default_factory=lambda: defaultdict(list))  # where they lived privately
    applicants: list[Mapping[str, Any]] = field(default_factory=list)
    books: list[Mapping[str, Any]] = field(default_factory=list)
    cases: dict[int, Mapping[str, Any]] = field(default_factory=dict)
    ends: list[Mapping[str, Any]] = field(default_factory=list)
    of_group: dict[int, list[Fact]] = field(default_factory=lambda: defaultdict(list))

    def members(self, group: int) -> list[int]:
        """Those who belong to a household today."""
        return [each.person for each in self.of_group[group] if each.annulled_at is None and each.holds_on(self.day)]

    def members_at(self, group: int, instant: datetime) -> list[int]:
        """Those who belonged to it right after an instant, as it was known then."""
        on = legal_day(instant)
        return [each.person for each in self.of_group[group] if each.is_known_at(instant) and each.holds_on(on)]

    def came_from_another(self, membership: Fact) -> bool:
        """Whether somebody belonged to another household before."""
        return any(
            each.person == membership.person and each.recorded_at < membership.recorded_at
            for memberships in self.of_group.values()
            for each in memberships
        )

    def ever_in(self, group: int) -> set[int]:
        """Those who belong to it or did, also by mistake."""
        return {each.person for each in self.of_group[group]}

    def centre_of(self, person: int) -> int | None:
        """Where somebody lives today."""
        here = (each for each in self.stays[person] if each.annulled_at is None and each.holds_on(self.day))
        return next((each.place for each in here), None)

    def is_anybody_at(self, centre: int | None, people: Iterable[int], instant: datetime) -> bool:
        """Whether one of these lived at a centre (None: at any) right after an instant, as it was known then."""
        on = legal_day(instant)
        return any(
            stay.is_known_at(instant) and stay.holds_on(on) and stay.until_on is None
            for person in people
            for stay in self.stays[person]
            if centre in (None, stay.place)
        )

    def placed_on(self, person: int) -> date | None:
        """The day on which somebody lived somewhere first, or on which that was registered, where that was later."""
        first = min(
            [*self.stays[person], *self.homes[person]], key=lambda each: (each.recorded_at, each.key), default=None
        )
        return max(first.from_on, legal_day(first.recorded_at)) if first else None

    def is_registrars(self, person: int) -> bool:
        """Whether whoever registered somebody has still to do with them."""
        placed_on = self.placed_on(person)
        return placed_on is None or self.day < placed_on + PUT_RIGHT

    def gone(self, group: int) -> set[int]:
        """Those who have left on their own while others have not; where all have, the dead."""
        members = self.members(group)
        gone = {person for person in members if self._is_gone(person)}
        if len(gone) < len(members):
            return gone
        dead = {person for person in members if "deceased" in self._last_word(person)}
        return dead if len(dead) < len(members) else set()

    def _is_gone(self, person: int) -> bool:
        return self._last_word(person) not in ("", "moved_centre", "agreed_settlement")

    def has_left(self, group: int, person: int, centre: int) -> bool:
        """Whether the last that is known of a member is that they left this centre, since they belong to these."""
        last = self._last_stay(person)
        if last is None or last.place != centre or last.left is None:
            return False
        joined_at = min(each.recorded_at for each in self.of_group[group] if each.person == person)
        return (last.annulled_at or last.recorded_at) > joined_at

    def _last_word(self, person: int) -> str:
        """How somebody's last stay ended; empty while it goes on, or where there is none."""
        last = self._last_stay(person)
        if last is None or last.left is None or last.left[0] > self.day:
            return ""
        return last.why.removeprefix(LEFT_SAME_DAY + ":")

    def _last_stay(self, person: int) -> Fact | None:
        """The stay that began last, of those that are true; one that had no days is where it ended with a departure."""
        true = [
            each
            for each in self.stays[person]
            if each.annulled_at is None or (each.why.startswith(LEFT_SAME_DAY + ":") and not each.is_followed)
        ]
        return max(true, key=lambda each: (each.from_on, each.annulled_at is None, each.key), default=None)


def read_facts(day: date) -> Facts:
    """Read them, in one statement."""
    found = asked(_FACTS, {})
    facts = Facts(day, cases={row["group_id"]: row for row in found["cases"]})
    facts.udi = [row["key"] for row in found["offices"] if row["kind"] == "udi"]
    facts.imdi = [row["key"] for row in found["offices"] if row["kind"] == "imdi"]
    facts.groups = sorted(row["key"] for row in found["groups"])
    facts.registrars = {row["key"]: row["place"] for row in found["persons"]}
    facts.ends = [
        row | {"holds_on": date.fromisoformat(row["holds_on"]), "at": datetime.fromisoformat(row["recorded_at"])}
        for row in found["ends"]
        if row["holds_on"]
    ]
    followed = {row["supersedes_id"] for row in found["stays"]}
    for row in found["stays"]:
        why = row["annul_reason"] if row["annulled_at"] else row["departure_reason"]
        facts.stays[row["person"]].append(_fact(row, row["place"], why, row["key"] in followed))
    for row in found["homes"]:
        why = row["annul_reason"] if row["annulled_at"] else row["departure_reason"]
        facts.homes[row["person"]].append(_fact(row, row["place"], why))
    facts.applicants, facts.books = [*found["applicants"]], [*found["books"]]
    for row in found["memberships"]:
        facts.of_group[row["group_id"]].append(_fact(row, row["group_id"], ""))
    return facts


def _fact(row: Mapping[str, Any], place: int, why: str, is_followed: bool = False) -> Fact:
    until, annulled = row["until_on"], row["annulled_at"]
    return Fact(
        row.get("key", 0),
        row["person"],
        place,
        date.fromisoformat(row["from_on"] or "0001-01-01"),
        date.fromisoformat(until) if until else None,
        datetime.fromisoformat(row["recorded_at"]),
        datetime.fromisoformat(annulled) if annulled else None,
        why,
        is_followed,
    )
