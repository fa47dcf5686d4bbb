"""What must hold of a generated country, told in pure Python over its records: each rule yields what breaks it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from fotfeste.demo.domain import application_records as application
from fotfeste.demo.domain import case_records as case
from fotfeste.demo.domain import records
from fotfeste.demo.domain.country import Country
from fotfeste.demo.domain.rules import Rules
from fotfeste.demo.domain.world import World
from fotfeste.kernel.identifiers import IdentifierKind, check_identifier
from fotfeste.kernel.periods import Period, first_overlap


@dataclass
class Written:
    """Everything that was written down, by kind, and by subject where it has one."""

    world: World
    rules: Rules
    rows: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))
    by_subject: dict[str, dict[int, list[Any]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    members: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    def add(self, kind: type[Any], rows: Iterable[Any]) -> None:
        """More rows of a kind."""
        for row in rows:
            self.rows[kind.__name__].append(row)
            subject = getattr(row, "subject_id", None)
            if subject is not None:
                self.by_subject[kind.__name__][subject].append(row)
            if kind is records.MembershipRecord:
                self.members[row.group_id].append(row.subject_id)

    def of(self, kind: type[Any], subject: int) -> list[Any]:
        """The rows of a kind about a subject."""
        return self.by_subject[kind.__name__][subject]

    def all(self, kind: type[Any]) -> list[Any]:
        """Every row of a kind."""
        return self.rows[kind.__name__]

    def current(self, kind: type[Any], subject: int) -> list[Any]:
        """The rows of a kind about a subject that are held true."""
        return [row for row in self.of(kind, subject) if row.annulled_at is None]

    def one(self, kind: type[Any], subject: int) -> Any:
        """The one row of a kind about a subject, or None."""
        found = self.of(kind, subject)
        return found[0] if found else None

    @property
    def all_persons(self) -> list[Any]:
        """The anchors of everyone."""
        return self.rows["PersonRecord"]

    @cached_property
    def private(self) -> dict[int, list[int]]:
        """The groups that have applied to live privately with public support, with their people."""
        applied = self.by_subject[application.ApplicationRecord.__name__]
        return {group: members for group, members in self.members.items() if applied[group]}

    def housed(self) -> Iterator[tuple[int, list[int]]]:
        """Those of them who have lived so."""
        for group, members in self.private.items():
            if self.of(records.StayRecord, members[0]):
                yield group, members

    def in_centres(self) -> Iterator[tuple[int, list[int]]]:
        """The other groups: they come by the centres, and have cases."""
        yield from ((group, members) for group, members in self.members.items() if group not in self.private)

    @property
    def groups(self) -> Iterable[int]:
        """The subjects of the groups."""
        return self.members.keys()


def written(country: Country) -> Written:
    """All batches of a country."""
    found = Written(country.world, country.rules)
    for batch in country.batches():
        for kind, rows in batch.items():
            found.add(kind, rows)
    return found


def everyone_is_registered_once(w: Written) -> Iterator[str]:
    """As many people as asked for, each with details, one group, and numbers that belong to them alone."""
    persons = [row.subject_id for row in w.all(records.PersonRecord)]
    if len(persons) != len(set(persons)):
        yield "a person twice"
    for person in persons:
        if len(w.of(records.MembershipRecord, person)) != 1 or len(w.of(records.DetailsRecord, person)) != 1:
            yield f"person {person} has not one group and one row of details"
    own = [row for row in w.all(records.IdentifierRecord) if row.kind != IdentifierKind.REG_NR]
    numbers = [(row.kind, row.value) for row in own]
    if len(numbers) != len(set(numbers)):
        yield "a number of two people"
    last = w.world.last_day
    for row in own:
        check = check_identifier(IdentifierKind(row.kind), row.value, last)
        if not (check.is_synthetic and check.is_acceptable and not check.warnings):
            yield f"{row.kind} {row.value} is not a synthetic number: {check}"
    for row in w.all(records.DetailsRecord):
        if row.birth_date > w.one(records.PersonRecord, row.subject_id).registered_on:
            yield f"person {row.subject_id} is registered before birth"


def references_are_unique(w: Written) -> Iterator[str]:
    """Public references, by kind of thing."""
    for kind in (records.SubjectRecord, records.TaskRecord, records.RoomRecord, case.CaseRecord, case.RequestRecord):
        found = [row.reference for row in w.all(kind)]
        if len(found) != len(set(found)):
            yield f"a reference of {kind.__name__} twice"


def nothing_is_ahead(w: Written) -> Iterator[str]:
    """No act and no fact lies on today or after; only deadlines, journeys and the end of a need may."""
    today = w.world.today
    for kind, rows in w.rows.items():
        for row in rows:
            for name in ("recorded_at", "opened_at", "closed_at", "ended_at", "annulled_at", "proposed_at"):
                instant = getattr(row, name, None)
                if instant is not None and instant.date() >= today:
                    yield f"{kind}.{name} lies ahead: {row}"
            period = getattr(row, "period", None)
            if period is not None and kind != "NeedRecord" and max(period.start, period.end or period.start) >= today:
                yield f"{kind}.period lies ahead: {row}"


def nobody_is_in_two_places(w: Written) -> Iterator[str]:
    """Stays, beds and absences of a person do not overlap, nor two people in a bed."""
    for kind in (records.StayRecord, records.BedAssignmentRecord, records.AbsenceRecord):
        for subject in w.by_subject[kind.__name__]:
            if first_overlap(row.period for row in w.current(kind, subject)):
                yield f"{kind.__name__}: {subject} twice at once"
    beds: dict[int, list[Period]] = defaultdict(list)
    for row in w.all(records.BedAssignmentRecord):
        if row.annulled_at is None:
            beds[row.bed_id].append(row.period)
    for row in w.all(records.BlockRecord):
        beds[row.bed_id].append(row.period)
    for bed, periods in beds.items():
        if first_overlap(periods):
            yield f"bed {bed} is given to two, or while it is blocked"


def stays_are_in_centres_in_operation(w: Written) -> Iterator[str]:
    """Every day of a stay is a day of the centre's operation, and no centre has more people than places."""
    operations = {row.centre_id: row for row in w.all(records.OperationRecord) if row.annulled_at is None}
    changes: dict[int, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for row in w.all(records.StayRecord):
        if (row.period.end is None) != (row.departure_reason == ""):
            yield f"stay {row.id} has an end without a reason, or a reason without an end"
        if row.annulled_at is not None:
            continue
        if row.centre_id is None:
            continue
        period = operations[row.centre_id].period
        if not period.contains(row.period.start) or (period.end and (row.period.end or date.max) > period.end):
            yield f"stay {row.id} outside the centre's operation"
        changes[row.centre_id][row.period.start] += 1
        if row.period.end:
            changes[row.centre_id][row.period.end] -= 1
    for centre, days in changes.items():
        people = 0
        for day in sorted(days):
            people += days[day]
            if people > operations[centre].places:
                yield f"centre {centre} has {people} people on {day} and {operations[centre].places} places"


def beds_and_absences_belong_to_stays(w: Written) -> Iterator[str]:
    """A bed and an absence lie within a stay, the bed at the same centre."""
    centre_of_room = {row.id: row.centre_id for row in w.all(records.RoomRecord)}
    centre_of_bed = {row.id: centre_of_room[row.room_id] for row in w.all(records.BedRecord)}
    for kind in (records.BedAssignmentRecord, records.AbsenceRecord):
        for row in w.all(kind):
            if row.annulled_at is not None:
                continue
            stays = [
                stay
                for stay in w.current(records.StayRecord, row.subject_id)
                if _covers(stay.period, row.period)
                and (kind is records.AbsenceRecord or stay.centre_id == centre_of_bed[row.bed_id])
            ]
            if len(stays) != 1:
                yield f"{kind.__name__} {row.id} belongs to {len(stays)} stays"


def _covers(outer: Period, inner: Period) -> bool:
    return outer.start <= inner.start and (outer.end is None or (inner.end is not None and inner.end <= outer.end))


def superseded_rows_are_annulled(w: Written) -> Iterator[str]:
    """What supersedes was recorded when the other was annulled, by the same people."""
    for kind in (
        records.StayRecord,
        records.BedAssignmentRecord,
        records.AbsenceRecord,
        records.OperationRecord,
    ):
        rows = {row.id: row for row in w.all(kind)}
        for row in rows.values():
            if row.supersedes_id is not None:
                earlier = rows[row.supersedes_id]
                if earlier.annulled_at != row.recorded_at or earlier.annulled_by_id != row.recorded_by_id:
                    yield f"{kind.__name__} {row.id} supersedes what was not annulled by it"


def events_come_in_order(w: Written) -> Iterator[str]:
    """Events of a household are told in the order in which they were recorded; positions are unique."""
    positions = [row.feed_position for row in w.all(records.EventRecord)]
    if sorted(positions) != list(range(1, len(positions) + 1)):
        yield "feed positions are not 1, 2, 3 ..."
    for group in w.groups:
        instants = [row.recorded_at for row in w.of(records.EventRecord, group)]
        if instants != sorted(instants):
            yield f"events of group {group} are out of order"


def months_have_their_part(w: Written) -> Iterator[str]:
    """People come to the centres by month as the applications do, to within one household of a part."""
    world = w.world
    arrived: dict[date, int] = defaultdict(int)
    elsewhere = {person for members in w.private.values() for person in members}
    for row in w.all(records.PersonRecord):
        if row.subject_id in elsewhere:
            continue
        arrived[row.registered_on.replace(day=1)] += 1
    total, weights = sum(arrived.values()), sum(weight for _, _, weight in world.months)
    for first, _, weight in world.months:
        if abs(arrived[first] - total * weight / weights) > 1:
            yield f"{arrived[first]} arrived in {first:%Y-%m}, not {total * weight / weights:.1f}"


def waiting_days(w: Written) -> list[int]:
    """Days from the permit to the settlement, of every settled case."""
    return [(row.state_since_on - row.due_since_on).days for row in w.all(case.CaseRecord) if row.state == "settled"]


def settled_by_municipality(w: Written) -> dict[int, int]:
    """Persons settled in each municipality (organisation)."""
    found: dict[int, int] = defaultdict(int)
    for row in w.all(case.RequestRecord):
        if row.state == "fulfilled":
            found[row.organisation_id] += row.size
    return found


REGISTRY_AND_STAYS: tuple[Callable[[Written], Iterator[str]], ...] = (
    everyone_is_registered_once,
    references_are_unique,
    nothing_is_ahead,
    nobody_is_in_two_places,
    stays_are_in_centres_in_operation,
    beds_and_absences_belong_to_stays,
    superseded_rows_are_annulled,
    events_come_in_order,
    months_have_their_part,
)
