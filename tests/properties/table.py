"""The table of who may see what, as it is printed (docs/access-matrix.md), and where each table of the database stands.

A compartment that a role opens for a reason shows the rows that stand in the reason's column: `all`, none (`.`), or
those that the word in it describes (`CONDITIONS`). A table behind the fence that has no line here fails the tests.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

PRINTED = Path(__file__).resolve().parents[2] / "docs" / "access-matrix.md"
REASONS = {
    "police": "registered_here",
    "lives": "lives_here",
    "lived": "lived_here",
    "udi": "protection_case",
    "imdi": "settlement_case",
    "asked": "asked_to_settle",
    "offered": "offered_here",
    "settled": "settled_here",
    "danger": "emergency",
}
PLACES = """
                             compartment   police lives lived udi imdi asked offered settled danger
registry_person              identity      all    all   all   all all  all   all     all     all
registry_persondetails       identity      all    all   all   all all  all   all     all     all
registry_identifier          identity      all    all   all   all all  all   all     all     all
registry_personlanguage      identity      all    all   all   all all  all   all     all     all
registry_placementgroup      identity      all    all   all   all all  all   all     all     all
registry_groupmembership     identity      all    all   all   all all  all   all     all     all
registry_relation            identity      all    all   all   all all  all   all     all     all
registry_statusevent         identity      all    all   all   all all  all   all     all     all
registry_outsidecontact      guardian      all    all   .     all all  .     all     all     all
registry_correction          registration  all    all   .     all all  .     .       .       .
registry_duplicateproposal   registration  .      .     .     all .    .     .       .       .
accommodation_stay           stays         all    all   all   all all  told  told    told    all
accommodation_bedassignment  rooms         all    all   stood all .    .     .       .       all
accommodation_absence        rooms         all    all   stood all .    .     .       .       all
settlement_settlementcase    identity      all    all   all   all all  all   all     all     all
settlement_interview         interview     all    all   ended all all  all   all     all     .
settlement_informationgiven  journal       .      all   .     .   all  .     .       .       .
settlement_participant       journal       .      all   .     .   all  .     .       .       .
settlement_mappingnote       mapping       .      all   .     .   all  .     .       .       .
settlement_answer            needs         .      all   .     .   all  of_age of_age of_age  .
settlement_settlementnote    needs+journal .      all   .     .   all  .     .       .       .
settlement_settlementnote    needs         .      .     .     .   .    passed passed passed  .
settlement_caseneed          needs         .      all   .     .   all  true  true    true    .
settlement_needquestion      settlement    .      all   own   all all  own   own     own     .
settlement_settlementrequest settlement    .      all   own   all all  own   own     own     .
settlement_offer             settlement    .      all   ended all all  own   own     own     .
settlement_travelapproval    settlement    .      all   .     all all  .     .       .       .
settlement_journey           settlement    .      all   ended all all  .     own     own     .
settlement_journeyleg        settlement    .      all   ended all all  .     own     own     .
settlement_withdrawal        settlement    .      all   .     all all  .     .       .       .
alternative_application      housing       .      all   .     all all  .   .       .       .
alternative_applicationperson housing       .      all   .     all all  .   .       .       .
alternative_confirmation     housing       .      all   .     all all  .   .       .       .
alternative_agreement        housing       .      all   .     all all  .   .       .       .
letters_letter/housing       housing       .      ends  .     ends ends .    .       .       .
letters_letter/money         money         .      .     .     ends .    .     .       .       .
platform_file/housing        housing       .      ends  .     ends ends .    .       .       .
platform_file/money          money         .      .     .     ends .    .     .       .       .
alternative_housingcheck     housing       .      all   .     all all  .     .       .       .
alternative_contactperson    housing       .      all   .     all all  .     .       .       .
alternative_contactmade      housing       .      .     .     .   .    .     .       .       .
alternative_yearlyreport     housing       .      all   .     all all  .     .       .       .
alternative_waitingentry     housing       .      .     .     .   .    .     .       .       .
alternative_privateresident  housing       .      .     .     .   .    .     .       .       .
worklist_task/everyones      identity      all    all   all   all all  all   all     all     all
worklist_task/between        settlement    .      all   .     all all  .     .       .       .
worklist_task/change         identity      all    .     .     .   .    .     .       .       .
worklist_task/change         settlement    .      all   .     all all  .     .       .       .
access_look                  looks         .      all   .     all .    .     .       all     .
access_lookreview            looks         .      .     .     .   .    .     .       .       .
access_emergencyaccess       looks         .      .     .     .   .    .     .       .       .
access_protection            identity      all    all   all   all all  all   all     all     .
access_clearance             identity      own    own   own   all own  own   own     own     .
access_need                  identity      all    all   all   all all  all   all     all     own
platform_event/of_somebody   identity      all    all   all   all all  all   all     all     all
platform_event/of_nobody     identity      .      .     .     .   .    .     .       .       .
"""
# An organisation's own rows, whatever it knows of them: where its roles open this compartment of anybody; "" for any.
OWN = {
    "worklist_task": "identity",
    "settlement_withdrawal": "settlement",
    "alternative_waitingentry": "housing",
    "alternative_privateresident": "housing",
    "access_look": "",
    "access_lookreview": "",
    "access_emergencyaccess": "",
    "access_need": "identity",
    "platform_event/of_somebody": "identity",
    "platform_event/of_nobody": "",
}
# What passes between centre, IMDi, UDI and the municipality that is asked.
_BETWEEN = {
    "answer_request",
    "confirm_need",
    "prepare_arrival",
    "receive_household",
    "read_settlement_note",
    "see_private_move",
    "see_withdrawal",
}
type Row = Mapping[str, Any]
type Need = tuple[int, int, str]
type Seen = Mapping[str, frozenset[int]]


@cache
def printed() -> Mapping[tuple[str, str], frozenset[str]]:
    """By role and reason the compartments that the printed table opens."""
    lines = [
        [cell.strip() for cell in line.strip().split("|")[1:-1]]
        for line in PRINTED.read_text(encoding="utf-8").splitlines()
        if line.startswith("| ")
    ]
    head = lines[0]
    found = {}
    for line in lines:
        if len(line) == len(head) and line is not head:
            found[line[0], line[1]] = frozenset(head[place] for place, cell in enumerate(line) if cell == "x")
    return found


@dataclass(frozen=True, slots=True)
class Line:
    """Of a table, or of some of its rows: the compartments it takes, and for each reason which rows are shown."""

    table: str
    part: str
    compartments: frozenset[str]
    shows: Mapping[str, str]


@cache
def lines() -> tuple[Line, ...]:
    """The table above."""
    head, *rest = [line.split() for line in PLACES.strip().splitlines()]
    return tuple(
        Line(
            name.partition("/")[0],
            name.partition("/")[2],
            frozenset(compartments.split("+")),
            {REASONS[column]: cell for column, cell in zip(head[1:], cells, strict=True)},
        )
        for name, compartments, *cells in rest
    )


@dataclass(slots=True)
class Country:
    """Every row behind the fence as the owner sees it, and what narrower conditions ask of other rows."""

    rows: Mapping[str, Sequence[Row]]
    keys: Mapping[str, str]  # the name of each table's key
    needs: Iterable[Need]
    in_danger: Mapping[int, Iterable[Need]] = field(default_factory=dict)  # by the one user who sees them
    _of: dict[tuple[str, str], dict[int, list[Row]]] = field(default_factory=dict)
    _known: dict[int, dict[int, set[str]]] = field(default_factory=dict)

    def of(self, table: str, column: str, key: int) -> list[Row]:
        """The rows of a table with a value."""
        if (table, column) not in self._of:
            gathered = self._of[table, column] = defaultdict(list)
            for row in self.rows[table]:
                gathered[row[column]].append(row)
        return self._of[table, column].get(key, [])

    def known_to(self, organisation: int) -> Mapping[int, set[str]]:
        """Whom an organisation knows of, and why."""
        if not self._known:
            for subject, whose, why in self.needs:
                self._known.setdefault(whose, {}).setdefault(subject, set()).add(why)
        return self._known.get(organisation, {})

    def shown_to(self, organisation: int, roles: Iterable[str], user: int | None = None) -> Seen:
        """The keys of the rows that the table gives somebody with these roles, by table."""
        held = [(reason, opened) for (role, reason), opened in printed().items() if role in set(roles)]
        known = {subject: set(why) for subject, why in self.known_to(organisation).items()}
        for subject, _, why in self.in_danger.get(user or 0, ()):
            known.setdefault(subject, set()).add(why)
        found = defaultdict(set)
        for line in lines():
            because = {reason for reason, opened in held if line.compartments <= opened and line.shows[reason] != "."}
            opens = {compartment for _, opened in held for compartment in opened} | {""}
            is_own = OWN.get(f"{line.table}/{line.part}", OWN.get(line.table)) in opens
            for row in self.rows[line.table]:
                if (line.part and _part(line.table, row) != line.part) or self._is_anothers(line.table, row, user):
                    continue
                if (is_own and row["organisation_id"] == organisation) or any(
                    CONDITIONS[line.shows[reason]](self, line.table, row, organisation)
                    for subject in _subjects(line.table, row)
                    for reason in because & known.get(subject, set())
                ):
                    found[line.table].add(row[self.keys[line.table]])
        return {table: frozenset(found[table]) for table in self.rows}

    def _is_anothers(self, table: str, row: Row, user: int | None) -> bool:
        """Emergency access is its user's alone, and while it lasts."""
        if table != "access_need" or row["until_at"] is None:
            return False
        mine = {subject for subject, _, _ in self.in_danger.get(row["user_id"], ())}
        return row["user_id"] != user or row["subject_id"] not in mine


