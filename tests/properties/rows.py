"""The country behind the fence, and which of its rows the table gives somebody."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tests.properties.conditions import CONDITIONS, Row, counts
from tests.properties.table import FOLLOWS, OWN, lines, printed

# What passes between centre, IMDi, UDI and the municipality that is asked.
_BETWEEN = {
    "answer_request",
    "confirm_need",
    "prepare_arrival",
    "receive_household",
    "read_settlement_note",
    "see_withdrawal",
    "answer_self_settlement",
    "check_found_home",
}
_NOBODY_KNOWN = 0  # whom an application is about until its people are found: UDI's
type Need = tuple[int, int, str]
type Seen = Mapping[str, frozenset[int]]


@dataclass(slots=True)
class Country:
    """Every row behind the fence as the owner sees it, and what narrower conditions ask of other rows."""

    rows: Mapping[str, Sequence[Row]]
    keys: Mapping[str, str]  # the name of each table's key
    needs: Iterable[Need]
    in_danger: Mapping[int, Iterable[Need]] = field(default_factory=dict)  # by the one user who sees them
    _of: dict[tuple[str, str], dict[int | str, list[Row]]] = field(default_factory=dict)
    _known: dict[int, dict[int, set[str]]] = field(default_factory=dict)
    _udi: frozenset[int] = frozenset()

    def of(self, table: str, column: str, key: int | str) -> list[Row]:
        """The rows of a table with a value."""
        if (table, column) not in self._of:
            gathered = self._of[table, column] = defaultdict(list)
            for row in self.rows[table]:
                gathered[row[column]].append(row)
        return self._of[table, column].get(key, [])

    def known_to(self, organisation: int) -> Mapping[int, set[str]]:
        """Whom an organisation knows of, and why."""
        if not self._known:
            for subject, whose, why in (*self.needs, *((_NOBODY_KNOWN, udi, "protection_case") for udi in self.udi)):
                self._known.setdefault(whose, {}).setdefault(subject, set()).add(why)
        return self._known.get(organisation, {})

    @property
    def udi(self) -> frozenset[int]:
        """The organisations that decide and pay."""
        if not self._udi:
            self._udi = frozenset(whose for _, whose, why in self.needs if why == "protection_case")
        return self._udi

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
                if (is_own and self._is_own(line.table, row, organisation)) or any(
                    CONDITIONS[line.shows[reason]](self, line.table, row, organisation)
                    for subject in self._subjects(line.table, row)
                    for reason in because & known.get(subject, set())
                ):
                    found[line.table].add(row[self.keys[line.table]])
        for table, (parent, column) in FOLLOWS.items():
            found[table] = {row[self.keys[table]] for row in self.rows[table] if row[column] in found[parent]}
        return {table: frozenset(found[table]) for table in self.rows}

    def _is_own(self, table: str, row: Row, organisation: int) -> bool:
        """Whether a row is an organisation's whatever it knows of whom it is about."""
        if table == "letters_letter":
            ends = (row["from_organisation_id"], row["to_organisation_id"])
            return row["subject_id"] is None and organisation in ends
        if table == "platform_file":
            return row["subject_id"] is None and organisation in row["seen_by"]
        if table in ("ledger_runtotal", "ledger_payment"):
            return counts(self, table, row, organisation)
        if table == "grants_runorder":
            return organisation in self.udi
        return bool(row["organisation_id"] == organisation)

    def _subjects(self, table: str, row: Row) -> list[int]:
        if table == "access_look":
            return [each for each in (row["household_id"], *row["person_ids"]) if each is not None]
        if table == "alternative_application":
            return [row["subject_id"] or _NOBODY_KNOWN]
        if table == "alternative_privateresident":
            numbers = self.of("registry_identifier", "value", row["duf_number"]) if row["duf_number"] else []
            return [each["subject_id"] for each in numbers if each["kind"] == "duf" and each["annulled_at"] is None]
        return [row["subject_id"]] if "subject_id" in row else []

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
    if row["kind"] in ("follow_absence", "report_missing"):
        return "absence"
    if row["kind"] == "follow_missing":
        return "missing"
    if row["kind"] == "see_private_move":
        return "move"
    if row["kind"] == "answer_acceptance":
        return "acceptance"
    is_between = row["kind"] in _BETWEEN or row["kind"].startswith("refusal_")
    return "between" if is_between else "everyones"