def _part(table: str, row: Row) -> str:
    if table in ("letters_letter", "platform_file"):
        return str(row["compartment"])
    if table == "platform_event":
        return "of_nobody" if row["subject_id"] is None else "of_somebody"
    if row["kind"] == "see_change":
        return "change"
    return "between" if row["kind"] in _BETWEEN else "everyones"


def _subjects(table: str, row: Row) -> list[int]:
    if table == "access_look":
        return [each for each in (row["household_id"], *row["person_ids"]) if each is not None]
    return [row["subject_id"]] if "subject_id" in row else []


def _all(country: Country, table: str, row: Row, organisation: int) -> bool:
    return True


def _own(country: Country, table: str, row: Row, organisation: int) -> bool:
    """What a municipality was asked, offered or agreed with itself."""
    if table == "settlement_journeyleg":
        return any(_own(country, "settlement_journey", each, organisation) for each in _journeys(country, row))
    if table == "settlement_journey":
        return any(
            each["organisation_id"] == organisation for each in country.of("settlement_offer", "id", row["offer_id"])
        )
    return bool(row["organisation_id"] == organisation)


def _ended(country: Country, table: str, row: Row, organisation: int) -> bool:
    """Of a case that is at the centre, or ended there."""
    if table == "settlement_journeyleg":
        return any(_ended(country, "settlement_journey", each, organisation) for each in _journeys(country, row))
    cases = country.of("settlement_settlementcase", "id", row["case_id"])
    return any(case["centre_id"] == organisation for case in cases)


def _journeys(country: Country, leg: Row) -> list[Row]:
    return country.of("settlement_journey", "id", leg["journey_id"])


def _stood(country: Country, table: str, row: Row, organisation: int) -> bool:
    """On a day on which they lived at the centre."""
    return any(
        stay["centre_id"] == organisation and stay["annulled_at"] is None and _overlap(stay["period"], row["period"])
        for stay in country.of("accommodation_stay", "subject_id", row["subject_id"])
    )


def _told(country: Country, table: str, row: Row, organisation: int) -> bool:
    """A municipality is not told why somebody left on their own, nor what was believed by mistake."""
    return row["annulled_at"] is None and row["departure_reason"] in ("", "moved_centre", "agreed_settlement")


def _true(country: Country, table: str, row: Row, organisation: int) -> bool:
    return row["annulled_at"] is None


def _passed(country: Country, table: str, row: Row, organisation: int) -> bool:
    """What IMDi has passed on, and not taken back."""
    return bool(row["is_passed_on"]) and row["annulled_at"] is None


def _of_age(country: Country, table: str, row: Row, organisation: int) -> bool:
    """What stands, and was not told by a minor alone, whatever the register has had of them since they told it; in an
    interview of the household that the municipality knows of, not of one that they were taken out of."""
    [interview] = country.of("settlement_interview", "id", row["interview_id"])
    if interview["subject_id"] not in country.known_to(organisation):
        return False
    reopened, annulled = interview["reopened_at"], row["annulled_at"]
    stands = annulled is None and reopened is None
    if reopened is not None:
        stands = _at(row["recorded_at"]) <= _at(reopened) and (annulled is None or _at(annulled) > _at(reopened))
    first = min(
        _at(each["recorded_at"])
        for each in country.of("settlement_answer", "subject_id", row["subject_id"])
        if each["interview_id"] == row["interview_id"]
    )
    told_on = first.astimezone(ZoneInfo("Europe/Oslo")).date()
    asked_on = min(told_on, date.fromisoformat(interview["held_on"])) if interview["held_on"] else told_on
    details = [
        each
        for each in country.of("registry_persondetails", "subject_id", row["subject_id"])
        if each["annulled_at"] is None or _at(each["annulled_at"]) >= first
    ]
    alone = any(each["is_unaccompanied_minor"] and _is_minor(each["birth_date"], asked_on) for each in details)
    return stands and bool(details) and not alone


def _ends(country: Country, table: str, row: Row, organisation: int) -> bool:
    """What is to the people themselves; of what is to an organisation, what is from or to one's own."""
    if table == "platform_file":
        return not row["seen_by"] or organisation in row["seen_by"]
    return row["to_organisation_id"] in (None, organisation) or row["from_organisation_id"] == organisation


def _is_minor(born_on: str, day: date) -> bool:
    born = date.fromisoformat(born_on)
    return (day.year - born.year) - ((day.month, day.day) < (born.month, born.day)) < 18


def _at(instant: str) -> datetime:
    return datetime.fromisoformat(instant).astimezone(UTC)


def _overlap(one: str, other: str) -> bool:
    """Whether two periods, as PostgreSQL writes them, share a day. An empty one shares none."""
    if "empty" in (one, other):
        return False
    (start, end), (from_on, until_on) = (each.strip("[)").split(",") for each in (one, other))
    return (not until_on or start < until_on) and (not end or from_on < end)


CONDITIONS: Mapping[str, Callable[[Country, str, Row, int], bool]] = {
    "all": _all,
    "own": _own,
    "ended": _ended,
    "stood": _stood,
    "told": _told,
    "true": _true,
    "passed": _passed,
    "of_age": _of_age,
    "ends": _ends,
}
